"""People who sign in, and how."""

from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People who sign in, and how."""

    name = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """Register the room's rules."""
        import_module("accounts.permissions")
