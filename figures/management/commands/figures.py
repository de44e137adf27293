"""Print street-crime counts: the very query that every page asks."""

import csv
import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.exports import disarmed
from figures.queries import months
from figures.queries.comparing.periods import not_held
from figures.queries.counts import Count, Selection, counts, of_partnership, without_place
from figures.queries.held import held
from membership.models import Partnership

BREAKDOWNS = ("month", "type", "ward", "lsoa", "district", "force")


class Command(BaseCommand):
    """``figures dartford --from 2025-01 --to 2025-09 --by month,type --format csv``."""

    help = (
        "Print the street-crime counts of a partnership's area; months are inclusive, wards by "
        "name, types as in the files. What is missing is said on standard error."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose, from when to when, by what, and how it is written."""
        parser.add_argument(
            "partnership", metavar="PARTNERSHIP", help="as in its address: dartford"
        )
        parser.add_argument("--from", required=True, metavar="YYYY-MM", dest="first")
        parser.add_argument("--to", required=True, metavar="YYYY-MM", dest="last")
        parser.add_argument(
            "--by", default="", metavar="month,type,ward",
            help=f"any of {', '.join(BREAKDOWNS)}, with commas; whole if left out",
        )  # fmt: skip
        parser.add_argument("--format", choices=["text", "csv"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        """Count, write, and say beside it what is missing."""
        partnership = Partnership.objects.filter(slug=options["partnership"]).first()
        if partnership is None:
            raise CommandError(f"There is no partnership {options['partnership']}.")
        first, last = self._month("--from", options["first"]), self._month("--to", options["last"])
        if last < first:
            raise CommandError("--to must not be before --from.")
        by = self._by(options["by"])
        selection = of_partnership(partnership, first, last)
        if not selection.districts:
            raise CommandError(f"{partnership} has no district as its area in {months.name(last)}.")
        self._write(by, counts(selection, by), options["format"])
        self._say_missing(selection)

    def _month(self, name: str, text: str) -> datetime.date:
        try:
            return months.parse(text)
        except ValueError as wrong:
            raise CommandError(f"{name}: {wrong}.") from wrong

    def _by(self, text: str) -> list[str]:
        by = [word.strip() for word in text.split(",") if word.strip()]
        unknown = [word for word in by if word not in BREAKDOWNS]
        if unknown:
            raise CommandError(f"--by: {', '.join(unknown)} is none of {', '.join(BREAKDOWNS)}.")
        if len(set(by)) < len(by):
            raise CommandError("--by names something twice.")
        return by

    def _write(self, by: list[str], found: list[Count], form: str) -> None:
        headings = [*by, "count"]
        rows = [[*each.key, f"{each.n}"] for each in found] or ([] if by else [["0"]])
        if form == "csv":
            writer = csv.writer(self.stdout, lineterminator="\n")
            writer.writerow(headings)
            writer.writerows([disarmed(cell) for cell in row] for row in rows)
            return
        widths = [max(len(row[at]) for row in [headings, *rows]) for at in range(len(headings))]
        for row in [headings, *rows]:
            words = [cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=False)]
            self.stdout.write("  ".join([*words, row[-1].rjust(widths[-1])]))

    def _say_missing(self, selection: Selection) -> None:
        known = held(selection)
        notes = [not_held(known.missing) + "."] if known.missing else []
        notes += [
            f"{force} is held for {months.listed(sorted(known.by_force[force]))} alone."
            for force in known.forces_partly
            if force != known.own_force
        ]
        notes += [f"{months.name(month)} is unusual: {why}" for month, why in known.unusual]
        aside = without_place(selection)
        if aside:
            notes.append(
                f"{aside:,} more rows of these months, of all areas of the forces, say no place "
                "and belong to no district."
            )
        for note in notes:
            self.stderr.write(note)
