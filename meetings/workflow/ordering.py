"""Where an item stands: its place in its part, its number, and the letters of the papers."""

from typing import Any

from core import history
from meetings.models import Item, Meeting, Paper, Status
from meetings.standing_items import CLOSING


def place(item: Item, *, by: Any) -> None:
    """Save an item at the end of its part: in the open one, before what closes it.

    Once the agenda is out, what is on it keeps its number, so the item comes after all of it.
    """
    meeting = item.meeting
    part = meeting.items.filter(marking=item.marking).exclude(pk=item.pk).order_by("position")
    others = list(part)
    out = meeting.status != Status.SCHEDULED
    closing = [] if out else [each for each in others if each.kind in CLOSING]
    item.position = 1 + max((each.position for each in others), default=0)
    history.save(item, by=by)
    reposition([*(each for each in others if each not in closing), item, *closing], by=by)
    number(meeting)
    item.refresh_from_db(fields=["number", "position"])


def reposition(items: list[Item], *, by: Any) -> None:
    """Let these items of one part stand in this order."""
    for position, item in enumerate(items, start=1):
        if item.position != position:
            item.position = position
            history.save(item, by=by, fields=["position"])


def number(meeting: Meeting) -> None:
    """Number the items from 1, the restricted part last, and letter the papers in that order.

    Once the agenda is out, papers keep their letters. Both follow from the order, whose changes
    the history holds already.
    """
    items = list(meeting.items.order_by("marking", "position").prefetch_related("papers"))
    changed = []
    for value, item in enumerate(items, start=1):
        if item.number != value:
            item.number = value
            changed.append(item)
    Item.objects.bulk_update(changed, ["number"])
    if meeting.status == Status.SCHEDULED:
        _letter([paper for item in items for paper in item.papers.all()])


def letter(place: int) -> str:
    """A for 1, Z for 26, AA for 27."""
    first, second = divmod(place - 1, 26)
    return (chr(64 + first) if first else "") + chr(65 + second)


def _letter(papers: list[Paper]) -> None:
    changed = []
    for value, paper in enumerate(papers, start=1):
        if paper.letter != letter(value):
            paper.letter = letter(value)
            changed.append(paper)
    Paper.objects.bulk_update(changed, ["letter"])
