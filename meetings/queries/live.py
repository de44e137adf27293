"""The whole agenda of a meeting being held, as the live minute-taking page shows it."""

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F

from actions.models import Action
from core import clock
from core.markings import open_part
from core.permissions import can
from meetings.models import Decision, Draft, Item, Meeting
from meetings.queries.agenda import Line, agenda_of
from meetings.queries.minutes import WRITING, Conflict, conflict_with
from meetings.queries.passages import cleared, minute_for, shows_restricted, why_closed


def base_of(item: Item, shown: str | None = None) -> str:
    """What a page began from: the version of an item's minute, and a digest of its words.

    ``shown`` are the words that its reader sees, where those are not all: a digest of the others
    would let them be guessed.
    """
    return f"{item.version}.{digest(item.minute if shown is None else shown)}"


def digest(text: str) -> str:
    """The same for the same words, however their lines end."""
    words = text.replace("\r\n", "\n").replace("\r", "\n")
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:16]


@dataclass
class Section:
    """One item on the page. ``why`` says why it does not open; ``closed`` why it is only read."""

    item: Item
    line: Line
    why: str = ""
    closed: str = ""
    text: str = ""
    base: str = ""
    writer: str = ""
    decisions: list[Decision] = field(default_factory=list)
    actions: list[Any] = field(default_factory=list)
    conflict: Conflict | None = None
    readable_passages: bool = False
    problem: str = ""
    decision_form: Any = None
    action_form: Any = None

    @property
    def number(self) -> int:
        """Its number on the agenda."""
        return self.item.number

    @property
    def done(self) -> bool:
        """Whether the minutes say anything of it."""
        return bool(self.item.minute.strip() or self.decisions or self.actions)

    @property
    def shows_restricted(self) -> bool:
        """Whether the reading of it goes on record."""
        made = [*self.decisions, *self.actions]
        return not self.why and (self.readable_passages or any(each.restricted for each in made))

    @property
    def shown(self) -> str:
        """The words of the minute that the reader may see."""
        return open_part(self.item.minute) if self.closed else self.item.minute


def sections(
    meeting: Meeting, user: Any, join: Callable[[str, str, str | None], str]
) -> list[Section]:
    """Every item in order, as far as this person may read it: the same queries for any number."""
    lines = {line.pk: line for line in agenda_of(meeting, user=user).lines}
    drafts = _drafts(meeting, user)
    decisions, actions = _decisions(meeting, user), _actions(meeting, user)
    items = meeting.items.select_related("minuted_by").order_by("number", "position")
    found = []
    for item in items:
        item.meeting = meeting
        section = Section(item, lines[item.pk], why=can(user, "open", item).reason)
        found.append(section)
        if section.why:
            continue
        section.decisions, section.actions = decisions[item.pk], actions[item.pk]
        section.writer = _writer(item, user)
        _text(section, user, drafts[item.pk], join)
    return found


def one(item: Item, user: Any, join: Callable[[str, str, str | None], str]) -> Section:
    """One item as the page shows it; it opens for this person."""
    return next(each for each in sections(item.meeting, user, join) if each.item == item)


def _text(section: Section, user: Any, drafts: list[Draft], join: Any) -> None:
    item = section.item
    section.closed = why_closed(item, user)
    section.readable_passages = shows_restricted(item, [], user)
    section.conflict = conflict_with(item, user, drafts, join) if drafts else None
    section.text = section.conflict.both if section.conflict else minute_for(item, user)
    section.base = base_of(item, section.shown)


def _writer(item: Item, user: Any) -> str:
    """Who else saved this item in the last two minutes."""
    by, at = item.minuted_by, item.minuted_at
    if by is None or at is None or by == user or clock.now() - at >= WRITING:
        return ""
    return str(by)


def _drafts(meeting: Meeting, user: Any) -> dict[uuid.UUID, list[Draft]]:
    found: dict[uuid.UUID, list[Draft]] = defaultdict(list)
    for draft in Draft.objects.filter(item__meeting=meeting, person=user).order_by("saved_at"):
        found[draft.item_id].append(draft)
    return found


def _decisions(meeting: Meeting, user: Any) -> dict[uuid.UUID, list[Decision]]:
    found: dict[uuid.UUID, list[Decision]] = defaultdict(list)
    opens = bool(cleared(user, meeting))
    rows = Decision.objects.filter(item__meeting=meeting).select_related("item")
    for row in rows.order_by("number"):
        row.item.meeting = meeting
        if opens or not row.restricted:
            found[row.item_id].append(row)
    return found


def _actions(meeting: Meeting, user: Any) -> dict[uuid.UUID, list[Action]]:
    found: dict[uuid.UUID, list[Action]] = defaultdict(list)
    rows = Action.objects.visible_to(user).filter(minuted__item__meeting=meeting)
    rows = rows.annotate(made_in=F("minuted__item"))
    for row in rows.select_related("owner", "post", "partnership").order_by("reference"):
        found[row.made_in].append(row)
    return found
