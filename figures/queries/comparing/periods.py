"""One period against another: the difference in counts, what it is set against, and chance.

Only months that are all held are compared, and only of forces held in every one of them.
"""

import datetime
import math
from collections.abc import Iterable
from dataclasses import dataclass

from figures.queries import months
from figures.queries.counts import Selection, total
from figures.queries.held import Held, held

# Two counts of the same thing differ by less than this many standard errors 19 times in 20.
BEYOND = 1.96
JUST = 1.1  # a difference up to this many times the limit is said to be only just beyond it
FEW = 10  # two counts that together are fewer say nothing about chance


@dataclass(frozen=True, slots=True)
class Comparison:
    """A count and an earlier one, or why there is no comparing; ``says`` is the whole of it.

    ``now`` and ``before`` are of ``forces`` alone, which ``beside`` explains where others were
    left out. ``beyond`` is whether the difference is more than chance would give.
    """

    now: int
    before: int | None = None
    difference: int | None = None
    against: str = ""
    verdict: str = ""
    beyond: bool = False
    says: str = ""
    why_not: str = ""
    forces: tuple[str, ...] = ()
    beside: str = ""

    @property
    def short(self) -> str:
        """The verdict for a cell of a table: within chance."""
        return self.verdict.replace("what chance alone would give", "chance").replace(
            "chance alone would give", "chance"
        )

    @property
    def change(self) -> str:
        """173 more; 84 fewer; no change; nothing where there is no comparing."""
        return "" if self.difference is None else more_or_fewer(self.difference)


@dataclass(frozen=True, slots=True)
class Basis:
    """On what two periods can be compared: of which forces, or why not at all."""

    forces: tuple[str, ...] = ()
    why_not: str = ""
    beside: str = ""


Period = tuple[datetime.date, datetime.date]


def basis(known: Held, *periods: Period) -> Basis:
    """Whether these periods can be set against one another, going by what is held of them."""
    both = known.within(*periods)
    if not both.own_force:
        return Basis(why_not="No street-crime figures are held for this area")
    if both.missing:
        return Basis(why_not=not_held(both.missing))
    if both.unusual:
        return Basis(why_not=unusual(both))
    return Basis(both.forces_everywhere, beside=beside(both))


def not_held(missing: Iterable[datetime.date]) -> str:
    """September 2024 is not held; July to September 2024 are not held."""
    missing = list(missing)
    return f"{months.listed(missing)} {'is' if len(missing) == 1 else 'are'} not held"


def unusual(known: Held) -> str:
    """Why an unusual month stands in the way."""
    month, why = known.unusual[0]
    return f"{months.name(month)} is unusual: {why[:1].lower()}{why[1:].rstrip('.')}"


def beside(known: Held) -> str:
    """Which forces are left out, and why: ``Kent Police only: …``; nothing if none is."""
    partly = known.forces_partly
    if not partly:
        return ""
    why = [
        f"{force} is held for {months.listed(sorted(known.by_force[force]))} alone"
        for force in partly
    ]
    return f"{months.joined(list(known.forces_everywhere))} only: {months.joined(why)}."


def chance(now: int, before: int) -> str:
    """What the difference of two counts is against chance, in words without a full stop."""
    if now + before < FEW:
        return "too few to tell from chance"
    limit = BEYOND * math.sqrt(now + before)
    difference = abs(now - before)
    if difference <= limit:
        return "within what chance alone would give"
    if difference <= JUST * limit:
        return "only just more than chance alone would give"
    return "more than chance alone would give"


def is_beyond(now: int, before: int) -> bool:
    """Whether two counts differ by more than chance alone would give, 19 times in 20."""
    few = now + before < FEW
    return not few and abs(now - before) > BEYOND * math.sqrt(now + before)


def more_or_fewer(difference: int) -> str:
    """173 more; 84 fewer; no change."""
    if not difference:
        return "no change"
    return f"{abs(difference):,} {'more' if difference > 0 else 'fewer'}"


def compared(
    now: int, before: int, *, against: str, forces: tuple[str, ...] = (), beside: str = ""
) -> Comparison:
    """Two counts set against one another; ``against`` names the earlier period."""
    verdict = chance(now, before)
    difference = now - before
    change = more_or_fewer(difference)
    first = f"The same as in {against} ({before:,})"
    if difference:
        first = f"{change} than {against} ({before:,})"
    says = f"{first}: {verdict}." + (f" {beside}" if beside else "")
    return Comparison(
        now, before, difference, against, verdict, is_beyond(now, before), says,
        forces=forces, beside=beside,
    )  # fmt: skip


def refused(now: int, why_not: str, against: str) -> Comparison:
    """A count that cannot be compared, and why."""
    named = "" if against in why_not else f" with {against}"
    return Comparison(
        now, against=against, why_not=why_not, says=f"Not compared{named}: {why_not}."
    )


def year_before(selection: Selection) -> Comparison:
    """The selection set against the same months a year before.

    A period longer than a year would be set against a part of itself, so it is refused.
    """
    earlier = selection.moved(-12)
    if selection.length > 12:
        why = "a period of more than twelve months overlaps with the one a year before"
        return refused(total(selection), why, months.period(earlier.first, earlier.last))
    return against(selection, earlier, held(selection.but(first=earlier.first)))


def just_before(selection: Selection) -> Comparison:
    """The selection set against as many months just before it.

    It says that the season cannot be told from a change where the year before is not held.
    """
    earlier = selection.moved(-selection.length)
    widest = min(earlier.first, months.later(selection.first, -12))
    known = held(selection.but(first=widest))
    return against(selection, earlier, known)


def against(selection: Selection, earlier: Selection, known: Held) -> Comparison:
    """The selection set against an earlier one, going by what is held of both."""
    words = months.period(earlier.first, earlier.last)
    common = basis(known, (selection.first, selection.last), (earlier.first, earlier.last))
    if common.why_not:
        return refused(total(selection), common.why_not, words)
    now = total(selection.but(forces=common.forces))
    before = total(earlier.but(forces=common.forces))
    note = " ".join(each for each in (common.beside, season(selection, earlier, known)) if each)
    return compared(now, before, against=words, forces=common.forces, beside=note)


def season(selection: Selection, earlier: Selection, known: Held) -> str:
    """That a change cannot be told from the season; nothing where the year before is held."""
    if earlier == selection.moved(-12) or selection.length % 12 == 0:
        return ""
    a_year_ago = selection.moved(-12)
    if not known.within((a_year_ago.first, a_year_ago.last)).missing:
        return ""
    words = months.period(a_year_ago.first, a_year_ago.last)
    return f"Without {words}, a change cannot be told from the season."
