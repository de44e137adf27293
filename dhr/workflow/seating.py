"""Who sits on a review: its officers and its panel. The seats are the list.

Each is asked first whether they are free of any part in the case; what they said is kept. Its
independent chair is appointed in ``chairing``.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

import membership.workflow
from accounts import workflow as accounts
from accounts.models import User
from core import clock, history
from core.permissions import can, require
from core.workflow import Wrong
from dhr.models import (
    OPEN,
    Chair,
    ConflictCheck,
    Review,
    SeatReason,
    Stage,
)
from dhr.queries import people
from dhr.workflow.steps import REASON, note, take, tell_officers, tell_people, text_of
from membership.models import Agency, Partnership, Role, Seat
from membership.queries import panels
from membership.workflow.keeping import stop
from membership.workflow.panels import take_on as sit

ANY = tuple(Stage)
ROLES = (Role.MEMBER, Role.ADVISER, Role.OFFICER)
ON_IT = "They sit on this review already"


# ---- the panel and the officers -----------------------------------------------------------------


@transaction.atomic
def put_on(
    review: Review, *, person: User, agency: Agency, role: str = Role.MEMBER, free: bool = True,
    said: str = "", reason: str = "", by: Any,
) -> Seat | None:  # fmt: skip
    """Put somebody on the review; who says that they are not free gets no seat, and learns no more.

    A member's seat ends with theirs on the standing panel, an officer's with the one on which it
    rests. ``reason`` is why an officer needs to know.
    """
    review = take(review, by=by, stages=ANY if role == Role.OFFICER else OPEN)
    wrong: dict[str, str] = {}
    said = text_of(
        wrong, "said", said, "" if free else "Enter what part they have in the case, without names"
    )
    reason = text_of(wrong, "reason", reason, most=REASON)
    if role not in ROLES:
        wrong["role"] = "Choose what they do on the review"
    if panels.seats_of(review.group_id).filter(person=person).exists():
        wrong["person"] = ON_IT
    if role != Role.OFFICER and (refused := no_seat_for(review, agency)):
        wrong["agency"] = refused
    rests = panels.may_be_put_on(review.group).filter(person=person).first()
    if role == Role.OFFICER and rests is None:
        wrong.setdefault("person", "Choose an officer who takes notifications")
    if wrong:
        raise ValidationError(wrong)
    if role != Role.OFFICER or not free:
        _check(review, person, free, said, by)
    if not free:
        return None
    if role == Role.OFFICER and rests is not None:
        seat = sit(review.group, rests, starts_on=clock.today(), by=by)
    else:
        seat = _seat(review, person, agency, role, by)
    if reason:
        _because(review, person, True, reason, by)
    note("put somebody on", review, by=by, person=str(person.pk), role=role)
    tell_people([person], review, "death-review-put-on", "You were put on a death review", by=by,
                occurrence=str(seat.pk))  # fmt: skip
    return seat


@transaction.atomic
def invite(
    review: Review, *, name: str, email: str, agency: Agency, role: str = Role.MEMBER,
    free: bool = True, said: str = "", by: Any,
) -> Seat | None:  # fmt: skip
    """Ask somebody from outside onto the panel, once they said that they are free.

    The invitation says nothing of the review.
    """
    review = take(review, by=by)
    if not free:
        raise ValidationError({"free": "Who is not free is not invited"})
    if refused := no_seat_for(review, agency):
        raise ValidationError({"agency": refused})
    person, _ = accounts.invite(email=email, name=name, by=by)
    return put_on(review, person=person, agency=agency, role=role, said=said, by=by)


@transaction.atomic
def check_again(review: Review, *, seat: Seat, free: bool, said: str, by: Any) -> ConflictCheck:
    """Write down what came of it when somebody is said to have a part in the case.

    Who turns out not to be free loses the seat at once; either way the words are kept.
    """
    review = take(review, by=by)
    sits = panels.seats_of(review.group_id).exclude(role=Role.OFFICER)
    if not sits.filter(pk=seat.pk).exists():
        raise Wrong("That person does not sit on this panel.")
    wrong: dict[str, str] = {}
    said = text_of(wrong, "said", said, "Enter what was alleged, and what you found out")
    if wrong:
        raise ValidationError(wrong)
    made = _check(review, seat.person, free, said, by)
    if not free:
        _end(review, seat, "Has a part in the case", by)
    return made


@transaction.atomic
def step_down(review: Review, *, said: str, by: Any) -> ConflictCheck:
    """Leave a review oneself, such as because one has a part in the case after all."""
    rows = Review.objects.select_for_update(of=("self",)).select_related("group", "partnership")
    review = rows.get(pk=review.pk)
    own = panels.seats_of(review.group_id).filter(person=by).exclude(role=Role.OFFICER)
    seat = own.select_related("group", "agency").first()
    if seat is None:
        raise Wrong("You do not sit on the panel of this review.")
    wrong: dict[str, str] = {}
    said = text_of(wrong, "said", said, "Enter why you leave")
    if wrong:
        raise ValidationError(wrong)
    made = _check(review, by, False, said, by)
    today = clock.today()
    for chair in Chair.objects.filter(review=review, person=by, ends_on=None):
        chair.ends_on, chair.ended_because = max(today, chair.starts_on), "Stepped down"
        history.save(chair, by=by)
    note("left", review, by=by)
    tell_officers(review, "death-review-people", "Somebody left a death review", by=by,
                  occurrence=f"{seat.pk} left")  # fmt: skip
    stop(seat, on=today, by=by)
    return made


@transaction.atomic
def take_off(review: Review, *, seat: Seat, reason: str, by: Any) -> Seat:
    """Take somebody off the review: it is closed to them at once. The last officer cannot leave."""
    review = take(review, by=by, stages=ANY)
    if seat.group_id != review.group_id:
        raise Wrong("That person does not sit on this review.")
    if seat.role == Role.CHAIR:
        raise Wrong("End the chair’s term instead.")
    wrong: dict[str, str] = {}
    reason = text_of(wrong, "reason", reason, "Enter why they no longer need to know", REASON)
    if wrong:
        raise ValidationError(wrong)
    if seat.person_id != by.pk:
        tell_officers(review, "death-review-people", "Somebody was taken off a death review",
                      by=by, occurrence=f"{seat.pk} off")  # fmt: skip
    return _end(review, seat, reason, by)


@transaction.atomic
def take_on(partnership: Partnership, *, reference: str, by: Any) -> Review:
    """Take on a review that nobody works on any more. Who does so has seen its reference only."""
    require(can(by, "take death notifications", partnership))
    arrangement = people.arrangement_of(partnership)
    left = people.without_officer(partnership).filter(reference=reference).first()
    held = panels.resting_on(by, arrangement.group) if arrangement else None
    if left is None:
        raise Wrong("Somebody works on this review already.")
    if held is None:
        raise Wrong("Only officers who take notifications can do this.")
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
    sit(left.group, held, starts_on=clock.today(), by=by)
    note("took on", left, by=by)
    return left


# ---- what they share ----------------------------------------------------------------------------


def on_standing_panel(review: Review, person: User) -> Seat | None:
    """The seat of somebody on the standing panel, if they have one."""
    rows = Seat.objects.on(clock.today()).filter(group=review.group.reports_to_id, person=person)
    return rows.select_related("agency", "post").first()


def no_seat_for(review: Review, agency: Agency) -> str:
    """Why a seat for this agency would open nothing; nothing where it would."""
    if agency in people.signatories(review):
        return ""
    return f"{agency} has not signed the information sharing agreement"


def _seat(review: Review, person: User, agency: Agency, role: str, by: Any) -> Seat:
    held = on_standing_panel(review, person)
    same = held if held and held.agency_id == agency.pk else None
    return membership.workflow.seat(
        review.group, person=person, agency=agency, role=role, post=same.post if same else None,
        starts_on=clock.today(), ends_on=same.ends_on if same else None, by=by,
    )  # fmt: skip


def _end(review: Review, seat: Seat, reason: str, by: Any) -> Seat:
    _because(review, seat.person, False, reason, by)
    note("took somebody off", review, by=by, person=str(seat.person_id))
    for chair in Chair.objects.filter(review=review, person=seat.person_id, ends_on=None):
        if seat.role == Role.CHAIR:
            chair.ends_on, chair.ended_because = max(clock.today(), chair.starts_on), reason
            history.save(chair, by=by)
    return membership.workflow.end_seat(seat, on=max(clock.today(), seat.starts_on), by=by)


def _check(review: Review, person: Any, free: bool, said: str, by: Any) -> ConflictCheck:
    return ConflictCheck.objects.create(review=review, person=person, free=free, said=said, by=by)


def _because(review: Review, person: Any, put_on: bool, reason: str, by: Any) -> None:
    SeatReason.objects.create(review=review, person=person, put_on=put_on, reason=reason, by=by)
