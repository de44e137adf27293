"""Areas, street-crime counts, indicators and returns."""

from importlib import import_module

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Areas, street-crime counts, indicators and returns."""

    name = "figures"
    verbose_name = "Figures"

    def ready(self) -> None:
        """Put the room's rules and tasks where the others look for them."""
        for module in ("permissions", "tasks", "reminders"):
            import_module(f"figures.{module}")
