"""Bring a backup back."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import backup


class Command(BaseCommand):
    """``manage.py restore FILE``: into the empty database that DATABASE_URL names."""

    help = "Restores a backup into an empty database and compares every table and file."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The file that ``backup`` made."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore it and say what is not as it was; anything of that is a failure."""
        file: Path = options["file"].resolve()
        try:
            manifest = backup.restore(file, place=backup.Place.ours())
        except FileNotFoundError as missing:
            raise CommandError(f"There is no file {file}.") from missing
        except backup.NotAsItWas as wrong:
            raise CommandError(f"Restored, but not as it was:\n{wrong}") from wrong
        except backup.PROBLEMS as problem:
            raise CommandError(f"Nothing was restored: {problem}") from problem
        self.stdout.write(
            f"Restored {manifest.rows:,} rows of {len(manifest.tables)} tables and sequences, "
            f"as they were at {manifest.made_at}; each is equal to the backup’s digest."
        )
        if not manifest.fits_key:
            self.stdout.write(
                "This installation has another SECRET_KEY: everybody signs in anew, and links "
                "that were sent before no longer work."
            )
