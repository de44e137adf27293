"""The words of letters as the settings show them, and what they were before."""

import datetime
from dataclasses import dataclass

from membership.models import Partnership
from triggers.models import LetterKind, LetterTemplate


@dataclass(frozen=True, slots=True)
class Row:
    """A kind of letter; ``own`` are the partnership's words, if it has any."""

    kind: LetterKind
    own: LetterTemplate | None


def rows(partnership: Partnership) -> list[Row]:
    """Every kind of letter in its order."""
    own = {each.kind: each for each in LetterTemplate.objects.of(partnership)}
    return [Row(kind, own.get(kind)) for kind in LetterKind]


@dataclass(frozen=True, slots=True)
class Before:
    """What the words of a kind became at a moment."""

    at: datetime.datetime
    by_name: str
    what: str
    heading: str
    body: str


WHAT = {"+": "Own words", "~": "Own words changed", "-": "Back to the shipped words"}


def history(partnership: Partnership, kind: str) -> list[Before]:
    """Every change of the words of a kind, the newest first; also of words that were taken away."""
    records = LetterTemplate.history.filter(partnership=partnership, kind=kind)
    return [
        Before(
            each.history_date, str(each.history_user or "The system"), WHAT[each.history_type],
            each.heading, each.body,
        )
        for each in records.select_related("history_user").order_by("-history_id")
    ]  # fmt: skip
