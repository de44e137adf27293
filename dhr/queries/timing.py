"""The steps of a review as its page shows them: each with the date first set, and what came."""

import datetime
from dataclasses import dataclass, field

from core import clock
from core.components import Stage
from core.dates import tabledate
from dhr.models import Delay, Milestone, Review, Step

# The steps that every review led here has; the others show once they have a date.
ALWAYS = (Step.DECIDE, Step.CHAIR, Step.TERMS, Step.REPORT, Step.SUBMIT, Step.PUBLISH, Step.PLAN)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page of a review says of its steps."""

    stages: list[Stage]
    delays: list[tuple[Milestone, Delay]] = field(default_factory=list)
    untold: list[tuple[Milestone, Delay]] = field(default_factory=list)
    label: str = "Steps of this review"


def shown(review: Review) -> Shown:
    """The steps with their dates; running ones that are delayed; delays to be told."""
    on, steps = clock.today(), of_review(review)
    latest = {each.step: each for each in steps}
    running = [each for each in steps if each.runs]
    now = min(running, key=lambda each: (each.due_on, _place(each.step)), default=None)
    done = deeds(review)
    listed = [
        _stage(step, latest.get(step), done.get(step), on, is_now=bool(now and now.step == step))
        for step in Step
        if step in latest or (review.led_here and step in ALWAYS)
    ]
    delays = [(each, each.delays.all()[0]) for each in running if each.delays.all()]
    return Shown(listed, delays, untold(review, steps))


def deeds(review: Review) -> dict[str, datetime.date]:
    """When steps were done that had no date: by what stands on the review."""
    decision, chair = review.decisions.first(), review.chairs.order_by("starts_on").first()
    terms = review.terms.filter(agreed_on__isnull=False).order_by("number").first()
    sent, report = review.submissions.first(), review.published_reports.first()
    found = {
        Step.DECIDE: decision and decision.decided_on,
        Step.CHAIR: chair and chair.starts_on,
        Step.TERMS: terms and terms.agreed_on,
        Step.SUBMIT: sent and sent.submitted_on,
        Step.FEEDBACK: sent and sent.feedback_on,
        Step.PUBLISH: report and report.published_on,
    }
    return {step: day for step, day in found.items() if day}


def untold(review: Review, steps: list[Milestone]) -> list[tuple[Milestone, Delay]]:
    """Delays of legal dates of which the Home Office was not told; none if led elsewhere."""
    if not review.led_here:
        return []
    return [
        (each, delay)
        for each in steps
        if each.legal
        for delay in each.delays.all()
        if delay.home_office_told_on is None
    ]


def of_review(review: Review) -> list[Milestone]:
    """Every step of a review in its order and turn, with its delays."""
    rows = Milestone.objects.filter(review=review).select_related("review__group")
    found = rows.prefetch_related("delays__by", "delays__proceeding")
    return sorted(found, key=lambda each: (_place(each.step), each.occurrence))


def _place(step: str) -> int:
    return list(Step).index(Step(step))


def _stage(
    step: Step, found: Milestone | None, done: datetime.date | None, on: datetime.date, *,
    is_now: bool,
) -> Stage:  # fmt: skip
    if found is None and done:
        return Stage(str(step.label), tabledate(done, on), "done")
    if found is None:
        return Stage(str(step.label), "No date yet")
    note, state = _note(found, on)
    if found.runs and not state and is_now:
        state = "now"
    return Stage(str(step.label), note, state)


def _note(step: Milestone, on: datetime.date) -> tuple[str, str]:
    """What stands under a step, and its state: done, late or nothing."""
    due = tabledate(step.first_due_on, on)
    if step.stopped_on:
        return f"Stopped {tabledate(step.stopped_on, on)}: {step.stopped_because}", ""
    if step.done_on:
        late = f". Was due {due}" if step.late(on) else ""
        return f"{tabledate(step.done_on, on)}{late}", "done"
    later = f". Now by {tabledate(step.due_on, on)}" if step.due_on != step.first_due_on else ""
    if step.late(on):
        return f"Was due {due}{later}", "late"
    return (f"First due {due}{later}", "") if later else (f"by {due}", "")
