"""Small numbers that agencies supply, kept from whoever could recognise somebody in them.

What the public sees of a period is decided once, for all of its areas and parts together and from
every version that was ever held, never for a view: so no two views and no two dates show more than
one. The rules, each of which the tests try to break:

1. A count below the indicator's limit is hidden, nought like any other, so that hidden says only
   “few, or beside few”.
2. Where the whole is small, everything is hidden.
3. In a line that adds up to a figure that is shown (wards to the whole, parts to the whole) the
   hidden are at least two, and together at least the limit: else the smallest others are too.
4. Parts of wards are shown all or none.
5. A figure missing from a line counts as hidden, since the others would tell it.
6. What was once hidden stays hidden when it is corrected; where a correction would need more
   hidden than was, the difference between the two would tell, and the whole period is withheld.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

Key = tuple[str, str]  # area and part; empty for the whole
Values = Mapping[Key, Decimal]
WHOLE: Key = ("", "")


@dataclass(frozen=True, slots=True)
class Shape:
    """Which areas and parts a figure has, whether the parts add up, and what is a small count."""

    areas: tuple[str, ...]
    parts: tuple[str, ...]
    adds_up: bool
    below: int

    @property
    def within(self) -> set[Key]:
        """The parts of areas."""
        return {(area, part) for area in self.areas for part in self.parts}

    @property
    def by_area(self) -> list[Key]:
        """The whole of each area."""
        return [(area, "") for area in self.areas]

    @property
    def by_part(self) -> list[Key]:
        """Each part of the whole."""
        return [("", part) for part in self.parts]

    @property
    def every(self) -> set[Key]:
        """All of them, the whole too."""
        return {WHOLE, *self.by_area, *self.by_part, *self.within}


def hidden(versions: Sequence[Values], shape: Shape) -> set[Key]:
    """Which figures of a period are not for the public, the oldest version first."""
    if shape.below < 1:
        return set()
    known: set[Key] = set()
    for number, values in enumerate(versions):
        found = _of_one(values, shape, known)
        if number and found != known:
            return shape.every
        known = found
    return known


def _of_one(values: Values, shape: Shape, known: set[Key]) -> set[Key]:
    """What is hidden of one version, besides what was hidden before."""
    small = {key for key, value in values.items() if value < shape.below} | known
    if WHOLE in small:
        return shape.every
    gone = set(small)
    # Where no area and no part was ever given there is nothing that could be worked out.
    areas = [key for key in shape.by_area if any(key in values for key in shape.by_area)]
    parts = [key for key in shape.by_part if any(key in values for key in shape.by_part)]
    within = shape.within if any(key in values for key in shape.within) else set()
    if any(key in small or key not in values for key in within):
        gone |= within
    lines = [areas, *([parts] if shape.adds_up else [])]
    for line in filter(None, lines):
        missing = {key for key in line if key not in values}
        gone |= _protected(line, (small | missing) & set(line), values, shape.below)
    single = 1 in (len(line) for line in lines) or (within and 1 in (len(areas), len(parts)))
    return shape.every if gone and single else gone


def _protected(line: Sequence[Key], gone: set[Key], values: Values, below: int) -> set[Key]:
    """The hidden of a line, with the smallest others until nobody can work one of them out."""
    if not gone:
        return set()
    rest = sorted(set(line) - gone, key=lambda key: (values[key], key))
    while rest and (len(gone) < 2 or _sum(values, gone) < below):
        gone = gone | {rest.pop(0)}
    return gone


def _sum(values: Values, keys: Iterable[Key]) -> Decimal:
    return sum((values.get(key, Decimal(0)) for key in keys), Decimal(0))
