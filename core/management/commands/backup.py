"""Back up everything into one file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import backup


class Command(BaseCommand):
    """``manage.py backup FILE``: the database, papers included, and each table’s digest."""

    help = "Backs up the whole database into one file that proves itself."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, which must not be there yet."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it; fail with a sentence."""
        file: Path = options["file"].resolve()
        if file.exists():
            raise CommandError(f"{file} is there already. Choose another name.")
        if not file.parent.is_dir():
            raise CommandError(f"There is no folder {file.parent}.")
        try:
            manifest = backup.make(file, place=backup.Place.ours())
        except backup.PROBLEMS as problem:
            raise CommandError(f"No backup was made: {problem}") from problem
        self.stdout.write(
            f"Backed up {manifest.rows:,} rows of {len(manifest.tables)} tables and sequences into "
            f"{file.name} ({file.stat().st_size / 1_000_000:.1f} MB)."
        )
        self.stdout.write("Keep SECRET_KEY with it, but not in the same place.")
