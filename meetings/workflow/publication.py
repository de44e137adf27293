"""Publishing agreed minutes: a page and a PDF for everybody, and the full PDF behind the gate.

What is published is frozen under its hash. The public rendition is read from the database apart
from the full one, never cut out of it.
"""

from typing import Any

from django.db import transaction

import documents.workflow
from core import clock
from core.dates import longdate
from documents.models import Document, Publication
from meetings import renditions
from meetings.models import Meeting
from meetings.renditions.shapes import Minutes
from meetings.workflow import move_on, take, tell_members
from membership.models import GroupKind


@transaction.atomic
def publish(meeting: Meeting, *, by: Any) -> Meeting:
    """Publish agreed minutes, once. Only the board's have a public rendition."""
    current = take("publish", meeting, by=by)
    full = renditions.build(current, renditions.RESTRICTED)
    made: dict[str, Any] = {"restricted_minutes": _full_document(current, full, by)}
    if is_public(current):
        made["public_minutes"] = _publication(current, by)
    moved = move_on(
        current, "publish", by=by, says="published the minutes of", published_at=clock.now(),
        published_by=by, **made,
    )  # fmt: skip
    tell_members(
        moved, kind="minutes-published", but=by, text=f"{moved}: the minutes are published"
    )
    return moved


def is_public(meeting: Meeting) -> bool:
    """Whether the public reads the minutes of this group at all."""
    return meeting.group.kind == GroupKind.BOARD


def _publication(meeting: Meeting, by: Any) -> Publication:
    minutes = renditions.build(meeting, renditions.PUBLIC)
    return documents.workflow.publish(
        meeting.partnership, kind="minutes", slug=f"minutes-{meeting.slug}", title=minutes.title,
        summary=f"What the {meeting.group.name} discussed and decided on {longdate(meeting.on)}.",
        html=renditions.page(minutes), text=renditions.text(minutes),
        pdf=renditions.document(minutes), file_name=renditions.file_name(meeting, minutes), by=by,
    )  # fmt: skip


def _full_document(meeting: Meeting, full: Minutes, by: Any) -> Document:
    return documents.workflow.add_document(
        meeting.group, title=f"{full.title}, in full", marking=full.marking,
        content=renditions.document(full), content_type="application/pdf",
        file_name=renditions.file_name(meeting, full), by=by,
    )  # fmt: skip
