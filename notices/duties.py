"""How the year's duties stand, for what the partnership owes; and the list of bank holidays.

Duties that a room can speak of better are told of there, and left out here.
"""

import datetime
from collections.abc import Iterator

from django.urls import reverse

from core import working_days
from core.dates import longdate
from core.registries import Owed, duties
from membership.models import Partnership
from notices.queries.turns import near
from notices.queries.year import state_of


@duties
def turns(partnership: Partnership, on: datetime.date) -> Iterator[Owed]:
    """Turns that are overdue, or due within ninety days."""
    for turn in near(partnership, on):
        moved = turn.due_on != turn.first_due_on
        why = f"First due on {longdate(turn.first_due_on)}. {turn.moved_because}" if moved else ""
        yield Owed(
            turn.cycle.title, "overdue" if state_of(turn, on) == "overdue" else "due",
            turn.cycle.source, turn.get_absolute_url(), why, turn.due_on,
        )  # fmt: skip


@duties
def bank_holidays(partnership: Partnership, on: datetime.date) -> Iterator[Owed]:
    """That the list of bank holidays reaches twelve months ahead."""
    last = working_days.known_until()
    if on >= working_days.short_from():
        yield Owed(
            "Bring the list of bank holidays up to date", "overdue" if on > last else "due",
            "Every date counted in working days rests on it",
            reverse("notices:working_days", args=[partnership.slug]),
            f"It ends on {longdate(last)}. Later ones are worked out until then.", last,
        )  # fmt: skip
