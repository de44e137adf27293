"""CSV and XLSX as lines of cells. Nothing is computed, and what is hidden is named, not read."""

import csv
import datetime
import io
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from defusedxml import ElementTree as Xml
from django.core.exceptions import ValidationError
from openpyxl import load_workbook
from openpyxl.utils.datetime import from_excel
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from documents.checks import Checked, texts
from figures.sheets.found import Cell, Line, Problem, Sheet, headings

MOST_BYTES = 2 * 1024**2
MOST_UNPACKED = 20 * 1024**2
MOST_LINES = 5_000
MOST_COLUMNS = 50
MOST_ELEMENTS = 200_000  # of XML, in all parts together
MOST_JOINED = 100_000  # cells that are merged, or linked, together
TOO_LARGE = f"A return has at most {MOST_LINES} lines and {MOST_COLUMNS} columns"
TOO_MUCH = "The spreadsheet unpacks to more than a return can be"

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(slots=True)
class Grid:
    """The cells of a file, row by row, before anybody says what its columns are."""

    name: str
    rows: list[tuple[str, list[Cell]]]
    problems: list[Problem] = field(default_factory=list)


def read(file: Checked) -> Sheet:
    """The lines of a file that has been through the checks of uploads.

    Raises ``ValidationError`` where it is of another kind, or larger than a return can be.
    """
    return _sheet(cells(file))


def cells(file: Checked) -> Grid:
    """Its cells, with the same refusals."""
    if len(file.data) > MOST_BYTES:
        raise ValidationError("A return is at most 2 MB. Send the template with your figures")
    kind = file.content_type.partition(";")[0]
    if kind == "text/csv":
        return _csv(file.data)
    if kind == XLSX:
        return _workbook(file.data)
    raise ValidationError("Send a spreadsheet (XLSX) or a CSV file")


# ---- CSV ----------------------------------------------------------------------------------------


def _csv(data: bytes) -> Grid:
    text = texts.read(data)
    if text is None:
        raise ValidationError("The file is not text. Save it as CSV (UTF-8) again")
    separator = max(",;\t", key=text.partition("\n")[0].count)
    rows: list[tuple[str, list[Cell]]] = []
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        for values in lines:
            if len(rows) == MOST_LINES or len(values) > MOST_COLUMNS:
                raise ValidationError(TOO_LARGE)
            where = f"line {lines.line_num}"
            rows.append((where, [Cell(where, value, _is_formula(value)) for value in values]))
    except csv.Error as broken:
        raise ValidationError(f"Line {lines.line_num} of the file is damaged") from broken
    return Grid("The file", [(where, _quoted(cells)) for where, cells in rows])


def _is_formula(value: str) -> bool:
    return value.startswith("=")


def _quoted(cells: list[Cell]) -> list[Cell]:
    """A quote before what a spreadsheet would run is ours: our own files set it there."""
    return [
        Cell(each.where, None if each.formula else str(each.value).removeprefix("'"), each.formula)
        for each in cells
    ]


# ---- XLSX ---------------------------------------------------------------------------------------


def _workbook(data: bytes) -> Grid:
    try:
        _measure(data)
        written = load_workbook(io.BytesIO(data), keep_links=False)
        worked_out = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    except ValidationError:
        raise
    except Exception as broken:  # the library raises whatever it meets
        raise ValidationError(
            "The spreadsheet is damaged. Save it again, and send that"
        ) from broken
    sheets = [each for each in written.worksheets if each.sheet_state == "visible"]
    unread = [
        Problem(f"sheet {each.title}", "The sheet is hidden, so it was not read")
        for each in written.worksheets
        if each.sheet_state != "visible"
    ]
    if not sheets:
        raise ValidationError("Every sheet of the file is hidden")
    first, *others = sheets
    found = _of_sheet(first, worked_out[first.title], worked_out.epoch)
    more = [
        Problem(f"sheet {each.title}", "Only the first sheet is read") for each in others
        if each.max_row > 1 or each.max_column > 1
    ]  # fmt: skip
    found.problems += [*unread, *more]
    return found


def _measure(data: bytes) -> None:
    """Refuse what the library would make too many cells of, before it makes any.

    It makes one for each cell of a range that is merged or linked, however large and empty.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
            raise ValidationError(TOO_MUCH)
        joined = 0
        every = chain.from_iterable(_elements(archive, part) for part in archive.infolist())
        for number, each in enumerate(every):
            if each.tag.endswith(("}mergeCell", "}hyperlink")):
                joined += _cells_in(each.get("ref", ""))
            if number > MOST_ELEMENTS or joined > MOST_JOINED:
                raise ValidationError(TOO_MUCH)


def _elements(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[Any]:
    """Every element of a part; none of a picture and the like, which are no XML."""
    with archive.open(part) as content, suppress(Xml.ParseError):
        for _, each in Xml.iterparse(content):
            yield each
            each.clear()


def _cells_in(area: str) -> int:
    """How many cells an area such as A1:C5 has; nothing where it is none."""
    try:
        found = CellRange(area)
    except (ValueError, TypeError):
        return 0
    return int(found.size["rows"] * found.size["columns"])


def _of_sheet(written: Worksheet, worked_out: Worksheet, epoch: datetime.datetime) -> Grid:
    if written.max_row > MOST_LINES or written.max_column > MOST_COLUMNS:
        raise ValidationError(TOO_LARGE)
    merged = {
        (row, column)
        for area in written.merged_cells.ranges
        for row in range(area.min_row, min(area.max_row, MOST_LINES) + 1)
        for column in range(area.min_col, min(area.max_col, MOST_COLUMNS) + 1)
    }
    rows, hidden = [], []
    for number in range(1, written.max_row + 1):
        if written.row_dimensions[number].hidden and number > 1:
            hidden.append(number)
            continue
        cells = [
            _cell(written, worked_out, number, column, merged, epoch)
            for column in range(1, written.max_column + 1)
        ]
        rows.append((f"{written.title}, row {number}", cells))
    unread = [
        Problem(f"{written.title}, row {each}", "The row is hidden, so it was not read")
        for each in hidden
    ]
    return Grid(written.title, rows, unread)


def _cell(
    written: Worksheet, worked_out: Worksheet, row: int, column: int,
    merged: set[tuple[int, int]], epoch: datetime.datetime,
) -> Cell:  # fmt: skip
    cell = written.cell(row, column)
    formula = cell.data_type == "f"
    value: Any = worked_out.cell(row, column).value if formula else cell.value
    if cell.data_type == "e" or (formula and isinstance(value, str) and value.startswith("#")):
        value = f"the error {value}"
    where = f"{written.title}, {cell.coordinate}"
    heading = str(written.cell(1, column).value or "").strip().casefold()
    if heading == "period from" and isinstance(value, int | float) and 1 < value < 100_000:
        value = from_excel(value, epoch)
    return Cell(where, value, formula, (row, column) in merged)


def _sheet(grid: Grid) -> Sheet:
    rows = [row for row in grid.rows if any(cell.text or cell.formula for cell in row[1])]
    if not rows:
        raise ValidationError(f"{grid.name} is empty")
    try:
        columns = headings(rows[0][1])
    except ValueError as wrong:
        raise ValidationError(str(wrong)) from wrong
    return Sheet(
        [
            Line(where, {columns[at]: cell for at, cell in enumerate(cells) if at in columns})
            for where, cells in rows[1:]
        ],
        grid.problems,
    )
