"""The restricted passages of minutes: who may read them, and what everybody else reads."""

import re
from collections.abc import Iterable
from typing import Any

from core.markings import Marking, holds_passage, open_part
from core.permissions import Verdict, can
from meetings.models import Decision, Item, Meeting

RUN = 5  # words in a row that tell that a passage is still there


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


# ---- passages in other texts --------------------------------------------------------------------


def stands_in(passage: str, text: list[str]) -> bool:
    """Whether a passage, or so many words of it in a row, can be read in a text."""
    words = plain_words(passage)
    run = min(len(words), RUN)
    if not run:
        return False
    theirs = {tuple(text[at : at + run]) for at in range(len(text) - run + 1)}
    return any(tuple(words[at : at + run]) in theirs for at in range(len(words) - run + 1))


def plain_words(text: str) -> list[str]:
    """The words of a text, for ``stands_in``."""
    return re.findall(r"\w+", text.lower())
