"""What was restricted once in a meeting's record and is open now, from the histories."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from actions.models import Action
from core.dates import count
from core.markings import Marking, open_part, passages
from meetings.models import Decision, Item, Meeting, MinutedAction
from meetings.queries.passages import plain_words, stands_in
from meetings.queries.redactions import count_words, digest_of, once_bracketed


@dataclass(frozen=True, slots=True)
class Opened:
    """One thing that the public reads now and that was withheld before."""

    key: str
    says: str
    item: int


def opened(meeting: Meeting) -> list[Opened]:
    """Items, decisions, actions and passages that were marked down, without their words."""
    items = list(meeting.items.filter(marking=Marking.OFFICIAL).order_by("number"))
    return [*_items(items), *_decisions(items, meeting), *_actions(items), *_passages(items)]


def ever_bracketed(meeting: Meeting) -> bool:
    """Whether any minute of the meeting ever held a restricted passage, also one since removed."""
    items = list(meeting.items.values_list("pk", flat=True))
    return Item.history.filter(id__in=items, minute__contains="[[").exists()


def _items(items: list[Item]) -> Iterator[Opened]:
    once = _once(Item.history, [item.pk for item in items])
    for item in items:
        if item.pk in once:
            says = f"Item {item.number} was OFFICIAL-SENSITIVE and is open now"
            yield Opened(f"item:{item.pk}", says, item.number)


def _decisions(items: list[Item], meeting: Meeting) -> Iterator[Opened]:
    numbers = {item.pk: item for item in items}
    rows = list(Decision.objects.filter(item__in=items, marking=Marking.OFFICIAL))
    once = _once(Decision.history, [row.pk for row in rows])
    for row in rows:
        if row.pk in once:
            row.item = numbers[row.item_id]
            row.item.meeting = meeting
            says = f"Decision {row.reference} was restricted and is open now"
            yield Opened(f"decision:{row.pk}", says, row.item.number)


def _actions(items: list[Item]) -> Iterator[Opened]:
    links = MinutedAction.objects.filter(item__in=items, action__marking=Marking.OFFICIAL)
    rows = list(links.select_related("action", "item"))
    once = _once(Action.history, [row.action_id for row in rows])
    for row in rows:
        if row.action_id in once:
            says = f"Action {row.action.reference} was restricted and is open now"
            yield Opened(f"action:{row.action_id}", says, row.item.number)


def _once(history: Any, keys: list[uuid.UUID]) -> set[uuid.UUID]:
    """Those of the records that their history shows restricted."""
    if not keys:
        return set()
    rows = history.filter(id__in=keys, marking=Marking.SENSITIVE)
    return set(rows.values_list("id", flat=True))


def _passages(items: list[Item]) -> Iterator[Opened]:
    by_key = {item.pk: item for item in items}
    public = {item.pk: plain_words(open_part(item.minute)) for item in items}
    seen: set[tuple[uuid.UUID, str]] = set()
    for pk, minute, _, _ in once_bracketed(items):
        for words, restricted in passages(minute):
            digest = digest_of(words)
            if not restricted or (pk, digest) in seen or not stands_in(words, public[pk]):
                continue
            seen.add((pk, digest))
            number = by_key[pk].number
            says = (
                f"Words of a passage of item {number} that is or was restricted "
                f"({count(count_words(words), 'word')}) stand in its open part"
            )
            yield Opened(f"passage:{pk}:{digest}", says, number)
