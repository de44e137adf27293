"""``manage.py import_street_crime PATH…``: files of data.police.uk, all of them or none."""

from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.dates import count
from figures.models import CrimeImport, ImportState
from figures.queries import holding
from figures.workflow.importing import import_paths


class Command(BaseCommand):
    """Imports, then says what was read, kept, refused and left aside."""

    help = "Import street-crime files of data.police.uk: CSV files, folders of them, zip archives."

    def add_arguments(self, parser: CommandParser) -> None:
        """The paths."""
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exits non-zero when nothing could be imported; then nothing was changed."""
        run = import_paths(options["paths"])
        self._refused(run)
        if run.state != ImportState.DONE:
            raise CommandError(f"{run.problem}\nNothing was changed.")
        self._aside(run)
        files = list(run.files.select_related("force").order_by("month", "force__name"))
        for file in files:
            self.stdout.write(
                f"{file.name}: {file.force}, {file.month:%Y-%m}, {file.rows_read:,} rows read, "
                f"{file.rows_kept:,} kept, of them {file.rows_without_place:,} without a place, "
                f"{file.rows_refused:,} refused{'. ' + file.remark if file.remark else ''}"
            )
        for name in holding.new_types(files):
            self.stdout.write(f"A type of crime that nobody has seen before: {name}")
        self.stdout.write(
            f"{count(len(files), 'file')} imported: {run.rows_read:,} rows read, "
            f"{run.rows_kept:,} kept, of them {run.rows_without_place:,} without a place, "
            f"{run.rows_refused:,} refused."
        )

    def _refused(self, run: CrimeImport) -> None:
        refusals = list(run.refusals.all())
        for each in refusals:
            self.stdout.write(f"{each.file_name}, line {each.line}: {each.reason}")
        kinds = Counter(each.reason.partition(":")[0] for each in refusals)
        for kind, number in kinds.most_common():
            self.stdout.write(f"{count(number, 'row')} refused: {kind}")

    def _aside(self, run: CrimeImport) -> None:
        for each in run.left_aside:
            self.stdout.write(f"Left aside: {each['name']}: {each['why']}")
