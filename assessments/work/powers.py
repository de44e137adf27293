"""What orders, themes, the horizon and tensions ask of a person."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from assessments.models import TensionReport
from assessments.queries import horizon, orders
from assessments.queries.tensions import RAISED
from core.dates import count
from core.registries import Work, work
from membership import standing
from membership.models import Partnership

DAY = datetime.timedelta(days=1)


def _kept(user: Any) -> dict[Any, Partnership]:
    """The partnerships of whose secretariat a person is an officer."""
    keys = standing.secretariats(user)
    return {
        seat.group.partnership_id: seat.group.partnership
        for seat in standing.seats(user)
        if seat.group.partnership_id in keys
    }


@work
def orders_to_follow(user: Any, on: datetime.date) -> Iterator[Work]:
    """Orders that run out within a year, for the officers who see to what comes after."""
    for partnership in _kept(user).values():
        for each in orders.running_out(partnership, on):
            last = each.ends_on - DAY if each.ends_on else None
            yield Work(
                partnership, f"{each.title}: extend it, change it or let it end",
                each.get_absolute_url(), "Consultation comes before any extension.", last,
            )  # fmt: skip


@work
def changes_to_look_at(user: Any, on: datetime.date) -> Iterator[Work]:
    """Changes of law and policy whose day to look again has come, for officers."""
    for partnership in _kept(user).values():
        for each in horizon.to_look_at(partnership, on):
            yield Work(
                partnership, f"Look again: {each.title}", each.get_absolute_url(),
                "Say what is new, or that nothing is.", each.look_again_on,
            )  # fmt: skip


@work
def tensions_to_show(user: Any, on: datetime.date) -> Iterator[Work]:
    """Raised reports that the board has not been shown, counted and in no words of theirs."""
    kept = _kept(user)
    if not kept:
        return
    raised = TensionReport.objects.visible_to(user).filter(
        partnership__in=kept, level__gte=RAISED, shown_at__isnull=True, closed_at__isnull=True
    )
    numbers: dict[Any, int] = {}
    for key in raised.values_list("partnership", flat=True):
        numbers[key] = numbers.get(key, 0) + 1
    for key, number in numbers.items():
        url = reverse("assessments:tensions", args=[kept[key].slug])
        yield Work(
            kept[key], f"Show the board {count(number, 'raised tension report')}",
            f"{url}?view=raised", f"Level {RAISED} or above.",
        )  # fmt: skip
