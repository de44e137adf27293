"""``load_powers``: read the powers against anti-social behaviour and their dated limits."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.workflow import powers
from core.dates import count


class Command(BaseCommand):
    """The files ship with the application; a changed law is a changed row."""

    help = "Reads powers.csv and power_limits.csv, by default those that ship with the application."

    def add_arguments(self, parser: CommandParser) -> None:
        """Another folder, where the limits have been changed."""
        parser.add_argument("folder", nargs="?", type=Path, default=powers.FACTS)

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what changed; fail with the file and line that is wrong, changing nothing."""
        try:
            changed, limits = powers.load(options["folder"])
        except ValidationError as wrong:
            raise CommandError(" ".join(wrong.messages)) from wrong
        self.stdout.write(
            f"{count(changed, 'power')} and {count(limits, 'limit')} were new or have changed."
        )
