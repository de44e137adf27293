"""The meeting's life, from its date to its published minutes."""

from importlib import import_module

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """The meeting's life, from its date to its published minutes."""

    name = "meetings"
    verbose_name = "Meetings"

    def ready(self) -> None:
        """Put the room's rules, work, duties and public pages where the others look for them."""
        rules = ("permissions", "work", "work_beforehand", "duties", "reminders", "evidence")
        for module in (*rules, "public", "tasks"):
            import_module(f"meetings.{module}")
