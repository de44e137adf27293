"""A person's meetings that are not yet over and done with, and how far each is."""

import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from core import remember
from meetings.models import Attendance, Correction, Item, Meeting, Paper, Presence, Review, Status
from membership.models import Seat, in_force


def going_on(user: Any, on: datetime.date) -> list[Any]:
    """The meetings of the person's groups that are not yet over and done with.

    Each with all that is asked of it below, in one query, which a request remembers.
    """
    return remember.once(("going on", user.pk, on), lambda: list(_going_on(user, on)))


def _going_on(user: Any, on: datetime.date) -> QuerySet[Meeting]:
    meetings = Meeting.objects.visible_to(user).select_related("group__partnership")
    done = (Status.PUBLISHED, Status.CANCELLED)
    later = Meeting.objects.filter(group=OuterRef("group"), on__gt=OuterRef("on"))
    coming = later.exclude(status=Status.CANCELLED).filter(on__gte=on).order_by("on").values("on")
    unsent = Paper.objects.filter(item__meeting=OuterRef("pk"), late=True, parts__isnull=True)
    missing = Item.objects.filter(
        meeting=OuterRef("pk"), paper_expected=True, papers__isnull=True
    )  # fmt: skip
    seats = Seat.objects.filter(
        in_force(OuterRef("on")), group=OuterRef("group"), person=user,
        substitute_for__isnull=True,
    )  # fmt: skip
    said = Attendance.objects.filter(meeting=OuterRef("pk"), person=user)
    return meetings.exclude(status__in=done).order_by("on", "starts_at").annotate(
        missing=_number(missing, "meeting"), unsent=Exists(unsent),
        agreeing=Exists(later.filter(status=Status.HELD)), next_on=Subquery(coming[:1]),
        has_read=Exists(_read(user)), waiting=_number(_open_corrections(), "item__meeting"),
        expected=Exists(seats), said=Exists(said.exclude(presence=Presence.EXPECTED)),
    )  # fmt: skip


def _number(rows: QuerySet[Any], meeting: str) -> Subquery:
    """How many there are of one meeting, or nothing where there are none."""
    counted = rows.order_by().values(meeting).annotate(number=Count("pk"))
    return Subquery(counted.values("number"))


def _read(user: Any) -> QuerySet[Review]:
    """That the person has read the draft since it was last cleared."""
    finished = Review.objects.filter(meeting=OuterRef("pk"), finished_at__isnull=False)
    return finished.filter(person=user.pk, looked_at__gte=OuterRef("cleared_at"))


def _open_corrections() -> QuerySet[Any]:
    """The corrections of a meeting that wait for their answer."""
    return Correction.objects.open().filter(item__meeting=OuterRef("pk"))
