"""The names that are completed as somebody types in the minutes: agencies, posts and people."""

from typing import Any

from meetings.models import Meeting
from meetings.queries.attendance import Roll
from meetings.queries.minutes import Owner, owners
from membership.models import Seat

AGENCY, POST, PERSON = "agency", "post", "person"


def names(
    meeting: Meeting, now: Roll, user: Any, asked: list[Owner] | None = None
) -> list[list[str]]:
    """Each name once, with what it is: who is at the table first, then agencies and posts.

    Only what this person may know of: partners of the day, those on the roll, and those whose
    seats the person sees. ``asked`` are the owners, where the page has read them.
    """
    found: dict[str, str] = {person.name: PERSON for person in now.everybody}
    found |= _bodies(asked if asked is not None else owners(meeting.partnership, meeting.on))
    seats = Seat.objects.visible_to(user).of(meeting.partnership).on(meeting.on)
    people = seats.order_by("person__name").values_list("person__name", flat=True)
    for name in people:
        found.setdefault(name, PERSON)
    return [[name, kind] for name, kind in found.items()]


def _bodies(asked: list[Owner]) -> dict[str, str]:
    found = {owner.agency.name: AGENCY for owner in asked}
    for owner in asked:
        if owner.post is not None:
            found[f"{owner.post.title}, {owner.agency.name}"] = POST
    return found
