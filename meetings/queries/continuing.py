"""The subjects that a group has had on its agendas, for an item that goes on from one."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from core.dates import longdate
from core.markings import Marking
from meetings.models import Item, Meeting, Status
from meetings.threads import OF_THE_MEETING
from membership import standing

RECENT = 60


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject by the latest item before a meeting that was about it."""

    item: Item

    @property
    def key(self) -> str:
        """Its thread, as a form sends it."""
        return str(self.item.thread)

    @property
    def says(self) -> str:
        """9 December 2026: Shop theft."""
        return f"{longdate(self.item.meeting.on)}: {self.item.title}"


def _before(meeting: Meeting, user: Any) -> QuerySet[Item]:
    items = Item.objects.filter(meeting__group=meeting.group, meeting__on__lt=meeting.on)
    items = items.exclude(meeting__status=Status.CANCELLED).exclude(kind__in=OF_THE_MEETING)
    if meeting.group_id not in standing.cleared(user):
        items = items.filter(marking=Marking.OFFICIAL)
    return items.exclude(pk__in=standing.barred(user, "items"))


def subjects(meeting: Meeting, user: Any, *, now: uuid.UUID | None = None) -> list[Subject]:
    """The subjects of earlier meetings that this person may open, the latest first.

    ``now`` is a thread that is among them however long ago it was last spoken of.
    """
    latest = _before(meeting, user).order_by("thread", "-meeting__on", "number").distinct("thread")
    rows = Item.objects.filter(pk__in=latest.values("pk")).select_related("meeting")
    found = list(rows.order_by("-meeting__on", "number")[:RECENT])
    if now is not None and all(each.thread != now for each in found):
        found += list(rows.filter(thread=now))
    for item in found:
        item.meeting.group = meeting.group
    return [Subject(item) for item in found]
