"""Agencies are asked, each for one thing at a time (2004 Act, section 9)."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

import actions.workflow.requests as requests
from actions.models import WAITING
from core import clock, history
from core.markings import Marking
from core.permissions import can, require
from core.workflow import Wrong
from core.working_days import add_working_days
from dhr import names
from dhr.models import Arrangement, InformationKind, InformationRequest, Review, Stage, Step
from dhr.queries import information as queries
from dhr.workflow import milestones
from dhr.workflow.information.answering import locked
from dhr.workflow.steps import REASON, note, take, text_of
from membership import succession
from membership.models import Agency

KIND = "death-review"
SUBJECT = "Information for"
LONG = 4000
ASKING = (
    Stage.NOTIFIED, Stage.UNDER_WAY, Stage.SUBMITTED, Stage.RETURNED, Stage.CLEARED,
    Stage.PUBLISHED,
)  # fmt: skip


@transaction.atomic
def ask(
    review: Review, *, agency: Agency, kind: str, questions: str = "",
    due_on: datetime.date | None = None, by: Any,
) -> InformationRequest:  # fmt: skip
    """Ask an agency for one thing. One that was succeeded is asked in its successor.

    Its people on the standing panel answer; where it has none there, whoever sits for it. Records
    are secured before it is decided whether a review is held; all else is asked after.
    """
    review = take(review, by=by, verb="ask for information", stages=ASKING)
    agency = succession.standing_for(agency, clock.today())
    wrong = _wrong(review, agency, kind)
    questions = text_of(wrong, "questions", questions, most=LONG)
    named = names.found_in(review, questions)
    if named:
        wrong["questions"] = f"A name of {' and '.join(named)} is in it. Use the pseudonym"
    if wrong:
        raise ValidationError(wrong)
    panel = Arrangement.objects.get(partnership=review.partnership).group
    anybody = not queries.on_panel(agency, panel).exists()
    information = InformationRequest(
        review=review, agency=agency, kind=kind, anybody=anybody, questions=questions
    )
    information.request = requests.ask(
        review.group, agency=agency, kind=KIND, subject=f"{SUBJECT} {review}",
        due_on=due_on or due(review), marking=Marking.SENSITIVE,
        through=None if anybody else panel, by=by,
        answer_url=reverse("dhr:asked_one", args=[review.partnership.slug, information.pk]),
    )  # fmt: skip
    history.save(information, by=by)
    note("asked for information in", review, by=by, agency=agency.slug, kind=kind)
    return information


def due(review: Review) -> datetime.date:
    """The day by which an agency that is asked today has to answer."""
    days = Arrangement.objects.get(partnership=review.partnership).information_days
    return add_working_days(clock.today(), days)


def _wrong(review: Review, agency: Agency, kind: str) -> dict[str, str]:
    if kind not in InformationKind.values:
        return {"kind": "Choose what the agency is asked for"}
    if review.stage == Stage.NOTIFIED and review.led_here and kind != InformationKind.SECURE:
        return {"kind": "Until it is decided to hold a review, agencies secure their records only"}
    if agency.pk not in {each.pk for each in queries.agencies(review)}:
        return {"agency": f"{agency} is neither a partner nor on the standing panel"}
    if agency.pk in queries.asked_already(review, kind):
        return {"agency": f"{agency} has been asked for this already"}
    return {}


@transaction.atomic
def take_further(information: InformationRequest, *, reason: str, by: Any) -> InformationRequest:
    """Take a request to whoever sits for the agency on the board or a subgroup, to answer too."""
    require(can(by, "take further", information))
    information = locked(information)
    wrong: dict[str, str] = {}
    text_of(wrong, "reason", reason, "Enter the reason", REASON)
    if wrong:
        raise ValidationError(wrong)
    if information.anybody:
        raise Wrong(f"Whoever sits for {information.agency} can answer already.")
    if information.request.status not in WAITING:
        raise Wrong("It has been answered, or is no longer needed.")
    information.anybody = True
    history.save(information, by=by, fields=["anybody"])
    requests.open_to_agency(information.request, by=by)
    note("took further a request in", information.review, by=by, agency=information.agency.slug)
    return information


def finish_if_all_in(review: Review, *, by: Any) -> None:
    """The step of the information is done once every agency's answer is taken, or not needed."""
    asked = InformationRequest.objects.filter(review=review).exclude(request__status="withdrawn")
    if asked.exists() and not asked.exclude(request__status="accepted").exists():
        milestones.finish(review, Step.INFORMATION, clock.today(), by=by)


@requests.withdrawn(KIND)
def _withdrawn(request: Any, by: Any) -> None:
    """An agency is no longer asked: the others may all have answered."""
    information = InformationRequest.objects.filter(request=request).first()
    if information:
        finish_if_all_in(information.review, by=by)
