"""Prove that a backup can be brought back."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import backup


class Command(BaseCommand):
    """``manage.py drill``: back up, restore into a fresh cluster, compare everything, use it."""

    help = "Backs up, restores into another, empty database, compares every table and file."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to restore to: a database of a fresh cluster."""
        parser.add_argument("--into", default=settings.DRILL_DATABASE_URL)

    def handle(self, *args: Any, **options: Any) -> None:
        """Say each step that held; fail at the first that does not."""
        if not options["into"]:
            raise CommandError(
                "Say where to restore to: --into, or DRILL_DATABASE_URL, with the address of an "
                "empty database in a cluster of its own."
            )
        try:
            for held in backup.drill(options["into"]):
                self.stdout.write(held)
        except backup.PROBLEMS as wrong:
            raise CommandError(f"The drill failed: {wrong}") from wrong
        self.stdout.write("The drill passed.")
