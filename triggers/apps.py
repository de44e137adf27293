"""ASB case reviews (the Community Trigger)."""

from importlib import import_module

from django.apps import AppConfig


class TriggersConfig(AppConfig):
    """ASB case reviews (the Community Trigger)."""

    name = "triggers"
    verbose_name = "Case reviews"

    def ready(self) -> None:
        """Register the room's rules, and what it does by itself."""
        for name in ("permissions", "reminders", "work", "workflow.chores", "workflow.information"):
            import_module(f"triggers.{name}")
        for name in ("duties", "public", "tasks", "workflow.postbox"):
            import_module(f"triggers.{name}")
