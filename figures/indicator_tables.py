"""Indicators' figures as tables, files and charts. What is suppressed stays without a value."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from core.charts.lines import LineChart, line_chart
from core.charts.plot import Line
from core.dates import longdate
from figures.models import Break, Indicator
from figures.queries import periods
from figures.queries.indicators import Figure, Gap, Series, in_words
from figures.queries.months import short
from figures.queries.periods import Period

HEADINGS = (
    "Indicator", "Agency", "Period from", "Period to", "Area", "Part", "Figure", "Unit",
    "Suppressed", "Standing", "Note",
)  # fmt: skip
GAP_HEADINGS = ("Indicator", "Agency", "Period", "Due", "Days late", "Why", "Expected")
WARD_PERIODS = 8
FEWEST = 3  # figures that make a line
MOST_BREAKS = 3


@dataclass(frozen=True, slots=True)
class Summary:
    """One line of the list of indicators."""

    indicator: Indicator
    last: Figure | None
    before: Figure | None
    says: str
    missing: bool
    withheld: bool


def summary(series: Series, *, missing: bool) -> Summary:
    """An indicator with its last figure, set against the same period a year before if there is."""
    whole = series.of()
    last = whole[-1] if whole else None
    before = _year_before(last, whole)
    return Summary(
        series.indicator, last, before, _compared(series, last, before), missing, series.withheld
    )


def _year_before(last: Figure | None, whole: list[Figure]) -> Figure | None:
    if last is None:
        return None
    start = last.period.starts_on
    return next(
        (each for each in whole if each.period.starts_on == start.replace(year=start.year - 1)),
        None,
    )


def _compared(series: Series, last: Figure | None, before: Figure | None) -> str:
    """In counts, against the year before; where that cannot be said, why not."""
    if last is None or last.value is None:
        return ""
    if before is None or before.value is None:
        return "Nothing of a year before to compare with."
    broken = _broken(series.breaks, before.period.starts_on, last.period.starts_on)
    if broken:
        return f"Not comparable with a year before: {broken.because}"
    difference = last.value - before.value
    if not difference:
        return f"As many as a year before ({before.words})."
    more = "more" if difference > 0 else "fewer"
    unit = " points" if series.indicator.unit == "percent" else ""
    return f"{in_words(abs(difference))}{unit} {more} than a year before ({before.words})."


def _broken(breaks: tuple[Break, ...], first: datetime.date, last: datetime.date) -> Break | None:
    return next((each for each in breaks if first < each.since <= last), None)


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """One period: the whole, its parts, and what is said of it."""

    period: Period
    whole: Figure | None
    parts: list[Figure | None]
    break_before: Break | None


def by_period(series: Series) -> list[PeriodRow]:
    """A line for each period, the newest first."""
    figures = {(each.period, each.area, each.part): each for each in series.figures}
    rows = []
    earlier: datetime.date | None = None
    for period in series.periods:
        start = period.starts_on
        since = earlier or datetime.date.min
        noted = next((each for each in series.breaks if since < each.since <= start), None)
        rows.append(
            PeriodRow(
                period, figures.get((period, "", "")),
                [figures.get((period, "", part)) for part in series.indicator.breakdowns],
                noted if earlier else None,
            )
        )  # fmt: skip
        earlier = start
    return rows[::-1]


@dataclass(frozen=True, slots=True)
class WardTable:
    """The last periods, ward by ward."""

    periods: list[Period]
    rows: list[tuple[str, list[Figure | None]]]


def by_ward(series: Series, names: dict[str, str]) -> WardTable | None:
    """The whole of each ward, in the last periods; nothing where no ward was given."""
    figures = {(each.area, each.period): each for each in series.figures if not each.part}
    areas = sorted({area for area, _ in figures if area}, key=lambda each: names.get(each, each))
    if not areas:
        return None
    last = series.periods[-WARD_PERIODS:]
    return WardTable(
        last,
        [(names.get(area, area), [figures.get((area, each)) for each in last]) for area in areas],
    )


def chart(series: Series) -> LineChart | None:
    """The whole over time; nothing where there are fewer than three figures.

    A period that is missing or suppressed breaks the line, and each break in the series begins a
    new one.
    """
    whole = series.whole
    if sum(each.value is not None for each in whole.values()) < FEWEST:
        return None
    first, last = min(whole), max(whole)
    every = periods.between(first.starts_on, last.starts_on, series.indicator.frequency)
    drawn = Period(first.starts_on, last.ends_on).words
    return line_chart(
        "series", title=f"{series.indicator.name}, {drawn}", heading="Period",
        labels=[_label(each) for each in every], lines=_lines(series, every),
        groups=[str(each.last_month.year) for each in every],
    )  # fmt: skip


def _label(period: Period) -> str:
    first, last = short(period.starts_on), short(period.last_month)
    return first if first == last else f"{first}–{last}"


def _lines(series: Series, every: list[Period]) -> list[Line]:
    """One line for each stretch of the series that can be compared with itself."""
    starts = [each.since for each in series.breaks if each.since > every[0].starts_on]
    edges = [datetime.date.min, *starts[-MOST_BREAKS:], datetime.date.max]
    lines = []
    for since, until in pairwise(edges):
        inside = [since <= each.starts_on < until for each in every]
        name = series.indicator.unit.capitalize()
        if starts:
            first = since == edges[0]
            name += f" before {longdate(until)}" if first else f" since {longdate(since)}"
        values = [
            _value(series.whole.get(each)) if known else None
            for each, known in zip(every, inside, strict=True)
        ]
        if any(value is not None for value in values):
            lines.append(Line(name, values))
    return lines


def _value(figure: Figure | None) -> float | None:
    if figure is None or figure.value is None:
        return None
    whole = figure.value == figure.value.to_integral_value()
    return int(figure.value) if whole else float(figure.value)


def lines(series: Series, names: dict[str, str]) -> Iterator[list[Any]]:
    """One line a figure, for a file."""
    indicator = series.indicator
    for each in series.figures:
        yield [
            indicator.name, indicator.source_agency, each.period.starts_on,
            each.period.ends_on - datetime.timedelta(days=1),
            names.get(each.area, each.area) or "Whole area", each.part or "Whole",
            "" if each.value is None else f"{each.value.normalize():f}", indicator.unit,
            "yes" if each.suppressed else "no", each.standing, each.note,
        ]  # fmt: skip


def gap_line(gap: Gap) -> list[Any]:
    """One missing figure, for a file."""
    return [
        gap.indicator.name, gap.agency, gap.period.words, gap.period.due_on, gap.late_days,
        gap.reason, gap.expected_on or "",
    ]  # fmt: skip
