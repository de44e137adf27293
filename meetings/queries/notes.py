"""One's own notes on papers, with the meetings that the papers were for."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from core.permissions import can
from documents.models import PersonalNote
from meetings.models import Meeting, Paper
from membership import standing


@dataclass(frozen=True, slots=True)
class Noted:
    """A note, what may be said of its paper now, and the meetings at which that paper was."""

    note: PersonalNote
    title: str
    url: str
    meetings: tuple[Meeting, ...] = ()

    @property
    def where(self) -> str:
        """The meetings in words."""
        return "; ".join(str(meeting) for meeting in self.meetings)


def noted(notes: Iterable[PersonalNote], user: Any) -> list[Noted]:
    """These notes with their papers and meetings, as far as the person may know of them today."""
    notes = list(notes)
    papers = Paper.objects.filter(
        document__in={note.document_id for note in notes},
        item__meeting__group__in=standing.groups(user),
    ).select_related("item__meeting__group__partnership")
    at: dict[uuid.UUID, list[Meeting]] = defaultdict(list)
    for paper in papers.order_by("item__meeting__on"):
        at[paper.document_id].append(paper.item.meeting)
    return [_noted(note, user, at[note.document_id]) for note in notes]


def _noted(note: PersonalNote, user: Any, meetings: list[Meeting]) -> Noted:
    document = note.document
    if can(user, "open", document):
        return Noted(note, document.title, document.get_absolute_url(), tuple(meetings))
    return Noted(note, "A paper that does not open for you now", "", tuple(meetings))
