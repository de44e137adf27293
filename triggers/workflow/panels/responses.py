"""Recommendations with the bodies: sent, answered, and an action in the one register.

A body must have regard to a recommendation, it need not obey (2014 Act, section 104(8)): it accepts
it with a date, or declines it with a reason, which is kept.
"""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

import actions.workflow
import notices.workflow
from actions.models import Action
from core import clock, history
from core.markings import Marking
from core.markup import plain
from core.permissions import can, require
from core.workflow import Wrong
from membership import succession
from membership.models import Post
from triggers.models import (
    OPEN,
    Application,
    CaseNote,
    ClockStage,
    NoteKind,
    Procedure,
    Recommendation,
    Response,
    Stage,
)
from triggers.queries import recommendations as queries
from triggers.queries.information import on_panel
from triggers.workflow import clocks
from triggers.workflow.steps import note, take, tell_officers, wrong_text

LONG = 4000
ANSWERED_AT = (Stage.REVIEW, Stage.OUTCOME, Stage.MONITORING, Stage.CLOSED)


class Changed(Wrong):
    """Somebody of the same body answered meanwhile."""


def send(recommendation: Recommendation, *, by: Any) -> Recommendation:
    """Send one to the body's people, as its review is finished: ``finish`` does, nobody else.

    Its people on the standing panel answer; where it has none there, whoever sits for it.
    """
    panel = Procedure.objects.get(partnership=recommendation.partnership).group
    body = succession.standing_for(recommendation.agency, clock.today())
    recommendation.sent_on = clock.today()
    recommendation.anybody = not on_panel(body, panel).exists()
    recommendation.version += 1
    history.save(recommendation, by=by)
    _tell(recommendation, by)
    return recommendation


def _tell(recommendation: Recommendation, by: Any) -> None:
    """A notice that says no more than that there is a recommendation."""
    notices.workflow.tell(
        queries.people_of(recommendation), kind="case-review-recommendation",
        about=recommendation, occurrence=str(recommendation.version),
        text="A recommendation of a case review waits for your body’s answer.",
        url=queries.address_of(recommendation), partnership=recommendation.partnership, but=by,
    )  # fmt: skip


@transaction.atomic
def take_further(recommendation: Recommendation, *, reason: str, by: Any) -> Recommendation:
    """Take one to whoever sits for the body on the board or a subgroup, who then answers too."""
    application = take(recommendation.application, by=by, stages=OPEN)
    recommendation = _locked(recommendation)
    reason = " ".join(plain(reason).split())
    wrong = wrong_text("reason", reason, "Enter the reason")
    if wrong:
        raise ValidationError(wrong)
    if recommendation.sent_on is None or recommendation.response != Response.WAITING:
        raise Wrong("It does not wait for an answer.")
    if recommendation.anybody:
        raise Wrong(f"Whoever sits for {recommendation.agency} can answer already.")
    recommendation.anybody = True
    recommendation.version += 1
    history.save(recommendation, by=by)
    CaseNote.objects.create(
        application=application, kind=NoteKind.INFORMATION, by=by,
        text=f"{recommendation}, {recommendation.agency}: {reason}",
    )  # fmt: skip
    note("took further a recommendation of", application, by=by, number=recommendation.number)
    _tell(recommendation, by)
    return recommendation


@transaction.atomic
def respond(
    recommendation: Recommendation, *, accepted: bool, reason: str = "",
    due_on: datetime.date | None = None, post: Post | None = None, version: int | None = None,
    by: Any,
) -> Recommendation:  # fmt: skip
    """Accept one, which makes an action of the body's, or decline it with the reason.

    Declined, it can still be accepted later. Raises ``Changed`` where somebody else of the body
    answered after ``version`` was read.
    """
    application = _case(recommendation.application)
    recommendation = _locked(recommendation)
    require(can(by, "respond", recommendation))
    if version is not None and version != recommendation.version:
        raise Changed("Somebody else has answered this while your page was open.")
    if recommendation.sent_on is None:
        raise Wrong("This has not been sent to you yet.")
    if recommendation.response == Response.ACCEPTED:
        raise Wrong("This has been accepted already. Say how far it is in its action.")
    reason = plain(reason)
    wrong = wrong_text("reason", reason, "Enter why it is declined", LONG) if not accepted else {}
    if len(reason) > LONG:
        wrong["reason"] = f"This must be {LONG} characters or fewer. It has {len(reason)}"
    if accepted and due_on is None:
        wrong["due_on"] = "Enter by when it is to be done"
    elif accepted and due_on and due_on <= clock.today():
        wrong["due_on"] = "The day must be in the future"
    if wrong:
        raise ValidationError(wrong)
    if accepted and due_on:
        recommendation.action = _action(recommendation, due_on, post, by)
    recommendation.response = Response.ACCEPTED if accepted else Response.DECLINED
    recommendation.response_reason = reason
    recommendation.responded_on, recommendation.responded_by = clock.today(), by
    recommendation.version += 1
    history.save(recommendation, by=by)
    _answered(application, recommendation, by)
    return recommendation


def _case(application: Application) -> Application:
    rows = Application.objects.select_for_update(of=("self",))
    found = rows.select_related("group", "partnership").get(pk=application.pk)
    if found.stage not in ANSWERED_AT or found.erased_on:
        raise Wrong("This can no longer be answered here.")
    return found


def _locked(recommendation: Recommendation) -> Recommendation:
    rows = Recommendation.objects.select_for_update(of=("self",))
    return rows.select_related("agency", "application__partnership", "application__group").get(
        pk=recommendation.pk
    )


def _action(
    recommendation: Recommendation, due_on: datetime.date, post: Post | None, by: Any
) -> Action:
    """The action in the one register, restricted: the body and the board watch it until done.

    It stands in the board's register where the body sits on the board, or else in the standing
    panel's. Nothing of it leads to the case but its reference.
    """
    today = clock.today()
    body = succession.standing_for(recommendation.agency, today)
    return actions.workflow.make(
        queries.register_of(recommendation, body), text=recommendation.text, owner=body, post=post,
        due_on=due_on, made_on=today, marking=Marking.SENSITIVE,
        raised_in=f"{recommendation} of case review {recommendation.application}",
        allowed=can(by, "respond", recommendation), by=by,
    )  # fmt: skip


def _answered(application: Application, recommendation: Recommendation, by: Any) -> None:
    """Write it down, tell the officers, and let the clock rest once every body has answered."""
    note(
        "answered a recommendation of", application, by=by, number=recommendation.number,
        response=recommendation.response,
    )  # fmt: skip
    tell_officers(
        application, "case-review-response", "A body has answered a recommendation", by=by,
        occurrence=f"{recommendation.pk} {recommendation.version}",
    )  # fmt: skip
    left = Recommendation.objects.filter(application=application, response=Response.WAITING)
    if not left.exists():
        clocks.finish(application, ClockStage.RESPONSES, clock.today(), by=by)
