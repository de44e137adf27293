"""Publishing agreed minutes: a page and a PDF for everybody, and the full PDF behind the gate.

What is published is frozen under its hash. The public rendition is read from the database apart
from the full one, never cut out of it. Where anything is or was restricted, ``approval`` has two
people publish. A later note goes out as a successor, which says what was corrected.
"""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max

import documents.workflow
from core import clock, markup
from core.dates import count, longdate
from core.permissions import can, require
from core.workflow import Wrong
from documents.models import Document, Publication
from meetings import renditions
from meetings.checking import Check, check
from meetings.models import Meeting, Status
from meetings.renditions.shapes import Minutes
from meetings.workflow import move_on, take, tell_members
from membership.models import GroupKind

TWO_PEOPLE = (
    "Something in these minutes is or was restricted, so one person asks for their publication "
    "and another approves it."
)


@transaction.atomic
def publish(meeting: Meeting, *, acknowledged: Collection[str] = (), by: Any) -> Meeting:
    """Publish agreed minutes, once. Only the board's have a public rendition.

    ``acknowledged`` are the keys of what the check found, each ticked. Raises ``Wrong`` where two
    people are needed, or something is left to look at.
    """
    current = take("publish", meeting, by=by)
    _by_one(current, acknowledged, by)
    return go_out(current, by=by)


@transaction.atomic
def publish_again(
    meeting: Meeting, *, correction_note: str = "", acknowledged: Collection[str] = (), by: Any
) -> Meeting:
    """Publish the notes that were made since; a public page gets a successor that says so."""
    current = take("publish again", meeting, by=by)
    if not waiting_notes(current):
        raise Wrong("No note has been made since these minutes were published.")
    if changes_public(current):
        noted(correction_note)
        _by_one(current, acknowledged, by)
    return go_out(current, correction_note=correction_note, by=by)


def _by_one(meeting: Meeting, acknowledged: Collection[str], by: Any) -> None:
    if not is_public(meeting):
        return
    reads_all(meeting, by)
    found = check(meeting)
    if found.two_people:
        raise Wrong(TWO_PEOPLE)
    looked_at(found, acknowledged)


def is_public(meeting: Meeting) -> bool:
    """Whether the public reads the minutes of this group at all."""
    return meeting.group.kind == GroupKind.BOARD


def reads_all(meeting: Meeting, by: Any) -> None:
    """Raise ``Refused`` for somebody from whom an item is withheld: they cannot check it."""
    for item in meeting.items.order_by("number"):
        item.meeting = meeting
        require(can(by, "open", item))


def looked_at(found: Check, acknowledged: Collection[str]) -> None:
    """Raise ``Wrong`` unless each finding is ticked and each redaction has its reason."""
    missing = len(found.without_reason)
    if missing:
        raise Wrong(f"Say why it stays out: {count(missing, 'reason')} to enter.", code="reasons")
    left = [each for each in found.findings if each.key not in acknowledged]
    if left:
        says = f"Look at what the check found and tick it: {count(len(left), 'thing')} left."
        raise Wrong(says, code="findings")


def noted(correction_note: str) -> str:
    """What was corrected, for the successor to say. Raises ``ValidationError``."""
    words = markup.plain(correction_note)
    if not words:
        raise ValidationError({"correction_note": "Say what was corrected"})
    if len(words) > 300:
        message = f"This must be 300 characters or fewer. It has {len(words)}"
        raise ValidationError({"correction_note": message})
    return words


# ---- what a later note changes ------------------------------------------------------------------


def waiting_notes(meeting: Meeting) -> int:
    """How many notes were made since the minutes were last published."""
    if meeting.status != Status.PUBLISHED or meeting.restricted_minutes is None:
        return 0
    last = meeting.restricted_minutes.versions.aggregate(at=Max("created_at"))["at"]
    return meeting.later_notes.filter(made_at__gt=last).count()


def changes_public(meeting: Meeting) -> bool:
    """Whether the public page would now read otherwise than it was published."""
    if not meeting.public_minutes:
        return False
    page = markup.published_html(renditions.page(renditions.build(meeting, renditions.PUBLIC)))
    return str(page) != meeting.public_minutes.html


# ---- going out ----------------------------------------------------------------------------------


def go_out(meeting: Meeting, *, correction_note: str = "", by: Any) -> Meeting:
    """Publish what has been checked; ``by`` is the officer in whose name it goes out."""
    full = renditions.build(meeting, renditions.RESTRICTED)
    if meeting.status == Status.PUBLISHED:
        return _go_out_again(meeting, full, correction_note, by)
    made: dict[str, Any] = {"restricted_minutes": _full_document(meeting, full, by)}
    if is_public(meeting):
        made["public_minutes"] = _publication(meeting, by)
    moved = move_on(
        meeting, "publish", by=by, says="published the minutes of", published_at=clock.now(),
        published_by=by, **made,
    )  # fmt: skip
    tell_members(
        moved, kind="minutes-published", but=by, text=f"{moved}: the minutes are published"
    )
    return moved


def _go_out_again(meeting: Meeting, full: Minutes, correction_note: str, by: Any) -> Meeting:
    """The full PDF as a newer version, and the public one as a successor if it reads otherwise."""
    made: dict[str, Any] = {}
    if changes_public(meeting):
        made["public_minutes"] = _publication(meeting, by, noted(correction_note))
    _newer_version(meeting, full, by)
    moved = move_on(meeting, "publish again", by=by, says="published a correction of", **made)
    tell_members(
        moved, kind="minutes-corrected", but=by, occurrence=clock.now().isoformat(),
        text=f"{moved}: a correction of the minutes is published",
    )  # fmt: skip
    return moved


def _publication(meeting: Meeting, by: Any, correction_note: str = "") -> Publication:
    minutes = renditions.build(meeting, renditions.PUBLIC)
    return documents.workflow.publish(
        meeting.partnership, kind="minutes", slug=f"minutes-{meeting.slug}", title=minutes.title,
        summary=f"What the {meeting.group.name} discussed and decided on {longdate(meeting.on)}.",
        html=renditions.page(minutes), text=renditions.text(minutes),
        pdf=renditions.document(minutes), file_name=renditions.file_name(meeting, minutes),
        replaces=meeting.public_minutes, correction_note=correction_note, by=by,
    )  # fmt: skip


def _full_document(meeting: Meeting, full: Minutes, by: Any) -> Document:
    return documents.workflow.add_document(
        meeting.group, title=f"{full.title}, in full", marking=full.marking,
        content=renditions.document(full), content_type="application/pdf",
        file_name=renditions.file_name(meeting, full), by=by,
    )  # fmt: skip


def _newer_version(meeting: Meeting, full: Minutes, by: Any) -> None:
    document: Any = meeting.restricted_minutes
    if full.restricted:
        document = documents.workflow.restrict(document, by=by)
    file = ContentFile(renditions.document(full), renditions.file_name(meeting, full))
    documents.workflow.add_version(document, file=file, by=by)
