"""Appeals: somebody is not satisfied with the threshold decision or with the review."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import clock, history
from core.markup import plain
from core.permissions import can, require
from core.workflow import Wrong
from triggers.models import (
    OPEN,
    Appeal,
    AppealKind,
    AppealOutcome,
    Application,
    Clock,
    ClockStage,
    CountedFrom,
    Stage,
)
from triggers.queries import following
from triggers.workflow import casework, clocks
from triggers.workflow.steps import note, take, tell_officers, wrong_text

LONG = 4000
HEARD_AT = (*OPEN, Stage.CLOSED)
UPHELD = (AppealOutcome.UPHELD, AppealOutcome.PARTLY)
OUTCOMES = {
    AppealKind.REVIEW: (*UPHELD, AppealOutcome.NOT_UPHELD),
    AppealKind.COMMISSIONER: (AppealOutcome.ANSWERED,),
}


@transaction.atomic
def appeal(
    application: Application, *, kind: str, text: str, made_on: datetime.date, by: Any = None
) -> Appeal:
    """Note that somebody is not satisfied, and begin the clock of its hearing.

    Through the private link (``by`` nobody) only once a decision has been told. One that comes
    after the last day is kept too: an officer says whether it is taken, and why.
    """
    rows = Application.objects.select_for_update(of=("self",)).select_related("partnership")
    application = rows.get(pk=application.pk)
    if by is not None:
        require(can(by, "work on", application))
    _fits(application, kind, by)
    text = text.strip()
    wrong = {}
    if not text:
        wrong["text"] = "Write why you are not satisfied"
    elif len(text) > LONG:
        wrong["text"] = f"This must be {LONG} characters or fewer"
    if made_on > clock.today():
        wrong["made_on"] = "The day must be today or in the past"
    if wrong:
        raise ValidationError(wrong)
    made = Appeal(
        application=application, kind=kind, text=text, made_on=made_on, taken_by=by,
        late=kind == AppealKind.REVIEW and _late(application, made_on),
    )  # fmt: skip
    history.save(made, by=by)
    if kind == AppealKind.REVIEW and not made.late:
        clocks.finish(application, ClockStage.APPEAL, made_on, by=by)
        clocks.begin(application, CountedFrom.APPEAL, made_on, by=by)
    note("appealed in", application, by=by, kind=kind)
    tell_officers(
        application, "case-review-appeal", "Somebody is not satisfied with a case review",
        occurrence=str(made.pk), by=by,
    )  # fmt: skip
    return made


def _fits(application: Application, kind: str, by: Any) -> None:
    if application.stage in {Stage.DRAFT, Stage.WITHDRAWN}:
        raise Wrong("There is no decision in this case.")
    if by is None and not following.may_appeal(application):
        raise Wrong("We have not told you of a decision yet.")
    waiting = Appeal.objects.filter(application=application, outcome=AppealOutcome.WAITING)
    if waiting.filter(kind=kind).exists():
        raise Wrong("We have this already, and will write to you about it.")


def _late(application: Application, on: datetime.date) -> bool:
    """Whether the last day to appeal has passed; without such a clock there is no last day."""
    last = Clock.objects.filter(application=application, stage=ClockStage.APPEAL)
    newest = last.order_by("-occurrence").first()
    return newest is not None and on > newest.due_on


# ---- what becomes of one ------------------------------------------------------------------------


@transaction.atomic
def take_late(appeal: Appeal, *, taken: bool, reason: str, by: Any) -> Appeal:
    """Take or refuse one that came after the last day, with the reason; it is kept either way."""
    application, appeal = _waiting(appeal, by)
    if not appeal.late or appeal.late_because:
        raise Wrong("This appeal has been taken.")
    reason = " ".join(plain(reason).split())
    wrong = wrong_text("reason", reason, "Enter the reason, in words the applicant will read")
    if wrong:
        raise ValidationError(wrong)
    appeal.late_because = reason
    if taken:
        clocks.finish(application, ClockStage.APPEAL, appeal.made_on, by=by)
        clocks.begin(application, CountedFrom.APPEAL, clock.today(), by=by)
    else:
        appeal.outcome, appeal.decided_on = AppealOutcome.TOO_LATE, clock.today()
    verb = "took a late appeal in" if taken else "refused a late appeal in"
    return _kept(appeal, application, verb, by)


@transaction.atomic
def send_on(appeal: Appeal, *, heard_by: str, on: datetime.date | None = None, by: Any) -> Appeal:
    """Say who hears an appeal and when it went to them; or when a query went to the commissioner's
    office."""
    application, appeal = _waiting(appeal, by)
    if appeal.late and not appeal.late_because:
        raise Wrong("Say first whether this late appeal is taken.")
    heard_by, on = " ".join(plain(heard_by).split()), on or clock.today()
    wrong = wrong_text("heard_by", heard_by, "Enter who hears it", 200)
    if not appeal.made_on <= on <= clock.today():
        wrong["on"] = "The day must be between the appeal and today"
    if wrong:
        raise ValidationError(wrong)
    appeal.heard_by, appeal.sent_on = heard_by, on
    return _kept(appeal, application, "sent on an appeal in", by)


@transaction.atomic
def decide(
    appeal: Appeal, *, outcome: str, found: str, on: datetime.date | None = None, by: Any
) -> Appeal:
    """Write down what who heard an appeal decided, or what the commissioner's office answered.

    One that was upheld opens a closed case again: the threshold decision is then to be changed
    (``threshold.decide``), or the panel to sit again (``panels.sit_again``).
    """
    application, appeal = _waiting(appeal, by)
    if appeal.sent_on is None:
        raise Wrong("Say first who hears it.")
    on, found = on or clock.today(), plain(found)
    missing = "Enter what was found, in words the applicant will read"
    wrong = wrong_text("found", found, missing, LONG)
    if outcome not in OUTCOMES[AppealKind(appeal.kind)]:
        wrong["outcome"] = "Choose what was decided"
    if not appeal.sent_on <= on <= clock.today():
        wrong["on"] = "The day must be between sending it on and today"
    if wrong:
        raise ValidationError(wrong)
    appeal.outcome, appeal.found, appeal.decided_on = outcome, found, on
    _kept(appeal, application, "decided an appeal in", by)
    if appeal.kind == AppealKind.REVIEW:
        clocks.finish(application, ClockStage.HEARING, on, by=by)
    if outcome in UPHELD and application.stage == Stage.CLOSED:
        casework.reopen(application, reason="An appeal was upheld", by=by)
    return appeal


@transaction.atomic
def withdraw(appeal: Appeal, *, reason: str, by: Any) -> Appeal:
    """Note that who appealed wants no more of it."""
    application, appeal = _waiting(appeal, by)
    reason = plain(reason)
    wrong = wrong_text("reason", reason, "Enter what they said", LONG)
    if wrong:
        raise ValidationError(wrong)
    appeal.outcome, appeal.found = AppealOutcome.WITHDRAWN, reason
    appeal.decided_on = clock.today()
    if appeal.kind == AppealKind.REVIEW:
        because = "The appeal was withdrawn"
        clocks.stop(application, [ClockStage.HEARING], because=because, on=clock.today(), by=by)
    return _kept(appeal, application, "withdrew an appeal in", by)


def _waiting(appeal: Appeal, by: Any) -> tuple[Application, Appeal]:
    application = take(appeal.application, by=by, stages=HEARD_AT)
    appeal = Appeal.objects.select_for_update(of=("self",)).get(pk=appeal.pk)
    if appeal.outcome != AppealOutcome.WAITING:
        raise Wrong("This has been decided already.")
    return application, appeal


def _kept(appeal: Appeal, application: Application, verb: str, by: Any) -> Appeal:
    history.save(appeal, by=by)
    note(verb, application, by=by, kind=appeal.kind, outcome=appeal.outcome)
    return appeal
