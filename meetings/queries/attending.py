"""Attendance over time: which agency was represented at which meeting, in counts and words.

All of it is read from the rows as they were kept on the day. A body that another has succeeded is
one line with its successor, under both names.
"""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from core import remember
from core.dates import longdate
from meetings.models import AFTER, Attendance, Meeting, Presence
from meetings.queries.attendance import UNRECORDED
from membership import succession
from membership.models import Agency, Group, GroupKind, Partner, Partnership
from membership.queries import known_groups

RECENT = 8  # meetings that are shown where no year is chosen

PRESENT, SUBSTITUTE, APOLOGIES, ABSENT = "Present", "Substitute", "Apologies", "Absent"
EMPTY, UNKNOWN, NOT_YET = "No seat", "Not recorded", ""

# What a table says of an agency, by what is recorded of its people: the first that fits.
WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (PRESENT, (Presence.PRESENT,)),
    (SUBSTITUTE, (Presence.SUBSTITUTE,)),
    (APOLOGIES, (Presence.APOLOGIES, Presence.SUBSTITUTED)),
    (ABSENT, (Presence.ABSENT,)),
    (UNKNOWN, UNRECORDED),
)
THERE = (PRESENT, SUBSTITUTE)
MISSED = (APOLOGIES, ABSENT, EMPTY)
COUNTED = (PRESENT, SUBSTITUTE, APOLOGIES, ABSENT)


@dataclass(frozen=True, slots=True)
class Cell:
    """How an agency stood to one meeting, and by whose names, as they were on the day."""

    word: str
    names: tuple[str, ...] = ()

    @property
    def missed(self) -> bool:
        """Nobody spoke for the agency."""
        return self.word in MISSED


@dataclass(frozen=True, slots=True)
class Line:
    """One agency over the meetings, the oldest first."""

    agency: Agency
    before: tuple[str, ...]
    statutory: bool
    cells: tuple[Cell, ...]
    run: tuple[datetime.date, ...] = ()
    running: bool = False

    @property
    def counts(self) -> list[int]:
        """At how many meetings it was present, by substitute, with apologies, absent."""
        words = [cell.word for cell in self.cells]
        return [words.count(word) for word in COUNTED]

    @property
    def represented(self) -> str:
        """3 of 4: at how many of the meetings that it belonged to, a substitute counted."""
        belonged = [cell for cell in self.cells if cell.word not in (NOT_YET, UNKNOWN)]
        return f"{sum(cell.word in THERE for cell in belonged)} of {len(belonged)}"

    @property
    def warning(self) -> str:
        """Missing twice running: on which days."""
        return " and ".join(longdate(day) for day in self.run)


@dataclass(frozen=True, slots=True)
class Record:
    """Agencies by meetings."""

    meetings: list[Meeting] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def represented(self) -> list[int]:
        """How many agencies were represented at each meeting."""
        columns = zip(*(line.cells for line in self.lines), strict=True)
        return [sum(cell.word in THERE for cell in column) for column in columns]

    @property
    def flagged(self) -> list[Line]:
        """Statutory partners that nobody spoke for at the last two meetings shown."""
        return [line for line in self.lines if line.running]


def held_years(group: Group) -> list[int]:
    """The municipal years in which the group has met, the newest first."""
    held = Meeting.objects.filter(group=group, status__in=AFTER).order_by("-year")
    return list(held.values_list("year", flat=True).distinct())


def record(
    group: Group, on: datetime.date, *, year: int | None = None, last: int = RECENT
) -> Record:
    """Who was represented at the group's meetings of a municipal year, or at its last ones."""
    held = Meeting.objects.filter(group=group, status__in=AFTER).order_by("-on")
    meetings = list(held.filter(year=year) if year else held[:last])[::-1]
    for meeting in meetings:
        meeting.group = group
    return Record(meetings, list(_lines(group, meetings, on)))


def _lines(group: Group, meetings: list[Meeting], on: datetime.date) -> Iterator[Line]:
    agencies: dict[uuid.UUID, Agency] = {}
    names: dict[uuid.UUID, set[str]] = defaultdict(set)
    current = succession.successors(on)

    def today(agency: Agency) -> uuid.UUID:
        stands = current.get(agency.pk, agency)
        agencies[stands.pk] = stands
        names[stands.pk].add(agency.name)
        return stands.pk

    said: dict[tuple[uuid.UUID, uuid.UUID], list[Attendance]] = defaultdict(list)
    rows = Attendance.objects.filter(meeting__in=meetings).select_related("agency")
    for row in rows.exclude(presence=Presence.IN_ATTENDANCE):
        said[today(row.agency), row.meeting_id].append(row)
    owed = _owed(group, meetings, today)
    for key, agency in sorted(
        agencies.items(), key=lambda each: (each[0] not in owed, each[1].name)
    ):
        cells = tuple(
            _cell(said.get((key, meeting.pk), []), meeting.pk in owed.get(key, ()))
            for meeting in meetings
        )
        run = _run(meetings, cells) if key in owed else ()
        former = tuple(sorted(names[key] - {agency.name}))
        running = bool(run) and run[-1] == meetings[-1].on
        yield Line(agency, former, key in owed, cells, run, running)


def _owed(
    group: Group, meetings: list[Meeting], today: Callable[[Agency], uuid.UUID]
) -> dict[uuid.UUID, set[uuid.UUID]]:
    """The meetings at which each statutory partner was to be represented: the board's alone."""
    found: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    if group.kind != GroupKind.BOARD:
        return found
    partners = Partner.objects.filter(partnership=group.partnership_id, statutory=True)
    for partner in partners.select_related("agency"):
        for meeting in meetings:
            ended = partner.ends_on is not None and partner.ends_on <= meeting.on
            if partner.starts_on <= meeting.on and not ended:
                found[today(partner.agency)].add(meeting.pk)
    return found


def _cell(rows: Iterable[Attendance], owed: bool) -> Cell:
    presences = [row.presence for row in rows]
    for word, fitting in WORDS:
        if any(presence in fitting for presence in presences):
            told = (row.name for row in rows if row.presence in fitting)
            return Cell(word, tuple(sorted(told)))
    return Cell(EMPTY if owed else NOT_YET)


def _run(meetings: list[Meeting], cells: tuple[Cell, ...]) -> tuple[datetime.date, ...]:
    """The days of the latest two meetings running at which nobody spoke for the agency."""
    for place in range(len(cells) - 1, 0, -1):
        if cells[place].missed and cells[place - 1].missed:
            return meetings[place - 1].on, meetings[place].on
    return ()


# ---- who is missing now -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Missing:
    """A statutory partner that nobody spoke for at the last two meetings of a board."""

    group: Group
    agency: Agency
    days: tuple[datetime.date, ...]


def boards(partnership: Partnership, on: datetime.date) -> list[Group]:
    """The partnership's board, in force on this day; remembered in a request."""
    groups = known_groups(partnership).on(on).filter(kind=GroupKind.BOARD)
    found = groups.select_related("partnership")
    return remember.once(("boards", partnership.pk, on), lambda: list(found))


def missing_twice(partnership: Partnership, on: datetime.date) -> list[Missing]:
    """Statutory partners missing at the last two meetings of the board before this day."""
    key = ("missing twice", partnership.pk, on)
    return remember.once(key, lambda: _missing_twice(partnership, on))


def _missing_twice(partnership: Partnership, on: datetime.date) -> list[Missing]:
    return [
        Missing(board, line.agency, line.run)
        for board in boards(partnership, on)
        for line in _before(board, on).flagged
    ]


def _before(board: Group, on: datetime.date) -> Record:
    held = Meeting.objects.filter(group=board, status__in=AFTER, on__lt=on).order_by("-on")
    meetings = list(held[:2])[::-1]
    if len(meetings) < 2:
        return Record()
    return Record(meetings, list(_lines(board, meetings, on)))


# ---- by person ----------------------------------------------------------------------------------


def people(meetings: list[Meeting], on: datetime.date) -> Iterator[tuple[Attendance, str]]:
    """Every row that was kept of these meetings, with the body that stands in its agency's place.

    The names are those of the day.
    """
    by_key = {meeting.pk: meeting for meeting in meetings}
    current = succession.successors(on)
    rows = Attendance.objects.filter(meeting__in=by_key).select_related("agency", "substitute_for")
    for row in rows.order_by("meeting__on", "agency__name", "name"):
        row.meeting = by_key[row.meeting_id]
        yield row, str(current.get(row.agency_id, row.agency))
