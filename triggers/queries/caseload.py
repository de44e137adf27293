"""The caseload: the cases on which a person sits, how far each is and what comes next.

Other people's cases are neither listed nor counted.
"""

import datetime
import uuid
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from actions.models import WAITING
from core import clock
from core.dates import count
from core.working_days import working_days_between
from membership import standing
from membership.models import Partnership, Role, Seat
from membership.models.dated import in_force
from triggers.models import (
    OPEN,
    Application,
    Clock,
    ClockStage,
    InformationRequest,
    Letter,
    LetterKind,
    LetterState,
    Stage,
    Topic,
)

VIEWS = {
    "open": "All open",
    "acknowledge": "To acknowledge",
    "threshold": "Threshold to decide",
    "information": "Information late",
    "panel": "Panel to hold",
    "outcome": "Outcome to send",
    "watched": "Watched",
    "closed": "Closed",
}
TONES = {
    Stage.RECEIVED: "waiting",
    Stage.REVIEW: "waiting",
    Stage.OUTCOME: "waiting",
    Stage.MONITORING: "busy",
    Stage.NO_REVIEW: "idle",
    Stage.WITHDRAWN: "idle",
    Stage.CLOSED: "",
}
CLOSED = "It does not open to you: who you sit for has not signed the sharing agreement"
SORTS = ("case", "stage", "received", "age", "next", "ward")


def state(case: Application) -> tuple[str, str]:
    """The words and the tone of how far a case is."""
    stage = Stage(case.stage)
    return str(stage.label), TONES.get(stage, "")


@dataclass(frozen=True, slots=True)
class Row:
    """One case in the list: nothing of it names a person.

    ``opens`` says whether the case is past the sharing gate for who reads the list.
    """

    case: Application
    opens: bool
    age: int
    next: Clock | None
    late: bool
    information_late: int
    officers: list[str]

    @property
    def state(self) -> tuple[str, str]:
        """The words and the tone of how far it is."""
        return state(self.case)

    @property
    def about(self) -> str:
        """What it is about and where, in short; where the case does not open, that it does not."""
        return about(self.case) if self.opens else CLOSED

    @property
    def topics(self) -> str:
        """What it is about, by the names of the topics."""
        return ", ".join(self.case.topics) if self.opens else ""

    @property
    def ward(self) -> str:
        """Where it is."""
        return self.case.ward.name if self.opens and self.case.ward else ""


def about(case: Application) -> str:
    """Noise and threats, Temple Hill ward: no name, no street."""
    labels = [str(Topic(each).label) for each in case.topics if each in Topic.values]
    what = in_words([label.partition(" or ")[0] for label in labels])
    place = f"{case.ward.name} ward" if case.ward else ""
    return ", ".join(filter(None, [what, place])) or "Not sorted yet"


def in_words(words: list[str]) -> str:
    """Noise, threats and damage: the first word keeps its capital."""
    lowered = [each if not number else each[:1].lower() + each[1:]
               for number, each in enumerate(words)]  # fmt: skip
    if len(lowered) < 2:
        return "".join(lowered)
    return f"{', '.join(lowered[:-1])} and {lowered[-1]}"


def rows(user: Any, partnership: Partnership) -> list[Row]:
    """All the person's cases, in a fixed number of queries."""
    today, cleared = clock.today(), standing.cleared(user)
    running = Clock.objects.filter(done_on=None, stopped_on=None).exclude(stage=ClockStage.APPEAL)
    asked = InformationRequest.objects.filter(request__status__in=WAITING)
    officers = Seat.objects.on(today).filter(role=Role.OFFICER).select_related("person")
    told = Letter.objects.filter(
        application=OuterRef("pk"), kind=LetterKind.NOT_MET, state=LetterState.SENT
    )
    found = (
        Application.objects.visible_to(user)
        .of(partnership)
        .submitted()
        .annotate(told_why=Exists(told.order_by()))
        .select_related("ward", "partnership", "group")
        .prefetch_related(
            Prefetch("clocks", running.order_by("due_on", "id"), to_attr="running"),
            Prefetch("information_requests", asked.select_related("request"), to_attr="asked"),
            Prefetch("group__seats", officers.order_by("person__name"), to_attr="officers"),
        )
    )
    return [_row(case, today, opens=case.group_id in cleared) for case in found]


def _row(case: Any, today: datetime.date, *, opens: bool) -> Row:
    following = case.running[0] if case.running else None
    return Row(
        case=case,
        opens=opens,
        age=working_days_between(case.received_on, case.closed_on or today),
        next=following,
        late=any(each.late(today) for each in case.running),
        information_late=sum(each.request.first_due_on < today for each in case.asked),
        officers=[str(seat.person) for seat in case.group.officers],
    )


def in_view(found: list[Row], view: str) -> list[Row]:
    """Those of the rows that belong to a quick view."""
    return [row for row in found if _belongs(row, view)]


def _belongs(row: Row, view: str) -> bool:
    case: Any = row.case
    return {
        "open": case.is_open,
        "acknowledge": case.is_open and case.acknowledged_on is None,
        "threshold": case.stage == Stage.RECEIVED,
        "information": case.is_open and row.information_late > 0,
        "panel": case.stage == Stage.REVIEW,
        "outcome": case.stage == Stage.OUTCOME
        or (case.stage == Stage.NO_REVIEW and not case.told_why),
        "watched": case.stage == Stage.MONITORING,
        "closed": not case.is_open,
    }[view]


def in_order(found: list[Row], sort: str) -> list[Row]:
    """The rows in the order that was chosen; as they come, what is due next stands first."""
    last = datetime.date.max
    keys: dict[str, Any] = {
        "case": attrgetter("case.reference"),
        "stage": lambda row: Stage.values.index(row.case.stage),
        "received": attrgetter("case.received_on"),
        "age": attrgetter("age"),
        "ward": attrgetter("ward"),
        "next": lambda row: row.next.due_on if row.next else last,
    }
    name = sort.removeprefix("-")
    key = keys.get(name, keys["next"])
    return sorted(found, key=lambda row: (key(row), row.case.reference),
                  reverse=sort.startswith("-"))  # fmt: skip


def says(number: int, view: str) -> str:
    """4 open cases; 1 case, threshold to decide."""
    if view == "open":
        return count(number, "open case")
    if view == "closed":
        return count(number, "closed case")
    return f"{count(number, 'case')}: {VIEWS[view].lower()}"


# ---- cases that nobody works on -----------------------------------------------------------------


def without_officer(partnership: Partnership) -> QuerySet[Application]:
    """Open cases that no officer is on any more, as after somebody left: to be taken on."""
    held = Seat.objects.filter(
        in_force(clock.today()), group=OuterRef("group"), role=Role.OFFICER, person__is_active=True
    )
    sent = Application.objects.of(partnership).open().select_related("group", "partnership")
    return sent.filter(~Exists(held.order_by())).order_by("reference")


def asked_of(user: Any, partnership: Partnership) -> list[InformationRequest]:
    """What the person's own body is asked for cases and has not answered yet."""
    bodies: set[uuid.UUID] = {
        seat.agency_id
        for seat in standing.seats(user)
        if seat.agency_id and seat.group.partnership_id == partnership.pk
    }
    found = InformationRequest.objects.visible_to(user).of(partnership)
    found = found.filter(
        agency__in=bodies, request__status__in=WAITING, application__stage__in=OPEN
    )
    return list(
        found.select_related("application", "request", "agency").order_by("request__first_due_on")
    )
