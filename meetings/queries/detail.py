"""All that a meeting's own page shows, in three queries however long the agenda is."""

import datetime
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

import membership.standing
from actions.models import Action
from audit.models import Entry
from core import clock
from meetings.models import SHOWN_MINUTES, Meeting, Status
from meetings.queries.agenda import Agenda, agenda_of
from meetings.queries.attendance import Roll, roll_from, with_roll
from meetings.queries.interests import Interests, interests_of, with_interests
from membership.models import SharingProtocol

SHOWN = 8
TRAILING = (" of", " to", " from", " at", " for", " in")


@dataclass(frozen=True, slots=True)
class Beside:
    """The meeting before or after this one."""

    pk: uuid.UUID
    slug: str
    on: datetime.date
    status: str

    @property
    def minutes(self) -> str:
        """What its minutes are called, once the group may read them."""
        if self.status not in SHOWN_MINUTES:
            return ""
        return "Draft minutes" if self.status == Status.WITH_PARTNERS else "Minutes"


@dataclass(frozen=True, slots=True)
class Deed:
    """One entry of the record: who did what to this meeting, and when."""

    at: datetime.datetime
    says: str


@dataclass(frozen=True, slots=True)
class OpenActions:
    """The group's open actions that the reader may see: all, late, and due by the meeting."""

    open: int = 0
    late: int = 0
    due: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A meeting with its agenda, its roll and what lies around it, as one person may see it."""

    meeting: Meeting
    agenda: Agenda
    roll: Roll
    last: Beside | None
    following: Beside | None
    deeds: list[Deed]
    actions: OpenActions
    protocol: bool
    minutes_url: str
    interests: Interests = field(default_factory=Interests)


def page_of(meeting: Meeting, user: Any) -> Page:
    """Read what one person may see of a meeting that they may view."""
    row: Any = with_interests(_around(meeting, user), meeting, user).get()
    row.group = meeting.group
    agenda = agenda_of(meeting, user=user)
    return Page(
        meeting=meeting,
        agenda=agenda,
        roll=roll_from(row),
        last=_beside(row.last_line),
        following=_beside(row.next_line),
        deeds=[_deed(line) for line in row.deed_lines],
        actions=OpenActions(**(row.action_line or {})),
        protocol=bool(row.protocol),
        minutes_url=row.minutes_slug or "",
        interests=interests_of(row, agenda, user),
    )


def _around(meeting: Meeting, user: Any) -> QuerySet[Meeting]:
    others = Meeting.objects.filter(group=OuterRef("group")).exclude(status=Status.CANCELLED)
    line = JSONObject(pk="pk", slug="slug", on="on", status="status")
    protocol = SharingProtocol.objects.on(clock.today()).covering(meeting.group)
    return with_roll(Meeting.objects.filter(pk=meeting.pk)).annotate(
        last_line=Subquery(
            others.filter(on__lt=OuterRef("on")).order_by("-on").values(line=line)[:1]
        ),
        next_line=Subquery(
            others.filter(on__gt=OuterRef("on")).order_by("on").values(line=line)[:1]
        ),
        deed_lines=ArraySubquery(_deeds(meeting, user)),
        action_line=Subquery(_actions(meeting, user)),
        protocol=Subquery(protocol.values("pk")[:1]),
        minutes_slug=F("public_minutes__slug"),
    )


def _deeds(meeting: Meeting, user: Any) -> QuerySet[Any]:
    entries = Entry.objects.filter(kind="meeting", subject_id=str(meeting.pk))
    if meeting.group_id not in membership.standing.cleared(user):
        entries = entries.filter(sensitive=False)
    line = JSONObject(at="at", by="actor_name", verb="verb")
    return entries.order_by("-pk").values(line=line)[:SHOWN]


def _actions(meeting: Meeting, user: Any) -> QuerySet[Any]:
    visible = Action.objects.visible_to(user).filter(group=OuterRef("group")).open()
    counts = (
        visible.order_by()
        .values("group")
        .annotate(
            all=Count("pk"),
            late=Count("pk", filter=Q(first_due_on__lt=clock.today())),
            due=Count("pk", filter=Q(due_on__lte=meeting.on)),
        )
    )
    return counts.values(line=JSONObject(open="all", late="late", due="due"))


def _beside(line: dict[str, Any] | None) -> Beside | None:
    if line is None:
        return None
    on = datetime.date.fromisoformat(line["on"])
    return Beside(uuid.UUID(line["pk"]), line["slug"], on, line["status"])


def _deed(line: dict[str, Any]) -> Deed:
    """“Hazel Okafor published the agenda of” ends where its object would begin."""
    verb = line["verb"]
    said = next((verb.removesuffix(end) for end in TRAILING if verb.endswith(end)), "")
    at = datetime.datetime.fromisoformat(line["at"])
    return Deed(at, f"{line['by'] or 'The system'} {said or f'{verb} the meeting'}")
