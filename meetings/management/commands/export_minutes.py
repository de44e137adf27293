"""Write a meeting's minutes into a PDF file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.pdf import PDFUnavailable
from meetings import exports, renditions
from meetings.models import AFTER
from meetings.queries import minutes as reading
from meetings.workflow.publication import is_public


class Command(BaseCommand):
    """``export_minutes dartford/board-2026-09-16 --rendition public --output minutes.pdf``."""

    help = "Write the minutes of a meeting into a PDF file."

    def add_arguments(self, parser: CommandParser) -> None:
        """The meeting, the rendition and the file."""
        parser.add_argument(
            "meeting", metavar="MEETING",
            help="PARTNERSHIP/MEETING as in its address, or MEETING alone where there is only one",
        )  # fmt: skip
        parser.add_argument(
            "--rendition", choices=sorted(renditions.TITLES), default=renditions.PUBLIC,
            help="public leaves everything restricted out; restricted holds it all",
        )  # fmt: skip
        parser.add_argument("--output", required=True, type=Path, metavar="FILE.pdf")

    def handle(self, *args: Any, **options: Any) -> None:
        """Find the one meeting, make the PDF, say what was written."""
        found = reading.named(options["meeting"])
        if not found:
            raise CommandError(f"There is no meeting {options['meeting']}.")
        if len(found) > 1:
            names = ", ".join(f"{each.partnership.slug}/{each.slug}" for each in found)
            raise CommandError(f"There is more than one: {names}. Name its partnership too.")
        meeting, rendition = found[0], options["rendition"]
        if meeting.status not in AFTER:
            raise CommandError(f"The {meeting}, has not been held, so it has no minutes.")
        if rendition == renditions.PUBLIC and not is_public(meeting):
            raise CommandError(f"The minutes of {meeting.group} are not public.")
        try:
            made, _ = exports.minutes_pdf(meeting, rendition)
            options["output"].write_bytes(made)
        except (PDFUnavailable, OSError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            f"{meeting}: {renditions.TITLES[rendition].lower()}, {len(made):,} bytes, "
            f"written to {options['output']}"
        )
