"""What a file says, line by line, compared with what a return asks for."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from core import dates
from figures.models import FiguresReturn, Standing
from figures.queries import returns as queries

COLUMNS = ("Indicator", "Agency", "Period from", "Area", "Part", "Figure", "Standing", "Note")
NEEDED = ("Indicator", "Figure")
SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, where, and what is odd about it."""

    where: str
    value: Any = None
    formula: bool = False
    merged: bool = False

    @property
    def text(self) -> str:
        """Its value as people would type it."""
        if self.value is None:
            return ""
        if isinstance(self.value, float) and self.value.is_integer():
            return str(int(self.value))
        return SPACES.sub(" ", str(self.value)).strip()


@dataclass(frozen=True, slots=True)
class Line:
    """One line, its cells by their columns."""

    where: str
    cells: dict[str, Cell]

    def cell(self, column: str) -> Cell:
        """The cell of a column; an empty one where there is none."""
        return self.cells.get(column, Cell(self.where))


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read or taken, and where."""

    where: str
    what: str


@dataclass(slots=True)
class Sheet:
    """A file as it was read: its lines, and what was left unread."""

    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Found:
    """A figure that a file gives for a row of the return. ``formula``: it was computed there."""

    key: str
    value: str
    where: str
    standing: str = ""
    note: str = ""
    formula: bool = False


def found_in(
    sheet: Sheet, figures_return: FiguresReturn, on: datetime.date
) -> tuple[list[Found], list[Problem]]:
    """What a file gives for a return, and every line of it that cannot be taken, with why."""
    asked = {
        row.key: row for section in queries.sections(figures_return, on) for row in section.rows
    }
    names = _names(asked.values())
    found: dict[str, Found] = {}
    problems = list(sheet.problems)
    for line in sheet.lines:
        try:
            each = _found(line, figures_return, asked, names)
            if each is None:
                continue
            if each.key in found:
                raise ValueError(f"The same figure stands in {found[each.key].where} already")
            found[each.key] = each
        except ValueError as wrong:
            problems.append(Problem(line.cell("Figure").where or line.where, str(wrong)))
    return list(found.values()), problems


def _names(rows: Any) -> dict[str, dict[str, str]]:
    """How a file may name indicators and areas: by their code or by their name."""
    names: dict[str, dict[str, str]] = {"Indicator": {}, "Area": {}}
    for row in rows:
        for text in (row.indicator.slug, row.indicator.name):
            names["Indicator"][text.casefold()] = row.indicator.slug
        for text in filter(None, (row.area, row.area_name)):
            names["Area"][text.casefold()] = row.area
    for text in ("", queries.WHOLE_AREA.casefold()):
        names["Area"][text] = ""
    return names


def _found(
    line: Line, own: FiguresReturn, asked: dict[str, Any], names: dict[str, dict[str, str]]
) -> Found | None:
    """The figure of a line; nothing where the line gives none. Raises ``ValueError``."""
    figure = line.cell("Figure")
    if not any(cell.text for cell in line.cells.values()):
        return None
    for cell in line.cells.values():
        if cell.merged:
            raise ValueError(f"{cell.where} is part of merged cells. Take the cells apart")
    slug = names["Indicator"].get(line.cell("Indicator").text.casefold())
    if slug is None:
        raise ValueError(f"“{line.cell('Indicator').text[:60]}” is not asked of you")
    _right_agency(line, own)
    _right_period(line, own)
    area_text = line.cell("Area").text
    area = names["Area"].get(area_text.casefold())
    if area is None:
        raise ValueError(f"“{area_text[:60]}” is not a ward of the area")
    part = line.cell("Part").text
    matches = [row for row in asked.values() if row.indicator.slug == slug and row.area == area]
    row = next((each for each in matches if each.part.casefold() == part.casefold()), None)
    if row is None:
        raise ValueError(f"“{part[:60] or area_text[:60]}” is not asked for of this indicator")
    if not figure.text and not figure.formula:
        return None
    return Found(
        row.key, _value(figure, row.indicator.unit), figure.where,
        _standing(line), line.cell("Note").text[:300], figure.formula,
    )  # fmt: skip


def _value(cell: Cell, unit: str) -> str:
    if cell.formula and cell.value is None:
        raise ValueError("It holds a formula that was never worked out. Type the number")
    if isinstance(cell.value, bool):
        raise ValueError("It is TRUE or FALSE, not a number")
    if isinstance(cell.value, datetime.date | datetime.time):
        raise ValueError("It is a date. Give the cell the format of a number, and type it again")
    queries.parse(cell.text, unit)
    return cell.text


def _standing(line: Line) -> str:
    text = line.cell("Standing").text.casefold()
    if text and text not in Standing.values:
        raise ValueError("The standing must be provisional or audited")
    return text


def _right_agency(line: Line, own: FiguresReturn) -> None:
    text = line.cell("Agency").text
    known = {each.casefold() for each in (own.agency.name, own.agency.short_name, own.agency.slug)}
    if text and text.casefold() not in known:
        raise ValueError(f"It is of “{text[:60]}”; this return is {own.agency}’s")


def _right_period(line: Line, own: FiguresReturn) -> None:
    cell = line.cell("Period from")
    if not cell.text:
        return
    try:
        day = _day(cell)
    except ValueError:
        raise ValueError(f"“{cell.text[:30]}” is not a date like 1 July 2026") from None
    if day != own.starts_on:
        wish = queries.period(own).words
        raise ValueError(f"It is of {dates.longdate(day)}; this return is for {wish}")


def _day(cell: Cell) -> datetime.date:
    if isinstance(cell.value, datetime.datetime):
        return cell.value.date()
    if isinstance(cell.value, datetime.date):
        return cell.value
    return dates.parse_date(cell.text)


def headings(row: Sequence[Cell]) -> dict[int, str]:
    """Which column stands where. Raises ``ValueError`` naming those that are missing."""
    known = {each.casefold(): each for each in COLUMNS}
    places: dict[int, str] = {}
    for number, cell in enumerate(row):
        name = known.get(cell.text.casefold())
        if name in places.values():
            raise ValueError(f"There are two columns “{name}”")
        if name:
            places[number] = name
    missing = [each for each in NEEDED if each not in places.values()]
    if missing:
        wish = " and ".join(f"“{each}”" for each in missing)
        raise ValueError(f"There is no column {wish}. Use the template’s first line")
    return places
