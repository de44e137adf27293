"""Who is reminded of which actions, and who has been today."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from accounts.models import User
from actions.models import Action, Status
from actions.permissions import WORKING
from core.permissions import can
from membership import succession
from membership.models import Seat
from notices.models import Notice

REMINDER = "action-reminder"


@dataclass(frozen=True, slots=True)
class Reminder:
    """An action, those who are to be reminded of it, and those who have been already today."""

    action: Action
    people: list[User]
    had: list[User]

    @property
    def nobody(self) -> bool:
        """Nobody of the owner's can see the action."""
        return not self.people and not self.had


def may_be_reminded(action: Action) -> bool:
    """What is said to be done waits for an officer, and what is closed for nobody."""
    return action.is_open and action.status != Status.SAYS_DONE


def reminders(actions: Iterable[Action], on: datetime.date, *, but: Any = None) -> list[Reminder]:
    """Whom a reminder of each of these actions would reach, in as many queries for all as for one.

    ``actions`` come with their group and owner. ``but`` need not be told.
    """
    actions = list(actions)
    had = _had(actions, on)
    seats = _seats(actions, on)
    found = []
    for action in actions:
        people = [each for each in _people(action, seats, on) if but is None or each.pk != but.pk]
        already = had.get(str(action.pk), set())
        found.append(
            Reminder(
                action,
                [each for each in people if each.pk not in already],
                [each for each in people if each.pk in already],
            )
        )
    return found


def _had(actions: list[Action], on: datetime.date) -> dict[str, set[uuid.UUID]]:
    keys = [str(action.pk) for action in actions]
    given = Notice.objects.filter(kind=REMINDER, occurrence=str(on), subject_id__in=keys)
    had: dict[str, set[uuid.UUID]] = {}
    for key, person in given.values_list("subject_id", "recipient"):
        had.setdefault(key, set()).add(person)
    return had


def _seats(actions: list[Action], on: datetime.date) -> list[Seat]:
    groups = {key for action in actions for key in _groups(action)}
    held = Seat.objects.on(on).filter(group__in=groups, role__in=WORKING, person__is_active=True)
    return list(held.select_related("person").order_by("person__name"))


def _groups(action: Action) -> set[uuid.UUID | None]:
    return {action.group_id, action.group.administered_by_id} - {None}


def _people(action: Action, seats: list[Seat], on: datetime.date) -> list[User]:
    agencies = {action.owner_id, succession.standing_for(action.owner, on).pk}
    groups = _groups(action)
    people = {
        seat.person_id: seat.person
        for seat in seats
        if seat.agency_id in agencies and seat.group_id in groups
    }
    return [person for person in people.values() if can(person, "view", action)]


def last_reminded(action: Action) -> datetime.datetime | None:
    """When its owner's people were last reminded of it, if ever."""
    given = Notice.objects.filter(kind=REMINDER, subject_id=str(action.pk))
    at: datetime.datetime | None = given.aggregate(at=Max("created_at"))["at"]
    return at
