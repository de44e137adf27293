"""The demonstration partnership, told through the real workflow."""

from importlib import import_module

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demonstration partnership, told through the real workflow."""

    name = "demo"
    verbose_name = "Demonstration"

    def ready(self) -> None:
        """Register the room's rules."""
        import_module("demo.permissions")
