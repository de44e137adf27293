"""What comes by the private link once an application was sent, and what is done about it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import clock
from core.permissions import can, require
from core.workflow import Wrong
from triggers.models import ApplicantMessage, Application, Consent
from triggers.workflow.steps import note, tell_officers

LONGEST = 4000
REMARK = 300


@transaction.atomic
def write(application: Application, *, kind: str, text: str) -> ApplicantMessage:
    """Leave a message for the case's officers, who are told that there is one."""
    application = _taken(application)
    text = text.strip()
    if not text:
        raise ValidationError({"text": "Write what you want to tell us"})
    if len(text) > LONGEST:
        raise ValidationError({"text": f"This must be {LONGEST} characters or fewer"})
    message = ApplicantMessage.objects.create(application=application, kind=kind, text=text)
    note("left a message in", application, by=None, kind=kind)
    tell_officers(
        application, "case-review-message", "The applicant has written to us",
        occurrence=str(message.pk),
    )  # fmt: skip
    return message


@transaction.atomic
def deal_with(message: ApplicantMessage, *, remark: str, by: Any) -> ApplicantMessage:
    """Say what was done about a message."""
    message = ApplicantMessage.objects.select_for_update(of=("self",)).get(pk=message.pk)
    require(can(by, "work on", message.application))
    if message.dealt_at:
        raise Wrong("Somebody has dealt with this message already.")
    remark = " ".join(remark.split())
    if not remark:
        raise ValidationError({"remark": "Say what was done"})
    if len(remark) > REMARK:
        raise ValidationError({"remark": f"This must be {REMARK} characters or fewer"})
    message.remark, message.dealt_at, message.dealt_by = remark, clock.now(), by
    message.save()
    note("dealt with a message in", message.application, by=by)
    return message


@transaction.atomic
def take_back_consent(application: Application, *, how: str) -> Consent:
    """Who applied for another says that this person no longer agrees."""
    application = _taken(application)
    how = " ".join(how.split())
    if len(how) > REMARK:
        raise ValidationError({"how": f"This must be {REMARK} characters or fewer"})
    consent = Consent.objects.create(
        application=application, given=False, said_on=clock.today(),
        how=how or "Said by the person who applied, through the private link",
    )  # fmt: skip
    note("took back consent in", application, by=None)
    tell_officers(
        application, "case-review-consent", "Consent was taken back in a case review",
        occurrence=str(consent.pk),
    )  # fmt: skip
    return consent


def _taken(application: Application) -> Application:
    rows = Application.objects.select_for_update(of=("self",)).select_related("partnership")
    application = rows.get(pk=application.pk)
    if not application.is_open:
        raise Wrong("Your case is closed, so we do not look here any more. Please call us.")
    return application
