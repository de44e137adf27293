"""``load_death_review_rules``: read the versions of the law on which the dates of reviews rest."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.dates import count
from dhr.workflow import rules


class Command(BaseCommand):
    """The file ships with the application; a changed law is a new row, or gets its day."""

    help = "Reads the law of death reviews, by default as it ships with the application."

    def add_arguments(self, parser: CommandParser) -> None:
        """Another file, where the law has changed."""
        parser.add_argument("file", nargs="?", type=Path, default=rules.FACTS)

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what changed; fail with the line that is wrong, changing nothing."""
        try:
            changed = rules.load(options["file"])
        except ValidationError as wrong:
            raise CommandError(" ".join(wrong.messages)) from wrong
        self.stdout.write(f"{count(changed, 'version')} of the law were new or have changed.")
