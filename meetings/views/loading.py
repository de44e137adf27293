"""Loading an item of an agenda for the pages of those who build it or take the minutes."""

from typing import Any

from django.http import Http404, HttpRequest

from core.permissions import can, load, require
from meetings.models import Item, Meeting


def the_item(request: HttpRequest, slug: str, verb: str, **lookup: Any) -> Item:
    """An item of the meeting. A restricted one is only for those who may open it."""
    meeting: Meeting = load(request, Meeting, verb, slug=slug)
    item = meeting.items.select_related("minuted_by", "lead").filter(**lookup).first()
    if item is None:
        raise Http404
    item.meeting = meeting
    require(can(request.user, "open", item))
    return item
