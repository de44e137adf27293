"""What a letter that has gone sets off in its case: acknowledged, list sent, clocks done, begun."""

import datetime
from typing import Any

from core import history
from triggers.models import (
    Application,
    ClockStage,
    CountedFrom,
    Letter,
    LetterKind,
    Stage,
)
from triggers.workflow import casework, clocks, listing
from triggers.workflow.steps import note


def gone(letter: Letter, *, on: datetime.date, by: Any) -> None:
    """Let the case go on, now that a letter has gone on that day.

    A letter is a fact, whatever has become of the case meanwhile: where nothing is left to set
    off, nothing is.
    """
    rows = Application.objects.select_for_update(of=("self",)).select_related("group")
    application = rows.get(pk=letter.application_id)
    step = STEPS.get(LetterKind(letter.kind))
    if step and application.is_open:
        step(application, on, by)


def _acknowledged(application: Application, on: datetime.date, by: Any) -> None:
    if not application.acknowledged_on:
        casework.acknowledge(application, on=on, by=by)


def _list_sent(application: Application, on: datetime.date, by: Any) -> None:
    if application.list_sent_on is None and listing.may_be_corrected(application):
        listing.send_list(application, on=on, by=by)


def _no_review(application: Application, on: datetime.date, by: Any) -> None:
    """The reasons are told, so the time to appeal runs."""
    if application.stage == Stage.NO_REVIEW:
        clocks.begin(application, CountedFrom.OUTCOME, on, by=by)


def _outcome(application: Application, on: datetime.date, by: Any) -> None:
    """The outcome is told: the times to appeal and to answer run, and the rest is watched.

    Where there is nothing to watch, an officer closes the case.
    """
    if application.stage != Stage.OUTCOME:
        return
    clocks.finish(application, ClockStage.OUTCOME, on, by=by)
    clocks.begin(application, CountedFrom.OUTCOME, on, by=by)
    application.stage = Stage.MONITORING
    application.version += 1
    history.save(application, by=by, fields=["stage", "version"])
    note("told the outcome of", application, by=by)


STEPS = {
    LetterKind.ACKNOWLEDGEMENT: _acknowledged,
    LetterKind.LIST: _list_sent,
    LetterKind.NOT_MET: _no_review,
    LetterKind.OUTCOME: _outcome,
}
