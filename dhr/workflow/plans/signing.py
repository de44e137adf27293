"""An item is done, shown to be done, and later shown to have worked.

Who leads it says that it is done, and shows it. The partnership signs it off, never somebody of
the agency that leads it.
"""

import dataclasses
import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

import actions.workflow
from actions.models import Status, Update
from audit.workflow import record_read
from core import clock, history
from core.dates import months_after
from core.permissions import ALLOWED, can, require
from core.workflow import Wrong
from dhr.models import Difference, DifferenceCheck, PlanItem
from dhr.queries import people
from dhr.queries.plans import has_evidence, says_done
from dhr.workflow.plans.keeping import keep, locked_item, refuse, there, unnamed
from dhr.workflow.steps import REASON, note, past_day, text_of
from documents.checks import Checked
from documents.checks.words import words
from documents.models import Version
from documents.workflow.papers import checked_file

LONG = 4000
AGAIN = (Difference.NO, Difference.UNKNOWN)
UNDER_WAY = (Status.NOT_STARTED, Status.IN_PROGRESS)


def requires(by: Any, verb: str, item: PlanItem) -> None:
    """Raise where the person may not do this with the item."""
    require(can(by, verb, item))


@transaction.atomic
def complete(
    item: PlanItem, *, completed_on: datetime.date, outcome: str, file: Any = None, by: Any
) -> PlanItem:
    """Say that an item is done, when, and what came of it, with the evidence where there is a file.

    Without evidence it stays said to be done, and is not signed off.
    """
    item = there(locked_item(item))
    requires(by, "record", item)
    if item.signed_off_at:
        raise Wrong("This is signed off already.")
    return record(item, completed_on=completed_on, outcome=outcome, file=file, by=by)


def record(
    item: PlanItem, *, completed_on: datetime.date, outcome: str, file: Any = None, by: Any
) -> PlanItem:
    """The same of an item that is taken already."""
    wrong: dict[str, str] = {}
    outcome = text_of(wrong, "outcome", outcome, "Enter what came of it", LONG)
    unnamed(item.review, wrong, by=by, outcome=outcome)
    past_day(wrong, "completed_on", completed_on, item.review.notified_on, "the notification")
    if file is not None and item.action is None:
        wrong["file"] = "Write down what the other body answered instead"
    elif file is not None and item.action is not None and item.action.status == Status.DONE:
        wrong["file"] = "Its action is closed in the register. Send it back first"
    elif file is not None and item.action is not None:
        file = _evidence(item, item.action.reference, file, wrong, by)
    refuse(wrong)
    action = item.action
    if action is not None and action.status == Status.DROPPED:
        raise Wrong("Its action was dropped in the register. Open it there again first.")
    if action is not None and (action.status in UNDER_WAY or (file and action.is_open)):
        item.action = actions.workflow.update(
            action, text=outcome, status=Status.SAYS_DONE, file=file, allowed=ALLOWED, by=by
        )
    keep(
        item, "wrote down that an action is done in", by=by, completed_on=completed_on,
        outcome=outcome,
    )  # fmt: skip
    return item


def _evidence(
    item: PlanItem, reference: str, file: Any, wrong: dict[str, str], by: Any
) -> Checked | None:
    """The file as the register keeps it: under a name that tells nothing, and naming nobody."""
    try:
        checked = checked_file(file)
    except ValidationError as refused:
        wrong["file"] = " ".join(refused.messages)
        return None
    unnamed(item.review, wrong, by=by, file=words(checked.data, checked.content_type) or "")
    ending = checked.file_name.rpartition(".")[2].lower()
    return dataclasses.replace(checked, file_name=f"{reference}-evidence.{ending}")


@transaction.atomic
def incomplete(item: PlanItem, *, by: Any) -> PlanItem:
    """Take back that an item is done, where it was written down by mistake."""
    item = there(locked_item(item))
    requires(by, "record", item)
    if item.signed_off_at:
        raise Wrong("This is signed off. Send it back instead.")
    if item.completed_on is None:
        raise Wrong("Nobody wrote down that this is done.")
    if item.action is not None and item.action.status in (Status.SAYS_DONE, Status.DONE):
        item.action = actions.workflow.reopen(
            item.action, reason="It was written down by mistake", allowed=ALLOWED, by=by
        )
    keep(item, "took back that an action is done in", by=by, completed_on=None, outcome="")
    return item


def open_evidence(item: PlanItem, *, update: int, by: Any) -> Version:
    """The evidence of an update of the item's action, with its bytes, for those who sign off.

    It stands in the register, where not all of them sit. That it was opened is written down first.
    """
    require(can(by, "open evidence", item))
    found = Update.objects.filter(pk=update, action=item.action_id, evidence__isnull=False)
    told = found.select_related("evidence__group__partnership").first()
    if told is None or told.evidence is None or item.action_id is None:
        raise Wrong("There is no evidence to open.")
    paper = told.evidence
    record_read(paper, by=by, partnership=paper.partnership, group=paper.group)
    return paper.versions.select_related("content").order_by("-number")[0]


@transaction.atomic
def sign_off(
    item: PlanItem, *, remark: str, completed_on: datetime.date | None = None, outcome: str = "",
    by: Any,
) -> PlanItem:  # fmt: skip
    """Sign an item off that is done and shown to be done; whether it made the difference is
    checked after the months that the partnership has laid down.

    Where its agency said so in the register only, ``completed_on`` and ``outcome`` are given here.
    """
    item = there(locked_item(item))
    requires(by, "sign off", item)
    if item.signed_off_at:
        raise Wrong("This is signed off already.")
    if item.completed_on is None and not says_done(item):
        raise Wrong("Nobody has said that this is done.")
    if not has_evidence(item):
        raise Wrong("Evidence is missing: it stays said to be done until there is some.")
    wrong: dict[str, str] = {}
    remark = text_of(wrong, "remark", remark, "Enter what the sign-off rests on", LONG)
    unnamed(item.review, wrong, by=by, remark=remark)
    if item.completed_on is None and completed_on is None:
        wrong["completed_on"] = "Enter the day on which it was completed"
    refuse(wrong)
    if completed_on is not None and item.completed_on is None:
        item = record(item, completed_on=completed_on, outcome=outcome, by=by)
    if item.action is not None and item.action.status == Status.SAYS_DONE:
        item.action = actions.workflow.confirm_done(item.action, allowed=ALLOWED, by=by)
    keep(
        item, "signed off an action of", by=by, signed_off_at=clock.now(), signed_off_by=by,
        sign_off_remark=remark,
    )  # fmt: skip
    _check_later(item, by)
    return item


@transaction.atomic
def send_back(item: PlanItem, *, reason: str, by: Any) -> PlanItem:
    """Send an item back that is not done after all, signed off or not, with the reason."""
    item = there(locked_item(item))
    requires(by, "sign off", item)
    if item.completed_on is None and not says_done(item):
        raise Wrong("Nobody has said that this is done.")
    wrong: dict[str, str] = {}
    reason = text_of(wrong, "reason", reason, "Enter what is missing", REASON)
    unnamed(item.review, wrong, by=by, reason=reason)
    refuse(wrong)
    reason = " ".join(reason.split())
    if item.action is not None and item.action.status in (Status.SAYS_DONE, Status.DONE):
        item.action = actions.workflow.reopen(item.action, reason=reason, allowed=ALLOWED, by=by)
    for check in item.checks.filter(checked_on=None):
        history.remove(check, by=by)
    keep(
        item, "sent back an action of", by=by, completed_on=None, outcome="", signed_off_at=None,
        signed_off_by=None, sign_off_remark="",
    )  # fmt: skip
    return item


# ---- the difference that it made ----------------------------------------------------------------


def _check_later(item: PlanItem, by: Any) -> DifferenceCheck:
    arrangement = people.arrangement_of(item.review.partnership)
    months = arrangement.check_months if arrangement else 6
    check = DifferenceCheck(item=item, first_due_on=months_after(clock.today(), months))
    history.save(check, by=by)
    return check


@transaction.atomic
def check_difference(
    item: PlanItem, *, difference: str, found: str, checked_on: datetime.date | None = None,
    by: Any,
) -> DifferenceCheck:  # fmt: skip
    """Say whether what was done made the difference, and how that is known.

    Where it did not, or it cannot be told yet, it is looked at again after the same months.
    """
    item = there(locked_item(item))
    requires(by, "sign off", item)
    check = item.checks.filter(checked_on=None).first()
    if check is None or item.signed_off_at is None:
        raise Wrong("Nothing is to be checked here.")
    on = checked_on or clock.today()
    wrong: dict[str, str] = {}
    found = text_of(wrong, "found", found, "Enter how it is known", LONG)
    unnamed(item.review, wrong, by=by, found=found)
    if difference not in Difference.values:
        wrong["difference"] = "Choose whether it made the difference"
    past_day(wrong, "checked_on", on, item.signed_off_at.date(), "it was signed off")
    refuse(wrong)
    check.difference, check.found, check.checked_on, check.by = difference, found, on, by
    history.save(check, by=by)
    note("checked the difference that an action of", item.review, by=by, number=str(item.number))
    if difference in AGAIN:
        _check_later(item, by)
    return check
