"""Personal notes on papers: written, changed and removed by one person for themselves.

They are in no history and in no record: whoever reads those would learn that there is a note.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import clock
from core.markup import plain
from core.permissions import can, require
from core.workflow import Wrong
from documents import queries
from documents.models import Document, PersonalNote

LONGEST = 4000  # characters


@transaction.atomic
def write_note(document: Document, *, text: str, page: int | None = None, by: Any) -> PersonalNote:
    """Write down something on a paper that opens for the writer, or on one page of it.

    Raises ``ValidationError`` by field.
    """
    require(can(by, "write notes", document))
    note = PersonalNote(document=document, person=by, written_at=clock.now())
    return _keep(note, text, page)


@transaction.atomic
def change_note(note: PersonalNote, *, text: str, page: int | None = None, by: Any) -> PersonalNote:
    """Put a note into other words. It stays its writer's own, also when the paper is closed."""
    current = _own(note, by)
    return _keep(current, text, page)


@transaction.atomic
def remove_note(note: PersonalNote, *, by: Any) -> None:
    """Throw a note away. Nothing of it is kept."""
    _own(note, by).delete()


def _own(note: PersonalNote, by: Any) -> PersonalNote:
    require(can(by, "change", note))
    rows = PersonalNote.objects.select_for_update(of=("self",)).select_related("document")
    current = rows.filter(pk=note.pk).first()
    if current is None:
        raise Wrong("This note is no longer there. You removed it.")
    return current


def _keep(note: PersonalNote, text: str, page: int | None) -> PersonalNote:
    words = plain(text)
    wrong = {}
    if not words:
        wrong["text"] = "Enter the note"
    elif len(words) > LONGEST:
        wrong["text"] = f"The note must be {LONGEST:,} characters or fewer. It has {len(words):,}"
    last = queries.pages_of(note.document)
    if page is not None and page < 1:
        wrong["page"] = "Pages are counted from 1"
    elif page is not None and page > (last or 9999):
        wrong["page"] = f"The paper has {last} pages" if last else "Enter a page of the paper"
    if wrong:
        raise ValidationError(wrong)
    note.text, note.page = words, page
    note.save()
    return note
