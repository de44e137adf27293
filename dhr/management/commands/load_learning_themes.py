"""``load_learning_themes``: read the themes by which the lessons of death reviews are coded."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.dates import count
from dhr.workflow import themes


class Command(BaseCommand):
    """The file ships with the application; another theme is a new row."""

    help = "Reads the themes of learning, by default as they ship with the application."

    def add_arguments(self, parser: CommandParser) -> None:
        """Another file, where other themes are wanted."""
        parser.add_argument("file", nargs="?", type=Path, default=themes.FACTS)

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what changed; fail with the line that is wrong, changing nothing."""
        try:
            changed = themes.load(options["file"])
        except ValidationError as wrong:
            raise CommandError(" ".join(wrong.messages)) from wrong
        self.stdout.write(f"{count(changed, 'theme')} were new or have changed.")
