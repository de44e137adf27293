"""The Home Office's Quality Assurance Panel: a report is sent to it, it answers, it clears.

Multi-agency statutory guidance under the 2004 Act, section 9(3): a report is published only after
the panel has cleared it. Where another partnership leads, its steps are written down as told.
"""

import dataclasses
import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import history
from core.markings import Marking
from core.permissions import can
from core.workflow import Wrong
from dhr.models import Feedback, Review, Stage, Step, Submission
from dhr.workflow import milestones
from dhr.workflow.steps import keep, note, past_day, take, tell_officers, text_of
from documents.models import Document
from documents.workflow import add_document, add_version
from documents.workflow.papers import checked_file

WRITTEN = (Stage.UNDER_WAY, Stage.RETURNED)
ANSWERS = tuple(each for each in Feedback if each != Feedback.WAITING)


@transaction.atomic
def submit(
    review: Review, *, submitted_on: datetime.date, document: Document | None = None,
    file: Any = None, changes: str = "", by: Any,
) -> Submission:  # fmt: skip
    """Write down that the overview report was sent to the Quality Assurance Panel.

    ``document`` is a restricted paper of the review; its newest version is what was sent, by its
    SHA-256. A ``file`` becomes such a paper, or the next version of the one that was sent before.
    Sent again, it says what was changed. Raises ``Wrong``, ``ValidationError``.
    """
    review = take(review, by=by, stages=WRITTEN)
    before = review.submissions.first()
    wrong: dict[str, str] = {}
    since = before.feedback_on if before and before.feedback_on else review.notified_on
    what = "the panel’s last answer" if before else "the notification"
    past_day(wrong, "submitted_on", submitted_on, since, what)
    missing = "Enter what was changed since the last time" if before else ""
    changes = text_of(wrong, "changes", changes, missing)
    if document and file:
        wrong["file"] = "Choose a paper or a file, not both"
    elif file and not wrong:
        document = _sent_in(review, before.document if before else None, file, by)
    sha256 = _of_review(wrong, review, document)
    if wrong:
        raise ValidationError(wrong)
    made = Submission(
        review=review, number=before.number + 1 if before else 1, document=document,
        sha256=sha256, changes=changes, submitted_on=submitted_on, by=by,
    )  # fmt: skip
    history.save(made, by=by)
    for step in (Step.REPORT, Step.SUBMIT):
        milestones.finish(review, step, submitted_on, by=by)
    keep(review, "submitted the report of", by=by, stage=Stage.SUBMITTED)
    tell_officers(
        review, "death-review-submitted", "A report was sent to the Quality Assurance Panel", by=by
    )
    return made


def _sent_in(review: Review, before: Document | None, file: Any, by: Any) -> Document:
    """The file as a restricted paper, under a title and a file name that tell nothing."""
    checked = checked_file(file)
    ending = checked.file_name.rpartition(".")[2].lower()
    named = dataclasses.replace(checked, file_name=f"{review.reference}-report.{ending}")
    if before is None:
        return add_document(
            review.group, title=f"Overview report, {review.reference}", marking=Marking.SENSITIVE,
            file=named, allowed=can(by, "work on", review), by=by,
        )  # fmt: skip
    add_version(before, file=named, by=by)
    return before


def _of_review(wrong: dict[str, str], review: Review, document: Document | None) -> str:
    """The SHA-256 of what is sent: the newest version of a restricted paper of the review."""
    if document is None:
        if review.led_here:
            wrong.setdefault("file", "Choose the overview report")
        return ""
    if document.group_id != review.group_id or not document.restricted:
        wrong["document"] = "Choose a restricted paper of this review"
        return ""
    return str(document.versions.order_by("-number").values_list("content", flat=True)[0])


@transaction.atomic
def record_feedback(
    submission: Submission, *, feedback: str, on: datetime.date, text: str = "", by: Any
) -> Submission:
    """Write down what the Quality Assurance Panel answered.

    Cleared, the report may be published; else it is changed and sent again.
    """
    review = take(submission.review, by=by, stages=(Stage.SUBMITTED,))
    submission = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    if submission.feedback != Feedback.WAITING:
        raise Wrong("The panel’s answer to this is written down already.")
    wrong: dict[str, str] = {}
    if feedback not in ANSWERS:
        wrong["feedback"] = "Choose what the panel said"
    missing = "" if feedback == Feedback.CLEARED else "Enter what the panel asks to be changed"
    submission.feedback_text = text_of(wrong, "text", text, missing)
    past_day(wrong, "on", on, submission.submitted_on, "the report was sent")
    if wrong:
        raise ValidationError(wrong)
    submission.feedback, submission.feedback_on = feedback, on
    history.save(submission, by=by)
    _go_on(review, submission, by)
    return submission


def _go_on(review: Review, submission: Submission, by: Any) -> None:
    cleared = submission.feedback == Feedback.CLEARED
    if cleared and submission.feedback_on:
        milestones.finish(review, Step.FEEDBACK, submission.feedback_on, by=by)
    stage = Stage.CLEARED if cleared else Stage.RETURNED
    keep(review, "wrote down the panel’s answer on", by=by, stage=stage)
    tell_officers(
        review, "death-review-answered", "The Quality Assurance Panel has answered", by=by
    )


@transaction.atomic
def take_back_feedback(submission: Submission, *, reason: str, by: Any) -> Submission:
    """Take back an answer that was written down by mistake; nothing was published on it yet."""
    review = take(submission.review, by=by, stages=(Stage.CLEARED, Stage.RETURNED))
    submission = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    last = review.submissions.first()
    if last is None or last.pk != submission.pk:
        raise Wrong("A later report was sent since.")
    if review.renditions.filter(submission=submission, ended_at=None).exists():
        raise Wrong("A public report waits to be published. Put it away first.")
    wrong: dict[str, str] = {}
    text_of(wrong, "reason", reason, "Enter why it is taken back", 300)
    if wrong:
        raise ValidationError(wrong)
    submission.feedback, submission.feedback_on, submission.feedback_text = (
        Feedback.WAITING, None, "",
    )  # fmt: skip
    history.save(submission, by=by, why="Written down by mistake")
    keep(review, "took back the panel’s answer on", by=by, stage=Stage.SUBMITTED)
    note("sent back to the panel", review, by=by, number=submission.number)
    return submission
