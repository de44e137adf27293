"""From a draft to a case: begun, sent in, deleted, withdrawn."""

import datetime
import logging
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from actions.workflow import references
from core import clock, history
from core.permissions import can, require
from core.workflow import Wrong
from membership.models import Group, GroupKind, Partnership, Role, Seat
from membership.workflow.panels import form_panel
from triggers.models import (
    ApplicantMessage,
    Application,
    Channel,
    ClockStage,
    Complaint,
    CountedFrom,
    Impact,
    MessageKind,
    Party,
    Procedure,
    Stage,
)
from triggers.queries import drafts
from triggers.workflow import answering, clocks, threshold
from triggers.workflow.steps import note, tell_officers

logger = logging.getLogger("csp.case-reviews")

NOT_HERE = "The partnership has not said yet how it holds case reviews."
CLOSED = "Applications are not taken online at present."
DIGITS = 4


@transaction.atomic
def begin(partnership: Partnership, *, channel: str, by: Any = None) -> Application:
    """Begin a draft: by somebody online, or by an officer who writes down what they are told."""
    procedure = drafts.procedure_of(partnership)
    if procedure is None:
        raise Wrong(NOT_HERE)
    if channel == Channel.ONLINE and not procedure.is_open:
        raise Wrong(CLOSED)
    application = Application(
        partnership=partnership, channel=channel, taken_by=None if channel == Channel.ONLINE else by
    )
    answering.touched(application)
    return application


# ---- sending ------------------------------------------------------------------------------------


@transaction.atomic
def submit(application: Application, *, by: Any = None) -> Application:
    """Send a draft in: it gets its reference, its need-to-know list, and its clocks.

    Raises ``Wrong`` when it was sent before, and ``ValidationError`` while something is missing
    that nobody could do without. No application is refused for what it says.
    """
    application = answering.taken(application)
    procedure = drafts.procedure_of(application.partnership)
    if procedure is None:
        raise Wrong(NOT_HERE)
    lacking = drafts.missing(drafts.draft(application))
    if lacking:
        raise ValidationError([words for words, _ in lacking])
    _number_again(application)
    today = clock.today()
    reference = references.take_next(
        Application, application.partnership, f"CR-{today.year}-", digits=DIGITS
    )
    officers = officers_for(procedure, today)
    application.reference, application.stage = reference, Stage.RECEIVED
    application.received_at, application.received_on = clock.now(), today
    application.saved_at, application.draft_ends_on = clock.now(), None
    application.group = _group(procedure, reference, officers, today, by)
    history.save(application, by=by)
    _begin_history(application, by)
    clocks.begin(application, CountedFrom.RECEIPT, today, by=by)
    threshold.work_out_as_it_comes(application)
    note("received", application, by=by, channel=application.channel)
    tell_officers(application, "case-review-received", "A new case review has come in", by=by)
    return application


def officers_for(procedure: Procedure, on: datetime.date) -> list[Seat]:
    """The seats whose holders take new cases: the standing panel's officers, or all officers."""
    held = Seat.objects.on(on).filter(role=Role.OFFICER, person__is_active=True)
    held = held.select_related("person", "agency")
    of_panel = list(held.filter(group=procedure.group_id))
    of_secretariat = held.filter(
        group__partnership=procedure.partnership_id, group__kind=GroupKind.SECRETARIAT
    )
    found = of_panel or list(of_secretariat)
    return list({each.person_id: each for each in found}.values())


def _group(
    procedure: Procedure, reference: str, officers: list[Seat], on: datetime.date, by: Any
) -> Group:
    if not officers:
        logger.error("case-without-officers partnership=%s", procedure.partnership_id)
    return form_panel(
        procedure.group, name=f"Case review {reference}", short_name=reference,
        slug=uuid.uuid4().hex[:12], officers=officers, starts_on=on, by=by,
    )  # fmt: skip


def _number_again(application: Application) -> None:
    """Reports are numbered without gaps; those of which nothing was told are left out."""
    answering.forget(application.complaints.filter(what="", happened_on=None, reported_on=None))
    for number, complaint in enumerate(application.complaints.order_by("number"), 1):
        if complaint.number != number:
            complaint.number = number
            answering.quietly(complaint)


def _begin_history(application: Application, by: Any) -> None:
    """What was sent is the first line of each record's history."""
    for model in (Party, Impact, Complaint):
        rows = list(model.objects.filter(application=application))
        model.history.bulk_history_create(rows, default_user=by, default_date=clock.now())


# ---- deleting and withdrawing -------------------------------------------------------------------


@transaction.atomic
def delete_draft(application: Application) -> None:
    """Remove all that a draft holds. Nothing says that it was there."""
    application = answering.taken(application)
    for model in (Complaint, Party, Impact):
        answering.forget(model.objects.filter(application=application))
    answering.forget(Application.objects.filter(pk=application.pk))


def remove_old_drafts(on: datetime.date) -> int:
    """Remove the drafts whose time has passed; how many there were."""
    old = Application.objects.filter(stage=Stage.DRAFT, draft_ends_on__lt=on)
    removed = 0
    for application in old:
        try:
            delete_draft(application)
        except (Wrong, Application.DoesNotExist):  # sent or deleted meanwhile
            continue
        removed += 1
    return removed


@transaction.atomic
def withdraw(application: Application, *, reason: str, by: Any = None) -> Application:
    """Stop a case because the applicant wants no more of it. The reason is theirs, and optional."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("partnership")
    application = rows.get(pk=application.pk)
    if by is not None:
        require(can(by, "work on", application))
    if not application.is_open:
        raise Wrong("This case is closed already.")
    today = clock.today()
    application.stage, application.closed_on = Stage.WITHDRAWN, today
    application.version += 1
    history.save(application, by=by)
    if reason.strip():
        ApplicantMessage.objects.create(
            application=application, kind=MessageKind.WITHDRAWAL, text=reason.strip(),
            **({"dealt_at": clock.now(), "dealt_by": by} if by else {}),
        )  # fmt: skip
    clocks.stop(application, ClockStage.values, because="Withdrawn", on=today, by=by)
    note("withdrew", application, by=by)
    tell_officers(application, "case-review-withdrawn", "A case review was withdrawn", by=by)
    return application
