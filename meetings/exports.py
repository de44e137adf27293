"""The minutes, and the items for later, as files to take away."""

from collections.abc import Iterable, Iterator
from typing import Any

from core.dates import london_date
from meetings import renditions
from meetings.models import BacklogItem, Meeting


def minutes_pdf(meeting: Meeting, rendition: str, user: Any = None) -> tuple[bytes, str]:
    """The PDF of a rendition and its file name, as far as ``user`` may read it.

    Raises ``core.pdf.PDFUnavailable`` where this machine cannot make PDFs.
    """
    minutes = renditions.build(meeting, rendition, user)
    return renditions.document(minutes), renditions.file_name(meeting, minutes)


BACKLOG = (
    "Title", "How it came", "Marking", "Minutes", "Lead", "What the group is asked to do",
    "Words", "For the meeting on", "Kept or offered by", "On", "State", "On the agenda of",
    "Why it was declined",
)  # fmt: skip


def backlog_lines(rows: Iterable[BacklogItem]) -> Iterator[list[Any]]:
    """The items for later, one a line, dates as 2027-01-06 so that a spreadsheet sorts them."""
    for row in rows:
        yield [
            row.title, row.came, row.get_marking_display(), row.minutes_allowed,
            row.lead or row.lead_words, row.note, row.text, row.meeting.on if row.meeting else "",
            row.created_by, london_date(row.created_at), row.get_state_display(),
            row.item.meeting.on if row.item else "", row.answer,
        ]  # fmt: skip
