"""The dated notes on agreed minutes, which every rendition made later shows."""

import uuid
from collections import defaultdict

from core.markings import Marking
from meetings.models import LaterNote, Meeting
from meetings.renditions.shapes import NoteLine

Notes = dict[uuid.UUID | None, tuple[NoteLine, ...]]


def later_notes(meeting: Meeting, *, open_only: bool) -> Notes:
    """The notes by the item that they are about; under nothing, those on the whole minutes."""
    rows = LaterNote.objects.filter(meeting=meeting)
    if open_only:
        rows = rows.filter(marking=Marking.OFFICIAL)
    found: dict[uuid.UUID | None, list[NoteLine]] = defaultdict(list)
    for row in rows.order_by("made_at"):
        found[row.item_id].append(NoteLine(row.made_at, row.text, row.marking == Marking.SENSITIVE))
    return defaultdict(tuple, {key: tuple(lines) for key, lines in found.items()})
