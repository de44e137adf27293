"""The list of incidents: kept by officers, sent to the applicant, corrected, agreed.

Every change keeps what stood there before in the history of the record, the applicant's own words
first. What is taken off keeps its number and the reason.
"""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from core import clock, history
from core.markup import plain
from core.workflow import Wrong
from triggers.models import (
    Application,
    Complaint,
    CorrectionAnswer,
    ListCorrection,
    RelevantBody,
    Review,
    Stage,
)
from triggers.models.applications import MOST_COMPLAINTS
from triggers.queries import threshold
from triggers.workflow.answering import wrong_dates
from triggers.workflow.steps import keep, note, take, tell_officers, wrong_text

BEFORE_PANEL = (Stage.RECEIVED, Stage.REVIEW)
TEXTS = {"what": 4000, "where": 300, "other_body": 160, "report_reference": 80, "response": 4000}
MOST_WAITING = 50
LONG = 4000

listed = threshold.listed


@transaction.atomic
def add_complaint(application: Application, *, by: Any, **told: Any) -> Complaint:
    """Add something to the list, from a body's record or a correction of the applicant's."""
    application = _open_list(application, by)
    rows = Complaint.objects.filter(application=application)
    if rows.filter(removed_because="").count() >= MOST_COMPLAINTS:
        raise Wrong(f"A list holds {MOST_COMPLAINTS} incidents at most.")
    number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    complaint = Complaint(application=application, number=number, added_by=by)
    _write(complaint, told, by)
    _changed(application, "added to the list of", by=by)
    return complaint


@transaction.atomic
def change_complaint(complaint: Complaint, *, by: Any, **told: Any) -> Complaint:
    """Correct an entry. What stood there before, and who wrote it, stays in its history."""
    application = _open_list(complaint.application, by)
    complaint = _locked(complaint)
    if complaint.removed_because:
        raise Wrong("This was taken off the list. Put it back first.")
    _write(complaint, told, by)
    _changed(application, "changed the list of", by=by)
    return complaint


@transaction.atomic
def remove_complaint(complaint: Complaint, *, reason: str, by: Any) -> Complaint:
    """Take an entry off the list, with the reason. It keeps its number, and can be put back."""
    application = _open_list(complaint.application, by)
    complaint = _locked(complaint)
    reason = plain(reason)
    wrong = wrong_text("reason", reason, "Enter why it is taken off")
    if wrong:
        raise ValidationError(wrong)
    complaint.removed_because = reason
    history.save(complaint, by=by, fields=["removed_because"])
    _changed(application, "took something off the list of", by=by)
    return complaint


@transaction.atomic
def put_back(complaint: Complaint, *, by: Any) -> Complaint:
    """Put an entry back that was taken off."""
    application = _open_list(complaint.application, by)
    complaint = _locked(complaint)
    complaint.removed_because = ""
    history.save(complaint, by=by, fields=["removed_because"])
    _changed(application, "put something back on the list of", by=by)
    return complaint


def _open_list(application: Application, by: Any) -> Application:
    application = take(application, by=by, stages=BEFORE_PANEL)
    if has_sat(application):
        raise Wrong("The panel has sat on this list, so it stands as it was.")
    return application


def has_sat(application: Application) -> bool:
    """Whether the panel was held: the list is then part of what it decided on."""
    return Review.objects.filter(application=application, held_on__isnull=False).exists()


def _locked(complaint: Complaint) -> Complaint:
    rows = Complaint.objects.select_for_update(of=("self",)).select_related("body")
    return rows.get(pk=complaint.pk)


def _write(complaint: Complaint, told: dict[str, Any], by: Any) -> None:
    for name, value in told.items():
        setattr(complaint, name, plain(value) if isinstance(value, str) else value)
    wrong = wrong_text("what", complaint.what, "Enter what happened", LONG)
    wrong |= wrong_dates(complaint)
    for name, most in TEXTS.items():
        if len(getattr(complaint, name)) > most:
            wrong.setdefault(name, f"This must be {most} characters or fewer")
    if complaint.body and complaint.body.partnership_id != complaint.partnership.pk:
        wrong["body"] = "Choose a body of this partnership"
    if complaint.body and complaint.other_body:
        wrong["other_body"] = "Choose a body, or name another one, not both"
    if wrong:
        raise ValidationError(wrong)
    if complaint.reported_on or complaint.body or complaint.other_body:
        complaint.told_nobody = False
    history.save(complaint, by=by)


def _changed(application: Application, verb: str, *, by: Any) -> None:
    """The list is another one now: what the applicant agreed was the one before."""
    keep(application, verb, by=by, list_agreed_on=None)


# ---- with the applicant -------------------------------------------------------------------------


@transaction.atomic
def send_list(application: Application, *, on: datetime.date | None = None, by: Any) -> Application:
    """Say that the list has gone to the applicant to be checked.

    ``by`` may be nobody: the letter with the list has gone.
    """
    application = _open_list(application, by) if by else _held(application)
    if not listed(application):
        raise Wrong("There is nothing on the list to send.")
    return keep(application, "sent the list of", by=by, list_sent_on=on or clock.today(),
                list_agreed_on=None)  # fmt: skip


def _held(application: Application) -> Application:
    rows = Application.objects.select_for_update(of=("self",)).select_related("group")
    return rows.get(pk=application.pk)


def may_be_corrected(application: Application) -> bool:
    """Whether the applicant can still say what is wrong: until the panel has sat."""
    return application.stage in BEFORE_PANEL and not has_sat(application)


@transaction.atomic
def correct(
    application: Application, *, text: str, complaint: Complaint | None = None
) -> ListCorrection:
    """The applicant says what is wrong with an entry, or (with none) what is missing."""
    application = _held(application)
    if not may_be_corrected(application):
        raise Wrong("The panel has sat, so the list can no longer be changed. Please call us.")
    if complaint and complaint.application_id != application.pk:
        raise ValidationError({"complaint": "Choose one of the list"})
    text = plain(text)
    wrong = wrong_text("text", text, "Write what is wrong or missing", LONG)
    waiting = ListCorrection.objects.filter(
        application=application, answer=CorrectionAnswer.WAITING
    )
    if not wrong and waiting.count() >= MOST_WAITING:
        wrong["text"] = "You have sent us many corrections. Wait for our answer, or call us"
    if wrong:
        raise ValidationError(wrong)
    made = ListCorrection.objects.create(application=application, complaint=complaint, text=text)
    note("corrected the list of", application, by=None)
    tell_officers(
        application, "case-review-correction", "The applicant has corrected the list of incidents",
        occurrence=str(made.pk),
    )  # fmt: skip
    return made


@transaction.atomic
def agree_list(application: Application) -> Application:
    """The applicant says that the list is right."""
    application = _held(application)
    if not may_be_corrected(application):
        raise Wrong("The panel has sat, so the list can no longer be changed. Please call us.")
    if application.list_sent_on is None:
        raise Wrong("We have not sent you the list to check yet.")
    if application.list_agreed_on:
        return application
    tell_officers(application, "case-review-list-agreed", "The list of incidents is agreed")
    return keep(application, "agreed the list of", by=None, list_agreed_on=clock.today())


@transaction.atomic
def answer_correction(
    correction: ListCorrection, *, taken: bool, remark: str, by: Any
) -> ListCorrection:
    """Say that a correction is on the list now, or goes to the panel as the applicant's words."""
    application = _open_list(correction.application, by)
    rows = ListCorrection.objects.select_for_update(of=("self",))
    correction = rows.get(pk=correction.pk)
    if correction.answer != CorrectionAnswer.WAITING:
        raise Wrong("This has been answered already.")
    remark = plain(remark)
    wrong = wrong_text("remark", remark, "Enter the reason, in words the applicant will read")
    if wrong:
        raise ValidationError(wrong)
    correction.answer = CorrectionAnswer.TAKEN if taken else CorrectionAnswer.NOTED
    correction.remark = remark
    correction.answered_at, correction.answered_by = clock.now(), by
    correction.save()
    note("answered a correction of the list of", application, by=by, answer=correction.answer)
    return correction


def bodies_to_choose(application: Application) -> Any:
    """The bodies to which a complaint may have been made: also those that have ended since."""
    return RelevantBody.objects.of(application.partnership).select_related("agency")
