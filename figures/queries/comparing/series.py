"""Month after month: rolling years, and the limits between which months usually fall."""

import datetime
from dataclasses import dataclass
from itertools import pairwise

from figures.queries import months
from figures.queries.counts import Selection, counts
from figures.queries.held import Held, held

ENOUGH = 24  # months; fewer give no limits
SPREAD = 2.66  # limits of an XmR chart, in mean moving ranges (Shewhart, Wheeler)


@dataclass(frozen=True, slots=True)
class Point:
    """A month and its count; nothing where it cannot be told."""

    month: datetime.date
    n: int | None
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """The mean of months and the limits around it, or why there are none."""

    points: tuple[Point, ...] = ()
    mean: float | None = None
    lower: float | None = None
    upper: float | None = None
    says: str = ""
    why_not: str = ""


def steady(known: Held) -> tuple[str, ...]:
    """Forces held in every month that is held at all, so that months are alike."""
    return known.within(*months.runs(list(known.months))).forces_everywhere if known.months else ()


def by_month(selection: Selection, known: Held) -> dict[datetime.date, int | None]:
    """Each month's count of the steady forces; nothing for months not held or unusual."""
    forces = steady(known)
    found = {}
    if forces:
        counted = counts(selection.but(forces=forces), ("month",))
        found = {each.key[0]: each.n for each in counted}
    odd = {month for month, _ in known.unusual}
    usable = [month for month in known.months if month not in odd]
    return {
        month: found.get(months.key(month), 0) if month in usable else None
        for month in selection.months
    }


def rolling(selection: Selection, length: int = 12) -> list[Point]:
    """For each month, the count of the months that end with it; nothing if one is missing."""
    wide = selection.but(first=months.later(selection.first, 1 - length))
    found = rolled(by_month(wide, held(wide)), length)
    return [Point(month, found[month]) for month in selection.months]


def rolled(
    found: dict[datetime.date, int | None], length: int = 12
) -> dict[datetime.date, int | None]:
    """Of monthly counts, for each month the sum of those that end with it, if all are known."""
    sums: dict[datetime.date, int | None] = {}
    for month in found:
        window = [found.get(months.later(month, -back)) for back in range(length)]
        known = [n for n in window if n is not None]
        sums[month] = sum(known) if len(known) == length else None
    return sums


def limits(selection: Selection) -> Limits:
    """Between which limits months of the selection fall; none under 24 comparable months."""
    return limited(by_month(selection, held(selection)))


def limited(found: dict[datetime.date, int | None]) -> Limits:
    """The same of monthly counts that are at hand.

    An XmR chart: the mean, give or take 2.66 times the mean difference of one month to the next.
    """
    plain = tuple(Point(month, n) for month, n in found.items())
    known = [n for n in found.values() if n is not None]
    if len(known) < ENOUGH:
        months_held = f"{len(known)} month{' is' if len(known) == 1 else 's are'}"
        why = f"{months_held} held that can be compared; limits need {ENOUGH}"
        return Limits(plain, why_not=why)
    steps = [abs(b - a) for a, b in pairwise(found.values()) if a is not None and b is not None]
    mean = sum(known) / len(known)
    around = SPREAD * sum(steps) / len(steps) if steps else 0.0
    lower, upper = max(0.0, mean - around), mean + around
    points = tuple(
        Point(month, n, n is not None and not lower <= n <= upper) for month, n in found.items()
    )
    return Limits(points, mean, lower, upper, _said(points, mean, lower, upper))


def _said(points: tuple[Point, ...], mean: float, lower: float, upper: float) -> str:
    outside = [point.month for point in points if point.outside]
    usual = f"Months are usually between {lower:,.0f} and {upper:,.0f}, {mean:,.0f} on average."
    if not outside:
        return f"{usual} None falls outside."
    verb = "falls" if len(outside) == 1 else "fall"
    return f"{usual} {months.listed(outside)} {verb} outside."
