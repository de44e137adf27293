"""What every room stands on; it has no models."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What every room stands on; it has no models."""

    name = "core"
    verbose_name = "Core"
