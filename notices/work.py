"""What the year's duties ask of a person: those that they see to, once they are near."""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from core.registries import Work, work
from membership import standing
from membership.models import GroupKind, Partnership, Role
from notices.models import Audience
from notices.queries.turns import near

NEAR = datetime.timedelta(days=42)


@work
def own_duties(user: Any, on: datetime.date) -> Iterator[Work]:
    """Duties due within six weeks, or overdue, for who sees to them."""
    theirs: dict[Partnership, set[str]] = defaultdict(set)
    for seat in standing.seats(user):
        if owner := _sees_to(seat):
            theirs[seat.group.partnership].add(owner)
    for partnership, owners in theirs.items():
        for turn in near(partnership, on):
            if turn.cycle.owner in owners and turn.due_on <= on + NEAR:
                yield Work(
                    partnership=partnership, what=turn.cycle.title, url=turn.get_absolute_url(),
                    why=turn.cycle.source, due=turn.due_on,
                )  # fmt: skip


def _sees_to(seat: Any) -> str:
    if seat.group.kind == GroupKind.SECRETARIAT and seat.role == Role.OFFICER:
        return Audience.OFFICERS
    if seat.group.kind == GroupKind.BOARD and seat.role in (Role.CHAIR, Role.VICE_CHAIR):
        return str(seat.role)
    return ""
