"""What a review is held by: its terms of reference, what runs beside it, its parts elsewhere, and
its end."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from actions.workflow import references
from core import clock, history
from core.workflow import Wrong
from dhr.models import (
    OPEN,
    Part,
    Proceeding,
    ProceedingKind,
    Review,
    Stage,
    Step,
    Terms,
)
from dhr.queries import people, progress
from dhr.workflow import milestones
from dhr.workflow.notifying import DIGITS, panel_of
from dhr.workflow.steps import REASON, keep, note, past_day, take, tell_officers, text_of
from membership.models import Partnership
from membership.queries import panels
from membership.workflow.panels import dissolve_panel

CLOSED = "The review was closed"

# ---- terms of reference -------------------------------------------------------------------------


@transaction.atomic
def agree_terms(
    review: Review, *, text: str, scope_from: datetime.date, scope_to: datetime.date,
    changed_because: str = "", agreed_on: datetime.date | None = None, by: Any,
) -> Terms:  # fmt: skip
    """Write the next version of the terms of reference. Without ``agreed_on`` it is a draft, which
    the next version replaces; an agreed one stays, and the next says why it was changed."""
    review = take(review, by=by, verb="settle")
    last = review.terms.first()
    wrong: dict[str, str] = {}
    text = text_of(wrong, "text", text, "Enter the terms of reference", 20000)
    missing = "Enter why the terms are changed" if last and last.agreed_on else ""
    because = text_of(wrong, "changed_because", changed_because, missing, REASON)
    if scope_to < scope_from:
        wrong["scope_to"] = "The last day must not be before the first"
    elif scope_to > clock.today():
        wrong["scope_to"] = "The day must be today or in the past"
    if agreed_on:
        since = last.agreed_on if last and last.agreed_on else review.notified_on
        past_day(wrong, "agreed_on", agreed_on, since, "what came before")
    if wrong:
        raise ValidationError(wrong)
    draft = last if last and last.agreed_on is None else None
    number = draft.number if draft else (last.number + 1 if last else 1)
    if draft:
        draft.delete()
    made = Terms.objects.create(
        review=review, number=number, text=text, scope_from=scope_from, scope_to=scope_to,
        changed_because=because, agreed_on=agreed_on, by=by,
    )  # fmt: skip
    if agreed_on:
        milestones.finish(review, Step.TERMS, agreed_on, by=by)
    note("wrote the terms of reference of", review, by=by, number=made.number)
    return made


# ---- what runs beside it ------------------------------------------------------------------------


@transaction.atomic
def add_proceeding(review: Review, *, by: Any, **told: Any) -> Proceeding:
    """Write down a parallel proceeding and what it means for the review: see ``_proceeding``."""
    review = take(review, by=by)
    return _proceeding(Proceeding(review=review), "added a proceeding to", by, **told)


@transaction.atomic
def change_proceeding(proceeding: Proceeding, *, by: Any, **told: Any) -> Proceeding:
    """Say what is known of a proceeding now, or that it has ended, and how."""
    take(proceeding.review, by=by)
    found = Proceeding.objects.select_for_update(of=("self",)).get(pk=proceeding.pk)
    return _proceeding(found, "changed a proceeding of", by, **told)


def _proceeding(
    made: Proceeding, verb: str, by: Any, *, kind: str, starts_on: datetime.date,
    contact: str = "", effect: str = "", expected_on: datetime.date | None = None,
    ends_on: datetime.date | None = None, result: str = "",
) -> Proceeding:  # fmt: skip
    wrong: dict[str, str] = {}
    if kind not in ProceedingKind.values:
        wrong["kind"] = "Choose what it is"
    made.kind, made.starts_on = kind, starts_on
    made.expected_on, made.ends_on = expected_on, ends_on
    made.contact = text_of(wrong, "contact", contact, most=160)
    made.effect = text_of(wrong, "effect", effect)
    made.result = text_of(wrong, "result", result)
    if starts_on > clock.today():
        wrong["starts_on"] = "The day must be today or in the past"
    if expected_on and expected_on < starts_on:
        wrong["expected_on"] = "The day must not be before it began"
    if ends_on:
        past_day(wrong, "ends_on", ends_on, starts_on, "it began")
    elif made.result:
        wrong["ends_on"] = "Enter the day on which it ended"
    if wrong:
        raise ValidationError(wrong)
    history.save(made, by=by)
    note(verb, made.review, by=by, kind=kind)
    return made


# ---- parts of other partnerships ----------------------------------------------------------------


@transaction.atomic
def hand_part(review: Review, partnership: Partnership, *, purpose: str, by: Any) -> Part:
    """Hand another partnership on this system its part: actions to be delivered there.

    Its own officers are the list of the part; they see the part, not the review. ``purpose``
    leaves the panel, so it holds no name of the key.
    """
    review = take(review, by=by)
    arrangement = people.arrangement_of(partnership)
    wrong: dict[str, str] = {}
    purpose = _purpose(review, purpose, wrong)
    if partnership.pk == review.partnership_id:
        wrong["partnership"] = "Choose another partnership"
    elif arrangement is None:
        wrong["partnership"] = f"{partnership} has not set up death reviews yet"
    elif review.parts.filter(partnership=partnership).exists():
        wrong["partnership"] = f"{partnership} has a part in this review already"
    if wrong or arrangement is None:
        raise ValidationError(wrong)
    today = clock.today()
    reference = references.take_next(Part, partnership, f"DP-{today.year}-", digits=DIGITS)
    officers = panels.officers_for(arrangement.group, today)
    part = Part(
        review=review, partnership=partnership, reference=reference, purpose=purpose,
        starts_on=today,
        group=panel_of(arrangement, "Part in a death review", reference, officers, today, by),
    )  # fmt: skip
    history.save(part, by=by)
    note("handed a part of", review, by=by, part=reference)
    note("was handed", part, by=by)
    tell_officers(part, "death-review-part", "Your partnership has a part in a death review",
                  by=by, occurrence="handed")  # fmt: skip
    return part


@transaction.atomic
def change_part(part: Part, *, purpose: str, by: Any) -> Part:
    """Say better what the other partnership needs to know."""
    review = take(part.review, by=by)
    part = Part.objects.select_for_update(of=("self",)).get(pk=part.pk)
    if part.ends_on:
        raise Wrong("This part has ended.")
    wrong: dict[str, str] = {}
    part.purpose = _purpose(review, purpose, wrong)
    if wrong:
        raise ValidationError(wrong)
    history.save(part, by=by)
    note("changed the purpose of", part, by=by)
    tell_officers(part, "death-review-part", "What you need to know of your part was changed",
                  by=by, occurrence=str(part.history.count()))  # fmt: skip
    return part


@transaction.atomic
def end_part(part: Part, *, on: datetime.date, by: Any) -> Part:
    """End a part in which nothing is left to do; it closes to those who sit on it."""
    take(part.review, by=by, stages=tuple(Stage))
    part = Part.objects.select_for_update(of=("self",)).get(pk=part.pk)
    if part.ends_on:
        raise Wrong("This part has ended already.")
    if on < part.starts_on or on > clock.today():
        raise ValidationError({"on": "The day must be between its beginning and today"})
    if progress.open_items(part.review).filter(part=part).exists():
        raise Wrong("Actions of this part are not signed off yet.")
    part.ends_on = on
    history.save(part, by=by)
    dissolve_panel(part.group, on=on, by=by)
    note("ended", part, by=by)
    return part


def _purpose(review: Review, purpose: str, wrong: dict[str, str]) -> str:
    purpose = text_of(wrong, "purpose", purpose, "Enter what they need to know, without names")
    if refused := progress.named(review, purpose):
        wrong["purpose"] = refused
    return purpose


# ---- the end, and again -------------------------------------------------------------------------


@transaction.atomic
def close(review: Review, *, reason: str = "", by: Any) -> Review:
    """Close a review whose actions are all signed off; before that, say why.

    What is kept of it is counted from this day.
    """
    review = take(review, by=by, stages=(*OPEN, Stage.NO_REVIEW))
    wrong: dict[str, str] = {}
    stands = progress.what_keeps_open(review)
    missing = f"Enter why it is closed all the same: {'; '.join(stands)}" if stands else ""
    reason = text_of(wrong, "reason", reason, missing, 4000)
    if wrong:
        raise ValidationError(wrong)
    today = clock.today()
    left = {each.step for each in milestones.running(review)} - {Step.REMOVE}
    if left:
        milestones.stop(review, left, because=CLOSED, on=today, by=by)
    keep(review, "closed", by=by, stage=Stage.CLOSED, closed_on=today, closed_because=reason)
    tell_officers(review, "death-review-closed", "A death review was closed", by=by)
    return review


@transaction.atomic
def reopen(review: Review, *, reason: str, again: bool = True, by: Any) -> Review:
    """Open a review again that was published or closed, with the reason.

    ``again`` says that the report is to be written once more: what follows needs another
    clearance. Else the review goes back to where it was, such as to watch its plan.
    """
    review = take(review, by=by, stages=(Stage.PUBLISHED, Stage.CLEARED, Stage.CLOSED))
    before = _before(review)
    wrong: dict[str, str] = {}
    reason = text_of(wrong, "reason", reason, "Enter why it is opened again, without names", 4000)
    if not again and review.stage != Stage.CLOSED:
        wrong["again"] = "It is open. Open it again only to write another report"
    if again and before in (Stage.NOTIFIED, Stage.NO_REVIEW):
        wrong["again"] = "No review was held, so there is no report to write again"
    if wrong:
        raise ValidationError(wrong)
    for each in review.milestones.filter(stopped_because=CLOSED):
        each.stopped_on, each.stopped_because = None, ""
        history.save(each, by=by)
    keep(
        review, "opened again", by=by, stage=Stage.UNDER_WAY if again else before, closed_on=None,
        closed_because="", reopened_on=clock.today(), reopened_because=reason,
    )  # fmt: skip
    tell_officers(review, "death-review-opened", "A death review was opened again", by=by)
    return review


def _before(review: Any) -> str:
    """The stage at which a review stood before it was closed."""
    rows = review.history.exclude(stage=Stage.CLOSED).order_by("-history_id")
    return str(rows.values_list("stage", flat=True).first() or Stage.UNDER_WAY)
