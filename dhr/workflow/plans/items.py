"""The items of a plan: who does what by when. An agency of ours has an action in the register."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

import actions.workflow
from actions.models import Action, Status
from core import clock
from core.dates import longdate
from core.markings import Marking
from core.permissions import ALLOWED, can
from core.workflow import Wrong
from dhr.models import Part, PlanItem, Recommendation, Review
from dhr.queries.plans import register_of
from dhr.workflow.plans.keeping import (
    keep,
    locked_item,
    locked_recommendation,
    next_number,
    refuse,
    there,
    unnamed,
    worked_on,
)
from dhr.workflow.plans.signing import record, requires
from dhr.workflow.steps import REASON, past_day, tell_officers, text_of
from membership import succession
from membership.models import Agency, Partnership

TEXT = actions.workflow.TEXT
LONG = 2000
RAISED_IN = "An action plan of the partnership"  # neutral: it leads to no review
FIELDS = {"owner": "agency", "due_on": "target_on", "text": "text", "detail": "milestones",
          "post": "agency"}  # fmt: skip


@transaction.atomic
def add_item(
    recommendation: Recommendation, *, text: str, agency: Agency | None = None, outside: str = "",
    partnership: Partnership | None = None, target_on: datetime.date, milestones: str = "",
    completed_on: datetime.date | None = None, outcome: str = "", by: Any,
) -> PlanItem:  # fmt: skip
    """Add what is to be done, by an agency of a partnership here or by an outside body.

    The target is today or later; only what is done already (``completed_on``, ``outcome``) may
    have an earlier one. An item delivered in another partnership needs that one's part first.
    """
    recommendation = locked_recommendation(recommendation, by=by)
    if recommendation.removed_because:
        raise Wrong("This recommendation was taken off. Put it back first.")
    review, today = recommendation.review, clock.today()
    where = partnership or review.partnership
    wrong: dict[str, str] = {}
    text, milestones, outside = _words(review, wrong, by, text, milestones, outside)
    agency = succession.standing_for(agency, today) if agency else None
    _one_body(wrong, agency, outside)
    part = _part(review, where, wrong)
    _target(wrong, review, target_on, completed_on)
    refuse(wrong)
    numbers = recommendation.items.values_list("number", flat=True)
    made = PlanItem(
        recommendation=recommendation, number=next_number(numbers), partnership=where, part=part,
        text=text, agency=agency, outside=outside, milestones=milestones, target_on=target_on,
    )  # fmt: skip
    if agency:
        made.action = _action(made, min(today, target_on), by)
    keep(made, "added an action to the plan of", by=by)
    if part:
        tell_officers(part, "death-review-part-action", "An action was added to your part", by=by,
                      occurrence=str(made.pk))  # fmt: skip
    if completed_on:
        record(made, completed_on=completed_on, outcome=outcome, by=by)
    return made


def _words(
    review: Review, wrong: dict[str, str], by: Any, text: str, milestones: str, outside: str
) -> tuple[str, str, str]:
    text = text_of(wrong, "text", text, "Enter the action to take", TEXT)
    milestones = text_of(wrong, "milestones", milestones, most=LONG)
    outside = text_of(wrong, "outside", outside, most=160)
    # Looked through as it was written: a name that is broken over two lines is found no more
    # once they are one.
    unnamed(review, wrong, by=by, text=text, milestones=milestones, outside=outside)
    return " ".join(text.split()), milestones, " ".join(outside.split())


def _one_body(wrong: dict[str, str], agency: Agency | None, outside: str) -> None:
    if agency and outside:
        wrong["outside"] = "Choose an agency, or name another body: not both"
    elif not agency and not outside:
        wrong["agency"] = "Choose the agency that leads, or name another body"


def _part(review: Review, where: Partnership, wrong: dict[str, str]) -> Part | None:
    if where.pk == review.partnership_id:
        return None
    part = review.parts.filter(partnership=where, ends_on=None).select_related("group").first()
    if part is None:
        wrong["partnership"] = f"{where} has no part in this review. Hand it one first"
    return part


def _target(
    wrong: dict[str, str], review: Review, target_on: datetime.date,
    completed_on: datetime.date | None,
) -> None:  # fmt: skip
    if target_on < review.notified_on:
        since = longdate(review.notified_on)
        wrong["target_on"] = f"The target date must not be before the notification, {since}"
    elif target_on < clock.today() and completed_on is None:
        wrong["target_on"] = (
            "The target date must be today or later. Only what is done already may have an "
            "earlier one: then say when it was completed"
        )


def _action(item: PlanItem, made_on: datetime.date, by: Any) -> Action:
    """Its action in the one register of where it is delivered, restricted.

    Nothing of it leads to the review.
    """
    owner: Any = item.agency
    try:
        return actions.workflow.make(
            register_of(item.partnership, owner), text=item.text, detail=item.milestones,
            owner=owner, due_on=item.target_on, made_on=made_on, marking=Marking.SENSITIVE,
            raised_in=RAISED_IN, allowed=can(by, "work on", item.review), by=by,
        )  # fmt: skip
    except ValidationError as wrong:
        raise as_fields(wrong) from wrong


def as_fields(wrong: ValidationError) -> ValidationError:
    """What the register says is wrong, beside the fields of an item."""
    return ValidationError(
        {FIELDS.get(name, name): said for name, said in wrong.message_dict.items()}
    )


# ---- changed ------------------------------------------------------------------------------------


@transaction.atomic
def change_item(
    item: PlanItem, *, text: str, agency: Agency | None = None, outside: str = "",
    milestones: str = "", reason: str = "", version: int | None = None, by: Any,
) -> PlanItem:  # fmt: skip
    """Put an item otherwise, or give it to another body, with the reason. Its target stands.

    The action follows: put in other words, handed over, or dropped for an outside body.
    """
    item = there(worked_on(item, by=by, version=version))
    if item.signed_off_at:
        raise Wrong("This is signed off. Send it back first.")
    wrong: dict[str, str] = {}
    text, milestones, outside = _words(item.review, wrong, by, text, milestones, outside)
    agency = succession.standing_for(agency, clock.today()) if agency else None
    _one_body(wrong, agency, outside)
    other = _stands(item) != agency or (item.outside != outside and not agency)
    missing = "Enter why another body does it" if other else ""
    reason = text_of(wrong, "reason", reason, missing, REASON)
    unnamed(item.review, wrong, by=by, reason=reason)
    refuse(wrong)
    reason = " ".join(reason.split())
    _follow(item, text, milestones, agency, outside, reason, by)
    keep(
        item, "changed an action of the plan of", by=by, text=text, milestones=milestones,
        agency=agency if other else item.agency, outside=outside,
    )  # fmt: skip
    return item


def _stands(item: PlanItem) -> Agency | None:
    return succession.standing_for(item.agency, clock.today()) if item.agency else None


def _follow(
    item: PlanItem, text: str, milestones: str, agency: Agency | None, outside: str, reason: str,
    by: Any,
) -> None:  # fmt: skip
    """Let the action follow the item."""
    action = item.action
    if agency is None:
        if action is not None and action.is_open:
            actions.workflow.drop(action, reason=reason, allowed=ALLOWED, by=by)
        item.action = None
        return
    if action is None:
        item.text, item.milestones, item.agency = text, milestones, agency
        item.action = _action(item, min(clock.today(), item.target_on), by)
        return
    if (text, milestones) != (action.text, action.detail):
        action = item.action = actions.workflow.reword(
            action, text=text, detail=milestones, allowed=ALLOWED, by=by
        )
    if agency != succession.standing_for(action.owner, clock.today()):
        try:
            item.action = actions.workflow.hand_over(
                action, owner=agency, reason=reason, allowed=ALLOWED, by=by
            )
        except ValidationError as wrong:
            if isinstance(wrong, Wrong):
                raise
            raise as_fields(wrong) from wrong


@transaction.atomic
def move_target(item: PlanItem, *, due_on: datetime.date, reason: str, by: Any) -> PlanItem:
    """Agree a later date in the register. The target first agreed stands, and lateness with it."""
    item = there(worked_on(item, by=by))
    if item.action is None:
        raise Wrong("The date first agreed stands. Write down what the other body answered.")
    wrong: dict[str, str] = {}
    reason = text_of(wrong, "reason", reason, "Enter why the date moves", REASON)
    unnamed(item.review, wrong, by=by, reason=reason)
    refuse(wrong)
    item.action = actions.workflow.move_due_date(
        item.action, due_on=due_on, reason=reason, allowed=ALLOWED, by=by
    )
    keep(item, "moved a date in the plan of", by=by)
    return item


@transaction.atomic
def outside_answered(
    item: PlanItem, *, outside_said: str, outside_said_on: datetime.date, by: Any
) -> PlanItem:
    """Write down what a body answered that is in no partnership here."""
    item = there(locked_item(item))
    requires(by, "record", item)
    if not item.outside:
        raise Wrong("An agency of the partnership says how far it is in its own action.")
    wrong: dict[str, str] = {}
    said = text_of(wrong, "outside_said", outside_said, "Enter what the body answered")
    unnamed(item.review, wrong, by=by, outside_said=said)
    past_day(wrong, "outside_said_on", outside_said_on, item.review.notified_on, "the notification")
    refuse(wrong)
    keep(
        item, "wrote down an answer in the plan of", by=by, outside_said=said,
        outside_said_on=outside_said_on,
    )  # fmt: skip
    return item


# ---- off and back -------------------------------------------------------------------------------


@transaction.atomic
def take_off_item(item: PlanItem, *, reason: str, by: Any) -> PlanItem:
    """Take an item off the plan, with the reason; its action is dropped."""
    item = there(worked_on(item, by=by))
    if item.signed_off_at:
        raise Wrong("This is signed off. Send it back first.")
    wrong: dict[str, str] = {}
    reason = text_of(wrong, "reason", reason, "Enter why it is taken off", REASON)
    unnamed(item.review, wrong, by=by, reason=reason)
    refuse(wrong)
    reason = " ".join(reason.split())
    if item.action is not None and item.action.is_open:
        item.action = actions.workflow.drop(item.action, reason=reason, allowed=ALLOWED, by=by)
    keep(item, "took an action off the plan of", by=by, removed_because=reason)
    return item


@transaction.atomic
def put_back(item: PlanItem, *, by: Any) -> PlanItem:
    """Put an item back that was taken off; its action is open again."""
    item = worked_on(item, by=by)
    if not item.removed_because:
        raise Wrong("This stands in the plan.")
    if item.recommendation.removed_because:
        raise Wrong("Its recommendation was taken off. Put that back first.")
    if item.action is not None and item.action.status == Status.DROPPED:
        item.action = actions.workflow.reopen(
            item.action, reason="It is in the plan again", allowed=ALLOWED, by=by
        )
    keep(item, "put an action back into the plan of", by=by, removed_because="")
    return item
