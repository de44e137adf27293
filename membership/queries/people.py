"""Who sits where on a day."""

import datetime
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from accounts.models import User
from membership.models import Agency, Group, GroupKind, Partnership, Role, Seat

RANKS = {Role.CHAIR: 0, Role.VICE_CHAIR: 1, Role.OFFICER: 2, Role.MEMBER: 3, Role.ADVISER: 4}


def in_order(seats: QuerySet[Seat]) -> QuerySet[Seat]:
    """Chair, vice-chair, officers, members and advisers, substitutes last; then by name."""
    cases = [When(role=role, then=Value(number)) for role, number in RANKS.items()]
    rank = Case(
        When(substitute_for__isnull=False, then=Value(len(cases))), *cases,
        default=Value(len(cases)), output_field=IntegerField(),
    )  # fmt: skip
    return seats.select_related(
        "person", "group", "agency", "post", "substitute_for__person"
    ).order_by("group__name", rank, "agency__name", "person__name", "pk")


def seats_on(group: Group, day: datetime.date) -> QuerySet[Seat]:
    """The seats held on a group on that day, the chair's first."""
    return in_order(Seat.objects.on(day).filter(group=group))


def people_of(agency: Agency, group: Group, day: datetime.date) -> QuerySet[User]:
    """Who sits on the group for the agency on that day, and can sign in."""
    return _seated(Seat.objects.on(day).filter(group=group, agency=agency))


def members_of(group: Group, day: datetime.date) -> QuerySet[User]:
    """Everybody with a seat on the group on that day who can sign in, substitutes too."""
    return _seated(Seat.objects.on(day).filter(group=group))


def officers_of(partnership: Partnership, day: datetime.date) -> QuerySet[User]:
    """The officers of the partnership's secretariat on that day."""
    return _seated(_officers(partnership).on(day))


def day_without_officer(
    group: Group, start: datetime.date, end: datetime.date | None, *, but: Any = None
) -> datetime.date | None:
    """The first day in ``start <= day < end`` on which nobody would be its officer, if any.

    ``but`` is a person not counted; with no ``end`` somebody must hold a seat without one.
    """
    seats = Seat.objects.not_over(start).filter(
        group=group, role=Role.OFFICER, person__is_active=True
    )
    if but is not None:
        seats = seats.exclude(person=but)
    day = start
    for seat in seats.order_by("starts_on"):
        if seat.starts_on > day:
            break
        if seat.ends_on is None:
            return None
        day = max(day, seat.ends_on)
    return day if end is None or day < end else None


def of_one_case(group: Group) -> bool:
    """Whether a group is the panel of a single case: it reports to a standing panel."""
    above = group.reports_to
    return group.kind == GroupKind.PANEL and above is not None and above.kind == GroupKind.PANEL


def _officers(partnership: Partnership) -> Any:
    return Seat.objects.of(partnership).filter(group__kind=GroupKind.SECRETARIAT, role=Role.OFFICER)


def _seated(seats: QuerySet[Seat]) -> QuerySet[User]:
    held = Exists(seats.filter(person=OuterRef("pk")).order_by())
    return User.objects.filter(Q(held), is_active=True).order_by("name", "pk")
