"""Private calendar feeds: made, replaced and removed by their own person."""

import datetime
import secrets
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from audit.workflow import record
from core import clock
from core.permissions import can, require
from core.workflow import Wrong
from meetings.models import CalendarFeed
from meetings.queries.calendar import digest

SELDOM = datetime.timedelta(hours=1)  # how exactly it is kept when a feed was last read
STALE = "Your calendar address has changed since you opened this page. Look at it again."


@transaction.atomic
def make(*, by: Any, stamp: str = "") -> str:
    """Give a person a new address for their feed; an old one stops at once.

    Returns the secret, which is kept nowhere. ``stamp`` is that of the feed which the person saw,
    empty where they had none: a form sent twice replaces nothing a second time.
    """
    require(can(by, "keep a calendar", User(pk=by.pk)))
    _expected(by, stamp)
    secret = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(
        person=by,
        defaults={"secret": digest(secret), "created_at": clock.now(), "read_at": None},
    )
    record("replaced" if stamp else "made", None, by=by, detail={"what": "calendar address"})
    return secret


@transaction.atomic
def remove(*, by: Any, stamp: str = "") -> None:
    """Take the feed away: its address leads nowhere from now on."""
    require(can(by, "keep a calendar", User(pk=by.pk)))
    found = _expected(by, stamp)
    if found is None:
        raise Wrong(STALE)
    found.delete()
    record("removed", None, by=by, detail={"what": "calendar address"})


def _expected(by: Any, stamp: str) -> CalendarFeed | None:
    """The person's feed as it stands now, if it is the one that they saw."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    found = CalendarFeed.objects.filter(person=by).first()
    if (stamp_of(found) if found else "") != stamp:
        raise Wrong(STALE)
    return found


def stamp_of(feed: CalendarFeed) -> str:
    """Changes whenever the address does, and says nothing of it."""
    return str(int(feed.created_at.timestamp() * 1_000_000))


def note_reading(feed: CalendarFeed) -> None:
    """Keep when a feed was last read, to the hour."""
    seldom = Q(read_at__isnull=True) | Q(read_at__lt=clock.now() - SELDOM)
    if feed.read_at is None or feed.read_at < clock.now() - SELDOM:
        CalendarFeed.objects.filter(seldom, pk=feed.pk).update(read_at=clock.now())
