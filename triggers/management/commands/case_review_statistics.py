"""``manage.py case_review_statistics PARTNERSHIP``: the four statutory figures, as published."""

import csv
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.dates import count
from membership.models import Partnership
from triggers.queries import statistics as queries
from triggers.workflow import statistics


class Command(BaseCommand):
    """Prints the published years; what was not published is empty, never nought."""

    help = "The four statutory figures of ASB case reviews, year by year."

    def add_arguments(self, parser: CommandParser) -> None:
        """The partnership; the cases instead of what was published; a file to take over."""
        parser.add_argument("partnership", help="its name in addresses, such as dartford")
        parser.add_argument("--format", choices=("table", "csv"), default="table")
        parser.add_argument(
            "--from-cases", action="store_true", help="what the cases give, published or not"
        )
        parser.add_argument(
            "--import", dest="file", type=Path, metavar="FILE",
            help="take over figures that were published before, from a CSV file",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        """Fails with the line that is wrong, changing nothing."""
        partnership = Partnership.objects.filter(slug=options["partnership"]).first()
        if partnership is None:
            raise CommandError(f"There is no partnership called {options['partnership']}.")
        if options["file"]:
            self._import(partnership, options["file"])
            return
        found = queries.years(partnership)
        lines = list(_counted(found) if options["from_cases"] else queries.lines(found))
        if options["format"] == "csv":
            writer = csv.writer(self.stdout, lineterminator="\n")
            writer.writerow(queries.COLUMNS)
            writer.writerows(lines)
            return
        self._table(lines)

    def _import(self, partnership: Partnership, path: Path) -> None:
        try:
            with path.open("rb") as file:
                new = statistics.import_published(partnership, file, by=None)
        except OSError as wrong:
            raise CommandError(f"{path.name} cannot be read.") from wrong
        except ValidationError as wrong:
            raise CommandError(" ".join(wrong.messages)) from wrong
        self.stdout.write(f"{count(new, 'year')} taken over.")

    def _table(self, lines: list[list[str]]) -> None:
        headings = ("Year", *queries.LABELS.values())
        widths = [max(len(each), 8) for each in headings]
        for line in (headings, *lines):
            cells = [cell.rjust(width) for cell, width in zip(line, widths, strict=True)]
            self.stdout.write("  ".join([line[0].ljust(widths[0]), *cells[1:]]).rstrip())
        if not lines:
            self.stdout.write("No year is published yet.")


def _counted(found: list[queries.Year]) -> Any:
    for each in reversed(found):
        if each.counted is not None:
            yield [each.label, *(str(number) for _, number in each.counted.items())]
