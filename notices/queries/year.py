"""The governance calendar: every duty of a municipal year, and how each stands."""

import calendar
import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Max, Min, QuerySet

from core import municipal
from core.dates import MONTHS, count, days_between
from membership.models import Partnership
from notices.models import Cycle, Every, Turn

SOON = datetime.timedelta(days=28)
STATES = {"overdue": "Overdue", "soon": "Due soon", "coming": "To come", "done": "Done"}
TONES = {"overdue": "late", "soon": "due", "coming": "", "done": ""}


@dataclass(frozen=True, slots=True)
class Line:
    """One duty of the year."""

    title: str
    source: str
    owner: str
    due_on: datetime.date
    first_due_on: datetime.date
    moved_because: str
    done_on: datetime.date | None
    evidence: str
    state: str
    url: str

    @property
    def called(self) -> str:
        """How it stands, in words."""
        return STATES[self.state]

    @property
    def tone(self) -> str:
        """The tone of the words: what is done or far off has none."""
        return TONES[self.state]

    @property
    def moved(self) -> bool:
        """Whether it has another date than at first."""
        return self.due_on != self.first_due_on

    @property
    def lateness(self) -> str:
        """How long after the date first set it was done: 5 days late."""
        late = days_between(self.first_due_on, self.done_on) if self.done_on else 0
        return f"{count(late, 'day')} late" if late > 0 else ""

    @property
    def link(self) -> str:
        """The evidence, where it is an address."""
        return self.evidence if is_address(self.evidence) else ""


@dataclass(frozen=True, slots=True)
class Month:
    """A month with what is due in it."""

    name: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Year:
    """A municipal year of duties; ``years`` are those that one may choose."""

    year: int
    lines: list[Line]
    years: list[int]

    def months(self, state: str = "") -> list[Month]:
        """Its months in order, with the duties of one state or all; empty ones are left out."""
        by_month: dict[str, list[Line]] = {}
        for line in self.lines:
            if state in ("", line.state):
                name = f"{MONTHS[line.due_on.month]} {line.due_on.year}"
                by_month.setdefault(name, []).append(line)
        return [Month(name, lines) for name, lines in by_month.items()]

    def number(self, state: str) -> int:
        """How many duties stand so."""
        return sum(line.state == state for line in self.lines)


def is_address(evidence: str) -> bool:
    """Whether evidence is an address that a page may link to."""
    own = evidence.startswith("/") and not evidence.startswith("//")
    return own or evidence.startswith(("https://", "http://"))


def state_of(turn: Turn, on: datetime.date) -> str:
    """How a turn stands: late is counted from the date first set."""
    if turn.done_on:
        return "done"
    if min(turn.first_due_on, turn.due_on) < on:
        return "overdue"
    return "soon" if turn.due_on <= on + SOON else "coming"


def year_of_duties(turns: QuerySet[Turn], partnership: Partnership, year: int,
                   on: datetime.date) -> Year:  # fmt: skip
    """The duties due in a municipal year, by date; ``turns`` are those that may be seen."""
    first = municipal.year_start(year, partnership.municipal_year_starts)
    after = municipal.year_start(year + 1, partnership.municipal_year_starts)
    theirs = turns.filter(due_on__gte=first, due_on__lt=after).order_by("due_on", "cycle__title")
    lines = [line_of(turn, on) for turn in theirs]
    return Year(year, lines, _years(turns, partnership, year, on))


def line_of(turn: Turn, on: datetime.date) -> Line:
    """A turn as the calendar shows it."""
    cycle = turn.cycle
    return Line(
        cycle.title, cycle.source, cycle.get_owner_display(), turn.due_on, turn.first_due_on,
        turn.moved_because, turn.done_on, turn.evidence, state_of(turn, on),
        turn.get_absolute_url(),
    )  # fmt: skip


def _years(
    turns: QuerySet[Turn], partnership: Partnership, chosen: int, on: datetime.date
) -> list[int]:
    """The years with duties, to the one after this; always this year, the next and the chosen."""
    starts_in = partnership.municipal_year_starts
    this = municipal.municipal_year(on, starts_in)
    ends = turns.order_by().aggregate(first=Min("due_on"), last=Max("due_on"))
    if ends["first"] is None:
        return sorted({this, this + 1, chosen})
    first = municipal.municipal_year(ends["first"], starts_in)
    return sorted({*range(min(first, this), this + 2), chosen})


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty in the list of all, with its next turn."""

    cycle: Cycle
    owner: str
    when: str
    next_due: datetime.date | None
    over: bool


def duties(partnership: Partnership, cycles: QuerySet[Cycle], on: datetime.date) -> list[Duty]:
    """Every duty of the partnership, those that have ended last."""
    turns = Turn.objects.filter(cycle__in=cycles, done_on=None).order_by()
    coming = dict(turns.values_list("cycle").annotate(due=Min("due_on")))
    found = [
        Duty(
            cycle, cycle.get_owner_display(), when(cycle), coming.get(cycle.pk),
            cycle.ends_on is not None and cycle.ends_on <= on,
        )
        for cycle in cycles
    ]  # fmt: skip
    start = partnership.municipal_year_starts
    in_order = sorted(found, key=lambda each: ((each.cycle.month - start) % 12, each.cycle.day))
    return sorted(in_order, key=lambda each: each.over)


def when(cycle: Cycle) -> str:
    """When a duty comes round, in words: every year, 31 January."""
    leap = 2028
    ends = cycle.day >= calendar.monthrange(leap, cycle.month)[1]
    day = "end of" if ends else str(cycle.day)
    if cycle.every == Every.QUARTER:
        names = [MONTHS[(cycle.month - 1 + step) % 12 + 1] for step in (0, 3, 6, 9)]
        return f"Every quarter: {day} {', '.join(names[:-1])} and {names[-1]}"
    often = "Every year" if cycle.every == Every.YEAR else "Every three years"
    return f"{often}: {day} {MONTHS[cycle.month]}"


def lines_for_csv(year: Year) -> Iterator[list[str]]:
    """The year as lines of a file, dates as 2027-01-31."""
    for line in year.lines:
        yield [
            line.due_on.isoformat(), line.first_due_on.isoformat(), line.moved_because,
            line.title, line.source, line.owner, line.called,
            line.done_on.isoformat() if line.done_on else "", line.evidence,
        ]  # fmt: skip


CSV_HEADINGS = [
    "due", "first due", "moved because", "duty", "source", "owner", "state", "done on", "evidence",
]  # fmt: skip
