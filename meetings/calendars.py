"""Meetings as iCalendar (RFC 5545): what a calendar program is told of them, and nothing else.

A calendar shows its entries to colleagues, telephones and car dashboards, so an entry holds no item
and no paper, and a panel is not even named.
"""

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.urls import reverse
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from core import clock
from meetings.models import Meeting, Status
from membership.models import GroupKind

PRODUCT = "-//Community Safety Partnership//Meetings//EN"
LONDON = "Europe/London"
AGAIN = datetime.timedelta(hours=4)  # how soon a program is asked to look again


@dataclass(frozen=True, slots=True)
class Entry:
    """One meeting as a calendar shows it. All its times are those of the clock on the wall."""

    uid: str
    summary: str
    starts: datetime.datetime
    ends: datetime.datetime
    where: str
    url: str
    sequence: int
    changed: datetime.datetime
    cancelled: bool
    organiser: str = ""
    organiser_name: str = ""


def with_changes(meetings: QuerySet[Meeting]) -> QuerySet[Any]:
    """Meetings with the moment of the last change of each, which calendars compare."""
    records = Meeting.history.filter(id=OuterRef("pk")).order_by().values("id")
    last = records.annotate(at=Max("history_date")).values("at")
    return meetings.annotate(changed_at=Subquery(last)).select_related("group__partnership")


def entry_of(meeting: Any, *, public: bool = False) -> Entry:
    """What a calendar is told of a meeting that ``with_changes`` has read."""
    partnership = meeting.group.partnership
    where = meeting.venue
    if meeting.online:
        where = f"{where}, and online" if where else "Online"
    return Entry(
        uid=f"{meeting.pk}@{host()}",
        summary=_summary(meeting),
        starts=_wall(meeting.on, meeting.starts_at),
        ends=_wall(meeting.on, meeting.ends_at),
        where=where,
        url=settings.SITE_ADDRESS + _path(meeting, public),
        sequence=meeting.sequence,
        changed=(meeting.changed_at or meeting.created_at).replace(microsecond=0),
        cancelled=meeting.status == Status.CANCELLED,
        organiser=partnership.contact_email,
        organiser_name=partnership.name,
    )


def host() -> str:
    """The name under which this installation is known, the second half of every UID."""
    return urlsplit(settings.SITE_ADDRESS).hostname or "localhost"


def _summary(meeting: Meeting) -> str:
    """Dartford Board meeting. A panel is known to its own seats only: it is just a meeting."""
    group = meeting.group
    if group.kind == GroupKind.PANEL:
        return "Meeting"
    return f"{group.partnership.place} {group.short_name} meeting"


def _path(meeting: Meeting, public: bool) -> str:
    """The page to go back to. Neither a panel's name nor a draft agenda is in the address."""
    slug = meeting.group.partnership.slug
    if public and meeting.agenda_published_at:
        return reverse("meetings:public_agenda", args=[slug, meeting.slug])
    if public:
        return reverse("dashboards:public", args=[slug])
    if meeting.group.kind == GroupKind.PANEL:
        return reverse("meetings:list", args=[slug])
    return meeting.get_absolute_url()


def _wall(day: datetime.date, time: datetime.time) -> datetime.datetime:
    return datetime.datetime.combine(day, time, tzinfo=clock.LONDON)


# ---- as a file ----------------------------------------------------------------------------------


def tag(entries: Iterable[Entry]) -> str:
    """An entity tag: changes when anything in a calendar of these entries does."""
    return hashlib.sha256(repr(list(entries)).encode()).hexdigest()[:32]


def feed(entries: Iterable[Entry], *, name: str) -> bytes:
    """A calendar to subscribe to. What is cancelled is left out, which removes it everywhere.

    Programs that read a feed replace what they had by what it holds now. Kept as cancelled, a
    meeting would stand in many of them as if it took place.
    """
    calendar = _calendar(name)
    for entry in entries:
        if not entry.cancelled:
            calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def single(entry: Entry) -> bytes:
    """One meeting to add to a calendar; a cancelled one takes itself out again (RFC 5546)."""
    calendar = _calendar("")
    calendar.add("method", "CANCEL" if entry.cancelled else "PUBLISH")
    event = _event(entry)
    if entry.organiser:
        event.add("organizer", f"mailto:{entry.organiser}", {"CN": entry.organiser_name})
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _calendar(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", AGAIN, {"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT4H")
    calendar.add_component(_london())
    return calendar


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed)
    event.add("last-modified", entry.changed)
    event.add("sequence", entry.sequence)
    event.add("summary", entry.summary)
    event.add("dtstart", entry.starts)
    event.add("dtend", entry.ends)
    if entry.where:
        event.add("location", entry.where)
    event.add("url", entry.url)
    event.add("description", f"Agenda and papers: {entry.url}")
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if entry.cancelled else "OPAQUE")
    return event


@cache
def _london() -> Timezone:
    """British time since 1996: forward on the last Sunday of March, back on that of October."""
    zone = Timezone()
    zone.add("tzid", LONDON)
    hour = datetime.timedelta(hours=1)
    none = datetime.timedelta()
    for part, name, start, before, after, month in (
        (TimezoneDaylight(), "BST", datetime.datetime(1996, 3, 31, 1), none, hour, 3),  # noqa: DTZ001
        (TimezoneStandard(), "GMT", datetime.datetime(1996, 10, 27, 2), hour, none, 10),  # noqa: DTZ001
    ):
        part.add("dtstart", start)
        part.add("rrule", vRecur(FREQ="YEARLY", BYMONTH=month, BYDAY="-1SU"))
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("tzname", name)
        zone.add_component(part)
    return zone
