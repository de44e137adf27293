"""The combined chronology, and the list of what was asked, as files. Nobody is named in them."""

import io
from collections.abc import Iterable, Iterator
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from core import pdf
from core.dates import london_date
from core.exports import disarmed
from core.markings import Marking
from dhr.models import Review
from dhr.queries.combined import Combined, Line
from dhr.queries.information import Asked

ASKED = (
    "Agency", "Asked for", "Request", "Asked on", "First due", "Now due", "First received",
    "Days late", "State", "Sent back", "Reminded", "To the chair on", "Closed on",
)  # fmt: skip
CHRONOLOGY = (
    "Date", "Time", "Source", "Who", "What happened", "What was done", "In contact with", "Risk",
    "Reference", "Does not fit", "What was found out",
)  # fmt: skip
WIDTHS = (12, 8, 24, 18, 60, 48, 24, 10, 16, 40, 40)


def asked_lines(asked: Iterable[Asked]) -> Iterator[tuple[Any, ...]]:
    """One line a request."""
    for each in asked:
        request = each.information.request
        yield (
            each.information.agency, each.information.get_kind_display(), request.reference,
            london_date(request.asked_at), request.first_due_on, request.due_on,
            each.received_on or "",
            each.late, " ".join(label for label, _ in each.states), each.sent_back, each.chased,
            each.escalated_on or "",
            london_date(request.closed_at) if request.closed_at else "",
        )  # fmt: skip


def chronology_lines(lines: Iterable[Line]) -> Iterator[tuple[str, ...]]:
    """One line of the file for each of the chronology."""
    for line in lines:
        yield (
            line.on.isoformat(), f"{line.at:%H:%M}" if line.at else "", line.source.name, line.who,
            line.what, line.done, line.contact, line.risk_label, line.reference,
            "; ".join(each.says for each in line.misfits),
            "; ".join(each.settled.settled for each in line.misfits if each.settled),
        )  # fmt: skip


def workbook(lines: Iterable[Line], stamp: str) -> bytes:
    """The lines as a spreadsheet, marked, with the name of who took it."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Chronology"
    sheet.append([f"{Marking.SENSITIVE.label}. {stamp}"])
    sheet.append(CHRONOLOGY)
    for each in (*sheet[1], *sheet[2]):
        each.font = Font(bold=True)
    for line in chronology_lines(lines):
        sheet.append([disarmed(cell) or None for cell in line])
    for row in sheet.iter_rows(min_row=3):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for column, width in zip("ABCDEFGHIJK", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A3"
    if sheet.oddFooter and sheet.oddFooter.center:
        sheet.oddFooter.center.text = stamp
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def document(review: Review, found: Combined, lines: list[Line], stamp: str) -> bytes:
    """The lines as a PDF on wide pages. Raises ``core.pdf.PDFUnavailable``."""
    return pdf.render("dhr/pdf/chronology.html", {
        "title": f"Combined chronology, {review.reference}", "review": review, "found": found,
        "lines": lines, "stamp": stamp, "partnership": review.partnership,
        "marking": Marking.SENSITIVE.label,
    })  # fmt: skip
