"""All cases together, for those who know none of them: numbers, and nothing that leads to a case.

How many, how far, how old and how late is what the partnership does, and shows whole. Where the
trouble is, what it is about, who comes again and how it ended says something of people: such
numbers are told only of years that are over, put together until at least ``ENOUGH`` have applied,
each year in one such time only, and small ones are hidden with whatever would give them away.
"""

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from core.dates import count
from core.working_days import working_days_between
from figures.queries.suppression import WHOLE, Shape, hidden
from membership.models import Partnership
from triggers.models import (
    OPEN,
    Application,
    Clock,
    ClockStage,
    Recommendation,
    Review,
    Stage,
    ThresholdDecision,
    Topic,
)
from triggers.queries import drafts, statistics
from triggers.queries.recommendations import Outstanding, outstanding
from triggers.queries.statistics import Year

SMALL = 5
ENOUGH = 20
# Working days since the application, each with the first day of its band.
AGES = [("Up to 14", 0), ("15 to 28", 15), ("29 to 56", 29), ("More than 56", 57)]


@dataclass(frozen=True, slots=True)
class Row:
    """A number with what it counts; hidden, it is None."""

    label: str
    number: int | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers of one kind."""

    title: str
    rows: list[Row]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Years put together, and what is told of their applications."""

    label: str
    total: int
    tables: list[Table]


@dataclass(frozen=True, slots=True)
class Overview:
    """What the overview shows."""

    open: int
    late: int
    stages: Table
    ages: Table
    late_clocks: Table
    advice: Outstanding
    years: list[Year]
    blocks: list[Block]
    gathering: int

    @property
    def says(self) -> str:
        """2 cases are open, 1 of them past a date that was set."""
        if not self.open:
            return "No case is open."
        verb = "is" if self.open == 1 else "are"
        late = f", {self.late} of them past a date that was set" if self.late else ""
        return f"{count(self.open, 'case')} {verb} open{late}."


def overview(partnership: Partnership, on: datetime.date) -> Overview:
    """Everything that is counted of all cases, on a day."""
    cases = Application.objects.of(partnership).open()
    open_ones = list(cases.order_by().values_list("stage", "received_on"))
    late = Clock.objects.of(partnership).filter(
        application__stage__in=OPEN, done_on=None, stopped_on=None, first_due_on__lt=on
    )
    late_ones = list(
        late.exclude(stage=ClockStage.APPEAL).values_list("stage", "first_due_on", "application")
    )
    years = statistics.years(partnership, on)
    blocks, gathering = _blocks(partnership, years)
    return Overview(
        open=len(open_ones), late=len({case for _, _, case in late_ones}),
        stages=_stages([stage for stage, _ in open_ones]),
        ages=_ages([working_days_between(day, on) for _, day in open_ones]),
        late_clocks=_late([(stage, due) for stage, due, _ in late_ones], on),
        advice=outstanding(partnership, on), years=years, blocks=blocks, gathering=gathering,
    )  # fmt: skip


def _stages(stages: list[str]) -> Table:
    counted = Counter(stages)
    rows = [Row(str(Stage(stage).label), counted[stage]) for stage in OPEN]
    return Table("How far they are", rows)


def _ages(ages: list[int]) -> Table:
    firsts = [first for _, first in AGES]
    counted = Counter(max(first for first in firsts if first <= max(age, 0)) for age in ages)
    rows = [Row(label, counted[first]) for label, first in AGES]
    return Table("Working days since the application", rows)


def _late(late: list[tuple[str, datetime.date]], on: datetime.date) -> Table:
    rows = []
    for stage in ClockStage:
        days = [working_days_between(due, on) for each, due in late if each == stage]
        if days:
            note = f"the latest by {count(max(days), 'working day')}"
            rows.append(Row(str(stage.label), len(days), note))
    return Table("Steps past the date first set", rows)


# ---- for learning -------------------------------------------------------------------------------


def _blocks(partnership: Partnership, years: Sequence[Year]) -> tuple[list[Block], int]:
    """Years that are over, put together from the first on; and how many wait for more."""
    blocks: list[Block] = []
    held: list[Year] = []
    total = 0
    for year in sorted(years, key=lambda each: each.starts_on):
        if not year.over or year.counted is None:
            continue
        held.append(year)
        total += year.counted.applications or 0
        if total >= ENOUGH:
            blocks.append(_block(partnership, held, total))
            held, total = [], 0
    return blocks[::-1], total


def _block(partnership: Partnership, years: list[Year], total: int) -> Block:
    first, last = years[0], years[-1]
    name = first.label if first is last else f"{first.label} to {last.label}"
    cases = Application.objects.of(partnership).submitted()
    within = cases.filter(received_on__range=(first.starts_on, last.ends_on))
    return Block(name, total, learned(partnership, within))


@dataclass(frozen=True, slots=True)
class Known:
    """What is counted of one case."""

    ward: str
    topics: list[str]
    repeat: bool
    outcome: str


def learned(partnership: Partnership, cases: Any, *, whole: bool = False) -> list[Table]:
    """Topics, wards, repeats and outcomes of these cases; small numbers hidden unless ``whole``.

    Every ward is listed, so that not even its name tells that somebody applied there.
    """
    known = list(_known(cases))
    names = list(dict.fromkeys(drafts.wards(partnership).values_list("name", flat=True)))
    wards = Counter(each.ward if each.ward in names else ELSEWHERE for each in known)
    topics = Counter(topic for each in known for topic in each.topics)
    outcomes = Counter(each.outcome for each in known)
    again = sum(each.repeat for each in known)
    total, shown = len(known), _whole if whole else in_line
    return [
        Table("What it was about", [
            Row(str(topic.label),
                topics[topic] if whole else _apart(topics[topic], total))
            for topic in Topic if topics[topic] or not whole
        ], "One application may be about several things."),
        Table("Where it was", shown(wards, [*names, ELSEWHERE], total)),
        Table("Who applied", shown(
            Counter({"For the first time": total - again, "Had applied before": again}),
            ["For the first time", "Had applied before"], total,
        )),
        Table("How it ended", shown(outcomes, OUTCOMES, total)),
    ]  # fmt: skip


ELSEWHERE = "Not known, or elsewhere"
OUTCOMES = [
    "Review, with recommendations", "Review, without recommendations", "No review", "Withdrawn",
    "Not ended yet",
]  # fmt: skip


def _known(cases: Any) -> Iterator[Known]:
    decisions = ThresholdDecision.objects.filter(application=OuterRef("pk")).order_by("-number")
    held = Review.objects.filter(application=OuterRef("pk"), held_on__isnull=False)
    advice = Recommendation.objects.filter(application=OuterRef("pk"))
    found = cases.order_by().annotate(
        reviewed=Exists(held.order_by()), advised=Exists(advice.order_by()),
        wanted=Subquery(decisions.values("review")[:1]),
    )  # fmt: skip
    rows = found.values_list(
        "ward__name", "topics", "repeats", "stage", "reviewed", "advised", "wanted"
    )
    for ward, topics, repeats, stage, reviewed, advised, wanted in rows:
        outcome = OUTCOMES[_outcome(stage, wanted, reviewed=reviewed, advised=advised)]
        yield Known(ward or "", topics, repeats is not None, outcome)


def _outcome(stage: str, wanted: bool | None, *, reviewed: bool, advised: bool) -> int:
    if reviewed:
        return 0 if advised else 1
    if stage == Stage.WITHDRAWN:
        return 3
    return 2 if wanted is False else 4


def _whole(counted: Counter[str], labels: Sequence[str], total: int) -> list[Row]:
    return [Row(label, counted[label]) for label in labels if counted[label]]


def in_line(counted: Counter[str], labels: Sequence[str], total: int) -> list[Row]:
    """Numbers that add up to one that is shown: the small are hidden, and others beside them."""
    values = {("", label): Decimal(counted[label]) for label in labels} | {WHOLE: Decimal(total)}
    gone = hidden([values], Shape((), tuple(labels), adds_up=True, below=SMALL))
    return [Row(label, None if ("", label) in gone else counted[label]) for label in labels]


def _apart(number: int, total: int) -> int | None:
    """A number beside others that may overlap: hidden also where the rest would be small."""
    return number if SMALL <= number <= total - SMALL else None


# ---- as lines -----------------------------------------------------------------------------------

COLUMNS = ("Part", "What", "Number", "Note")
HIDDEN = "hidden"


def lines(found: Overview) -> Iterator[list[str]]:
    """The same numbers, one a line; what is hidden says so."""
    yield ["Open cases", "All", str(found.open), ""]
    for table in (found.stages, found.ages, found.late_clocks):
        yield from _of_table("Open cases", table)
    advice = found.advice
    for label, number in (
        ("Sent", advice.sent), ("Waiting for an answer", advice.waiting),
        ("Accepted", advice.accepted), ("Declined", advice.declined), ("Done", advice.done),
        ("Late", advice.late),
    ):  # fmt: skip
        yield ["Recommendations", label, str(number), ""]
    for block in found.blocks:
        yield [block.label, "Applications", str(block.total), ""]
        for table in block.tables:
            yield from _of_table(block.label, table)


def _of_table(part: str, table: Table) -> Iterator[list[str]]:
    for row in table.rows:
        number = HIDDEN if row.number is None else str(row.number)
        yield [f"{part}: {table.title}", row.label, number, row.note]
