"""Who is expected at a meeting, what they have said, and whom that leaves out.

Until a meeting is opened, those expected follow from the seats that are held on its day, so that a
seat which ends drops out by itself; a row is kept only for those who have said something or of
whom something was recorded. From the opening on, the rows alone count.
"""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from accounts.models import User
from core import clock
from core.dates import clock as clock_words
from core.dates import count
from meetings.models import AFTER, HERE, Attendance, Meeting, Presence
from membership.models import GroupKind, Partner, Role, Seat, in_force

AWAY = (Presence.APOLOGIES, Presence.SUBSTITUTED, Presence.ABSENT)
COUNTED = (Presence.COMING, Presence.PRESENT, Presence.SUBSTITUTE)
UNRECORDED = (Presence.EXPECTED, Presence.COMING)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is expected or was there. ``row`` is the key of what is recorded, if it is."""

    name: str
    agency_id: uuid.UUID
    agency: str
    post: str
    presence: str
    role: str = ""
    row: int | None = None
    seat: uuid.UUID | None = None
    person: uuid.UUID | None = None
    substitute_for: int | None = None
    substitutes: tuple["Person", ...] = ()
    arrived_at: datetime.time | None = None
    left_at: datetime.time | None = None

    @property
    def here(self) -> bool:
        """Whether the person came, and has not left."""
        return self.presence in HERE and self.left_at is None

    @property
    def times(self) -> str:
        """From when and until when, where the person was not there all the time."""
        parts = [f"from {clock_words(self.arrived_at)}"] if self.arrived_at else []
        parts += [f"until {clock_words(self.left_at)}"] if self.left_at else []
        return ", ".join(parts)

    @property
    def key(self) -> str:
        """Names the person in a form: by seat, or by row where there is no seat."""
        return f"seat-{self.seat}" if self.seat else f"row-{self.row}"

    @property
    def says(self) -> str:
        """Coming; apologies, and who comes instead."""
        words = Presence(self.presence).label
        instead = " and ".join(each.name for each in self.substitutes)
        return f"{words}: {instead}" if instead else words

    @property
    def says_of_oneself(self) -> str:
        """The same to the person: you have not said."""
        if self.presence == Presence.EXPECTED:
            return "You have not said if you are coming."
        return f"You: {self.says[:1].lower()}{self.says[1:]}."

    @property
    def office(self) -> str:
        """Chair or vice-chair, where the person is."""
        return Role(self.role).label if self.role in (Role.CHAIR, Role.VICE_CHAIR) else ""


@dataclass(frozen=True, slots=True)
class Missing:
    """A statutory partner that nobody speaks for, and why."""

    agency: str
    why: str


@dataclass(frozen=True, slots=True)
class Chair:
    """Who should take the meeting, as a key, and in words where it is not the chair."""

    person: uuid.UUID | None
    says: str


@dataclass(frozen=True, slots=True)
class Roll:
    """Everybody at a meeting, by agency, and what that means for it."""

    people: list[Person]
    in_attendance: list[Person]
    missing: list[Missing]
    statutory: int
    held: bool
    quorum: int | None = None
    offices: dict[str, Person] = field(default_factory=dict)

    @property
    def unrecorded(self) -> list[Person]:
        """Those of whom it is not recorded whether they came."""
        return [person for person in self.people if person.presence in UNRECORDED]

    @property
    def substitutes(self) -> list[Person]:
        """Those who come in somebody's place."""
        return [sent for person in self.people for sent in person.substitutes]

    @property
    def counted(self) -> int:
        """How many members are there or are coming, substitutes too; not those in attendance."""
        coming = sum(person.presence in COUNTED for person in self.people)
        return coming + len(self.substitutes)

    @property
    def here_now(self) -> int:
        """Members at the table at this moment, a substitute being one."""
        there = (*self.people, *self.substitutes)
        return sum(each.here and each.presence != Presence.IN_ATTENDANCE for each in there)

    @property
    def quorate_now(self) -> str:
        """How many are here now, and how that stands to the quorum where there is one."""
        verb = "is" if self.here_now == 1 else "are"
        says = f"{count(self.here_now, 'member')} {verb} here now"
        if self.quorum is None:
            return f"{says}."
        short = self.quorum - self.here_now
        if short <= 0:
            return f"{says}. The quorum of {self.quorum} is met."
        return f"{says}: {short} short of the quorum of {self.quorum}."

    @property
    def everybody(self) -> list[Person]:
        """Members, each followed by whoever came instead, then those in attendance."""
        members = [one for each in self.people for one in (each, *each.substitutes)]
        return [*members, *self.in_attendance]

    @property
    def tally(self) -> list[tuple[str, int]]:
        """Coming 8, substitute 1, apologies 1, have not said 2; afterwards present and absent."""
        presences = [person.presence for person in self.people]
        sent = len(self.substitutes)
        apologies = presences.count(Presence.APOLOGIES) + presences.count(Presence.SUBSTITUTED)
        coming = presences.count(Presence.COMING) + presences.count(Presence.PRESENT)
        if not self.held:
            return [
                ("Coming", coming), ("Substitute", sent), ("Apologies", apologies),
                ("Have not said", presences.count(Presence.EXPECTED)),
            ]  # fmt: skip
        lines = [
            ("Present", presences.count(Presence.PRESENT)), ("Substitute", sent),
            ("Apologies", apologies), ("Absent", presences.count(Presence.ABSENT)),
            ("In attendance", len(self.in_attendance)), ("Not recorded", len(self.unrecorded)),
        ]  # fmt: skip
        return [line for line in lines if line[1]]

    @property
    def represented(self) -> str:
        """All six statutory partners are represented, or how many are not."""
        if not self.statutory:
            return ""
        if not self.missing:
            verb = "were" if self.held else "are"
            return f"All {self.statutory} statutory partners {verb} represented."
        return f"{self.statutory - len(self.missing)} of {self.statutory} statutory partners " + (
            "were represented." if self.held else "have said that they are coming."
        )

    @property
    def quorate(self) -> str:
        """How it stands to the quorum, where the group has set one."""
        if self.quorum is None:
            return ""
        short = self.quorum - self.counted
        if short <= 0:
            return f"The quorum of {self.quorum} is met."
        return f"{count(short, 'member')} short of the quorum of {self.quorum}."

    @property
    def chair(self) -> Chair:
        """Who takes the meeting: the vice-chair where the chair is not available (Governance)."""
        chair, vice = self.offices.get(Role.CHAIR), self.offices.get(Role.VICE_CHAIR)
        if chair and chair.presence not in AWAY:
            return Chair(chair.person, "")
        why = _why_not("chair", chair)
        if vice and vice.presence not in AWAY:
            taken = "took" if self.held else "takes"
            say = "say" if self.held else "will say"
            return Chair(
                vice.person,
                f"{why}. The vice-chair, {vice.name}, {taken} the meeting, "
                f"and the minutes {say} so.",
            )
        return Chair(
            None, f"{why}. {_why_not('vice-chair', vice)}. The meeting chooses who takes the chair."
        )

    def of(self, user: Any) -> list[Person]:
        """This person's own places at the table."""
        return [person for person in self.people if person.person == user.pk]


def _why_not(office: str, holder: Person | None) -> str:
    if holder is None:
        return f"There is no {office}"
    if holder.presence == Presence.ABSENT:
        return f"The {office}, {holder.name}, is absent"
    return f"The {office}, {holder.name}, has sent apologies"


# ---- reading it ---------------------------------------------------------------------------------


def with_roll(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Meetings with all that their rolls are made of, in the same query."""
    seats = Seat.objects.filter(
        in_force(OuterRef("on")), group=OuterRef("group"), substitute_for__isnull=True
    )
    statutory = Partner.objects.filter(
        in_force(OuterRef("on")), partnership=OuterRef("group__partnership"), statutory=True
    )
    return meetings.annotate(
        seat_lines=ArraySubquery(
            seats.order_by("agency__name", "person__name").values(
                line=JSONObject(
                    seat="pk", person="person_id", name="person__name", agency_id="agency_id",
                    agency="agency__short_name", post="post__title", role="role",
                )
            )
        ),
        said_lines=ArraySubquery(
            Attendance.objects.filter(meeting=OuterRef("pk"))
            .order_by("agency__name", "name", "pk")
            .values(
                line=JSONObject(
                    row="pk", seat="seat_id", person="person_id", name="name",
                    agency_id="agency_id", agency="agency__short_name", post="post",
                    role="seat__role", presence="presence", substitute_for="substitute_for_id",
                    arrived_at="arrived_at", left_at="left_at",
                )
            )
        ),
        statutory_lines=ArraySubquery(
            statutory.order_by("agency__name").values(
                line=JSONObject(id=F("agency_id"), name=F("agency__name"))
            )
        ),
    )  # fmt: skip


def roll(meeting: Meeting) -> Roll:
    """Everybody at this meeting, read in one query."""
    return roll_from(with_roll(Meeting.objects.filter(pk=meeting.pk)).select_related("group").get())


def roll_from(meeting: Any) -> Roll:
    """The roll of a meeting that ``with_roll`` has read."""
    held = meeting.status in AFTER
    said = [_person(line) for line in meeting.said_lines]
    seated = [] if held else [_person(line) for line in meeting.seat_lines]
    members = _members(seated, said, held=held)
    # The terms of reference ask the board, not its subgroups, to have every statutory partner.
    statutory = meeting.statutory_lines if meeting.group.kind == GroupKind.BOARD else []
    offices = {
        person.role: person for person in members if person.role in (Role.CHAIR, Role.VICE_CHAIR)
    }
    return Roll(
        people=members,
        in_attendance=[each for each in said if each.presence == Presence.IN_ATTENDANCE],
        missing=list(_missing(statutory, members)),
        statutory=len(statutory),
        held=held,
        quorum=meeting.group.quorum,
        offices=offices,
    )


def _person(line: dict[str, Any]) -> Person:
    return Person(
        name=line["name"],
        agency_id=uuid.UUID(line["agency_id"]),
        agency=line["agency"],
        post=line["post"] or "",
        presence=line.get("presence") or Presence.EXPECTED,
        role=line["role"] or "",
        row=line.get("row"),
        seat=uuid.UUID(line["seat"]) if line["seat"] else None,
        person=uuid.UUID(line["person"]) if line["person"] else None,
        substitute_for=line.get("substitute_for"),
        arrived_at=_time(line.get("arrived_at")),
        left_at=_time(line.get("left_at")),
    )


def _time(words: str | None) -> datetime.time | None:
    return datetime.time.fromisoformat(words) if words else None


def _members(seated: list[Person], said: list[Person], *, held: bool) -> list[Person]:
    """Those with a seat, each with the substitutes sent."""
    here = {person.seat for person in seated}
    rows = {person.seat: person for person in said if person.seat}
    members = [
        replace(rows[each.seat], role=each.role) if each.seat in rows else each for each in seated
    ]
    for each in said:
        if each.seat in here or each.presence == Presence.IN_ATTENDANCE or each.substitute_for:
            continue
        if held or each.presence != Presence.EXPECTED:
            members.append(each)
    members.sort(key=lambda person: (person.agency, person.name))
    return [replace(each, substitutes=tuple(_sent_by(each, said))) for each in members]


def _sent_by(member: Person, said: Iterable[Person]) -> list[Person]:
    if member.row is None:
        return []
    return [each for each in said if each.substitute_for == member.row]


def _missing(statutory: list[dict[str, Any]], members: list[Person]) -> Iterable[Missing]:
    for agency in statutory:
        theirs = [each for each in members if str(each.agency_id) == agency["id"]]
        if any(each.presence in COUNTED or each.substitutes for each in theirs):
            continue
        yield Missing(agency["name"], _why_missing([each.presence for each in theirs]))


def _why_missing(presences: list[str]) -> str:
    if not presences:
        return "nobody sits for it"
    if Presence.EXPECTED in presences:
        return "has not said"
    return "absent" if Presence.ABSENT in presences else "sent apologies, and no substitute"


def possible_substitutes(
    meeting: Meeting, now: Roll, user: Any, agencies: Iterable[uuid.UUID] | None = None
) -> QuerySet[User]:
    """People with a seat in the partnership, known to this person, who are not expected.

    ``agencies`` limits them to those who sit for one of these.
    """
    seats = Seat.objects.visible_to(user).of(meeting.partnership).on(clock.today())
    if agencies is not None:
        seats = seats.filter(agency__in=agencies)
    expected = [person.person for person in now.people if person.person]
    people = User.objects.filter(pk__in=seats.values("person"), is_active=True)
    return people.exclude(pk__in=expected).order_by("name")
