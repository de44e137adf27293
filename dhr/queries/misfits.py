"""Contradictions and gaps between chronologies, each by a key that stays while the lines do.

What an agency writes of a contact with another is matched one to one with what the other writes:
by the same reference, else on the same day, else within a week.
"""

import datetime
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from core import clock
from core.dates import count, longdate
from dhr.models import ChronologyLine, InformationRequest, Misfit, MisfitKind, Risk, Terms
from membership.models import Agency

NEAR = datetime.timedelta(days=7)
SILENT = datetime.timedelta(days=28)

Now = Callable[[Agency], Agency]


@dataclass(frozen=True, slots=True)
class Account:
    """A chronology that was sent, and whose it is today."""

    agency: Agency
    information: InformationRequest
    lines: list[ChronologyLine]


@dataclass(frozen=True, slots=True)
class Found:
    """A contradiction or a gap: its kind and key, what it says, and the lines that it is about."""

    kind: str
    key: str
    says: str
    lines: tuple[int, ...]
    settled: Misfit | None = None

    @property
    def label(self) -> str:
        """Its kind in words."""
        return str(MisfitKind(self.kind).label)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two lines of two agencies that tell of the same."""

    first: Account
    one: ChronologyLine
    second: Account
    other: ChronologyLine

    @property
    def key(self) -> str:
        """The same from both sides."""
        low, high = sorted((self.one.pk, self.other.pk))
        return f"{low}-{high}"

    @property
    def exact(self) -> bool:
        """Both have it on the same day."""
        return self.one.on == self.other.on


def found_in(accounts: list[Account], terms: Terms | None, now: Now) -> list[Found]:
    """Every contradiction and gap, kind by kind."""
    matched = [Matched(first, second, now) for first, second in itertools.combinations(accounts, 2)]
    pairs = [pair for each in matched for pair in each.pairs]
    alone = [line for each in matched for line in each.alone()]
    end = _end(accounts, terms)
    return [
        *_contacts(alone), *_dates(pairs), *_risks(pairs), *_silences(accounts, pairs, terms, end),
        *_outside(accounts, terms),
    ]  # fmt: skip


# ---- which lines tell of the same ---------------------------------------------------------------


def _with(lines: list[ChronologyLine], agency: Agency, now: Now) -> list[ChronologyLine]:
    """Those that tell of a contact with this agency."""
    return [each for each in lines if each.contact_with and now(each.contact_with).pk == agency.pk]


def _reference(line: ChronologyLine) -> str:
    return "".join(line.source_reference.casefold().split())


class Matched:
    """Two chronologies: which of their lines tell of the same, and which contacts are left."""

    def __init__(self, first: Account, second: Account, now: Now) -> None:
        self.first, self.second = first, second
        self.ours = _with(first.lines, second.agency, now)
        self.theirs = _with(second.lines, first.agency, now)
        self.pairs: list[Pair] = []
        self.known: set[int] = set()
        self._by_reference()
        self._by_day()
        self._near()

    def alone(self) -> Iterator[tuple[Account, ChronologyLine, Account]]:
        """Contacts of which the other agency has nothing: whose, which, and the other."""
        for line in self._left(self.ours):
            yield self.first, line, self.second
        for line in self._left(self.theirs):
            yield self.second, line, self.first

    def _left(self, lines: Iterable[ChronologyLine]) -> list[ChronologyLine]:
        return [each for each in lines if each.pk not in self.known]

    def _pair(self, one: ChronologyLine, other: ChronologyLine) -> None:
        self.pairs.append(Pair(self.first, one, self.second, other))
        self.known |= {one.pk, other.pk}

    def _by_reference(self) -> None:
        references = defaultdict(list)
        for line in self.second.lines:
            references[_reference(line)].append(line)
        for one in self.first.lines:
            same = self._left(references[_reference(one)]) if _reference(one) else []
            if same:
                self._pair(one, min(same, key=lambda other: abs(other.on - one.on)))

    def _by_day(self) -> None:
        """One to one in their order; several lines of one side on such a day tell of the same."""
        for day in {each.on for each in self.ours} & {each.on for each in self.theirs}:
            ours = [each for each in self.ours if each.on == day]
            theirs = [each for each in self.theirs if each.on == day]
            for one, other in zip(self._left(ours), self._left(theirs), strict=False):
                self._pair(one, other)
            self.known |= {each.pk for each in [*ours, *theirs]}

    def _near(self) -> None:
        """The nearest first."""
        near = [
            (abs(one.on - other.on), one.pk, other.pk, one, other)
            for one in self.ours for other in self.theirs if abs(one.on - other.on) <= NEAR
        ]  # fmt: skip
        for _, _, _, one, other in sorted(near, key=lambda each: each[:3]):
            if not {one.pk, other.pk} & self.known:
                self._pair(one, other)


# ---- what does not fit --------------------------------------------------------------------------


def _contacts(alone: list[tuple[Account, ChronologyLine, Account]]) -> Iterator[Found]:
    for account, line, other in alone:
        says = (
            f"{account.agency} says that it was in contact with {other.agency} on "
            f"{longdate(line.on)}. {other.agency} has no record of it within "
            f"{count(NEAR.days, 'day')}"
        )
        yield Found(MisfitKind.CONTACT, str(line.pk), says, (line.pk,))


def _dates(pairs: list[Pair]) -> Iterator[Found]:
    for pair in pairs:
        if not pair.exact:
            says = (
                f"{pair.first.agency} has it on {longdate(pair.one.on)}, {pair.second.agency} on "
                f"{longdate(pair.other.on)}"
            )
            yield Found(MisfitKind.DATE, pair.key, says, (pair.one.pk, pair.other.pk))


def _risks(pairs: list[Pair]) -> Iterator[Found]:
    for pair in pairs:
        same = pair.exact or (
            _reference(pair.one) and _reference(pair.one) == _reference(pair.other)
        )
        risks = {pair.one.risk, pair.other.risk}
        if same and "" not in risks and len(risks) == 2:
            says = (
                f"{longdate(pair.one.on)}: {pair.first.agency} has the risk as "
                f"{pair.one.get_risk_display().lower()}, {pair.second.agency} as "
                f"{pair.other.get_risk_display().lower()}"
            )
            yield Found(MisfitKind.RISK, pair.key, says, (pair.one.pk, pair.other.pk))


def _silences(
    accounts: list[Account], pairs: list[Pair], terms: Terms | None, end: datetime.date
) -> Iterator[Found]:
    """Nothing for over 28 days after a high risk, or after another agency was in contact."""
    told = {
        line.pk
        for each in pairs
        if each.one.contact_with_id or each.other.contact_with_id
        for line in (each.one, each.other)
    }
    for account in accounts:
        days = sorted({each.on for each in account.lines if _within(each, terms)})
        seen: set[datetime.date] = set()
        for line in account.lines:
            high = line.risk == Risk.HIGH
            if not (high or line.pk in told) or line.on in seen or not _within(line, terms):
                continue
            seen.add(line.on)
            following = next((each for each in days if each > line.on), None)
            gap = (following or max(end, line.on)) - line.on
            if gap > SILENT:
                after = "assessed the risk as high" if high else "was in contact"
                yield Found(
                    MisfitKind.SILENT, str(line.pk),
                    f"{account.agency} {after} on {longdate(line.on)} and recorded nothing for "
                    f"{count(gap.days, 'day')}", (line.pk,),
                )  # fmt: skip


def _outside(accounts: list[Account], terms: Terms | None) -> Iterator[Found]:
    for account in accounts:
        for line in account.lines:
            if terms and not _within(line, terms):
                yield Found(
                    MisfitKind.OUTSIDE, str(line.pk),
                    f"{account.agency}: {longdate(line.on)} is outside the dates from "
                    f"{longdate(terms.scope_from)} to {longdate(terms.scope_to)}", (line.pk,),
                )  # fmt: skip


def _within(line: ChronologyLine, terms: Terms | None) -> bool:
    return terms is None or terms.scope_from <= line.on <= terms.scope_to


def _end(accounts: list[Account], terms: Terms | None) -> datetime.date:
    """The last day on which anything could have been recorded: of the scope, or of any line."""
    if terms:
        return terms.scope_to
    days = [each.on for account in accounts for each in account.lines]
    return max(days, default=clock.today())
