"""What is read of requests for information: the list, its counts, who answers, who asks."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from accounts.models import User
from actions.models import WAITING, Chase, Request, RequestStatus, Return
from actions.models.requests import ANSWERING, WORKING, asked_of
from core import clock, dates
from core.permissions import can
from documents.models import served_by
from membership import succession
from membership.models import Agency, Group, Partner, Partnership, Role, Seat

VIEWS = {
    "open": "All open",
    "mine": "For my agency to answer",
    "check": "To check",
    "waiting": "I wait for",
    "late": "Late",
    "closed": "Closed",
}
COUNTED = {
    "open": ("open request", ""),
    "mine": ("request", " for your agency to answer"),
    "check": ("answer", " to check"),
    "waiting": ("request", " that you wait for"),
    "late": ("late request", ""),
    "closed": ("closed request", ""),
}
SORTS = {
    "request": "reference",
    "agency": "agency__name",
    "first_due": "first_due_on",
    "due": "due_on",
    "state": "status",
}
TONES = {
    RequestStatus.ASKED: "busy",
    RequestStatus.ANSWERED: "waiting",
    RequestStatus.SENT_BACK: "waiting",
    RequestStatus.ACCEPTED: "",
    RequestStatus.WITHDRAWN: "idle",
}


# ---- how one stands -----------------------------------------------------------------------------


def is_late(request: Request, on: datetime.date) -> bool:
    """Not answered, and past the date first set, whatever has been agreed since."""
    return request.status in WAITING and request.first_due_on < on


def states(request: Request, on: datetime.date) -> list[tuple[str, str]]:
    """The words and tones of how it stands."""
    status = RequestStatus(request.status)
    own = [(status.label, TONES[status])]
    if not is_late(request, on):
        return own
    late = ("Late", "late")
    return [late] if status == RequestStatus.ASKED else [*own, late]


def lede(request: Request, on: datetime.date) -> str:
    """How it stands, in a sentence or two."""
    if request.closed_at:
        how = "Accepted" if request.status == RequestStatus.ACCEPTED else "Withdrawn"
        return f"{how} by {request.closed_by} on {dates.longdate(request.closed_at)}."
    if request.status == RequestStatus.ANSWERED:
        return f"{request.agency} has answered. An officer of {request.group} checks it."
    if not is_late(request, on):
        due = f"{dates.longdate(request.due_on)}, {dates.in_days(request.due_on, on)}"
        return f"{request.agency} answers by {due}."
    days = dates.count((on - request.first_due_on).days, "day")
    moved = request.due_on != request.first_due_on
    now_due = f" Now due on {dates.longdate(request.due_on)}." if moved else ""
    return f"{days} past the date first set.{now_due}"


# ---- whose it is --------------------------------------------------------------------------------


def answerers(request: Request, on: datetime.date | None = None) -> list[User]:
    """Who is told that the agency is asked: its people on the group that was named; else who holds
    the post named, else its liaison officer, else everybody of it who answers for it."""
    on = on or clock.today()
    seats = Seat.objects.of(request.partnership).on(on)
    current = succession.standing_for(request.agency, on)
    seats = seats.filter(agency__in={request.agency_id, current.pk}, role__in=ANSWERING)
    if request.through_id:
        return _active(seats.filter(group=request.through_id), request)
    seats = seats.filter(group__kind__in=WORKING)
    if request.post_id:
        posted = _active(seats.filter(post=request.post_id), request)
        if posted:
            return posted
    liaison = Partner.objects.of(request.partnership).on(on).filter(agency=current)
    named = [each.liaison for each in liaison.select_related("liaison") if each.liaison]
    return [each for each in named if can(each, "view", request)] or _active(seats, request)


def askers(request: Request, on: datetime.date | None = None) -> list[User]:
    """The officers of the group that asks, or of the group that runs its business."""
    return _active(_on_group(request, on).filter(role=Role.OFFICER), request)


def chairs(request: Request) -> list[User]:
    """The chair of the group that asks; the vice-chair where there is none."""
    seats = Seat.objects.on(clock.today()).filter(group=request.group_id)
    for role in (Role.CHAIR, Role.VICE_CHAIR):
        found = _active(seats.filter(role=role), request)
        if found:
            return found
    return []


def _on_group(request: Request, on: datetime.date | None) -> QuerySet[Seat]:
    groups = {request.group_id, request.group.administered_by_id} - {None}
    return Seat.objects.on(on or clock.today()).filter(group__in=groups)


def _active(seats: QuerySet[Seat], request: Request) -> list[User]:
    people = User.objects.filter(pk__in=seats.values("person"), is_active=True).order_by("name")
    return [person for person in people if can(person, "view", request)]


def chased_on(request: Request, audience: str, day: datetime.date) -> bool:
    """Whether these people have been told by hand on this day already."""
    newest = Chase.objects.filter(request=request, audience=audience).first()
    return newest is not None and dates.london_date(newest.at) == day


def possible_agencies(partnership: Partnership, on: datetime.date) -> QuerySet[Agency]:
    """The partners of the day: whom one may ask."""
    partners = Partner.objects.of(partnership).on(on)
    return Agency.objects.filter(pk__in=partners.values("agency")).order_by("name")


def asking_groups(user: Any, partnership: Partnership) -> list[Group]:
    """The groups for which this person may ask, the board first."""
    mine = Group.objects.visible_to(user).of(partnership).filter(pk__in=served_by(user))
    current = mine.but_cases().on(clock.today()).order_by("name")
    return sorted(current, key=lambda each: each.kind != "board")


# ---- the list -----------------------------------------------------------------------------------


def _in_view(view: str, user: Any, on: datetime.date) -> Q:
    waiting = Q(status__in=WAITING)
    asking = Q(group__in=served_by(user))
    return {
        "open": Q(closed_at=None),
        "mine": waiting & asked_of(user),
        "check": Q(status=RequestStatus.ANSWERED) & asking,
        "waiting": waiting & asking,
        "late": waiting & Q(first_due_on__lt=on),
        "closed": Q(closed_at__isnull=False),
    }[view]


def listed(
    user: Any, partnership: Partnership, *, view: str = "open", agency: str = "", kind: str = "",
    words: str = "", sort: str = "", on: datetime.date | None = None,
) -> QuerySet[Request]:  # fmt: skip
    """The requests that this person may see, chosen and in order."""
    found = Request.objects.visible_to(user).of(partnership)
    found = found.filter(_in_view(view, user, on or clock.today()))
    if agency:
        found = found.filter(agency__slug=agency)
    if kind:
        found = found.filter(kind=kind)
    for word in words.split():
        found = found.filter(
            Q(subject__icontains=word) | Q(detail__icontains=word)
            | Q(reference__icontains=word) | Q(agency__name__icontains=word)
        )  # fmt: skip
    default = "-first_due_on" if view == "closed" else "first_due_on"
    column = SORTS.get(sort.removeprefix("-"))
    order = f"{'-' if sort.startswith('-') else ''}{column}" if column else default
    return found.order_by(order, "first_due_on", "reference").select_related(
        "agency", "post", "group", "partnership"
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """How many requests stand in each view; which agencies and kinds there are to choose from."""

    views: dict[str, int]
    agencies: list[tuple[str, str]]
    kinds: list[str]


def tally(user: Any, partnership: Partnership) -> Tally:
    """Every count of the list's page, in three queries whatever its length."""
    on = clock.today()
    visible = Request.objects.visible_to(user).of(partnership).order_by()
    counts = visible.aggregate(**{name: Count("pk", _in_view(name, user, on)) for name in VIEWS})
    agencies = visible.values_list("agency__slug", "agency__name").distinct()
    kinds = visible.values_list("kind", flat=True).distinct()
    return Tally(counts, sorted(agencies, key=lambda each: each[1]), sorted(kinds))


def counted(number: int, view: str) -> str:
    """4 open requests, 1 answer to check."""
    noun, more = COUNTED[view]
    return f"{dates.count(number, noun)}{more}"


# ---- who keeps to the dates ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Kept:
    """How an agency answered what was first due in a quarter."""

    agency: str
    quarter: str
    on_time: int
    late: int
    waiting: int


def compliance(user: Any, partnership: Partnership, *, agency: str = "") -> list[Kept]:
    """Each agency by quarter, the newest first: answered on time, answered late, still waiting.

    By the date first set and the first answer. Withdrawn requests are left out, and those that
    are not due yet.
    """
    today = clock.today()
    visible = Request.objects.visible_to(user).of(partnership)
    visible = visible.exclude(status=RequestStatus.WITHDRAWN)
    if agency:
        visible = visible.filter(agency__slug=agency)
    answered = Return.objects.filter(request=OuterRef("pk"), number=1).values("at")
    counts: dict[tuple[str, int, int], list[int]] = {}
    lines = visible.order_by().values_list("agency__name", "first_due_on", Subquery(answered))
    for name, due, at in lines:
        if at is None and due >= today:
            continue
        key = (name, due.year, (due.month + 2) // 3)
        place = 2 if at is None else int(dates.london_date(at) > due)
        counts.setdefault(key, [0, 0, 0])[place] += 1
    ordered = sorted(counts, key=lambda key: (key[0], -key[1], -key[2]))
    return [Kept(key[0], _quarter(key[1], key[2]), *counts[key]) for key in ordered]


def _quarter(year: int, quarter: int) -> str:
    first = dates.MONTHS[quarter * 3 - 2]
    return f"{first} to {dates.MONTHS[quarter * 3]} {year}"


# ---- one of them --------------------------------------------------------------------------------


def returns(request: Request) -> list[Return]:
    """What was answered, the newest first."""
    found = request.returns.select_related("by", "checked_by", "document__group__partnership")
    return list(found)


def chases(request: Request) -> list[Chase]:
    """When somebody was reminded by hand."""
    return list(request.chases.select_related("by"))
