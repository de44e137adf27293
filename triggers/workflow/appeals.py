"""Appeals: somebody is not satisfied with the threshold decision or with the review."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import clock, history
from core.permissions import can, require
from core.workflow import Wrong
from triggers.models import (
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
from triggers.workflow import clocks
from triggers.workflow.steps import note, tell_officers

LONG = 4000


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
