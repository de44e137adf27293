"""Answers are kept as they are given, page by page, while an application is filled in.

No history is kept of what was never sent: it begins when the application is sent in.
"""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Max

from core import clock
from core.workflow import Wrong
from triggers.models import (
    Application,
    Complaint,
    Consent,
    Impact,
    OnBehalf,
    Party,
    PartyKind,
    Stage,
)
from triggers.models.applications import MOST_COMPLAINTS
from triggers.queries import drafts

SENT = "Your application has been sent, so it can no longer be changed here."
DELETED = "This was deleted, so there is nothing to change."


def taken(application: Application) -> Application:
    """The draft, locked. Raises ``Wrong`` when it has been sent, or deleted."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("partnership")
    found = rows.filter(pk=application.pk).first()
    if found is None:
        raise Wrong(DELETED)
    if found.stage != Stage.DRAFT:
        raise Wrong(SENT)
    return found


def draft_days(application: Application) -> datetime.timedelta:
    """How long a draft is kept after it was last saved."""
    procedure = drafts.procedure_of(application.partnership)
    return datetime.timedelta(days=procedure.draft_days if procedure else 30)


def quietly(record: models.Model) -> None:
    """Save without a line of history."""
    record.skip_history_when_saving = True  # type: ignore[attr-defined]
    record.save()
    del record.skip_history_when_saving  # type: ignore[attr-defined]


def touched(application: Application) -> None:
    """Note that something was saved; the draft is kept for its days from now."""
    application.saved_at = clock.now()
    application.draft_ends_on = clock.today() + draft_days(application)
    quietly(application)


@transaction.atomic
def keep(application: Application, *, answers: dict[str, dict[str, Any]]) -> Application:
    """Keep what was answered: values by field, of ``application``, ``speaker``, ``victim``,
    ``impact`` or ``consent``. What is not among them stays as it was.
    """
    application = taken(application)
    for name, value in answers.get("application", {}).items():
        if name == "on_behalf":
            _speak_for(application, value)
        setattr(application, name, value)
    for kind, values in _parties(application, answers).items():
        party = Party.objects.filter(application=application, kind=kind).first()
        _keep(party or Party(application=application, kind=kind), values)
    if answers.get("impact"):
        impact = Impact.objects.filter(application=application).first()
        _keep(impact or Impact(application=application), answers["impact"])
    if answers.get("consent"):
        consent = application.consents.first()
        consent = consent or Consent(application=application, said_on=clock.today())
        _keep(consent, answers["consent"])
    touched(application)
    return application


def _parties(
    application: Application, answers: dict[str, dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """What is said of each party by its kind: who speaks may be the victim."""
    found: dict[str, dict[str, Any]] = {}
    kinds = {"victim": str(PartyKind.VICTIM), "speaker": drafts.speaker_kind(application)}
    for name, kind in kinds.items():
        if values := answers.get(name):
            found.setdefault(kind, {}).update(values)
    return found


def _keep(record: models.Model, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(record, name, value)
    quietly(record)


def _speak_for(application: Application, on_behalf: str) -> None:
    """Who applies for another was never the victim: what they said of themselves goes with them."""
    was, now = drafts.for_another(application), on_behalf in drafts.FOR_ANOTHER
    if was == now:
        return
    rows = Party.objects.filter(application=application)
    if now:
        mine = rows.filter(kind=PartyKind.VICTIM).first()
        kind = PartyKind.APPLICANT
    else:
        mine = rows.filter(kind=PartyKind.APPLICANT).first()
        kind = PartyKind.VICTIM
        forget(rows.filter(kind=PartyKind.VICTIM))
        application.consents.all().delete()
    if mine is not None:
        mine.kind = kind
        quietly(mine)
    if on_behalf != OnBehalf.SEVERAL:
        application.households = 1


# ---- reports ------------------------------------------------------------------------------------


@transaction.atomic
def add_complaint(application: Application) -> Complaint:
    """Begin another report. An empty one that was begun before is taken up again."""
    application = taken(application)
    empty = application.complaints.filter(what="", happened_on=None, reported_on=None).first()
    if empty is not None:
        return empty
    if application.complaints.count() >= MOST_COMPLAINTS:
        raise Wrong(f"You can tell us about {MOST_COMPLAINTS} reports here. Call us with the rest.")
    last = application.complaints.aggregate(last=Max("number"))["last"] or 0
    complaint = Complaint(application=application, number=last + 1)
    quietly(complaint)
    return complaint


@transaction.atomic
def keep_complaint(application: Application, *, number: int, values: dict[str, Any]) -> Complaint:
    """Keep what was answered of one report. Raises ``ValidationError`` by field.

    Raises ``Wrong`` where it has been removed meanwhile.
    """
    application = taken(application)
    complaint = application.complaints.filter(number=number).first()
    if complaint is None:
        raise Wrong("This report has been removed in another window.")
    for name, value in values.items():
        setattr(complaint, name, value)
    if wrong := wrong_dates(complaint):
        raise ValidationError(wrong)
    quietly(complaint)
    touched(application)
    return complaint


def wrong_dates(complaint: Complaint) -> dict[str, str]:
    """What cannot be so: the future, an end before its beginning, a report before the trouble."""
    today = clock.today()
    wrong = {}
    if complaint.happened_on and complaint.happened_on > today:
        wrong["happened_on"] = "The day it happened must be today or in the past"
    began, ended = complaint.went_on_from, complaint.happened_on
    if began and (began > today or (ended and began > ended)):
        wrong["went_on_from"] = "It must have begun before it ended"
    if complaint.reported_on and complaint.reported_on > today:
        wrong["reported_on"] = "The date you reported it must be today or in the past"
    elif complaint.reported_on and ended and complaint.reported_on < ended:
        wrong["reported_on"] = "You cannot have reported it before it happened"
    return wrong


@transaction.atomic
def remove_complaint(application: Application, *, number: int) -> None:
    """Take a report off a draft: nothing of it is kept."""
    application = taken(application)
    forget(application.complaints.filter(number=number))
    touched(application)


# ---- forgetting ---------------------------------------------------------------------------------


def forget(rows: models.QuerySet[Any]) -> int:
    """Delete records of a draft, and whatever history the deletion itself would leave."""
    keys = list(rows.values_list("pk", flat=True))
    key = rows.model._meta.pk.attname
    rows.delete()
    if keys and hasattr(rows.model, "history"):
        rows.model.history.filter(**{f"{key}__in": keys}).delete()
    return len(keys)
