"""By when each step of a review is to be done: begun, planned, done, delayed, stopped.

The day of the event is day 0; a month ends on the same day of the month, or on its last day. The
date first set is never changed.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from core import clock
from core.dates import count, longdate, months_after
from core.history import save
from core.permissions import can, require
from core.workflow import Wrong
from core.working_days import add_working_days
from dhr.models import Delay, Milestone, Proceeding, Review, Step
from dhr.workflow.rules import rule_on
from dhr.workflow.steps import REASON, note, past_day, take, text_of

TELL_WITHIN = 5  # working days; the guidance asks it at once, and sets no term

# Steps that are done by a deed of their own, where this partnership leads: never by hand.
BY_DEED = {
    Step.DECIDE: "Write down the decision instead.",
    Step.TELL_HOME_OFFICE: "Write down how the Home Office was told instead.",
    Step.TELL_FAMILY: "Write down how the family was told instead.",
    Step.SUBMIT: "Write down the submission instead.",
    Step.FEEDBACK: "Write down the panel’s answer instead.",
    Step.PUBLISH: "Publish the report instead.",
    Step.COPIES: "Write down to whom a copy was sent instead.",
    Step.REMOVE: "Take the report off the site instead.",
}
# Steps whose dates come from the law, its guidance or the decision: nobody plans them.
NOT_PLANNED = (Step.DECIDE, Step.TELL_HOME_OFFICE, Step.TELL_FAMILY)


def due(step: str, on: datetime.date) -> tuple[datetime.date, str, bool]:
    """By when a step is due that counts from ``on``, the rule in words, and whether it is legal."""
    if step == Step.DECIDE:
        months = rule_on(on).decide_within
        return months_after(on, months), f"{count(months, 'month')} from the notification", True
    if step == Step.REPORT:
        months = rule_on(on).report_within
        return months_after(on, months), f"{count(months, 'month')} from the decision", True
    says = f"{count(TELL_WITHIN, 'working day')} from the decision; set here, not by law"
    return add_working_days(on, TELL_WITHIN), says, False


@transaction.atomic
def begin(review: Review, step: str, on: datetime.date, *, by: Any) -> Milestone | None:
    """Begin a step that counts from a day. One that runs already goes on: its first date stands."""
    if running(review, step).exists():
        return None
    first, says, legal = due(step, on)
    return _made(review, step, first, by, starts_on=on, says=says, legal=legal)


@transaction.atomic
def plan(review: Review, *, step: str, due_on: datetime.date, says: str = "", by: Any) -> Milestone:
    """Set the panel's own date for a step. One that has a date keeps it: ``delay`` it instead.

    Where another partnership leads, ``says`` may tell who set the date.
    """
    review = take(review, by=by)
    wrong: dict[str, str] = {}
    says = text_of(wrong, "says", says, most=160)
    if step not in Step.values or (review.led_here and step in NOT_PLANNED):
        wrong["step"] = "Choose a step that the panel sets a date for"
    elif running(review, step).exists():
        wrong["step"] = "This step has a date already. Say there that it will be later"
    if due_on < review.notified_on:
        wrong["due_on"] = f"The day must be after the notification, {longdate(review.notified_on)}"
    elif review.led_here and due_on < clock.today():
        wrong["due_on"] = "The day must be today or in the future"
    if wrong:
        raise ValidationError(wrong)
    made = _made(review, step, due_on, by, says=says or "Set by the panel")
    _note("planned a step of", made, by)
    return made


def set_date(
    review: Review, step: str, first: datetime.date, *, starts_on: datetime.date, says: str, by: Any
) -> Milestone | None:
    """Set the date of a step that follows from a deed. One that runs keeps the date that it has."""
    if running(review, step).exists():
        return None
    return _made(review, step, first, by, starts_on=starts_on, says=says)


@transaction.atomic
def finish(review: Review, step: str, on: datetime.date, *, by: Any) -> Milestone | None:
    """Say that a step was done on that day, if it runs: for the verbs by whose deed it is done."""
    milestone = running(review, step).first()
    if milestone is None:
        return None
    milestone.done_on = on
    save(milestone, by=by)
    return milestone


@transaction.atomic
def done(milestone: Milestone, *, on: datetime.date, by: Any) -> Milestone:
    """Say by hand that a step was done."""
    milestone = _taken(milestone, by)
    review = milestone.review
    if review.led_here and milestone.step in BY_DEED:
        raise Wrong(BY_DEED[Step(milestone.step)])
    wrong: dict[str, str] = {}
    past_day(wrong, "on", on, review.notified_on, "the notification")
    if wrong:
        raise ValidationError(wrong)
    finish(review, milestone.step, on, by=by)
    milestone.refresh_from_db()
    _note("finished a step of", milestone, by)
    return milestone


@transaction.atomic
def undo(milestone: Milestone, *, by: Any) -> Milestone:
    """Take back that a step was done or stopped by hand: a mistake. It runs on with its dates."""
    milestone = _taken(milestone, by, runs=False)
    if milestone.review.led_here and milestone.step in BY_DEED:
        raise Wrong("This step was done by a deed of its own, which stands.")
    if running(milestone.review, milestone.step).exists():
        raise Wrong("This step has another date by now.")
    milestone.done_on, milestone.stopped_on, milestone.stopped_because = None, None, ""
    save(milestone, by=by)
    _note("took back the end of a step of", milestone, by)
    return milestone


@transaction.atomic
def stop(
    review: Review, steps: Iterable[str], *, because: str, on: datetime.date, by: Any
) -> list[Milestone]:
    """Let these steps run no longer, with the reason."""
    stopped = list(running(review, *steps))
    for milestone in stopped:
        milestone.stopped_on, milestone.stopped_because = on, because
        save(milestone, by=by)
    return stopped


@transaction.atomic
def call_off(milestone: Milestone, *, because: str, by: Any) -> Milestone:
    """Stop one step by hand. Its date and the reason stay on the review."""
    milestone = _taken(milestone, by)
    if milestone.step == Step.DECIDE:
        raise Wrong("Whether a review is held must be decided.")
    wrong: dict[str, str] = {}
    because = text_of(wrong, "because", because, "Enter why this step is not needed", REASON)
    if wrong:
        raise ValidationError(wrong)
    stop(milestone.review, [milestone.step], because=because, on=clock.today(), by=by)
    milestone.refresh_from_db()
    _note("stopped a step of", milestone, by)
    return milestone


# ---- delays -------------------------------------------------------------------------------------


@transaction.atomic
def put_off(
    milestone: Milestone, *, due_on: datetime.date, reason: str,
    proceeding: Proceeding | None = None, home_office_told_on: datetime.date | None = None, by: Any,
) -> Delay:  # fmt: skip
    """Say that a date will not be kept: a later one beside the first, why, and for what it waits.

    The Home Office is to be told of it; ``home_office_told`` says so later.
    """
    milestone = _taken(milestone, by)
    wrong: dict[str, str] = {}
    reason = text_of(wrong, "reason", reason, "Enter the reason, without names", REASON)
    if due_on < milestone.first_due_on:
        first = longdate(milestone.first_due_on)
        wrong["due_on"] = f"The new date must not be before the one first set, {first}"
    elif due_on < clock.today():
        wrong["due_on"] = "The new date must be today or in the future"
    elif due_on == milestone.due_on:
        wrong["due_on"] = f"It is due on {longdate(due_on)} already"
    if proceeding is not None and proceeding.review_id != milestone.review_id:
        wrong["proceeding"] = "Choose a proceeding of this review"
    _told_day(wrong, home_office_told_on, milestone.review.notified_on, "the notification")
    if wrong:
        raise ValidationError(wrong)
    made = Delay.objects.create(
        milestone=milestone, due_on=due_on, reason=reason, proceeding=proceeding,
        home_office_told_on=home_office_told_on, by=by,
    )  # fmt: skip
    milestone.due_on = due_on
    save(milestone, by=by)
    _note("set a later date in", milestone, by)
    return made


@transaction.atomic
def home_office_told(delay: Delay, *, on: datetime.date, by: Any) -> Delay:
    """Say on which day the Home Office was told of a delay."""
    milestone = delay.milestone
    take(milestone.review, by=by)
    delay = Delay.objects.select_for_update(of=("self",)).get(pk=delay.pk)
    if delay.home_office_told_on:
        raise Wrong(f"The Home Office was told on {longdate(delay.home_office_told_on)} already.")
    wrong: dict[str, str] = {}
    _told_day(wrong, on, milestone.review.notified_on, "the notification")
    if wrong:
        raise ValidationError({"on": wrong["home_office_told_on"]})
    delay.home_office_told_on = on
    delay.save(update_fields=["home_office_told_on"])
    _note("told the Home Office of a delay in", milestone, by)
    return delay


def tells_home_office(milestone: Milestone) -> bool:
    """Whether the Home Office is to be told when this step is delayed: where its date is legal."""
    return milestone.legal and milestone.review.led_here


def _told_day(
    wrong: dict[str, str], on: datetime.date | None, since: datetime.date, what: str
) -> None:
    if on is not None:
        past_day(wrong, "home_office_told_on", on, since, what)


# ---- what they share ----------------------------------------------------------------------------


def running(review: Review, *steps: str) -> Any:
    """The steps that are neither done nor stopped, locked; all of them, or these."""
    rows = Milestone.objects.select_for_update(of=("self",))
    rows = rows.filter(review=review, done_on=None, stopped_on=None)
    return rows.filter(step__in=steps) if steps else rows


def _made(review: Review, step: str, first: datetime.date, by: Any, **more: Any) -> Milestone:
    there = Milestone.objects.filter(review=review, step=step)
    made = Milestone(
        review=review, step=step, first_due_on=first, due_on=first,
        occurrence=(there.aggregate(last=Max("occurrence"))["last"] or 0) + 1, **more,
    )  # fmt: skip
    save(made, by=by)
    return made


def _taken(milestone: Milestone, by: Any, *, runs: bool = True) -> Milestone:
    """The step, locked, if this person works on its review and it runs, or has ended."""
    rows = Milestone.objects.select_for_update(of=("self",))
    found = rows.select_related("review__group", "review__partnership").get(pk=milestone.pk)
    require(can(by, "work on", found.review))
    if not found.review.is_open:
        raise Wrong("This review is closed.")
    if found.runs != runs:
        raise Wrong("This step no longer runs." if runs else "This step runs.")
    return found


def _note(verb: str, milestone: Milestone, by: Any) -> None:
    note(verb, milestone.review, by=by, step=milestone.step, due_on=milestone.due_on.isoformat())
