"""Who is told what, and when."""

from importlib import import_module

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Who is told what, and when."""

    name = "notices"
    verbose_name = "Notices"

    def ready(self) -> None:
        """Register the room's rules, and what every page asks of it."""
        import_module("notices.permissions")
        for name in ("proclaimed", "reminders", "duties", "work"):
            import_module(f"notices.{name}")
        for name in ("chores", "alerts"):
            import_module(f"notices.workflow.{name}")
        import_module("notices.queries")
