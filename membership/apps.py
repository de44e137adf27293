"""Agencies, partnerships, groups, seats and sharing agreements."""

from importlib import import_module

from django.apps import AppConfig


class MembershipConfig(AppConfig):
    """Agencies, partnerships, groups, seats and sharing agreements."""

    name = "membership"
    verbose_name = "Membership"

    def ready(self) -> None:
        """Register the room's rules, what is owed and what needs a person."""
        for name in ("permissions", "duties", "work", "reminders", "evidence"):
            import_module(f"membership.{name}")
