"""My work and the public front: only reads."""

from importlib import import_module

from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    """My work and the public front: only reads."""

    name = "dashboards"
    verbose_name = "Dashboards"

    def ready(self) -> None:
        """Register the room's rules."""
        import_module("dashboards.permissions")
