"""Who was at a meeting, agency by agency, as its minutes show it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from core.dates import clock as clock_words
from meetings.models import Attendance, Meeting, Presence
from meetings.queries.attendance import UNRECORDED
from meetings.renditions.declared import Declared
from meetings.renditions.shapes import AgencyLine, Person
from membership.models import Partner


def attendance(meeting: Meeting) -> list[Attendance]:
    """Everybody who was to be there, or was."""
    rows = meeting.attendance.select_related("agency", "substitute_for")
    return list(rows.order_by("agency__name", "name"))


def agencies(meeting: Meeting, rows: list[Attendance], said: Declared) -> Iterator[AgencyLine]:
    """The agencies that sit on the group, statutory partners first."""
    partners = Partner.objects.on(meeting.on).filter(partnership=meeting.partnership)
    statutory = set(partners.filter(statutory=True).values_list("agency", flat=True))
    by_agency: dict[Any, list[Attendance]] = defaultdict(list)
    for row in rows:
        if row.presence != Presence.IN_ATTENDANCE:
            by_agency[row.agency].append(row)
    for agency in sorted(by_agency, key=lambda each: (each.pk not in statutory, each.name)):
        theirs = by_agency[agency]
        yield AgencyLine(
            agency.name,
            agency.pk in statutory,
            _people(said, theirs, Presence.PRESENT, Presence.SUBSTITUTE),
            _people(said, theirs, Presence.APOLOGIES, Presence.SUBSTITUTED),
            _people(said, theirs, Presence.ABSENT, *UNRECORDED),
        )


def in_attendance(rows: list[Attendance], said: Declared) -> Iterator[Person]:
    """Those who came without a seat."""
    for row in rows:
        if row.presence == Presence.IN_ATTENDANCE:
            post = ", ".join(part for part in (row.post, row.agency.name) if part)
            yield Person(row.name, post, _said(row, said))


def _people(said: Declared, rows: Iterable[Attendance], *presences: str) -> tuple[Person, ...]:
    return tuple(
        Person(row.name, row.post, _said(row, said)) for row in rows if row.presence in presences
    )


def _said(row: Attendance, declared: Declared) -> str:
    if row.presence in UNRECORDED:
        return "not recorded"
    parts = [f"for {row.substitute_for.name}"] if row.substitute_for else []
    if row.arrived_at:
        parts.append(f"from {clock_words(row.arrived_at)}")
    if row.left_at:
        parts.append(f"until {clock_words(row.left_at)}")
    left = declared.note(row)
    if left:
        parts.append(left)
    return ", ".join(parts)
