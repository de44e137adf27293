"""Death reviews (DHR, DARDR)."""

from importlib import import_module

from django.apps import AppConfig


class DhrConfig(AppConfig):
    """Death reviews (DHR, DARDR)."""

    name = "dhr"
    verbose_name = "Death reviews"

    def ready(self) -> None:
        """Register the room's rules."""
        for name in (
            "permissions", "reminders", "duties", "work", "exports.stamped", "workflow.information",
            "workflow.publishing", "tasks",
        ):  # fmt: skip
            import_module(f"dhr.{name}")
