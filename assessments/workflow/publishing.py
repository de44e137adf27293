"""Publishing the public edition: by one officer, or by two people where anything is restricted.

As for minutes, the danger left is a person's: a name too many in the open part of the text. So one
officer asks and somebody else approves, of the very words whose digest stands in the question.
"""

import hashlib
from typing import Any

from django.db import transaction

import documents.workflow
from assessments import renditions
from assessments.figures_of import PUBLIC, RESTRICTED
from assessments.models import Assessment
from assessments.queries.approving import approvers
from assessments.workflow.assessing import ADOPTED, PUBLISHED, note, take, tell_board
from core import clock, history
from core.permissions import can
from core.workflow import Wrong
from notices.workflow import tell

TWO_PEOPLE = (
    "Its restricted edition holds more than the public one, so one person asks for its "
    "publication and another approves it."
)


def two_people(assessment: Assessment) -> bool:
    """Whether anything in it is restricted or hidden from the public, or ever was."""
    if renditions.build(assessment, RESTRICTED).restricted:
        return True
    section = assessment.sections.model
    return section.history.filter(assessment=assessment.pk, text__contains="[[").exists()


def digest(assessment: Assessment) -> str:
    """The SHA-256 of the public page as it would be published now."""
    page = renditions.page(renditions.build(assessment, PUBLIC))
    return hashlib.sha256(page.encode()).hexdigest()


@transaction.atomic
def publish(assessment: Assessment, *, by: Any) -> Assessment:
    """Publish the public edition of an adopted assessment, once, where one person is enough."""
    current = take(assessment, "publish", ADOPTED, by=by)
    if two_people(current):
        raise Wrong(TWO_PEOPLE)
    return _go_out(current, by=by)


@transaction.atomic
def ask_to_publish(assessment: Assessment, *, by: Any) -> Assessment:
    """Ask another officer, the chair or the vice-chair to approve the publication."""
    current = take(assessment, "publish", ADOPTED, by=by)
    if not two_people(current):
        raise Wrong("Nothing in it is or was restricted, so you can publish it.")
    now = digest(current)
    if current.asked_at and current.asked_digest == now:
        raise Wrong(f"{current.asked_by} has already asked for its publication.")
    _ask(current, digest=now, at=clock.now(), asker=by, by=by)
    note("asked to publish", current, by=by)
    tell(
        approvers(current), kind="assessment-to-approve", but=by, about=current,
        text=f"{current}: it waits for you to approve that it is published",
        url=f"{current.get_absolute_url()}publish/", partnership=current.partnership,
        occurrence=clock.now().isoformat(),
    )  # fmt: skip
    return current


@transaction.atomic
def approve(assessment: Assessment, *, by: Any) -> Assessment:
    """Approve, and thereby publish, in the name of whoever asked."""
    current = take(assessment, "approve publication", ADOPTED, by=by)
    asker = _asked(current)
    if asker.pk == by.pk:
        raise Wrong("Somebody else must approve this: you asked for it.")
    if digest(current) != current.asked_digest:
        raise Wrong("The public edition reads otherwise by now. The officer must ask again.")
    if not can(asker, "publish", current):
        raise Wrong(f"{asker}, who asked, is no longer an officer of the partnership.")
    note("approved the publication of", current, by=by)
    return _go_out(current, by=asker)


@transaction.atomic
def do_not_publish(assessment: Assessment, *, by: Any) -> Assessment:
    """Answer the question with no, or take it back: officers and whoever may approve can."""
    current = take(assessment, "approve publication", ADOPTED, by=by)
    asker = _asked(current)
    _ask(current, digest="", at=None, asker=None, by=by)
    note("did not approve the publication of", current, by=by)
    tell(
        [asker], kind="assessment-not-approved", but=by, about=current,
        text=f"{current}: its publication was not approved",
        url=current.get_absolute_url(), partnership=current.partnership,
        occurrence=clock.now().isoformat(),
    )  # fmt: skip
    return current


def _asked(assessment: Assessment) -> Any:
    if assessment.asked_by is None:
        raise Wrong("Nobody is asking for its publication now.")
    return assessment.asked_by


def _ask(assessment: Assessment, *, digest: str, at: Any, asker: Any, by: Any) -> None:
    assessment.asked_digest, assessment.asked_at, assessment.asked_by = digest, at, asker
    history.save(assessment, by=by, fields=["asked_digest", "asked_at", "asked_by"])


def _go_out(assessment: Assessment, *, by: Any) -> Assessment:
    report = renditions.build(assessment, PUBLIC)
    assessment.publication = documents.workflow.publish(
        assessment.partnership, kind="strategic assessment",
        slug=f"strategic-assessment-{assessment.slug}", title=assessment.title,
        summary=f"What is known of crime and disorder in {report.period}, and what follows.",
        html=renditions.page(report), text=renditions.text(report),
        pdf=renditions.document(report), file_name=renditions.file_name(assessment, report), by=by,
    )  # fmt: skip
    assessment.status = PUBLISHED
    history.save(assessment, by=by, fields=["publication", "status"])
    note("published", assessment, by=by)
    tell_board(
        assessment, kind="assessment-published", by=by,
        text=f"{assessment}: the public edition is published",
    )  # fmt: skip
    return assessment
