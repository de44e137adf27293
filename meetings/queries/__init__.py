"""What is read of meetings: which come before and after one, and the list of a year."""

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from core import municipal, working_days
from meetings.models import BEFORE, Meeting, Status
from membership.models import Group, GroupKind, Partnership

# The tone in which a page shows how far a meeting has got: what is done has none.
TONES = {
    Status.SCHEDULED: "busy",
    Status.AGENDA_PUBLISHED: "",
    Status.HELD: "busy",
    Status.WITH_CHAIR: "waiting",
    Status.WITH_PARTNERS: "waiting",
    Status.AGREED: "busy",
    Status.PUBLISHED: "",
    Status.CANCELLED: "idle",
}


def year_of(group: Group, day: datetime.date) -> int:
    """The municipal year that a day of this group's partnership falls in."""
    return municipal.municipal_year(day, group.partnership.municipal_year_starts)


def meetings_of(group: Group) -> QuerySet[Meeting]:
    """The group's meetings that were not cancelled, by date."""
    meetings = Meeting.objects.filter(group=group).exclude(status=Status.CANCELLED)
    return meetings.order_by("on", "starts_at")


def last_before(group: Group, day: datetime.date) -> Meeting | None:
    """The group's last meeting before a day: the one whose minutes are next to be agreed."""
    return meetings_of(group).filter(on__lt=day).last()


def next_after(group: Group, day: datetime.date) -> Meeting | None:
    """The group's first meeting after a day."""
    return meetings_of(group).filter(on__gt=day).first()


def to_come(group: Group) -> QuerySet[Meeting]:
    """The group's meetings that have not been opened, by date."""
    return meetings_of(group).filter(status__in=BEFORE)


def groups_that_meet(partnership: Partnership, user: Any) -> QuerySet[Group]:
    """The groups whose meetings this person may see, the board first."""
    meets = (GroupKind.BOARD, GroupKind.SUBGROUP, GroupKind.PANEL)
    groups = Group.objects.seating(user).of(partnership).filter(kind__in=meets)
    return groups.select_related("partnership").order_by("kind", "name")


def publish_by(meeting: Meeting) -> datetime.date:
    """The last day on which the agenda is in time."""
    return working_days.add_working_days(meeting.on, -meeting.group.partnership.agenda_days)


@dataclass(frozen=True, slots=True)
class Line:
    """One meeting in the list of a year."""

    pk: uuid.UUID
    group: str
    on: datetime.date
    starts_at: datetime.time
    ends_at: datetime.time
    venue: str
    online: bool
    status: str
    state: str
    tone: str
    url: str

    @property
    def title(self) -> str:
        """Board meeting: its date stands beside it."""
        return f"{self.group} meeting"


@dataclass(frozen=True, slots=True)
class Year:
    """The meetings of a municipal year that a person may see."""

    year: int
    years: list[tuple[int, int]]
    next: Line | None
    coming: list[Line]
    past: list[Line]

    @property
    def total(self) -> int:
        """How many there are, the next one too."""
        return len(self.coming) + len(self.past) + (self.next is not None)


def year_of_meetings(
    user: Any, partnership: Partnership, *, year: int, group: str = "", on: datetime.date
) -> Year:
    """The year's meetings, of one group (by its slug) or of all that the person may see.

    Those to come are soonest first, those past latest first. ``years`` counts each year's.
    """
    visible = Meeting.objects.visible_to(user).of(partnership)
    if group:
        visible = visible.filter(group__slug=group)
    counts = visible.order_by("-year").values("year").annotate(number=Count("pk"))
    lines = [_line(each, on) for each in visible.filter(year=year).order_by("on", "starts_at")]
    coming = [each for each in lines if _is_coming(each, on)]
    past = [each for each in lines if each not in coming]
    return Year(
        year, [(each["year"], each["number"]) for each in counts],
        coming[0] if coming else None, coming[1:], past[::-1],
    )  # fmt: skip


def _is_coming(line: Line, on: datetime.date) -> bool:
    return line.status in BEFORE and line.on >= on


def _line(meeting: Meeting, on: datetime.date) -> Line:
    state, tone = state_of(meeting, on)
    return Line(
        meeting.pk, meeting.group.short_name, meeting.on, meeting.starts_at, meeting.ends_at,
        meeting.venue, meeting.online, meeting.status, state, tone, meeting.get_absolute_url(),
    )  # fmt: skip


def state_of(meeting: Meeting, on: datetime.date) -> tuple[str, str]:
    """The words and the tone of how far a meeting has got."""
    if meeting.status in BEFORE and meeting.on < on:
        return "Not opened", "late"
    return Status(meeting.status).label, TONES[Status(meeting.status)]
