"""``manage.py load_areas [PATH]``: districts, wards, LSOAs, populations and outlines."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from figures.workflow.areas import FACTS, Unloadable, load


class Command(BaseCommand):
    """Loads what ships with the application, or a folder with files of the same layout."""

    help = "Load districts, wards, LSOAs, populations and outlines."

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder."""
        parser.add_argument("path", nargs="?", type=Path, default=FACTS, metavar="PATH")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what the files hold, and what of it changed anything."""
        try:
            loaded = load(options["path"])
        except Unloadable as wrong:
            raise CommandError(f"{wrong} Nothing was changed.") from wrong
        for each in loaded:
            self.stdout.write(f"{each.held:,} {each.what}: {each.changed:,} new or changed")
