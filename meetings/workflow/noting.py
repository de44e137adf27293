"""Nobody edits agreed minutes: a mistake that is found later is noted, with its date."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import clock, history
from core.markings import Marking, holds_passage
from core.markup import plain
from core.permissions import can, require
from core.workflow import Wrong
from meetings.models import Item, LaterNote, Meeting
from meetings.workflow import note, take, tell_members

LONGEST = 4000


@transaction.atomic
def add(
    meeting: Meeting, *, item: Item | None = None, text: str, marking: str = Marking.OFFICIAL,
    by: Any,
) -> LaterNote:  # fmt: skip
    """Note a mistake in agreed minutes, on one item or on the whole. It stays as it is made."""
    current = take("note a mistake", meeting, by=by)
    about = _about(current, item, by)
    if about is not None and about.restricted:
        marking = Marking.SENSITIVE
    made = LaterNote(
        meeting=current, item=about, marking=Marking(marking), text=_words(text, marking),
        made_at=clock.now(), made_by=by,
    )  # fmt: skip
    history.save(made, by=by)
    note(
        "added a note to the minutes of", current, current, by=by,
        sensitive=made.marking == Marking.SENSITIVE,
    )  # fmt: skip
    tell_members(
        current, kind="later-note", but=by, occurrence=str(made.pk),
        text=f"{current}: a note was added to the minutes",
    )  # fmt: skip
    return made


def _about(meeting: Meeting, item: Item | None, by: Any) -> Item | None:
    if item is None:
        return None
    found = meeting.items.filter(pk=item.pk).first()
    if found is None:
        raise Wrong("This item is not one of this meeting.")
    found.meeting = meeting
    require(can(by, "open", found))
    return found


def _words(text: str, marking: str) -> str:
    words = plain(text)
    if not words:
        raise ValidationError({"text": "Enter the note"})
    if len(words) > LONGEST:
        message = f"A note must be {LONGEST:,} characters or fewer. This has {len(words):,}"
        raise ValidationError({"text": message})
    if holds_passage(words) and marking != Marking.SENSITIVE:
        raise ValidationError(
            {
                "text": "A note is restricted as a whole or not at all. Take out the [[ brackets, "
                "or mark the note as restricted"
            }
        )
    return words
