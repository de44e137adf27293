"""The order of a draft agenda: one item up, down or to a number, or many at once.

Pages work without JavaScript; dragging an item posts the same form as its number does.
"""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from core.permissions import can, load, policy, require
from meetings.models import Meeting
from meetings.views.asking import attempt
from meetings.views.panel import to
from meetings.workflow import agenda as verbs

PLACE = "place-"


@policy(Meeting, POST="edit agenda")
def item_move(request: HttpRequest, slug: str, pk: uuid.UUID) -> HttpResponse:
    """One place up or down within its part; the button that was pressed keeps the focus."""
    meeting: Meeting = load(request, Meeting, "edit agenda", slug=slug)
    item = meeting.items.filter(pk=pk).first()
    if item is None:
        raise Http404
    item.meeting = meeting
    require(can(request.user, "open", item))
    way = "up" if request.POST.get("way") == "up" else "down"
    attempt(request, verbs.move_item, item, up=way == "up")
    return redirect(f"{to(meeting, 'agenda')}?moved={pk}&way={way}#item-{pk}")


@policy(Meeting, POST="edit agenda")
def agenda_order(request: HttpRequest, slug: str) -> HttpResponse:
    """Every item to the number that stands beside it; one that moved alone keeps the focus."""
    meeting: Meeting = load(request, Meeting, "edit agenda", slug=slug)
    places = _places(request)
    if places is None:
        messages.error(request, "A place must be a number of the agenda, like 4.")
        return redirect(to(meeting, "agenda"))
    moved = attempt(
        request, verbs.order_items, meeting, places=places, stamp=request.POST.get("stamp", "")
    )
    if not moved:
        return redirect(to(meeting, "agenda"))
    if len(moved) > 1:
        messages.success(request, f"{len(moved)} items have moved.")
    first = moved[0].pk
    return redirect(f"{to(meeting, 'agenda')}?moved={first}&way=place#item-{first}")


def _places(request: HttpRequest) -> dict[uuid.UUID, int] | None:
    """The numbers by item; nothing where one of them is no number."""
    found: dict[uuid.UUID, int] = {}
    for name, typed in request.POST.items():
        if not name.startswith(PLACE):
            continue
        value: Any = str(typed).strip()
        try:
            key = uuid.UUID(name.removeprefix(PLACE))
        except ValueError:
            return None
        if not (value.isascii() and value.isdigit() and 1 <= len(value) <= 3):
            return None
        found[key] = int(value)
    return found
