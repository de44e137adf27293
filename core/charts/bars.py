"""Bars from left to right, longest names included; a mark may show where each stood before."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.charts.drawing import Table, number, rounded


@dataclass(frozen=True, slots=True)
class Bar:
    """A name and its count; ``before`` is drawn as a mark across the bar."""

    name: str
    n: float
    before: float | None = None


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A bar as drawn."""

    name: str
    name_x: str
    name_y: str
    y: str
    width: str
    value: str
    value_x: str
    value_y: str
    mark: str


@dataclass(frozen=True, slots=True)
class Bars:
    """One drawing of a chart of bars, for a desk or for a phone."""

    id: str
    width: int
    height: int
    left: int
    anchor: str
    bars: tuple[DrawnBar, ...]


@dataclass(frozen=True, slots=True)
class BarChart:
    """A chart of bars: drawn wide and narrow, and as a table."""

    title: str
    desc: str
    wide: Bars
    narrow: Bars
    table: Table


THICK = 20
VALUE = 64  # the room that a value needs beside its bar


def bar_chart(
    key: str,
    *,
    title: str,
    bars: Sequence[Bar],
    desc: str = "",
    headings: tuple[str, str, str] = ("Name", "Number", "Before"),
) -> BarChart:
    """A chart of bars in the order given; ``headings`` are those of its table."""
    marked = any(bar.before is not None for bar in bars)
    rows = tuple(
        (bar.name, number(bar.n), *([number(bar.before)] if marked else [])) for bar in bars
    )
    table = Table(title, headings if marked else headings[:2], rows)
    words = desc or "; ".join(f"{bar.name} {number(bar.n)}" for bar in bars) + "."
    return BarChart(title, words, _wide(f"{key}-wide", bars), _narrow(f"{key}-narrow", bars), table)


def _wide(key: str, bars: Sequence[Bar]) -> Bars:
    left, width, row = 270, 760, 32
    drawn = tuple(
        _drawn(bar, at * row + 6, left, width, _most(bars), (left - 10, at * row + 21))
        for at, bar in enumerate(bars)
    )
    return Bars(key, width, row * len(bars) + 4, left, "end", drawn)


def _narrow(key: str, bars: Sequence[Bar]) -> Bars:
    width, row = 360, 50
    drawn = tuple(
        _drawn(bar, at * row + 22, 0, width, _most(bars), (0, at * row + 16))
        for at, bar in enumerate(bars)
    )
    return Bars(key, width, row * len(bars) + 2, 0, "start", drawn)


def _most(bars: Sequence[Bar]) -> float:
    return max([1.0, *(max(bar.n, bar.before or 0) for bar in bars)])


def _drawn(
    bar: Bar, top: int, left: int, width: int, most: float, name: tuple[int, int]
) -> DrawnBar:
    room = width - left - VALUE
    mark = "" if bar.before is None else rounded(left + room * bar.before / most)
    length = room * bar.n / most
    beyond = max(length, float(mark) - left if mark else 0.0)
    return DrawnBar(
        bar.name, str(name[0]), str(name[1]), str(top), rounded(length), number(bar.n),
        rounded(left + beyond + 8), str(top + 15), mark,
    )  # fmt: skip
