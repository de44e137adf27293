"""Goals, and how what was measured stands to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

GROWTH = 1.1  # of its own cost, at a hundred times the data


@dataclass(frozen=True)
class Goal:
    """What a page may cost at most; what is ``None`` is only shown.

    ``ratio`` is to the baseline, ``queries`` is the number of all of them, session and user too.
    """

    ratio: float | None = None
    queries: int | None = None
    kilobytes: int | None = None


@dataclass(frozen=True)
class Measured:
    """A page as it was measured; ``growth`` is its cost with the big set over the small one's."""

    queries: int
    big_queries: int
    kilobytes: float
    ratio: float
    growth: float
    statements: tuple[str, ...] = ()


def ratio(costs: Sequence[float], others: Sequence[float]) -> float:
    """How many times as much one cost as another: the median of rounds that took turns."""
    if not costs or len(costs) != len(others):
        raise ValueError("Each round gives one cost of each.")
    return median(cost / other for cost, other in zip(costs, others, strict=True))


def each(once: float, twice: float, times: int) -> float:
    """The cost of one rendering, from those of ``times`` and of twice as many: starting cancels."""
    return (twice - once) / times


def misses(goal: Goal, measured: Measured) -> list[str]:
    """What the page costs more than it may, each in words; nothing where its goal is met.

    Ratios are compared as they are printed, to the hundredth.
    """
    found = []
    if goal.ratio is not None and round(measured.ratio, 2) > goal.ratio:
        found.append(f"{measured.ratio:.2f} × B, not {goal.ratio}")
    if goal.queries is not None and measured.queries > goal.queries:
        found.append(f"{measured.queries} queries, not {goal.queries}")
    if goal.kilobytes is not None and measured.kilobytes > goal.kilobytes:
        found.append(f"{measured.kilobytes:.0f} kB, not {goal.kilobytes}")
    if round(measured.growth, 2) > GROWTH:
        found.append(f"{measured.growth:.2f} × its own cost at 100 × the data, not {GROWTH}")
    if measured.big_queries != measured.queries:
        found.append(f"{measured.big_queries} queries at 100 × the data, not {measured.queries}")
    return found


def words(goal: Goal) -> str:
    """A goal as it stands in the table: ``2 ×, 5 q, 40 kB``."""
    parts = [
        (goal.ratio, f"{goal.ratio} ×"),
        (goal.queries, f"{goal.queries} q"),
        (goal.kilobytes, f"{goal.kilobytes} kB"),
    ]
    return ", ".join(text for value, text in parts if value is not None) or "–"
