"""Reminders of the year's duties: one kind for each, so that each has a ladder of its own.

Duties that a room can speak of better are reminded of there: see ``default_cycles.ELSEWHERE``.
"""

import datetime
from functools import partial
from typing import Any

from django.db.models import Case, DateField, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast

from core import working_days
from core.reminders import (
    CHAIR,
    OFFICERS,
    OWNER,
    Rung,
    address,
    as_text,
    reminder,
    words,
)
from membership.models import GroupKind, Partnership, Role, Seat, in_force
from notices.default_cycles import BY_KEY, DEFAULTS
from notices.models import Audience, Turn

TURN = {"partnership": "cycle__partnership__slug", "pk": "pk"}
ROLES = {Audience.CHAIR: Role.CHAIR, Audience.VICE_CHAIR: Role.VICE_CHAIR}


def open_turns(on: datetime.date) -> QuerySet[Any]:
    """Turns not done, each with who sees to it and the day on which its date was set."""
    history = Turn.history.model.objects
    dated = history.filter(id=OuterRef("pk"), due_on=OuterRef("due_on")).order_by("history_date")
    holders = {role: _holder(role, on) for role in ROLES.values()}
    return Turn.objects.filter(done_on=None).annotate(
        set_on=Subquery(dated.annotate(day=Cast("history_date", DateField())).values("day")[:1]),
        holder=Case(
            *(When(cycle__owner=owner, then=holders[role]) for owner, role in ROLES.items()),
            default=None,
        ),
    )  # fmt: skip


def _holder(role: str, on: datetime.date) -> Subquery:
    seats = Seat.objects.filter(
        in_force(on), group__partnership=OuterRef("cycle__partnership"),
        group__kind=GroupKind.BOARD, role=role,
    )  # fmt: skip
    return Subquery(seats.values("person")[:1])


def as_subjects(turns: QuerySet[Any], text: Any, since: Any = None) -> QuerySet[Any]:
    """Turns as the ledger asks for them; ``since`` if they stand from another day than they say."""
    return turns.values(
        partnership=F("cycle__partnership"), subject=as_text("pk"), due=F("due_on"), text=text,
        url=address("notices:turn", **TURN), person=F("holder"), since=since or F("set_on"),
        because=words("Asked by: ", F("cycle__source")),
    )  # fmt: skip


def turns_of(key: str, on: datetime.date) -> QuerySet[Any]:
    """The open turns of one of our own duties."""
    return as_subjects(open_turns(on).filter(cycle__key=key), Value(BY_KEY[key].title))


for each in DEFAULTS:
    if each.ladder:
        reminder(
            f"duty-{each.key}", title=each.title, ladder=each.ladder, source=each.source,
            statutory=True,
        )(partial(turns_of, each.key))  # fmt: skip


@reminder(
    "duty-own", title="A duty that the partnership set itself",
    ladder=(Rung(-15, OWNER), Rung(1, OWNER), Rung(10, CHAIR)),
    source="The partnership’s own calendar",
)  # fmt: skip
def own_duties(on: datetime.date) -> QuerySet[Any]:
    """Open turns of duties that officers added; their words are the officers' own."""
    return as_subjects(open_turns(on).exclude(cycle__key__in=BY_KEY), F("cycle__title"))


@reminder(
    "bank-holidays-end", title="Less than twelve months of bank holidays are left",
    ladder=(Rung(0, OFFICERS),), source="Nobody: dates are counted in working days",
)  # fmt: skip
def bank_holidays_end(on: datetime.date) -> QuerySet[Any]:
    """Every partnership, twelve months before the list of bank holidays ends."""
    last = working_days.known_until()
    return Partnership.objects.values(
        partnership=F("pk"), subject=Value(f"list to {last:%Y}"),
        due=Value(working_days.short_from(), output_field=DateField()),
        text=Value(f"The list of bank holidays ends on {last:%-d %B %Y}. Ask for a newer one."),
        url=address("notices:working_days", partnership="slug"),
    )  # fmt: skip
