"""The action plan in the columns of the Home Office's template: as a spreadsheet, CSV and PDF.

The first column of the spreadsheet says which row is which, and in which version, so that it can
come back. Each file says who took it.
"""

import io
from collections.abc import Iterable, Iterator
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from core import pdf
from core.markings import Marking
from core.markup import plain
from dhr.models import PlanItem, Recommendation, Review, Scope
from dhr.names import key_of
from dhr.queries.plans import Block, Row
from dhr.workflow.plan_sheet import LABELS

WIDTHS = (20, 7, 48, 12, 44, 26, 36, 14, 14, 40, 22)
LESSONS = (
    "Review", "No.", "Recommendation", "Scope", "Themes", "Same lesson as before", "Said again",
    "Actions", "Signed off",
)  # fmt: skip
WHOLE = 3  # rows before the first of the plan: marking, headings


def id_of(recommendation: Recommendation, item: PlanItem | None = None) -> str:
    """DR-2026-0001/1v2/3v5: the third action of the first recommendation, and their versions."""
    own = f"{recommendation.review.reference}/{recommendation.number}v{recommendation.version}"
    return f"{own}/{item.number}v{item.version}" if item else own


def lines(blocks: Iterable[Block], *, ids: bool = True) -> Iterator[tuple[Any, ...]]:
    """One line for each action, and one for a recommendation that has none yet."""
    for block in blocks:
        recommendation = block.recommendation
        own = (recommendation.text, str(Scope(recommendation.scope).label))
        if not block.rows:
            first = (id_of(recommendation), str(recommendation.number), *own)
            yield (*first, "", "", "", None, None, "", "")[0 if ids else 1 :]
        for row in block.rows:
            item = row.item
            whole = (
                id_of(recommendation, item), row.number, *own, item.text, row.body,
                item.milestones, item.target_on, item.completed_on, item.outcome, _how_far(row),
            )  # fmt: skip
            yield whole[0 if ids else 1 :]


def lesson_lines(blocks: Iterable[Block]) -> Iterator[tuple[Any, ...]]:
    """One line for each recommendation, of several reviews."""
    for block in blocks:
        told = block.recommendation
        yield (
            told.review.reference, told.number, told.text, str(Scope(told.scope).label),
            "; ".join(str(each) for each in told.themes.all()),
            "yes" if told.repeats_id else "no", block.repeated, len(block.rows),
            sum(each.item.signed_off_at is not None for each in block.rows),
        )  # fmt: skip


def _how_far(row: Row) -> str:
    moved = f". Now due {row.due_on:%-d %B %Y}" if row.moved else ""
    return f"{row.state[0]}{moved}"


def named_in(review: Review, blocks: Iterable[Block]) -> list[str]:
    """The pseudonyms of those whose names would be in the file; none is right."""
    texts = [str(each) for line in lines(blocks, ids=False) for each in line if each]
    return key_of([review]).found_in(*texts)


def workbook(review: Review, blocks: list[Block], stamp: str) -> bytes:
    """The plan as a spreadsheet. Texts are kept as texts: nothing in it is computed."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Action plan"
    sheet.append([f"{Marking.SENSITIVE.label}. {review.reference}. {stamp}"])
    sheet.append(tuple(LABELS.values()))
    for each in (*sheet[1], *sheet[2]):
        each.font = Font(bold=True)
    for number, line in enumerate(lines(blocks), start=WHOLE):
        for column, value in enumerate(line, start=1):
            _put(sheet.cell(number, column), value)
    for letter, width in zip("ABCDEFGHIJK", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A3"
    if sheet.oddFooter and sheet.oddFooter.center:
        sheet.oddFooter.center.text = stamp
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _put(cell: Any, value: Any) -> None:
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if isinstance(value, str):
        if value:
            cell.value = plain(value)
            cell.data_type, cell.quotePrefix = "s", True
        return
    cell.value = value
    if value is not None:
        cell.number_format = "DD/MM/YYYY"


def document(review: Review, blocks: list[Block], stamp: str) -> bytes:
    """The plan as a PDF on wide pages. Raises ``core.pdf.PDFUnavailable``."""
    return pdf.render("dhr/pdf/plan.html", {
        "title": f"Action plan, {review.reference}", "review": review, "blocks": blocks,
        "stamp": stamp, "partnership": review.partnership, "marking": Marking.SENSITIVE.label,
    })  # fmt: skip
