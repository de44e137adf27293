"""``manage.py export_strategy PARTNERSHIP --year 2026 --output FILE.pdf``."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.editions import content, document
from assessments.models import Edition, FileKind
from assessments.queries.strategy import editions
from core import clock
from core.pdf import PDFUnavailable
from membership.models import Partnership


class Command(BaseCommand):
    """Writes the PDF of the edition that holds for a year; again it gives the same bytes."""

    help = "Write a Community Safety Strategy as a PDF, or with --leaflet its two-page summary."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose, of which year, and where to."""
        parser.add_argument("partnership", help="as in its addresses, such as dartford")
        parser.add_argument("--year", type=int, help="the year in whose April it begins to hold")
        parser.add_argument("--output", type=Path, required=True, metavar="FILE.pdf")
        parser.add_argument("--leaflet", action="store_true", help="the summary of two pages")

    def handle(self, *args: Any, **options: Any) -> None:
        """Writes the whole file or none."""
        edition = self._edition(options["partnership"], options["year"])
        kind = FileKind.LEAFLET if options["leaflet"] else FileKind.STRATEGY
        output: Path = options["output"]
        try:
            made = document.pdf(edition, content.of(edition, clock.today()), kind)
            partly = output.with_name(f".{output.name}.part")
            partly.write_bytes(made)
            partly.replace(output)
        except PDFUnavailable as missing:
            raise CommandError(str(missing)) from missing
        except OSError as failure:
            raise CommandError(f"{output} cannot be written: {failure.strerror}.") from failure
        self.stdout.write(f"{document.title(edition)}: {output} ({len(made):,} bytes)")

    def _edition(self, slug: str, year: int | None) -> Edition:
        partnership = Partnership.objects.filter(slug=slug).first()
        if partnership is None:
            known = ", ".join(Partnership.objects.order_by("slug").values_list("slug", flat=True))
            raise CommandError(f"There is no partnership “{slug}”. There is: {known or 'none'}.")
        wanted = editions.plan_year(clock.today()) if year is None else year
        if not 1998 <= wanted <= 2999:
            raise CommandError(f"{wanted} is not a year of a strategy, such as 2026.")
        found = editions.for_year(partnership, wanted)
        if found is None:
            years = editions.editions_of(partnership).filter(status__in=editions.HOLDS)
            held = ", ".join(str(each) for each in years.values_list("year", flat=True))
            raise CommandError(
                f"No adopted edition holds for {editions.year_name(wanted)}. "
                f"There are editions of: {held or 'no year'}."
            )
        return Edition.objects.select_related("strategy__partnership", "strategy__group").get(
            pk=found.pk
        )
