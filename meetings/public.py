"""What the public may know of meetings: when the board meets, and its published agendas."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from core.dates import clock as clock_words
from core.dates import daydate
from core.markings import Marking
from core.registries import Found, public
from meetings.models import BEFORE, Item, Meeting
from membership.models import Partnership


@dataclass(frozen=True, slots=True)
class PublicMeeting:
    """A meeting of the board to come. ``url`` leads to its agenda, once that is published."""

    on: datetime.date
    starts_at: datetime.time
    ends_at: datetime.time
    venue: str
    online: bool
    url: str


def upcoming_public(partnership: Partnership, on: datetime.date) -> list[PublicMeeting]:
    """The board's meetings from this day on, soonest first. Dates are no secret."""
    meetings = Meeting.objects.announced().of(partnership).filter(status__in=BEFORE, on__gte=on)
    return [
        PublicMeeting(
            each.on, each.starts_at, each.ends_at, each.venue, each.online,
            agenda_url(each) if each.agenda_published_at else "",
        )
        for each in meetings.order_by("on", "starts_at")
    ]  # fmt: skip


def with_public_agenda(partnership: Partnership | None) -> QuerySet[Meeting]:
    """The board's meetings whose agenda has been published, cancelled ones too."""
    meetings = Meeting.objects.of(partnership).filter(group__kind="board")
    return meetings.filter(agenda_published_at__isnull=False)


def agenda_url(meeting: Meeting) -> str:
    """The public page of a meeting's agenda."""
    return reverse("meetings:public_agenda", args=[meeting.group.partnership.slug, meeting.slug])


@public
def agendas(partnership: Partnership, words: str, most: int | None = None) -> Iterator[Found]:
    """Published agendas; words are looked for in the titles of their open items alone."""
    meetings = with_public_agenda(partnership).filter(cancelled_at__isnull=True)
    for word in words.split():
        titled = Item.objects.filter(
            meeting=OuterRef("pk"), marking=Marking.OFFICIAL, title__icontains=word
        )
        meetings = meetings.filter(Q(Exists(titled)) | Q(group__name__icontains=word))
    for meeting in meetings.order_by("-agenda_published_at")[:most]:
        assert meeting.agenda_published_at is not None  # noqa: S101 - the query asks for it
        yield Found(
            f"Agenda: {meeting.group.short_name} meeting, {daydate(meeting.on)}",
            agenda_url(meeting), "Agenda", meeting.agenda_published_at,
            f"{clock_words(meeting.starts_at)}. {meeting.venue}",
        )  # fmt: skip
