"""Who comes to a meeting: what people say beforehand, and what officers record at it."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import clock, history
from core.workflow import Wrong
from meetings.models import HERE, Attendance, Meeting, Presence, Status
from meetings.queries.attendance import Person, Roll, roll
from meetings.workflow import note, take
from membership.models import Agency, Partner, Seat

# What somebody may say of themselves before the meeting.
ANSWERS = (Presence.COMING, Presence.APOLOGIES, Presence.SUBSTITUTED)

# What officers may record of somebody with a seat, before the meeting's day and from it on.
BEFORE_THE_DAY = (
    Presence.EXPECTED, Presence.COMING, Presence.APOLOGIES, Presence.SUBSTITUTED
)  # fmt: skip
ON_THE_DAY = (
    Presence.EXPECTED, Presence.COMING, Presence.PRESENT, Presence.APOLOGIES,
    Presence.SUBSTITUTED, Presence.ABSENT,
)  # fmt: skip
NAME = 120  # characters


def recordable(meeting: Meeting) -> tuple[Presence, ...]:
    """What may be recorded of a member now: nobody is present before the day."""
    return ON_THE_DAY if meeting.on <= clock.today() else BEFORE_THE_DAY


# ---- beforehand ---------------------------------------------------------------------------------


@transaction.atomic
def say(
    meeting: Meeting, *, presence: str, substitute_name: str = "", substitute: Any = None, by: Any
) -> list[Attendance]:
    """Say of oneself whether one comes, sends apologies, or sends a substitute.

    It is said of every seat that the person holds on the group. Raises ``ValidationError``, and
    ``Wrong`` for somebody who has no seat of their own there.
    """
    current = take("say who is coming", meeting, by=by)
    if presence not in ANSWERS:
        raise ValidationError({"presence": "Choose whether you are coming"})
    own = roll(current).of(by)
    if not own:
        raise Wrong(f"You are not expected at this meeting: you hold no seat on {current.group}.")
    rows = []
    for person in own:
        row = _row(current, person, by=by)
        _answer(row, presence, name=substitute_name, person=substitute, by=by)
        note(f"said “{_words(presence)}” for", row, current, by=by)
        rows.append(row)
    return rows


def _answer(row: Attendance, presence: str, *, name: str, person: Any, by: Any) -> None:
    if presence == Presence.SUBSTITUTED:
        _send(row, name=name, person=person, by=by)
        return
    _keep(row, presence, by=by)
    _drop_substitutes(row, by=by)


def ask_again(meeting: Meeting, *, by: Any) -> None:
    """Forget what people said, because it was about another day."""
    said = meeting.attendance.exclude(presence=Presence.IN_ATTENDANCE)
    for row in sorted(said, key=lambda row: row.substitute_for_id is None):
        history.remove(row, by=by)


# ---- substitutes and others ---------------------------------------------------------------------


@transaction.atomic
def add_substitute(
    meeting: Meeting, *, key: str, name: str = "", substitute: Any = None, by: Any
) -> Attendance:
    """Record who comes instead of a member, who is named by the key of the roll.

    Raises ``ValidationError``; a substitute cannot send a substitute.
    """
    current = take("record attendance", meeting, by=by)
    member = _of_key(roll(current), key, "instead_of")
    row = _row(current, member, by=by)
    sent = _send(row, name=name, person=substitute, by=by)
    note("recorded a substitute at", sent, current, by=by)
    return sent


@transaction.atomic
def add_in_attendance(
    meeting: Meeting, *, name: str, agency: Agency, post: str = "", by: Any
) -> Attendance:
    """Record somebody without a seat who is there for an agency of the partnership."""
    current = take("record attendance", meeting, by=by)
    wrong = _wrong_name(name, "name")
    partners = Partner.objects.on(current.on).filter(partnership=current.partnership)
    if not partners.filter(agency=agency).exists():
        wrong["agency"] = "Choose an agency of the partnership"
    if len(post.strip()) > NAME:
        wrong["post"] = f"The post must be {NAME} characters or fewer"
    there = current.attendance.filter(agency=agency, name__iexact=name.strip())
    if not wrong and there.filter(presence=Presence.IN_ATTENDANCE).exists():
        wrong["name"] = f"{name.strip()} is already in attendance"
    if wrong:
        raise ValidationError(wrong)
    row = Attendance(
        meeting=current, name=name.strip(), agency=agency, post=post.strip(),
        presence=Presence.IN_ATTENDANCE,
    )  # fmt: skip
    _save(row, by=by)
    note("recorded in attendance", row, current, by=by)
    return row


@transaction.atomic
def remove(meeting: Meeting, row_id: int, *, by: Any) -> None:
    """Take back a substitute or somebody in attendance who was recorded by mistake.

    The member whose substitute it was has then sent apologies.
    """
    current = take("record attendance", meeting, by=by)
    removable = (Presence.SUBSTITUTE, Presence.IN_ATTENDANCE)
    row = current.attendance.filter(pk=row_id, presence__in=removable).first()
    if row is None:
        raise Wrong("This person is no longer on the list.")
    member = row.substitute_for
    note("removed from", row, current, by=by)
    history.remove(row, by=by)
    if member and not member.substitutes.exists():
        _keep(member, Presence.APOLOGIES, by=by)


# ---- at the meeting -----------------------------------------------------------------------------


@transaction.atomic
def record(meeting: Meeting, *, presences: Mapping[str, str], by: Any) -> Meeting:
    """Record of several members how they stand, each named by the key of the roll.

    Only what differs is written. Raises ``ValidationError`` under the keys that are wrong.
    """
    current = take("record attendance", meeting, by=by)
    now = roll(current)
    allowed = recordable(current)
    known = {person.key: person for person in now.people}
    wrong = {}
    for key, presence in presences.items():
        person = known.get(key)
        if person is None:
            raise Wrong("The list has changed since you opened it: somebody’s seat has ended.")
        if presence == person.presence:
            continue
        if presence not in allowed:
            wrong[key] = f"Choose how {person.name} stands to the meeting"
        elif presence == Presence.SUBSTITUTED and not person.substitutes:
            wrong[key] = f"Say below who comes instead of {person.name}"
    if wrong:
        raise ValidationError(wrong)
    changed = {
        known[key].name: presence
        for key, presence in presences.items()
        if presence != known[key].presence
    }
    for key, presence in presences.items():
        if presence != known[key].presence:
            row = _row(current, known[key], by=by)
            _keep(row, presence, by=by)
            if presence != Presence.SUBSTITUTED:
                _drop_substitutes(row, by=by)
    if changed:
        note("recorded attendance at", current, current, by=by, detail={"people": len(changed)})
    return current


@transaction.atomic
def settle(meeting: Meeting, *, by: Any) -> Roll:
    """Write a row for everybody who is expected, and drop those whose seat has ended.

    Called when a meeting is opened: from then on its rows alone say who belonged to it.
    """
    now = roll(meeting)
    if meeting.status not in (Status.SCHEDULED, Status.AGENDA_PUBLISHED):
        return now
    keep = {person.row for person in now.people if person.row is not None}
    stale = meeting.attendance.filter(presence=Presence.EXPECTED).exclude(pk__in=keep)
    for row in stale:
        history.remove(row, by=by)
    for person in now.people:
        if person.row is None:
            _row(meeting, person, by=by)
    return now


# ---- rows ---------------------------------------------------------------------------------------


def _row(meeting: Meeting, person: Person, *, by: Any) -> Attendance:
    """The row of somebody on the roll, written if it is not there yet."""
    if person.row is not None:
        return Attendance.objects.select_related("agency").get(pk=person.row)
    seat = Seat.objects.select_related("person", "post", "agency").get(pk=person.seat)
    row = Attendance(
        meeting=meeting, seat=seat, person=seat.person, name=seat.person.name, agency=seat.agency,
        post=seat.post.title if seat.post else "", presence=Presence.EXPECTED,
    )  # fmt: skip
    _save(row, by=by)
    return row


def _send(member: Attendance, *, name: str, person: Any, by: Any) -> Attendance:
    """Put somebody in a member's place, for the same agency; only one at a time."""
    if member.substitute_for_id or member.presence == Presence.SUBSTITUTE:
        raise ValidationError({"substitute_name": "A substitute cannot send a substitute"})
    if person is not None:
        name = person.name
        if person.pk == member.person_id:
            raise ValidationError({"substitute": "Nobody can be their own substitute"})
        expected = roll(member.meeting).people
        if any(each.person == person.pk for each in expected):
            raise ValidationError({"substitute": f"{name} is expected at this meeting already"})
    wrong = _wrong_name(name, "substitute_name")
    if wrong:
        raise ValidationError(wrong)
    if name.strip().casefold() == member.name.casefold():
        raise ValidationError({"substitute_name": "Nobody can be their own substitute"})
    _drop_substitutes(member, by=by)
    _keep(member, Presence.SUBSTITUTED, by=by)
    row = Attendance(
        meeting=member.meeting, person=person, name=name.strip(), agency=member.agency,
        presence=Presence.SUBSTITUTE, substitute_for=member,
    )  # fmt: skip
    _save(row, by=by)
    return row


def _drop_substitutes(member: Attendance, *, by: Any) -> None:
    for row in member.substitutes.all():
        history.remove(row, by=by)


def _keep(row: Attendance, presence: str, *, by: Any) -> None:
    row.presence = presence
    if presence not in HERE:
        row.arrived_at = row.left_at = None
    _save(row, by=by)


def _save(row: Attendance, *, by: Any) -> None:
    row.recorded_at, row.recorded_by = clock.now(), by
    history.save(row, by=by)


def _of_key(now: Roll, key: str, field: str) -> Person:
    """Somebody on the roll. Raises ``ValidationError`` for a key that names nobody with a seat."""
    for person in now.people:
        if person.key == key:
            return person
        if any(each.key == key for each in person.substitutes):
            raise ValidationError({field: "A substitute cannot send a substitute"})
    raise ValidationError({field: "Choose who sends the substitute"})


def _wrong_name(name: str, field: str) -> dict[str, str]:
    if not name.strip():
        return {field: "Enter the name"}
    if len(name.strip()) > NAME:
        return {field: f"The name must be {NAME} characters or fewer"}
    return {}


def _words(presence: str) -> str:
    return Presence(presence).label.lower()
