"""Whether a review is held: decided, reversed, and who was told.

Statutory guidance under the 2004 Act, section 9(3): the chair of the partnership decides within a
month of the notification and tells the Home Office and the family, also where no review is held.
"""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import history
from core.workflow import Wrong
from dhr.models import (
    OPEN,
    About,
    Decision,
    Delay,
    Outcome,
    Review,
    Stage,
    Step,
    Told,
    Whom,
)
from dhr.workflow import milestones, publishing
from dhr.workflow.steps import REASON, keep, note, past_day, take, tell_officers, text_of

REVERSED = "The decision was reversed"
NO_REVIEW = "No review is held"
DECIDED_AT = (Stage.NOTIFIED, Stage.NO_REVIEW, Stage.UNDER_WAY)
KNOWN = (*OPEN, Stage.NO_REVIEW, Stage.CLOSED)
# Telling them of the decision is a step with a date.
TELLS = {Whom.HOME_OFFICE: Step.TELL_HOME_OFFICE, Whom.FAMILY: Step.TELL_FAMILY}


@transaction.atomic
def decide(
    review: Review, *, outcome: str, reasons: str, decided_by: str, decided_on: datetime.date,
    reversed_because: str = "", by: Any,
) -> Decision:  # fmt: skip
    """Write down whether a review is held, the reasons, and who decided, by post.

    A later decision reverses the one before, which stays, and says why. A review that is held
    begins its six months on this day. Where another partnership leads, this is its decision as
    told here, and no date follows from it.
    """
    review = take(review, by=by, stages=DECIDED_AT)
    before = review.decisions.first()
    made = Decision(
        review=review, number=before.number + 1 if before else 1, outcome=outcome,
        decided_on=decided_on, by=by,
    )  # fmt: skip
    _fits(made, before, reasons, decided_by, reversed_because)
    made.save()
    if review.led_here:
        _set_dates(review, made, before, by)
    held = outcome == Outcome.REVIEW
    keep(review, "decided", by=by, stage=Stage.UNDER_WAY if held else Stage.NO_REVIEW)
    tell_officers(review, "death-review-decided", "A decision was written down", by=by)
    return made


def _fits(
    made: Decision, before: Decision | None, reasons: str, decided_by: str, because: str
) -> None:
    wrong: dict[str, str] = {}
    made.reasons = text_of(wrong, "reasons", reasons, "Enter the reasons, without names")
    made.decided_by = text_of(
        wrong, "decided_by", decided_by, "Enter who decided, such as the chair of the board", 160
    )
    missing = "Enter why the earlier decision is reversed" if before else ""
    made.reversed_because = text_of(wrong, "reversed_because", because, missing)
    if before is None:
        made.reversed_because = ""
        past_day(wrong, "decided_on", made.decided_on, made.review.notified_on, "the notification")
    else:
        past_day(wrong, "decided_on", made.decided_on, before.decided_on, "the earlier decision")
    if made.outcome not in Outcome.values:
        wrong["outcome"] = "Choose what was decided"
    elif before and made.outcome == before.outcome:
        wrong["outcome"] = "This is what was decided before"
    if wrong:
        raise ValidationError(wrong)


def _set_dates(review: Review, made: Decision, before: Decision | None, by: Any) -> None:
    on = made.decided_on
    milestones.finish(review, Step.DECIDE, on, by=by)
    if made.outcome != Outcome.REVIEW:
        because = REVERSED if before else NO_REVIEW
        left = [each.step for each in milestones.running(review)]
        milestones.stop(review, left, because=because, on=on, by=by)
    elif before:
        milestones.stop(review, TELLS.values(), because=REVERSED, on=on, by=by)
    for step in TELLS.values():
        milestones.begin(review, step, on, by=by)
    if made.outcome == Outcome.REVIEW:
        milestones.begin(review, Step.REPORT, on, by=by)


@transaction.atomic
def tell(
    review: Review, *, whom: str, about: str, on: datetime.date, how: str = "", by: Any
) -> Told:
    """Write down that somebody was told, of what, when and how. ``how`` names nobody.

    Telling the Home Office of a delay says so of each delay that it was not told of by then.
    """
    review = take(review, by=by, stages=KNOWN)
    wrong: dict[str, str] = {}
    how = text_of(wrong, "how", how, most=REASON)
    past_day(wrong, "on", on, review.notified_on, "the notification")
    if whom not in Whom.values:
        wrong["whom"] = "Choose who was told"
    if about not in About.values:
        wrong["about"] = "Choose what they were told"
    if about == About.DECISION and not wrong:
        decision = review.decisions.first()
        if decision is None:
            wrong["about"] = "Nothing is decided yet"
        else:
            past_day(wrong, "on", on, decision.decided_on, "the decision")
    if wrong:
        raise ValidationError(wrong)
    told = Told(review=review, whom=whom, about=about, on=on, how=how, by=by)
    history.save(told, by=by)
    if about == About.DECISION and whom in TELLS:
        milestones.finish(review, TELLS[Whom(whom)], on, by=by)
    if about == About.DELAY and whom == Whom.HOME_OFFICE:
        for delay in Delay.objects.filter(milestone__review=review, home_office_told_on=None):
            milestones.home_office_told(delay, on=on, by=by)
    if about in publishing.COPY_TOLD:
        publishing.copies_sent(review, on=on, by=by)
    note("wrote down who was told of", review, by=by, whom=whom, about=about)
    return told


@transaction.atomic
def take_back_told(told: Told, *, by: Any) -> None:
    """Take back that somebody was told: a mistake. It stays in the history.

    A step that was done by it runs on, unless they were told another time too.
    """
    review = take(told.review, by=by, stages=KNOWN)
    if told.about == About.DELAY and told.whom == Whom.HOME_OFFICE:
        raise Wrong("The delays say that the Home Office was told. Write down what is true there.")
    history.remove(told, by=by)
    step = TELLS.get(Whom(told.whom)) if told.about == About.DECISION else None
    if step:
        done = review.milestones.filter(step=step, done_on=told.on).order_by("-occurrence").first()
        again = review.told.filter(whom=told.whom, about=told.about, on__gte=told.on).exists()
        if done and not again and not milestones.running(review, step).exists():
            done.done_on = None
            history.save(done, by=by)
    if told.about in publishing.COPY_TOLD:
        publishing.copies_not_sent(review, by=by)
    note("took back who was told of", review, by=by, whom=told.whom, about=told.about)
