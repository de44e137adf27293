"""Death reviews (DHR, DARDR)."""

from importlib import import_module

from django.apps import AppConfig


class DhrConfig(AppConfig):
    """Death reviews (DHR, DARDR)."""

    name = "dhr"
    verbose_name = "Death reviews"

    def ready(self) -> None:
        """Register the room's rules."""
        for name in ("permissions", "reminders", "work", "exports.stamped", "workflow.information"):
            import_module(f"dhr.{name}")
