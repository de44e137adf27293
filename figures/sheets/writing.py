"""The template of a return, with everything that is asked for and what has been drafted."""

import io
from collections.abc import Iterator
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill

from core.exports import disarmed
from figures.models import FiguresReturn
from figures.queries.returns import WHOLE_AREA, Section
from figures.sheets.found import COLUMNS

WIDTHS = (44, 26, 14, 26, 30, 12, 14, 40)


def csv_lines(figures_return: FiguresReturn, sections: list[Section]) -> Iterator[list[Any]]:
    """One line a figure."""
    for section in sections:
        for row in section.rows:
            yield [
                section.indicator.name, figures_return.agency.name,
                figures_return.starts_on.isoformat(), row.area_name or WHOLE_AREA, row.part,
                row.drafted, section.standing, section.note,
            ]  # fmt: skip


def workbook(figures_return: FiguresReturn, sections: list[Section]) -> bytes:
    """The same as a spreadsheet, the cells to be filled in coloured."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Figures"
    sheet.append(COLUMNS)
    for each in sheet[1]:
        each.font = Font(bold=True)
    for line in csv_lines(figures_return, sections):
        sheet.append([_typed(at, cell) for at, cell in enumerate(line)])
        sheet.cell(sheet.max_row, 6).fill = PatternFill("solid", fgColor="FFF4CE")
    for column, width in zip("ABCDEFGH", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A2"
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _typed(at: int, cell: Any) -> Any:
    text = str(cell)
    if at == 5 and text.isascii() and text.isdigit():
        return int(text)
    return disarmed(text) if text else None
