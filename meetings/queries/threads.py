"""One subject across meetings, from its first mention to what is still open of it."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from actions.models import Action
from core.permissions import can
from meetings.models import SHOWN_MINUTES, Decision, Item, MinutedAction, Status
from meetings.queries import passages
from membership.models import Partnership


@dataclass(frozen=True, slots=True)
class Mention:
    """The subject at one meeting, as one person may read it.

    ``withheld`` is the reason why its words are not shown; ``restricted`` says whether what is
    shown holds anything that was not for everybody on the group.
    """

    item: Item
    minute: str = ""
    waits: str = ""
    withheld: str = ""
    restricted: bool = False
    decisions: list[Decision] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)

    @property
    def is_bare(self) -> bool:
        """Nothing was minuted, decided or asked for that this person reads."""
        return not (self.minute or self.waits or self.withheld or self.decisions or self.actions)


@dataclass(frozen=True, slots=True)
class Thread:
    """A subject: where it was spoken of, the first mention first."""

    title: str
    mentions: list[Mention]

    @property
    def actions(self) -> list[Action]:
        """Every action made of it that this person may see."""
        return [action for mention in self.mentions for action in mention.actions]

    @property
    def still_open(self) -> list[Action]:
        """Those of them that are not closed."""
        return [action for action in self.actions if action.is_open]

    @property
    def decided(self) -> int:
        """How many decisions it led to, as far as this person may know."""
        return sum(len(mention.decisions) for mention in self.mentions)

    @property
    def first(self) -> datetime.date:
        """The day of its first mention."""
        return self.mentions[0].item.meeting.on

    @property
    def last(self) -> datetime.date:
        """The day of its latest."""
        return self.mentions[-1].item.meeting.on


def thread(key: uuid.UUID, user: Any, partnership: Partnership) -> Thread | None:
    """A subject as this person may follow it; nothing where they may know of no item of it."""
    visible = Item.objects.visible_to(user).of(partnership).filter(thread=key)
    items = list(
        visible.exclude(meeting__status=Status.CANCELLED).order_by("meeting__on", "number")
    )
    if not items:
        return None
    decisions, actions = _decisions(items, user), _actions(items, user)
    mentions = [_mention(item, user, decisions[item.pk], actions[item.pk]) for item in items]
    return Thread(items[-1].title, mentions)


def _decisions(items: Iterable[Item], user: Any) -> dict[uuid.UUID, list[Decision]]:
    made: dict[uuid.UUID, list[Decision]] = defaultdict(list)
    by_key = {item.pk: item for item in items}
    for decision in Decision.objects.visible_to(user).filter(item__in=by_key).order_by("number"):
        decision.item = by_key[decision.item_id]
        made[decision.item_id].append(decision)
    return made


def _actions(items: Iterable[Item], user: Any) -> dict[uuid.UUID, list[Action]]:
    made: dict[uuid.UUID, list[Action]] = defaultdict(list)
    links = MinutedAction.objects.filter(item__in=items, action__in=Action.objects.visible_to(user))
    links = links.select_related("action__owner", "action__post", "action__partnership")
    for link in links.order_by("action__reference"):
        made[link.item_id].append(link.action)
    return made


def _mention(item: Item, user: Any, decisions: list[Decision], actions: list[Action]) -> Mention:
    opens = can(user, "open", item)
    if not opens:
        return Mention(item, withheld=opens.reason)
    shown = item.meeting.status in SHOWN_MINUTES
    if not shown and not can(user, "read draft minutes", item.meeting):
        waits = "Its minutes come here once the chair has cleared them." if item.minute else ""
        restricted = any(action.restricted for action in actions)
        return Mention(item, waits=waits, restricted=restricted, actions=actions)
    restricted = passages.shows_restricted(item, decisions, user)
    restricted = restricted or any(action.restricted for action in actions)
    return Mention(
        item, passages.minute_for(item, user), "", "", restricted, decisions, actions
    )  # fmt: skip
