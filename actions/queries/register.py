"""The register: its rows for one person, chosen and in order."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Subquery, Value, When
from django.urls import reverse

from actions.models import OPEN, Action, Status
from actions.permissions import WORKING
from actions.queries.people import falling_to, holders
from actions.queries.words import moved_words, owner_words, states
from core import clock, dates
from membership import standing, succession
from membership.models import Group, GroupKind, Partnership, Role, Seat

VIEWS = {
    "open": "All open",
    "late": "Late",
    "soon": "Due by",
    "to-confirm": "To confirm",
    "mine": "My agency",
    "closed": "Closed",
}

_COUNTED = {
    "open": ("open action", ""),
    "late": ("late action", ""),
    "soon": ("open action", " due by then"),
    "to-confirm": ("action", " to confirm"),
    "mine": ("open action", " of your agency"),
    "closed": ("closed action", ""),
}

# The order in which a view comes when none is chosen.
ORDER = {**dict.fromkeys(VIEWS, "first_due"), "closed": "-closed"}

_PROGRESS = Case(
    *(When(status=status, then=Value(place)) for place, status in enumerate(Status)),
    output_field=IntegerField(),
)

SORTS: dict[str, tuple[Any, ...]] = {
    "action": (F("reference"),),
    "owner": (F("owner__name"), F("post__title")),
    "first_due": (F("first_due_on"),),
    "due": (F("due_on"),),
    "state": (_PROGRESS,),
    "closed": (F("closed_at"),),
}


def counted(number: int, view: str) -> str:
    """43 open actions, 1 action to confirm: what a quick view holds."""
    noun, more = _COUNTED[view]
    return f"{dates.count(number, noun)}{more}"


def open_actions(group: Group, user: Any) -> QuerySet[Action]:
    """The group's open actions that this person may see, those due first at the top."""
    actions = Action.objects.visible_to(user).of(group.partnership).filter(group=group).open()
    return actions.select_related("owner", "post", "group", "partnership")


def next_date(actions: QuerySet[Action], on: datetime.date) -> QuerySet[Any]:
    """The next day, from this one, on which an open one of these actions is due."""
    coming = actions.filter(status__in=OPEN, due_on__gte=on).order_by("due_on")
    return coming.values("due_on")[:1]


def works(seat: Seat) -> bool:
    """Whether who holds this seat does their agency's actions: advisers do not."""
    return seat.role in WORKING


def my_agencies(user: Any, partnership: Partnership, on: datetime.date) -> set[uuid.UUID]:
    """The agencies for which this person sits here, and those in whose place they stand."""
    own = {
        seat.agency_id
        for seat in standing.seats(user)
        if seat.group.partnership_id == partnership.pk and works(seat)
    }
    return succession.lineage(own, on)


def register(
    user: Any,
    partnership: Partnership,
    *,
    view: str = "open",
    agency: str = "",
    group: str = "",
    words: str = "",
    person: str = "",
    sort: str = "",
    on: datetime.date | None = None,
) -> QuerySet[Action]:
    """The rows of the register that this person may see, chosen and in order.

    ``agency`` and ``group`` are slugs; an agency brings the actions of those whose place it took.
    ``person`` is the key of somebody to whom they fall today.
    ``sort`` is a key of ``SORTS``, with a minus for the other way round.
    """
    on = on or clock.today()
    actions = Action.objects.visible_to(user).of(partnership)
    actions = actions.exclude(status__in=OPEN) if view == "closed" else actions.open()
    if view == "late":
        actions = actions.late(on)
    elif view == "soon":
        everything = Action.objects.visible_to(user).of(partnership)
        actions = actions.filter(due_on__lte=Subquery(next_date(everything, on)))
    elif view == "to-confirm":
        actions = actions.filter(status=Status.SAYS_DONE)
    elif view == "mine":
        actions = actions.owned_by(my_agencies(user, partnership, on))
    if agency:
        actions = actions.filter(_of_agency(agency, on))
    if group:
        actions = actions.filter(group__slug=group)
    if person:
        actions = actions.filter(falling_to(holders(user, partnership, on).get(person)))
    for word in words.split():
        actions = actions.filter(
            Q(text__icontains=word)
            | Q(detail__icontains=word)
            | Q(reference__icontains=word)
            | Q(raised_in__icontains=word)
            | Q(owner__name__icontains=word)
            | Q(post__title__icontains=word)
        )
    return _in_order(actions, sort or ORDER[view])


def _of_agency(slug: str, on: datetime.date) -> Q:
    passed_on = [old for old, new in succession.successors(on).items() if new.slug == slug]
    return Q(owner__slug=slug) | Q(owner__in=passed_on)


def _in_order(actions: QuerySet[Action], sort: str) -> QuerySet[Action]:
    keys = SORTS.get(sort.removeprefix("-"), SORTS["first_due"])
    keys = tuple(key.desc() if sort.startswith("-") else key.asc() for key in keys)
    return actions.order_by(*keys, "first_due_on", "reference").select_related(
        "owner", "post", "group"
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the register, as a page or a file shows it."""

    action: Action
    url: str
    owner: str
    now: str
    states: list[tuple[str, str]]
    moved: str


def rows(actions: Iterable[Action], partnership: Partnership, on: datetime.date) -> list[Row]:
    """The lines of these actions."""
    current = succession.successors(on)
    return [
        Row(
            action=action,
            url=reverse("actions:detail", args=[partnership.slug, action.reference]),
            owner=owner_words(action),
            now=str(current.get(action.owner_id, "")),
            states=states(action, on),
            moved=moved_words(action),
        )
        for action in actions
    ]


def groups_to_add(user: Any, partnership: Partnership) -> list[str]:
    """The slugs of the groups for which this person makes actions: the board first."""
    groups = {
        each["slug"]: each["kind"]
        for seat in standing.seats(user)
        if seat.role == Role.OFFICER and seat.group.partnership_id == partnership.pk
        for each in seat.reach
    }
    return sorted(groups, key=lambda slug: (groups[slug] != GroupKind.BOARD, slug))


def other_groups(user: Any, group: Group) -> list[Group]:
    """The other groups for which this person makes actions."""
    slugs = groups_to_add(user, group.partnership)
    groups = Group.objects.visible_to(user).of(group.partnership).filter(slug__in=slugs)
    return list(groups.exclude(pk=group.pk))
