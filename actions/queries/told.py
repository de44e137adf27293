"""What has happened with an action: its updates and its due dates."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from actions.models import Action, DueDate, Update
from core import dates
from documents.models import Document

HEADLINE = 90


def due_dates(action: Action) -> list[DueDate]:
    """Every due date that it has had, the newest first."""
    return list(action.due_dates.select_related("set_by"))


def updates(action: Action) -> list[Update]:
    """What has been said and done, the newest first."""
    return list(action.updates.select_related("by", "agency", "evidence__group__partnership"))


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of an action's timeline."""

    at: datetime.datetime
    what: str
    by_name: str
    text: str = ""
    evidence: Document | None = None


def happenings(told: Iterable[Update], dated: Iterable[DueDate]) -> list[Happening]:
    """What was said and done, newest first. Each change of the action is one of these."""
    events = []
    for each in told:
        what, text = (each.summary, each.text) if each.summary else headline(each.text)
        by_name = f"{each.by}, {each.agency}" if each.agency else str(each.by)
        events.append(Happening(each.at, what, by_name, text, each.evidence))
    for date in list(dated)[:-1]:
        what = f"Due date moved to {dates.longdate(date.due_on)}"
        events.append(Happening(date.set_at, what, str(date.set_by), date.reason))
    return sorted(events, key=lambda each: each.at, reverse=True)


def in_words(happening: Happening) -> str:
    """What happened, as a text to set beside another."""
    when = dates.moment(happening.at)
    return f"**{happening.what}**\n{happening.by_name}, {when}\n\n{happening.text}".strip()


def headline(text: str) -> tuple[str, str]:
    """An update's first sentence, where it is short enough to head it, and the rest."""
    first, _, rest = text.partition("\n")
    if len(first) > HEADLINE or rest == "":
        sentence, stop, more = first.partition(". ")
        if stop and len(sentence) <= HEADLINE:
            return sentence, f"{more}\n{rest}".strip()
    if len(first) <= HEADLINE:
        return first.removesuffix("."), rest.strip()
    return "Update", text
