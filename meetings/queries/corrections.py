"""Suggested corrections as one reader may see them, and what is asked of them in numbers."""

import datetime
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.urls import reverse

from core.markings import Marking, holds_passage, open_part, passages
from core.permissions import can
from meetings.models import Correction, CorrectionState, Item, Meeting, Remark
from meetings.queries.passages import plain_words, stands_in

TONES = {
    CorrectionState.OPEN: "waiting", CorrectionState.ACCEPTED: "",
    CorrectionState.DECLINED: "", CorrectionState.WITHDRAWN: "idle",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """One remark on a correction."""

    by_name: str
    at: datetime.datetime
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A correction as its reader may see it.

    ``hidden`` says that it touches a passage, restricted then or since, which the reader cannot
    read: of its words the open parts alone are left, and what was said about them is left out.
    """

    pk: uuid.UUID
    item: Item
    where: str
    by_name: str
    agency: str
    made_at: datetime.datetime
    state: str
    label: str
    tone: str
    before: str
    after: str
    adopted: str
    reason: str
    answer: str
    answered_by: str
    answered_at: datetime.datetime | None
    remarks: tuple[Said, ...]
    hidden: bool
    url: str
    own: bool

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.state == CorrectionState.OPEN

    @property
    def edited(self) -> bool:
        """Whether it was accepted in other words."""
        differs = self.adopted != self.after and bool(self.adopted or not self.hidden)
        return self.state == CorrectionState.ACCEPTED and differs


def corrections_of(meeting: Meeting, user: Any, **more: Any) -> list[Line]:
    """The corrections to a meeting's minutes that a person may read, those not answered first."""
    rows = list(_rows(meeting).filter(**more).prefetch_related("remarks__person"))
    behind = bool(can(user, "open", Item(meeting=meeting, marking=Marking.SENSITIVE)))
    for row in rows:
        row.item.meeting = meeting
    return [line_of(row, user, behind) for row in rows if can(user, "open", row.item)]


def _rows(meeting: Meeting) -> QuerySet[Correction]:
    first = Case(
        When(state=CorrectionState.OPEN, then=Value(0)), default=Value(1),
        output_field=IntegerField(),
    )  # fmt: skip
    rows = Correction.objects.filter(item__meeting=meeting)
    rows = rows.select_related("item", "person", "agency", "answered_by")
    return rows.order_by(first, "item__number", "paragraph", "made_at")


def line_of(row: Correction, user: Any, behind: bool) -> Line:
    """One correction; ``behind`` says whether the reader may read restricted passages."""
    texts = (row.original, row.suggestion, row.adopted)
    closed = [] if behind else _restricted_words(row.item.minute, *texts)
    hidden = bool(closed) and (any(map(holds_passage, texts)) or _tells(closed, *texts))
    before, after, adopted = (_open(text, closed) if hidden else text for text in texts)
    remarks: Iterable[Remark] = () if hidden else row.remarks.all()
    state = CorrectionState(row.state)
    meeting = row.item.meeting
    return Line(
        row.pk, row.item, where(row), str(row.person), row.agency.name if row.agency else "",
        row.made_at, row.state, state.label, TONES[state], before, after, adopted,
        "" if hidden else row.reason, "" if hidden else row.answer,
        str(row.answered_by or ""), row.answered_at,
        tuple(Said(str(each.person), each.made_at, each.text) for each in remarks), hidden,
        reverse("meetings:correction", args=[meeting.partnership.slug, meeting.slug, row.pk]),
        row.person_id == user.pk,
    )  # fmt: skip


def _restricted_words(*texts: str) -> list[str]:
    """The passages of these texts."""
    return [words for text in texts for words, restricted in passages(text) if restricted]


def _tells(closed: list[str], *texts: str) -> bool:
    """Whether words of a closed passage can be read in any of the texts."""
    split = [plain_words(text) for text in texts]
    return any(stands_in(words, text) for words in closed for text in split)


def _open(text: str, closed: list[str]) -> str:
    """The open part of a text that was known to hold a passage: of another, none is."""
    part = open_part(text)
    return part if holds_passage(text) and not _tells(closed, part) else ""


def where(row: Correction) -> str:
    """Which paragraph it is about, as the draft numbered it: 5.2."""
    place = f"{row.item.number}.{row.paragraph}"
    if row.original:
        return f"Paragraph {place}"
    return f"New paragraph after {place}" if row.paragraph else "New first paragraph"


def counts(lines: Iterable[Line]) -> Counter[str]:
    """How many there are in each state."""
    return Counter(line.state for line in lines)


def open_corrections(meeting: Meeting) -> int:
    """How many suggestions wait for an answer, whoever may read them."""
    return Correction.objects.filter(item__meeting=meeting).open().count()


def corrected_in(meeting: Meeting, later: Meeting) -> tuple[list[str], list[str]]:
    """The paragraphs of open items, and of restricted ones, that a later meeting corrected."""
    rows = Correction.objects.filter(
        item__meeting=meeting, state=CorrectionState.ACCEPTED, answered_at__gte=later.opened_at
    ).select_related("item")
    places: dict[bool, list[str]] = {False: [], True: []}
    for row in rows.order_by("item__number", "paragraph"):
        place = f"{row.item.number}.{row.paragraph or 1}"
        found = places[row.item.restricted]
        if place not in found:
            found.append(place)
    return places[False], places[True]


def listed(words: list[str]) -> str:
    """3.1, 3.2 and 5.1."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
