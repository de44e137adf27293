"""Files, protective marking, publication and the record of sharing."""

from importlib import import_module

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Files, protective marking, publication and the record of sharing."""

    name = "documents"
    verbose_name = "Documents"

    def ready(self) -> None:
        """Register the room's rules and what it puts on the public site."""
        import_module("documents.permissions")
        import_module("documents.public")
