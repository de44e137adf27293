"""Who did and who read what."""

from importlib import import_module

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who did and who read what."""

    name = "audit"
    verbose_name = "Audit"

    def ready(self) -> None:
        """Listen to sign-ins and to what is done with accounts."""
        import_module("audit.listening")
