"""One register of follow-up for every room above."""

from importlib import import_module

from django.apps import AppConfig


class ActionsConfig(AppConfig):
    """One register of follow-up for every room above."""

    name = "actions"
    verbose_name = "Actions"

    def ready(self) -> None:
        """Register the room's rules and what it asks of people."""
        for name in ("permissions", "work", "reminders"):
            import_module(f"actions.{name}")
