"""What stays out of the public minutes: where, how many words, since when, by whom and why.

The log never holds the words themselves: a passage is known by the digest of its words, so that its
reason stays with it when the text around it changes.
"""

import datetime
import hashlib
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from actions.models import Action
from core.markings import Marking, passages
from meetings.models import Decision, Item, Meeting, MinutedAction, Redaction
from meetings.paragraphs import paragraphs_of

WHOLE = ""


@dataclass(frozen=True, slots=True)
class Withheld:
    """One thing that the public does not read. ``digest`` names it within its item."""

    item: Item
    digest: str
    what: str
    words: int
    by_name: str = ""
    at: datetime.datetime | None = None
    reason: str = ""
    reason_by: str = ""
    reason_at: datetime.datetime | None = None

    @property
    def key(self) -> str:
        """Its name in a form."""
        return f"{self.item.pk}:{self.digest}"

    @property
    def where(self) -> str:
        """The item, by its number and title."""
        return f"Item {self.item.number}, {self.item.title}"


@dataclass(slots=True)
class Found:
    """What is restricted in the items of a meeting, as it is read from the database."""

    items: list[Item]
    decisions: dict[uuid.UUID, list[Decision]] = field(default_factory=dict)
    actions: dict[uuid.UUID, list[Action]] = field(default_factory=dict)


def log(meeting: Meeting) -> list[Withheld]:
    """Everything restricted in the record of a meeting, item by item, in ten queries or fewer."""
    found = _found(meeting)
    since = _since(found)
    reasons = {(row.item_id, row.passage): row for row in _reasons(meeting)}
    lines = []
    for item, digest, what, words in _parts(found):
        by_name, at = since.get((item.pk, digest), ("", None))
        row = reasons.get((item.pk, digest))
        why = (row.reason, str(row.made_by), row.made_at) if row else ("", "", None)
        lines.append(Withheld(item, digest, what, words, by_name, at, *why))
    return lines


def _found(meeting: Meeting) -> Found:
    items = list(meeting.items.order_by("number", "position"))
    decisions: dict[uuid.UUID, list[Decision]] = defaultdict(list)
    for decision in Decision.objects.filter(item__in=items).order_by("number"):
        decision.item = next(item for item in items if item.pk == decision.item_id)
        decision.item.meeting = meeting
        decisions[decision.item_id].append(decision)
    actions: dict[uuid.UUID, list[Action]] = defaultdict(list)
    for link in MinutedAction.objects.filter(item__in=items).select_related("action"):
        actions[link.item_id].append(link.action)
    return Found(items, decisions, actions)


def _reasons(meeting: Meeting) -> Iterable[Redaction]:
    return Redaction.objects.filter(item__meeting=meeting).select_related("made_by")


def _parts(found: Found) -> Iterator[tuple[Item, str, str, int]]:
    for item in found.items:
        if item.restricted:
            texts = [item.title, item.minute]
            texts += [each.text for each in found.decisions.get(item.pk, ())]
            texts += [each.text for each in found.actions.get(item.pk, ())]
            yield item, WHOLE, "The whole item", sum(map(count_words, texts))
            continue
        yield from ((item, *each) for each in passages_of(item))
        for decision in found.decisions.get(item.pk, ()):
            if decision.marking == Marking.SENSITIVE:
                what = f"Decision {decision.reference}"
                yield item, digest_of_record(decision), what, count_words(decision.text)
        for action in found.actions.get(item.pk, ()):
            if action.restricted:
                what = f"Action {action.reference}"
                yield item, digest_of_record(action), what, count_words(action.text)


def passages_of(item: Item) -> list[tuple[str, str, int]]:
    """Each restricted passage of an open item once: digest, in which paragraph, how many words."""
    made: dict[str, tuple[str, str, int]] = {}
    for number, text in enumerate(paragraphs_of(item.minute), start=1):
        for words, restricted in passages(text):
            if restricted and words.strip():
                digest = digest_of(words)
                what = f"A passage of paragraph {item.number}.{number}"
                made.setdefault(digest, (digest, what, count_words(words)))
    return list(made.values())


def digest_of(words: str) -> str:
    """The name of a passage: its words, however they are spaced, under SHA-256."""
    return hashlib.sha256(" ".join(words.split()).encode()).hexdigest()


def digest_of_record(record: Decision | Action) -> str:
    """The name of a decision or an action among what is restricted in its item."""
    kind = type(record).__name__.lower()
    return hashlib.sha256(f"{kind} {record.pk}".encode()).hexdigest()


def count_words(text: str) -> int:
    """How many words a text has."""
    return len(text.split())


# ---- since when, and by whom --------------------------------------------------------------------

Since = dict[tuple[Any, str], tuple[str, datetime.datetime | None]]


def _since(found: Found) -> Since:
    """By whom and when each was restricted, from the histories."""
    made: Since = {}
    restricted = {item.pk: (item.pk, WHOLE) for item in found.items if item.restricted}
    made |= _marked(Item.history, restricted)
    made |= _marked(Decision.history, _keys(found.decisions))
    made |= _marked(Action.history, _keys(found.actions))
    made |= _passages_since([item for item in found.items if not item.restricted])
    return made


def _keys(records: dict[uuid.UUID, list[Any]]) -> dict[Any, tuple[Any, str]]:
    return {
        each.pk: (item, digest_of_record(each))
        for item, listed in records.items()
        for each in listed
        if each.marking == Marking.SENSITIVE
    }


def _marked(history: Any, keys: dict[Any, tuple[Any, str]]) -> Since:
    """The beginning of the time for which each record has been restricted without a break."""
    if not keys:
        return {}
    made: Since = {}
    rows = history.filter(id__in=keys).order_by("history_date", "history_id")
    for pk, marking, name, at in rows.values_list(
        "id", "marking", "history_user__name", "history_date"
    ):
        if marking == Marking.SENSITIVE:
            made.setdefault(keys[pk], (name or "", at))
        else:
            made.pop(keys[pk], None)
    return made


def _passages_since(items: list[Item]) -> Since:
    """When the words of each passage were first between brackets."""
    made: Since = {}
    for pk, minute, name, at in once_bracketed(items):
        for words, restricted in passages(minute):
            if restricted:
                made.setdefault((pk, digest_of(words)), (name or "", at))
    return made


def once_bracketed(items: list[Item]) -> Iterator[Any]:
    """Every text, oldest first, in which any of these items held a restricted passage."""
    rows = Item.history.filter(id__in=[item.pk for item in items], minute__contains="[[")
    rows = rows.order_by("history_date", "history_id")
    yield from rows.values_list("id", "minute", "history_user__name", "history_date")
