"""The independent chair of a review: appointed on their statement, and the end of their term."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

import membership.workflow
from accounts import workflow as accounts
from accounts.models import User
from core import clock, history
from core.workflow import Wrong
from dhr.models import Chair, Review, Stage, Step
from dhr.queries import people
from dhr.workflow import milestones
from dhr.workflow.seating import no_seat_for, on_standing_panel
from dhr.workflow.steps import REASON, note, take, tell_people, text_of
from membership.models import Agency, Role, Seat
from membership.queries import panels


@transaction.atomic
def appoint_chair(
    review: Review, *, person: User, agency: Agency | None = None, independence: str,
    starts_on: datetime.date, by: Any,
) -> Chair:  # fmt: skip
    """Appoint the independent chair from a day, on their statement that they have no part in it.

    ``agency`` is for whom they sit; without it, the one for whom they sit on the standing panel.
    Nobody chairs whose agency is asked in the review, nor who works on it or sits on its panel.
    """
    review = take(review, by=by)
    wrong: dict[str, str] = {}
    independence = text_of(
        wrong, "independence", independence, "Enter their statement of independence"
    )
    held = on_standing_panel(review, person)
    agency = agency or (held.agency if held else None)
    if not review.led_here:
        raise Wrong("The partnership that leads the review appoints its chair.")
    if panels.seats_of(review.group_id).filter(person=person).exists():
        wrong["person"] = "They sit on this review. Take them off first, if they are independent"
    if agency is None:
        wrong["agency"] = "Choose for whom they sit"
    elif refused := no_seat_for(review, agency) or people.not_independent(review, agency):
        wrong["agency"] = refused
    if starts_on < review.group.starts_on:
        wrong["starts_on"] = "The day must not be before the review was written down here"
    now = people.chair_of(review)
    if now and (now.ends_on is None or now.ends_on > starts_on):
        wrong["starts_on"] = f"{now.person} chairs the review then. End that first"
    if wrong or agency is None:
        raise ValidationError(wrong)
    chair = Chair(review=review, person=person, independence=independence, starts_on=starts_on)
    history.save(chair, by=by)
    seat = membership.workflow.seat(
        review.group,
        person=person,
        agency=agency,
        role=Role.CHAIR,
        starts_on=starts_on,
        by=by,
    )
    milestones.finish(review, Step.CHAIR, min(starts_on, clock.today()), by=by)
    note("appointed the chair of", review, by=by, person=str(person.pk))
    tell_people([person], review, "death-review-chair", "You chair a death review", by=by,
                occurrence=str(seat.pk))  # fmt: skip
    return chair


@transaction.atomic
def invite_chair(
    review: Review, *, name: str, email: str, agency: Agency, independence: str,
    starts_on: datetime.date, by: Any,
) -> Chair:  # fmt: skip
    """Appoint somebody who has no account yet. The invitation says nothing of the review."""
    review = take(review, by=by)
    person, _ = accounts.invite(email=email, name=name, by=by)
    return appoint_chair(
        review, person=person, agency=agency, independence=independence, starts_on=starts_on, by=by
    )


@transaction.atomic
def end_chair(chair: Chair, *, on: datetime.date, because: str, by: Any) -> Chair:
    """End a chair's term: they resigned, or the review is done. The term stays written down."""
    review = take(chair.review, by=by, stages=tuple(Stage))
    chair = Chair.objects.select_for_update(of=("self",)).get(pk=chair.pk)
    wrong: dict[str, str] = {}
    because = text_of(wrong, "because", because, "Enter why they no longer chair", REASON)
    if chair.ends_on and chair.ends_on <= clock.today():
        raise Wrong("This term has ended already.")
    if on < chair.starts_on:
        wrong["on"] = "The day must not be before they began"
    if wrong:
        raise ValidationError(wrong)
    chair.ends_on, chair.ended_because = on, because
    history.save(chair, by=by)
    seats = Seat.objects.not_over(on).filter(
        group=review.group_id, person=chair.person_id, role=Role.CHAIR
    )
    for seat in seats:
        membership.workflow.end_seat(seat, on=max(on, seat.starts_on), by=by)
    note("ended the term of the chair of", review, by=by)
    return chair
