"""Recommendations: whom they reach, how far each is, and those outstanding, without a case."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.models import User
from actions.models import Action, Status
from actions.models.requests import ANSWERING
from core import clock
from core.dates import count, tabledate
from core.permissions import can
from membership import standing, succession
from membership.models import Agency, Group, GroupKind, Partnership, Post, Seat
from membership.queries.sharing import current_signature
from triggers.models import Application, Procedure, Recommendation, Response
from triggers.models.parts import answers_for

FINISHED = (Status.DONE, Status.DROPPED)
TABLES = (GroupKind.BOARD, GroupKind.SUBGROUP)


# ---- whom one reaches ---------------------------------------------------------------------------


def address_of(recommendation: Recommendation) -> str:
    """The page on which its body answers."""
    slug = recommendation.partnership.slug
    return reverse("triggers:recommendation", args=[slug, recommendation.pk])


def people_of(recommendation: Recommendation) -> QuerySet[User]:
    """Who answers for its body, or for the body in its place."""
    today, partnership = clock.today(), recommendation.partnership
    own = succession.lineage({succession.standing_for(recommendation.agency, today).pk}, today)
    standing_panel = Procedure.objects.filter(partnership=partnership).values("group")
    where = Q(group__in=standing_panel)
    if recommendation.anybody:
        where |= Q(group__partnership=partnership, group__kind__in=TABLES)
    seats = Seat.objects.on(today).filter(where, agency__in=own, role__in=ANSWERING)
    return User.objects.filter(pk__in=seats.values("person"), is_active=True).order_by("name")


def stops(recommendation: Recommendation) -> str:
    """Why nobody of its body can open it; nothing where somebody can."""
    today = clock.today()
    body = succession.standing_for(recommendation.agency, today)
    if current_signature(recommendation.partnership, body, today) is None:
        return f"{body} has not signed the sharing agreement, so nobody of it can open this."
    if not people_of(recommendation).exists():
        return f"Nobody sits for {body}, so nobody of it can open this."
    return ""


def register_of(recommendation: Recommendation, body: Agency) -> Group:
    """Where its action stands: with the board, if the body sits there and its gate is open."""
    today, partnership = clock.today(), recommendation.partnership
    boards = Group.objects.filter(partnership=partnership, kind=GroupKind.BOARD).on(today)
    for board in boards:
        seated = Seat.objects.on(today).filter(group=board, agency=body, role__in=ANSWERING)
        if board.protocols.on(today).exists() and seated.filter(person__is_active=True).exists():
            return board
    return Procedure.objects.select_related("group").get(partnership=partnership).group


def posts_of(recommendation: Recommendation) -> QuerySet[Post]:
    """The posts of its body to which the action may be given."""
    today = clock.today()
    body = succession.standing_for(recommendation.agency, today)
    return Post.objects.on(today).filter(agency=body).order_by("title")


# ---- how far one is -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shown:
    """One recommendation as those on the case see it."""

    recommendation: Recommendation
    body: Agency
    state: tuple[str, str]
    action: Action | None
    opens: bool
    stops: str

    @property
    def waits(self) -> bool:
        """Whether its body has been asked and has not answered."""
        told = self.recommendation
        return told.sent_on is not None and told.response == Response.WAITING


def state(recommendation: Recommendation, on: datetime.date) -> tuple[str, str]:
    """The words and the tone of how far it is."""
    if recommendation.sent_on is None:
        return "Not sent yet", "idle"
    if recommendation.response == Response.WAITING:
        return "Waits for an answer", "waiting"
    if recommendation.response == Response.DECLINED:
        return "Declined", "idle"
    action = recommendation.action
    if action is None:
        return "Accepted", ""
    if action.status in FINISHED:
        return str(Status(action.status).label), ""
    if action.first_due_on < on:
        return f"Late, was due {tabledate(action.first_due_on, on)}", "late"
    return str(Status(action.status).label), "busy"


def of_case(case: Application, user: Any) -> list[Shown]:
    """All of one case, with what became of each."""
    today = clock.today()
    rows = Recommendation.objects.filter(application=case).order_by("number")
    rows = rows.select_related("agency", "action__partnership", "application__partnership",
                               "responded_by")  # fmt: skip
    return [_shown(each, user, today) for each in rows]


def _shown(each: Recommendation, user: Any, today: datetime.date) -> Shown:
    waits = each.sent_on is not None and each.response == Response.WAITING
    return Shown(
        recommendation=each, body=succession.standing_for(each.agency, today),
        state=state(each, today), action=each.action,
        opens=bool(each.action and can(user, "view", each.action)),
        stops=stops(each) if waits else "",
    )  # fmt: skip


def asked_of(user: Any, partnership: Partnership) -> list[Recommendation]:
    """What waits for an answer of the person's own bodies."""
    found = Recommendation.objects.of(partnership).filter(
        answers_for(user), response=Response.WAITING, sent_on__isnull=False
    )
    signed = {seat.agency_id for seat in standing.seats(user) if seat.signed}
    own = succession.lineage(signed, clock.today())
    rows = found.filter(agency__in=own).select_related("agency", "application__partnership")
    return list(rows.order_by("sent_on", "pk").distinct())


# ---- outstanding, for those who know no case ----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """A recommendation that is not done: to whom, how old, how far. Nothing leads to its case."""

    text: str
    body: str
    sent_on: datetime.date
    days: int
    state: tuple[str, str]
    due_on: datetime.date | None
    action: str
    action_url: str


@dataclass(frozen=True, slots=True)
class Outstanding:
    """How the recommendations of all cases stand on a day, and those that are not done."""

    sent: int
    waiting: int
    declined: int
    accepted: int
    done: int
    late: int
    lines: list[Line]

    @property
    def says(self) -> str:
        """3 recommendations are outstanding, 1 of them past its date."""
        if not self.lines:
            return "No recommendation is outstanding."
        verb = "is" if len(self.lines) == 1 else "are"
        late = f", {self.late} of them past the date first set" if self.late else ""
        return f"{count(len(self.lines), 'recommendation')} {verb} outstanding{late}."


def outstanding(partnership: Partnership, on: datetime.date) -> Outstanding:
    """Every recommendation that was sent, and those not yet done, the oldest first.

    Texts name nobody. A case's reference, ward and people are not in it.
    """
    rows = Recommendation.objects.of(partnership).filter(sent_on__isnull=False, sent_on__lte=on)
    found = list(rows.select_related("agency", "action__partnership").order_by("sent_on", "pk"))
    ended = [each for each in found if each.action and each.action.status in FINISHED]
    left = [each for each in found if each not in ended and each.response != Response.DECLINED]
    return Outstanding(
        sent=len(found),
        waiting=sum(each.response == Response.WAITING for each in found),
        declined=sum(each.response == Response.DECLINED for each in found),
        accepted=sum(each.response == Response.ACCEPTED for each in found),
        done=len(ended),
        late=sum(state(each, on)[1] == "late" for each in left),
        lines=[_line(each, on) for each in left],
    )


def _line(each: Recommendation, on: datetime.date) -> Line:
    sent_on: Any = each.sent_on
    due = each.action.first_due_on if each.action else each.due_on
    return Line(
        text=each.text, body=succession.standing_for(each.agency, on).name, sent_on=sent_on,
        days=(on - sent_on).days, state=state(each, on), due_on=due,
        action=each.action.reference if each.action else "",
        action_url=each.action.get_absolute_url() if each.action else "",
    )  # fmt: skip
