"""Who works on a case: put on it, taken off it, each with a reason. The seats are the list."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

import membership.workflow
import notices.workflow
from core import clock
from core.markup import plain
from core.permissions import can, require
from core.workflow import Wrong
from membership.models import Partnership, Seat
from membership.workflow.panels import take_on as sit
from triggers.models import OPEN, Application, CaseNote, NoteKind, Stage
from triggers.queries import caseload, people
from triggers.workflow.steps import note, take, tell_officers, wrong_text

ANY = (*OPEN, Stage.CLOSED, Stage.WITHDRAWN)


@transaction.atomic
def put_on_case(application: Application, *, held: Seat, reason: str, by: Any) -> Seat:
    """Put an officer on a case. ``held`` is the seat on which it rests, and with which it ends."""
    application = take(application, by=by, stages=ANY)
    reason = plain(reason)
    wrong = wrong_text("reason", reason, "Enter why they need to know")
    if not people.may_be_put_on(application).filter(pk=held.pk).exists():
        wrong["held"] = "Choose an officer who is not on the case"
    if wrong:
        raise ValidationError(wrong)
    seat = sit(application.group, held, starts_on=clock.today(), by=by)  # type: ignore[arg-type]
    _because(application, f"{held.person} was put on the case: {reason}", by)
    note("put an officer on", application, by=by, person=str(held.person_id))
    notices.workflow.tell(
        [held.person], kind="case-review-put-on", about=application, occurrence=str(seat.pk),
        text=f"You were put on a case review: {application}", url=application.get_absolute_url(),
        partnership=application.partnership, but=by,
    )  # fmt: skip
    return seat


@transaction.atomic
def take_off_case(application: Application, *, seat: Seat, reason: str, by: Any) -> Seat:
    """Take somebody off a case: it is closed to them at once. The last officer cannot leave."""
    application = take(application, by=by, stages=ANY)
    if seat.group_id != application.group_id:
        raise Wrong("That person does not sit on this case.")
    reason = plain(reason)
    wrong = wrong_text("reason", reason, "Enter why they no longer need to know")
    if wrong:
        raise ValidationError(wrong)
    _because(application, f"{seat.person} was taken off the case: {reason}", by)
    note("took somebody off", application, by=by, person=str(seat.person_id))
    if seat.person_id != by.pk:
        tell_officers(
            application, "case-review-people", "Somebody was taken off a case review", by=by,
            occurrence=f"{seat.pk} off",
        )  # fmt: skip
    return membership.workflow.end_seat(seat, on=clock.today(), by=by)


@transaction.atomic
def take_on(partnership: Partnership, *, reference: str, by: Any) -> Application:
    """Take on a case that nobody works on any more. Who does so has seen its reference only."""
    require(can(by, "take on cases", partnership))
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
    left = caseload.without_officer(partnership).filter(reference=reference).first()
    if left is None or left.group is None:
        raise Wrong("Somebody works on this case already.")
    held = people.resting_on(by, partnership)
    if held is None:
        raise Wrong("Only officers who take new cases can do this.")
    sit(left.group, held, starts_on=clock.today(), by=by)
    note("took on", left, by=by)
    return left


def _because(application: Application, text: str, by: Any) -> None:
    CaseNote.objects.create(application=application, kind=NoteKind.PEOPLE, text=text, by=by)
