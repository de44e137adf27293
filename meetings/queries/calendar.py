"""What calendars are made of: a person's meetings, the board's, and whose feed an address is."""

import datetime
import hashlib
from typing import Any

from core import clock
from meetings.calendars import Entry, entry_of, with_changes
from meetings.models import CalendarFeed, Meeting
from membership.models import GroupKind, Partnership

BACK = datetime.timedelta(days=365)


def digest(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def feed_at(secret: str) -> CalendarFeed | None:
    """The feed that has this address, while its person's account is open."""
    found = CalendarFeed.objects.filter(secret=digest(secret), person__is_active=True)
    return found.select_related("person").first()


def feed_of(user: Any) -> CalendarFeed | None:
    """A person's own feed, if they have made one."""
    return CalendarFeed.objects.filter(person=user).first()


def entries_of(user: Any, on: datetime.date) -> list[Entry]:
    """The meetings of the groups on which a person sits today, from a year back on."""
    return _entries(Meeting.objects.visible_to(user).filter(on__gte=on - BACK), public=False)


def public_entries(partnership: Partnership | None, on: datetime.date) -> list[Entry]:
    """The board's meetings, from a year back on. Their dates are no secret."""
    meetings = board_meetings(partnership).filter(on__gte=on - BACK)
    return _entries(meetings, public=True)


def board_meetings(partnership: Partnership | None) -> Any:
    """Every meeting of the board, the cancelled ones too."""
    return Meeting.objects.of(partnership).filter(group__kind=GroupKind.BOARD)


def _entries(meetings: Any, *, public: bool) -> list[Entry]:
    rows = with_changes(meetings).order_by("on", "starts_at", "pk")
    return [entry_of(each, public=public) for each in rows]


def one(meetings: Any, slug: str, *, public: bool = False) -> tuple[Entry, Meeting] | None:
    """One of these meetings, by its address."""
    meeting = with_changes(meetings).filter(slug=slug).first()
    return (entry_of(meeting, public=public), meeting) if meeting else None


def changed(entries: list[Entry]) -> int:
    """When a calendar of these last changed, in seconds: not before today began.

    A seat that ended takes meetings away without changing any of them, so that whoever asks by date
    alone is answered anew each day.
    """
    midnight = clock.london(clock.today(), datetime.time())
    return int(max([midnight, *(entry.changed for entry in entries)]).timestamp())
