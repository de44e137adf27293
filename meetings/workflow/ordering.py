"""Where an item stands: its place in its part, its number, and the letters of the papers."""

import uuid
from typing import Any

from django.db.models import Prefetch

from core import history
from meetings.models import Item, Meeting, Paper, Status
from meetings.queries.books import RANK, rendition_of
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


def place_all(items: list[Item], meeting: Meeting, *, by: Any) -> None:
    """Save new items of a draft agenda in their parts, each part put in order once."""
    for marking in {item.marking for item in items}:
        others = list(meeting.items.filter(marking=marking).order_by("position"))
        new = [item for item in items if item.marking == marking]
        last = max((each.position for each in others), default=0)
        for position, item in enumerate(new, start=last + 1):
            item.position = position
            history.save(item, by=by)
        part = [*others, *new]
        closing = [each for each in part if each.kind in CLOSING]
        reposition([*(each for each in part if each not in closing), *closing], by=by)
    number(meeting)


def reposition(items: list[Item], *, by: Any) -> None:
    """Let these items of one part stand in this order."""
    for position, item in enumerate(items, start=1):
        if item.position != position:
            item.position = position
            history.save(item, by=by, fields=["position"])


def arranged(part: list[Item], wanted: dict[uuid.UUID, int]) -> list[Item]:
    """The items of a part in order, those named at their numbers, the others in the places left.

    Two that want one place stand one after the other; a number outside of the part is its end.
    """
    if not part:
        return part
    first, last = part[0].number, part[0].number + len(part) - 1
    slots: dict[int, Item] = {}
    for item in sorted((each for each in part if each.pk in wanted), key=lambda e: wanted[e.pk]):
        place = min(max(wanted[item.pk], first), last)
        free = (each for each in [*range(place, last + 1), *range(place, first - 1, -1)])
        slots[next(each for each in free if each not in slots)] = item
    others = iter([each for each in part if each.pk not in wanted])
    return [slots.get(place) or next(others) for place in range(first, last + 1)]


def number(meeting: Meeting) -> None:
    """Number the items from 1, the restricted part last, and letter the papers in that order.

    Letters follow the pack: first the papers for everybody, then those for the group, then the
    restricted ones, so that no reader sees a gap. Once the agenda is out, papers keep theirs. Both
    follow from the order, whose changes the history holds already.
    """
    papers = Paper.objects.select_related("document")
    items = list(
        meeting.items.order_by("marking", "position").prefetch_related(Prefetch("papers", papers))
    )
    changed = []
    for value, item in enumerate(items, start=1):
        if item.number != value:
            item.number = value
            changed.append(item)
    Item.objects.bulk_update(changed, ["number"])
    if meeting.status == Status.SCHEDULED:
        in_order = [paper for item in items for paper in sorted(item.papers.all(), key=_by_letter)]
        _letter(sorted(in_order, key=lambda paper: RANK[rendition_of(paper, meeting)]))


def _by_letter(paper: Paper) -> tuple[int, str]:
    return len(paper.letter), paper.letter


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
