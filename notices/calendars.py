"""Duties as iCalendar (RFC 5545): whole days on which something is due, for a calendar program."""

import datetime
import hashlib
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Max, OuterRef, QuerySet, Subquery
from icalendar import Calendar, Event

from notices.models import Turn

PRODUCT = "-//Community Safety Partnership//Governance calendar//EN"
BACK = datetime.timedelta(days=365)
DAY = datetime.timedelta(days=1)


def turns_to_show(turns: QuerySet[Turn], on: datetime.date) -> list[Any]:
    """Turns from a year back on, each with how often and when it was last changed."""
    records = Turn.history.filter(id=OuterRef("pk")).order_by().values("id")
    last = records.annotate(at=Max("history_date")).values("at")
    times = records.annotate(number=Count("pk")).values("number")
    shown = turns.filter(due_on__gte=on - BACK).select_related("cycle__partnership")
    shown = shown.annotate(changed_at=Subquery(last), times=Subquery(times))
    return list(shown.order_by("due_on", "pk"))


def tag(turns: Iterable[Any]) -> str:
    """An entity tag: changes when any of these turns, or what its duty is called, does."""
    told = [(str(turn.pk), turn.times, str(turn.due_on), turn.cycle.title) for turn in turns]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


def feed(turns: Iterable[Any], *, name: str) -> bytes:
    """The duties as a calendar to subscribe to; one that is done says so."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    for turn in turns:
        calendar.add_component(_event(turn))
    return bytes(calendar.to_ical())


def _event(turn: Any) -> Event:
    cycle = turn.cycle
    url = settings.SITE_ADDRESS + turn.get_absolute_url()
    changed = (turn.changed_at or turn.cycle.history.first().history_date).replace(microsecond=0)
    event = Event()
    event.add("uid", f"{turn.pk}@{urlsplit(settings.SITE_ADDRESS).hostname or 'localhost'}")
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", max((turn.times or 1) - 1, 0))
    event.add("summary", f"{'Done' if turn.done_on else 'Due'}: {cycle.title}")
    event.add("dtstart", turn.due_on)
    event.add("dtend", turn.due_on + DAY)
    event.add("url", url)
    event.add("description", f"{cycle.partnership}. Asked by: {cycle.source}. {url}")
    event.add("transp", "TRANSPARENT")
    return event
