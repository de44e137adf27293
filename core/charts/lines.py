"""Lines over time, with and without control limits. Where a figure is missing the line breaks."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.charts.drawing import Table, number
from core.charts.plot import NARROW, WIDE, Drawing, Limit, Line, Plot


@dataclass(frozen=True, slots=True)
class LineChart:
    """A chart of lines: drawn wide and narrow, and as a table."""

    title: str
    desc: str
    wide: Drawing
    narrow: Drawing
    table: Table


def line_chart(
    key: str,
    *,
    title: str,
    labels: Sequence[str],
    lines: Sequence[Line],
    desc: str = "",
    groups: Sequence[str] = (),
    limits: Sequence[Limit] = (),
    heading: str = "Month",
) -> LineChart:
    """A chart of one to four lines over the same labels.

    ``key`` makes its ids, so it must be the only one of the page. ``groups`` are printed below the
    labels where they change: the years of months. ``heading`` is that of the table's first column.
    """
    full = [f"{label} {group}".strip() for label, group in _paired(labels, groups)]
    table = Table(
        title,
        (heading, *(line.name for line in lines)),
        tuple((name, *(number(line.values[at]) for line in lines)) for at, name in enumerate(full)),
    )
    words = desc or " ".join(described(line, full) for line in lines)
    wide, narrow = (
        Plot(f"{key}-{name}", frame, labels, groups, lines, limits).drawing()
        for name, frame in (("wide", WIDE), ("narrow", NARROW))
    )
    return LineChart(title, words, wide, narrow, table)


def control_chart(
    key: str,
    *,
    title: str,
    labels: Sequence[str],
    line: Line,
    mean: float,
    lower: float,
    upper: float,
    desc: str = "",
    groups: Sequence[str] = (),
) -> LineChart:
    """One line with its mean and its limits; the values that ``line.outside`` names are marked."""
    limits = (
        Limit("Usual highest", upper, "6 4"),
        Limit("Average", mean),
        Limit("Usual lowest", lower, "6 4"),
    )
    return line_chart(
        key, title=title, desc=desc, labels=labels, groups=groups, lines=[line], limits=limits
    )


def described(line: Line, labels: Sequence[str]) -> str:
    """Where a line began, its highest and its lowest, and where it ended."""
    known = [
        (value, label)
        for value, label in zip(line.values, labels, strict=True)
        if value is not None
    ]
    if not known:
        return f"{line.name}: nothing is known."
    high, low = max(known, key=lambda each: each[0]), min(known, key=lambda each: each[0])
    missing = len(labels) - len(known)
    gap = f" {missing} of {len(labels)} are missing." if missing else ""
    return (
        f"{line.name}: {number(known[0][0])} in {known[0][1]}, highest {number(high[0])} in "
        f"{high[1]}, lowest {number(low[0])} in {low[1]}, {number(known[-1][0])} in "
        f"{known[-1][1]}.{gap}"
    )


def _paired(labels: Sequence[str], groups: Sequence[str]) -> list[tuple[str, str]]:
    return [(label, groups[at] if groups else "") for at, label in enumerate(labels)]
