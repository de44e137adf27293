"""Strategic Assessment, strategy, themes, powers, horizon and tensions."""

from importlib import import_module

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """What the partnership knows of crime in its area, and what it means to do about it."""

    name = "assessments"
    verbose_name = "Assessments and strategy"

    def ready(self) -> None:
        """Register the room's rules and what it asks of people."""
        for name in (
            "permissions", "work.assessing", "reminders.assessing", "duties.assessing",
            "public.orders", "work.powers", "reminders.powers", "duties.powers",
            "work.strategy", "duties.strategy", "tasks",
        ):  # fmt: skip
            import_module(f"assessments.{name}")
