"""Scoring of threat and harm: factors from 0 to 4, each with a weight that is shown.

Modelled on MoRiLE (management of risk in law enforcement), which Kent's partnerships have used for
their priorities. A total is a plain weighted sum, so that anybody can work it out again by hand.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

MOST = 4
HEAVIEST = 5


@dataclass(frozen=True, slots=True)
class Factor:
    """What is scored, what 0 and 4 mean, and its weight unless the partnership sets another."""

    key: str
    label: str
    lowest: str
    highest: str
    weight: int


FACTORS = (
    Factor("physical", "Physical harm", "none", "death or lasting injury", 3),
    Factor("psychological", "Psychological harm", "none", "lasting trauma", 3),
    Factor("financial", "Financial harm", "none", "ruin of a household or business", 1),
    Factor("community", "Harm to the community", "none", "people change how they live", 2),
    Factor("likelihood", "Likelihood", "has not been seen here", "seen every day", 2),
    Factor("confidence", "Confidence in what is known", "a guess", "audited figures", 1),
    Factor("capacity", "Lack of means to deal with it", "well in hand", "no means at all", 1),
)
KEYS = tuple(factor.key for factor in FACTORS)
WEIGHTS = {factor.key: factor.weight for factor in FACTORS}


@dataclass(frozen=True, slots=True)
class Part:
    """One factor of a score: the score times its weight."""

    label: str
    score: int
    weight: int

    @property
    def points(self) -> int:
        """What it adds to the total."""
        return self.score * self.weight


@dataclass(frozen=True, slots=True)
class Ranked:
    """A threat with its total, its place, and how the total comes about."""

    name: str
    parts: tuple[Part, ...]
    total: int
    most: int
    rank: int
    why: str = ""
    pk: Any = None

    @property
    def working(self) -> str:
        """The sum as it is written by hand: 3 × 4 + 3 × 3 + … = 31 of 52."""
        terms = " + ".join(f"{part.weight} × {part.score}" for part in self.parts)
        return f"{terms} = {self.total} of {self.most}"


def weights_of(own: Mapping[str, int]) -> dict[str, int]:
    """The weights that hold: the partnership's own where it has set them."""
    return {key: int(own.get(key, weight)) for key, weight in WEIGHTS.items()}


def ranked(scores: Iterable[Mapping[str, Any]], own: Mapping[str, int]) -> list[Ranked]:
    """Threats by their total, highest first; equal totals share a place.

    Each of ``scores`` has ``name``, ``scores`` and may have ``why`` and ``pk``.
    """
    weights = weights_of(own)
    most = MOST * sum(weights.values())
    summed = [(_parts(each["scores"], weights), each) for each in scores]
    totals = [sum(part.points for part in parts) for parts, _ in summed]
    found = [
        Ranked(
            each["name"], parts, total, most, 1 + sum(other > total for other in totals),
            each.get("why", ""), each.get("pk"),
        )
        for (parts, each), total in zip(summed, totals, strict=True)
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each.rank, each.name))


def _parts(scores: Mapping[str, int], weights: Mapping[str, int]) -> tuple[Part, ...]:
    return tuple(
        Part(factor.label, int(scores.get(factor.key, 0)), weights[factor.key])
        for factor in FACTORS
    )
