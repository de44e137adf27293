"""Subjects as the public may follow them: of published minutes, never of anything else.

Nothing here loads a whole minute, a restricted item or anything of a meeting whose minutes are not
published: each query names what it reads.
"""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Max, Min, Q, QuerySet

from core.markings import Marking
from meetings.models import Decision, Item, MinutedAction, Status
from meetings.threads import OF_THE_MEETING
from membership.models import GroupKind, Partnership


@dataclass(frozen=True, slots=True)
class Mention:
    """What published minutes say of a subject at one meeting."""

    number: int
    title: str
    on: datetime.date
    minutes: str
    minute: str
    decisions: list[dict[str, Any]] = field(default_factory=list)
    actions: list[dict[str, Any]] = field(default_factory=list)


MOST_WORDS = 8  # of a search

# Items of which the public may read everything but their restricted passages.
PUBLISHED = Q(
    meeting__group__kind=GroupKind.BOARD,
    meeting__status=Status.PUBLISHED,
    meeting__public_minutes__isnull=False,
    marking=Marking.OFFICIAL,
)


def published(partnership: Partnership | None) -> QuerySet[Item]:
    """The open items of the board's published minutes, without a word of their minutes."""
    items = Item.objects.filter(PUBLISHED, meeting__group__partnership=partnership)
    return items.order_by().only("pk")


def subjects(partnership: Partnership | None, words: str = "") -> QuerySet[Any, dict[str, Any]]:
    """Subjects of published minutes, the latest first, by what they were last called.

    What a meeting says of itself (apologies, its next date) is no subject. Each of the first
    ``MOST_WORDS`` words has to be found, in whichever meeting's minutes.
    """
    every = published(partnership).exclude(kind__in=OF_THE_MEETING)
    items = every
    for word in words.split()[:MOST_WORDS]:
        named = Q(title__icontains=word) | Q(open_minute__icontains=word)
        items = items.filter(thread__in=every.filter(named).values("thread"))
    return (
        items.values("thread")
        .annotate(
            titles=ArrayAgg("title", order_by="-meeting__on"),
            meetings=Count("meeting", distinct=True),
            first=Min("meeting__on"),
            last=Max("meeting__on"),
        )
        .order_by("-last", "thread")
    )


def subject(partnership: Partnership | None, key: uuid.UUID) -> list[Mention]:
    """A subject in published minutes, the first mention first; empty where there is none."""
    rows = list(
        published(partnership)
        .filter(thread=key)
        .order_by("meeting__on", "number")
        .values(
            "pk", "number", "title", "open_minute", "meeting__on", "meeting__public_minutes__slug"
        )
    )
    keys = [row["pk"] for row in rows]
    decisions, actions = _decisions(keys), _actions(keys)
    return [
        Mention(
            row["number"], row["title"], row["meeting__on"],
            row["meeting__public_minutes__slug"], row["open_minute"],
            decisions[row["pk"]], actions[row["pk"]],
        )
        for row in rows
    ]  # fmt: skip


def _decisions(items: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[dict[str, Any]]]:
    made: dict[uuid.UUID, list[dict[str, Any]]] = defaultdict(list)
    rows = Decision.objects.filter(item__in=items, marking=Marking.OFFICIAL).order_by("number")
    for row in rows.values(
        "item", "text", "number", year=F("item__meeting__year"), meeting=F("item__meeting__number")
    ):
        year = f"{row['year']}-{(row['year'] + 1) % 100:02}"
        reference = f"{year}/{row['meeting']}/{row['number']}"
        made[row["item"]].append({"reference": reference, "text": row["text"]})
    return made


def _actions(items: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[dict[str, Any]]]:
    """Actions as the minutes made them: how far they are is told at later meetings."""
    made: dict[uuid.UUID, list[dict[str, Any]]] = defaultdict(list)
    rows = MinutedAction.objects.filter(item__in=items, action__marking=Marking.OFFICIAL)
    for row in rows.order_by("action__reference").values(
        "item", reference=F("action__reference"), text=F("action__text"),
        owner=F("action__owner__name"), post=F("action__post__title"),
        due_on=F("action__first_due_on"),
    ):  # fmt: skip
        made[row["item"]].append(dict(row))
    return made
