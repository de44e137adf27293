"""Month by month over all that is held: counts, rolling years, and control limits."""

import datetime
from dataclasses import dataclass

from figures.queries import months
from figures.queries.chosen import Chosen
from figures.queries.comparing.periods import beside
from figures.queries.comparing.series import Limits, Point, by_month, limited, rolled


@dataclass(frozen=True, slots=True)
class Month:
    """A month: its count, that of the twelve months to its end, and what is odd about it."""

    month: datetime.date
    n: int | None
    year: int | None
    outside: bool
    note: str

    @property
    def name(self) -> str:
        """September 2025."""
        return months.name(self.month)

    @property
    def key(self) -> str:
        """2025-09."""
        return months.key(self.month)


@dataclass(frozen=True, slots=True)
class History:
    """Every month from the first that is held to the last."""

    chosen: Chosen
    rows: tuple[Month, ...]
    limits: Limits
    beside: str

    @property
    def newest_first(self) -> list[Month]:
        """The months as a table shows them."""
        return list(reversed(self.rows))

    @property
    def years(self) -> bool:
        """Whether any twelve months are held one after another."""
        return any(row.year is not None for row in self.rows)


def of(chosen: Chosen) -> History:
    """The history of what is chosen, from the same counts as every other page."""
    known = chosen.area.known
    found = by_month(chosen.selection, known)
    limits = limited(found)
    odd = dict(known.unusual)
    years = rolled(found)
    rows = tuple(
        Month(point.month, point.n, years[point.month], point.outside, _note(point, odd))
        for point in limits.points
    )
    return History(chosen, rows, limits, beside(known.within(*months.runs(list(known.months)))))


def _note(point: Point, odd: dict[datetime.date, str]) -> str:
    if point.month in odd:
        return f"Unusual, so not compared: {odd[point.month]}"
    return "Not held" if point.n is None else ""
