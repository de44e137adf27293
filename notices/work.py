"""What the year's duties ask of a person: those that they see to, once they are near."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from core.registries import Work, work
from membership import standing
from membership.models import GroupKind, Role
from notices.default_cycles import SAID_ELSEWHERE
from notices.models import Audience, Turn

NEAR = datetime.timedelta(days=42)


@work
def own_duties(user: Any, on: datetime.date) -> Iterator[Work]:
    """Duties due within six weeks, or overdue, for who sees to them."""
    theirs = Q()
    for seat in standing.seats(user):
        owner = _sees_to(seat)
        if owner:
            theirs |= Q(cycle__partnership=seat.group.partnership_id, cycle__owner=owner)
    if not theirs:
        return
    turns = Turn.objects.filter(theirs, done_on=None, due_on__lte=on + NEAR)
    turns = turns.exclude(cycle__key__in=SAID_ELSEWHERE).select_related("cycle__partnership")
    for turn in turns.order_by("due_on"):
        yield Work(
            partnership=turn.partnership, what=turn.cycle.title, url=turn.get_absolute_url(),
            why=turn.cycle.source, due=turn.due_on,
        )  # fmt: skip


def _sees_to(seat: Any) -> str:
    if seat.group.kind == GroupKind.SECRETARIAT and seat.role == Role.OFFICER:
        return Audience.OFFICERS
    if seat.group.kind == GroupKind.BOARD and seat.role in (Role.CHAIR, Role.VICE_CHAIR):
        return str(seat.role)
    return ""
