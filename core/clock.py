"""What time it is, read in one place so that a story can be told on the day it happened."""

import contextlib
import datetime
from collections.abc import Iterator
from contextvars import ContextVar
from zoneinfo import ZoneInfo

from django.utils import timezone

LONDON = ZoneInfo("Europe/London")

_told_at: ContextVar[datetime.datetime | None] = ContextVar("told_at", default=None)


def now() -> datetime.datetime:
    """Now, in UTC, or the moment at which the story is being told."""
    return _told_at.get() or timezone.now()


def today() -> datetime.date:
    """Today's date in London, where every partnership's day begins and ends."""
    return now().astimezone(LONDON).date()


def london(day: datetime.date, at: datetime.time) -> datetime.datetime:
    """The moment at which a London clock shows this time on this day.

    An hour that happens twice is its first; one that is skipped is moved on by an hour, as
    PEP 495 has it.
    """
    moment = datetime.datetime.combine(day, at, tzinfo=LONDON)
    return moment.astimezone(datetime.UTC)


@contextlib.contextmanager
def told_at(moment: datetime.datetime) -> Iterator[None]:
    """Within this block the clock stands at the given moment. For the demonstration only."""
    token = _told_at.set(moment)
    try:
        yield
    finally:
        _told_at.reset(token)
