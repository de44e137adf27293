"""Reminders that an officer sends: each person at most one a day about each action."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.text import Truncator

import notices.workflow
from actions import queries
from actions.models import Action
from actions.workflow.keeping import record
from core import clock
from core.dates import longdate
from core.permissions import can, require


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many people were reminded, and of how many actions."""

    people: int
    actions: int


@transaction.atomic
def remind(actions: Iterable[Action], *, by: Any) -> Reminded:
    """Remind the people of each action's owner. What has been closed meanwhile is passed over.

    Who has had a reminder of an action today gets no other. Raises ``Refused`` where one of them
    is not this person's to chase.
    """
    today = clock.today()
    keys = [action.pk for action in actions]
    rows = Action.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    current = list(rows.select_related("group", "owner", "partnership"))
    for action in current:
        require(can(by, "remind", action))
    people, done = set(), 0
    for reminder in queries.reminders(filter(queries.may_be_reminded, current), today, but=by):
        if not reminder.people:
            continue
        action = reminder.action
        late = "Late" if queries.is_late(action, today) else "Reminder"
        says = f"{late}, due {longdate(action.due_on)}. {action}"
        notices.workflow.tell(
            reminder.people, kind=queries.REMINDER, about=action, occurrence=str(today),
            text=Truncator(says).chars(300), url=action.get_absolute_url(),
            partnership=action.partnership,
        )  # fmt: skip
        record("sent a reminder of", action, by, due_on=action.due_on.isoformat())
        people |= {each.pk for each in reminder.people}
        done += 1
    return Reminded(len(people), done)
