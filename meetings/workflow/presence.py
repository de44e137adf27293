"""Who is in the room: one key for each person while the meeting goes on, and the times kept."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import clock, history
from core.workflow import Wrong
from meetings.models import HERE, Attendance, Meeting, Presence
from meetings.queries.attendance import Person, roll
from meetings.workflow import attendance, note, take

ARRIVED, LEFT = "arrived", "left"

Times = tuple[datetime.time | None, datetime.time | None]


@transaction.atomic
def say(meeting: Meeting, *, key: str, deed: str, by: Any) -> Person:
    """Record one thing of one person, named by the key of the roll: as they stand afterwards.

    ``deed`` is ``arrived`` or ``left``, which is now, or a ``Presence``. Present is from the
    beginning to the end, so it also takes back a time that was a mistake. Raises
    ``ValidationError`` where it cannot be said of them.
    """
    current = take("record attendance", meeting, by=by)
    person = _known(current, key)
    if deed in (ARRIVED, LEFT):
        _time_now(current, person, deed, by=by)
    elif deed == Presence.PRESENT and person.presence in HERE:
        _keep_times(current, {person: (None, None)}, by=by)
    elif person.seat is None:
        raise Wrong(f"{person.name} has no seat here. Remove the name from the attendance instead.")
    else:
        attendance.record(current, presences={key: deed}, by=by)
    return _known(current, key)


@transaction.atomic
def set_times(meeting: Meeting, *, times: Mapping[str, Times], by: Any) -> Meeting:
    """Record when people came and went, each named by the key of the roll; none is all the time.

    Raises ``ValidationError`` under the keys that are wrong.
    """
    current = take("record attendance", meeting, by=by)
    known = {person.key: person for person in roll(current).everybody}
    wrong, meant = {}, {}
    for key, (arrived_at, left_at) in times.items():
        person = known.get(key)
        if person is None:
            raise Wrong("The list has changed since you opened it: somebody is no longer on it.")
        if (arrived_at or left_at) and person.presence not in HERE:
            wrong[key] = f"{person.name} is not recorded as here, so has no times"
        elif arrived_at and left_at and left_at <= arrived_at:
            wrong[key] = f"{person.name} cannot leave before arriving"
        else:
            meant[person] = (arrived_at, left_at)
    if wrong:
        raise ValidationError(wrong)
    _keep_times(current, meant, by=by)
    return current


def _known(meeting: Meeting, key: str) -> Person:
    for person in roll(meeting).everybody:
        if person.key == key:
            return person
    raise Wrong("The list has changed since you opened it: somebody is no longer on it.")


def _time_now(meeting: Meeting, person: Person, deed: str, *, by: Any) -> None:
    now = clock.now().astimezone(clock.LONDON)
    if now.date() != meeting.on:
        raise Wrong("The meeting is not today. Enter the time under “Arrivals and leaving”.")
    time = now.time().replace(second=0, microsecond=0)
    if deed == ARRIVED:
        if person.presence not in HERE:
            if person.seat is None:
                raise Wrong(f"{person.name} is not recorded as here.")
            attendance.record(meeting, presences={person.key: Presence.PRESENT}, by=by)
            person = _known(meeting, person.key)
        _keep_times(meeting, {person: (time, None)}, by=by)
        return
    if person.presence not in HERE:
        raise Wrong(f"{person.name} is not recorded as here, so cannot leave.")
    arrived_at = person.arrived_at if person.arrived_at and person.arrived_at < time else None
    _keep_times(meeting, {person: (arrived_at, time)}, by=by)


def _keep_times(meeting: Meeting, times: Mapping[Person, Times], *, by: Any) -> None:
    """Write the times that differ from those that are kept."""
    changed = 0
    for person, (arrived_at, left_at) in times.items():
        if person.row is None or (person.arrived_at, person.left_at) == (arrived_at, left_at):
            continue
        row = Attendance.objects.get(pk=person.row)
        row.arrived_at, row.left_at = arrived_at, left_at
        row.recorded_at, row.recorded_by = clock.now(), by
        history.save(row, by=by)
        changed += 1
    if changed:
        note("recorded when people came and went at", meeting, meeting, by=by,
             detail={"people": changed})  # fmt: skip
