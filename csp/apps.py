"""Composition only."""

from importlib import import_module

from django.apps import AppConfig


class CspConfig(AppConfig):
    """The project itself."""

    name = "csp"
    verbose_name = "Community safety partnership"

    def ready(self) -> None:
        """Register the rule of the health pages."""
        import_module("csp.health")
