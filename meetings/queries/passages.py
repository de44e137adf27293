"""The restricted passages of minutes: who may read them, and what everybody else reads."""

from collections.abc import Iterable
from typing import Any

from core.markings import Marking, holds_passage, open_part
from core.permissions import Verdict, can
from meetings.models import Decision, Item, Meeting


def cleared(user: Any, meeting: Meeting) -> Verdict:
    """Whether a person reads what is restricted within the open items of a meeting."""
    return can(user, "open", Item(meeting=meeting, marking=Marking.SENSITIVE))


def why_closed(item: Item, user: Any) -> str:
    """Why part of an item's minute is withheld from somebody for whom the item opens, if it is."""
    if item.restricted or not holds_passage(item.minute):
        return ""
    return cleared(user, item.meeting).reason


def minute_for(item: Item, user: Any) -> str:
    """The minute of an item as far as somebody may read it for whom the item opens."""
    return open_part(item.minute) if why_closed(item, user) else item.minute


def shows_restricted(item: Item, decisions: Iterable[Decision], user: Any) -> bool:
    """Whether what somebody reads of an item, that opens for them, holds anything restricted."""
    if item.restricted or any(each.restricted for each in decisions):
        return True
    return holds_passage(item.minute) and not why_closed(item, user)
