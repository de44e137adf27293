"""Areas, street-crime counts, indicators and returns."""

from importlib import import_module

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Areas, street-crime counts, indicators and returns."""

    name = "figures"
    verbose_name = "Figures"

    def ready(self) -> None:
        """Register the room's rules."""
        import_module("figures.permissions")
