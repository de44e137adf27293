"""How often powers were used and breached, by quarter, agency and ward; what went unreported."""

import datetime
from dataclasses import dataclass
from typing import Any

from assessments.models import Power, PowerIndicator
from figures.models import Frequency, Indicator
from figures.queries import indicators as figures
from figures.queries import periods
from figures.queries.periods import Period
from membership.models import Agency, Partnership

QUARTERS = 5
NOT_REPORTED, NOT_DUE, HIDDEN = "not reported", "not due yet", "suppressed"
WITHHELD = "restricted"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of figures: the whole of an indicator, or one of its parts, quarter by quarter."""

    what: str
    agency: Agency
    cells: tuple[str, ...]
    whole: bool
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Use:
    """A power with its rows of figures."""

    power: Power
    lines: list[Line]


def quarters(on: datetime.date) -> list[Period]:
    """The last quarters that are over, oldest first."""
    found = [periods.before(on, Frequency.QUARTER)]
    while len(found) < QUARTERS:
        found.append(periods.before(found[-1].starts_on, Frequency.QUARTER))
    return found[::-1]


def counted(partnership: Partnership | None) -> list[PowerIndicator]:
    """The indicators by which powers are counted here, in the order of the powers."""
    rows = PowerIndicator.objects.filter(indicator__partnership=partnership)
    rows = rows.select_related("power", "indicator__source_agency", "indicator__partnership")
    return list(rows.order_by("power__position", "indicator__position", "indicator__name"))


def use(
    partnership: Partnership, rows: list[PowerIndicator], on: datetime.date, *, audience: Any,
    agency: str = "", ward: str = "",
) -> list[Use]:  # fmt: skip
    """The rows of figures of each power, of one agency or one ward if one is chosen."""
    shown = [
        row
        for row in rows
        if (not agency or row.indicator.source_agency.slug == agency)
        and (not ward or row.indicator.by_ward)
    ]
    asked = quarters(on)
    found = figures.table(
        partnership, [row.indicator for row in shown], asked[0].starts_on, asked[-1].starts_on,
        audience=audience,
    )  # fmt: skip
    by_power: dict[Power, list[Line]] = {}
    for row in shown:
        lines = _lines(row.indicator, found[row.indicator], asked, ward, on)
        by_power.setdefault(row.power, []).extend(lines)
    return [Use(power, lines) for power, lines in by_power.items()]


def _lines(
    indicator: Indicator, series: figures.Series, asked: list[Period], ward: str,
    on: datetime.date,
) -> list[Line]:  # fmt: skip
    agency = indicator.source_agency
    if series.withheld:
        return [Line(indicator.name, agency, (WITHHELD,) * len(asked), whole=True)]
    lines = []
    for part in ("", *indicator.breakdowns):
        held = {figure.period: figure for figure in series.of(ward, part)}
        cells = tuple(_cell(indicator, held.get(each), each, on) for each in asked)
        notes = tuple(dict.fromkeys(held[each].note for each in asked if each in held))
        lines.append(Line(part or indicator.name, agency, cells, not part, notes))
    return lines


def _cell(
    indicator: Indicator, figure: figures.Figure | None, period: Period, on: datetime.date
) -> str:
    if figure is not None:
        return HIDDEN if figure.suppressed else figure.words
    if period.starts_on < indicator.starts_on:
        return "–"
    return NOT_REPORTED if period.due_on < on else NOT_DUE


@dataclass(frozen=True, slots=True)
class Owing:
    """What an agency owes of a period: which figures, what it says, and how late it is."""

    agency: Agency
    period: Period
    figures: list[str]
    says: list[str]
    late_days: int


def notes(use: list[Use]) -> list[str]:
    """What agencies noted beside the figures shown, each note once."""
    found = (note for each in use for line in each.lines for note in line.notes if note)
    return list(dict.fromkeys(found))


def unreported(
    partnership: Partnership, rows: list[PowerIndicator], on: datetime.date, *, audience: str
) -> list[Owing]:
    """What went unreported, by agency and quarter, the latest first."""
    keys = {row.indicator_id for row in rows}
    found: dict[tuple[Agency, Period], list[figures.Gap]] = {}
    for gap in figures.gaps(partnership, on, audience=audience):
        if gap.indicator.pk in keys:
            found.setdefault((gap.agency, gap.period), []).append(gap)
    return [
        Owing(
            agency, period, [gap.indicator.name for gap in gaps],
            sorted({gap.reason for gap in gaps if gap.reason}), max(g.late_days for g in gaps),
        )
        for (agency, period), gaps in found.items()
    ]  # fmt: skip
