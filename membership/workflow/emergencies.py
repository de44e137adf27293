"""Reading what one is not on, for an hour: asked with a reason, agreed by a second person.

For the panels of single cases, which open to nobody but their own list. Nothing that is said to
who asks or agrees depends on whether there is a record under the reference that was named.
"""

import datetime
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from audit import workflow as audit
from core import clock
from core.dates import london_date
from core.markup import plain
from core.permissions import can, require
from core.workflow import Wrong
from membership import standing
from membership.models import EmergencyReading, Group, GroupKind, Partnership, Role, Seat
from membership.models.emergencies import OPENS_FOR
from membership.workflow.keeping import keep, locked

REASON = 300
DAY = datetime.timedelta(days=1)

# Who tells people, in the room above that can: what was asked, and what was opened.
when_asked: list[Callable[[EmergencyReading], None]] = []
when_opened: list[Callable[[EmergencyReading], None]] = []


@transaction.atomic
def ask(partnership: Partnership, *, reference: str, reason: str, by: Any) -> EmergencyReading:
    """Ask to read a record for an hour. The others who may agree are told at once."""
    require(can(by, "ask emergency reading", partnership))
    reference, reason = plain(reference).upper(), plain(reason)
    wrong = {}
    if not reference:
        wrong["reference"] = "Enter the reference of the record"
    elif len(reference) > 20:
        wrong["reference"] = "A reference is no longer than 20 characters"
    if not reason:
        wrong["reason"] = "Enter why it must be read now, without names"
    elif len(reason) > REASON:
        wrong["reason"] = f"This must be {REASON} characters or fewer. It has {len(reason)}"
    if wrong:
        raise ValidationError(wrong)
    made = EmergencyReading(
        partnership=partnership, reference=reference, reason=reason, asked_at=clock.now(),
        asked_by=by,
    )  # fmt: skip
    keep(made, by=by)
    _note("asked for", made, by)
    for hear in when_asked:
        hear(made)
    return made


@transaction.atomic
def agree(reading: EmergencyReading, *, by: Any) -> EmergencyReading:
    """Agree, as the second person: from now on it opens for an hour, and an alert goes out."""
    reading = _waiting(reading, by, "agree")
    if not can(reading.asked_by, "ask emergency reading", reading.partnership):
        raise Wrong("Who asked may not ask any more.")
    reading.agreed_at, reading.agreed_by = clock.now(), by
    reading.seat = _seat(reading)
    keep(reading, by=by)
    _note("agreed to", reading, by)
    for hear in when_opened:
        hear(reading)
    return reading


@transaction.atomic
def refuse(reading: EmergencyReading, *, because: str, by: Any) -> EmergencyReading:
    """Refuse, with the reason."""
    reading = _waiting(reading, by, "agree")
    because = plain(because)
    if not because or len(because) > REASON:
        says = "Enter why not" if not because else f"This must be {REASON} characters or fewer"
        raise ValidationError({"because": says})
    return _refused(reading, because, "refused", by)


@transaction.atomic
def take_back(reading: EmergencyReading, *, by: Any) -> EmergencyReading:
    """Take back what one asked, before anybody has answered."""
    return _refused(_waiting(reading, by, "end"), "Taken back", "took back", by)


@transaction.atomic
def end(reading: EmergencyReading, *, by: Any) -> EmergencyReading:
    """End one's hour early."""
    reading = locked(reading)
    require(can(by, "end", reading))
    if reading.state != "open":
        raise Wrong("It is not open.")
    reading.ended_at = clock.now()
    keep(reading, by=by)
    if reading.seat is not None:
        reading.seat.emergency_until = reading.ended_at
        keep(reading.seat, by=by)
    _note("ended", reading, by)
    return reading


def group_of(reading: EmergencyReading) -> Group | None:
    """The panel that has this reference, if there is one."""
    rows = Group.objects.of(reading.partnership).on(clock.today())
    rows = rows.filter(kind=GroupKind.PANEL, reports_to__kind=GroupKind.PANEL)
    return rows.filter(short_name__iexact=reading.reference).first()


def _waiting(reading: EmergencyReading, by: Any, verb: str) -> EmergencyReading:
    """What was asked, locked, if this person may answer it and nobody has."""
    reading = locked(reading)
    require(can(by, verb, reading))
    if reading.state == "lapsed":
        raise Wrong("Nobody agreed within 24 hours. Ask again if it must still be read.")
    if reading.state != "waiting":
        raise Wrong("Somebody has answered this already.")
    return reading


def _refused(reading: EmergencyReading, because: str, verb: str, by: Any) -> EmergencyReading:
    reading.refused_at, reading.refused_by, reading.refused_because = clock.now(), by, because
    keep(reading, by=by)
    _note(verb, reading, by)
    return reading


def _seat(reading: EmergencyReading) -> Seat | None:
    """A seat of an hour, to read and to do nothing; none where there is nothing, or they sit."""
    group = group_of(reading)
    person = reading.asked_by
    own = _resting_on(person, reading.partnership_id)
    if group is None or own is None:
        return None
    if Seat.objects.on(clock.today()).filter(group=group, person=person).exists():
        return None
    until = clock.now() + OPENS_FOR
    seat = Seat(
        group=group, person=person, agency=own.agency, role=Role.ADVISER, emergency_until=until,
        starts_on=clock.today(), ends_on=london_date(until) + DAY, created_by=reading.agreed_by,
    )  # fmt: skip
    keep(seat, by=reading.agreed_by)
    audit.record(
        "opened for an emergency reading", group, by=reading.agreed_by, group=group,
        partnership=reading.partnership, sensitive=True, detail={"for": str(person.pk)},
    )  # fmt: skip
    return seat


def _resting_on(person: Any, partnership_id: Any) -> Seat | None:
    """The seat by which they may ask, of an agency that signed if there is one."""
    held = [
        seat
        for seat in standing.seats(person)
        if seat.group.partnership_id == partnership_id
        and seat.group.kind in (GroupKind.SECRETARIAT, GroupKind.BOARD)
    ]
    return max(held, key=lambda seat: seat.signed, default=None)


def _note(verb: str, reading: EmergencyReading, by: Any) -> None:
    """Into the audit, for all who may ask: not whether there was anything to open."""
    audit.record(verb, reading, by=by, partnership=reading.partnership)
