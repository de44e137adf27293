"""Who sits on a panel: each is asked first whether they are free of any part in the case.

What they said is kept, whatever came of it. Nobody chairs whose body's work is under review.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

import membership.workflow
import notices.workflow
from core import clock
from core.markup import plain
from core.workflow import Wrong
from membership.models import Agency, Role, Seat
from membership.workflow.keeping import stop
from triggers.models import Application, ConflictCheck, Stage
from triggers.queries import cases, people
from triggers.queries import panels as queries
from triggers.workflow.steps import note, take, tell_officers, wrong_text

ROLES = (Role.CHAIR, Role.MEMBER, Role.ADVISER)
LONG = 4000
ASKED_FOR = (Stage.RECEIVED, Stage.REVIEW)


@transaction.atomic
def ask_onto_panel(
    application: Application, *, held: Seat, role: str = Role.MEMBER, free: bool, said: str = "",
    by: Any,
) -> Seat | None:  # fmt: skip
    """Write down what somebody of the standing panel said; who is free gets a seat on the case.

    The seat rests on ``held`` and ends with it. Who is not free gets none, and learns nothing more.
    """
    application = _open(application, by)
    wrong = _wrong(application, held.agency, role, free, said)
    if not queries.pool(application).filter(pk=held.pk).exists():
        wrong["held"] = "Choose somebody of the standing panel who is not on the case"
    if wrong:
        raise ValidationError(wrong)
    _check(application, held.person, free, said, by)
    if not free:
        return None
    seat = membership.workflow.seat(
        application.group, person=held.person, agency=held.agency, role=role, post=held.post,  # type: ignore[arg-type]
        starts_on=clock.today(), ends_on=held.ends_on, by=by,
    )  # fmt: skip
    _tell(application, seat, by)
    return seat


@transaction.atomic
def invite_onto_panel(
    application: Application, *, name: str, email: str, agency: Agency, role: str = Role.CHAIR,
    free: bool, said: str = "", by: Any,
) -> Seat | None:  # fmt: skip
    """Ask somebody from outside, such as a chair from another partnership.

    Their body must have signed the sharing agreement, or the case would not open to them. The
    invitation says nothing of the case.
    """
    application = _open(application, by)
    wrong = _wrong(application, agency, role, free, said)
    if agency not in queries.signatories(application):
        wrong["agency"] = f"{agency} has not signed the information sharing agreement"
    if not free:
        wrong["free"] = "Who is not free is not invited"
    if wrong:
        raise ValidationError(wrong)
    seat, _ = membership.workflow.invite(
        application.group, email=email, name=name, agency=agency, role=role,  # type: ignore[arg-type]
        starts_on=clock.today(), by=by,
    )  # fmt: skip
    _check(application, seat.person, free, said, by)
    _tell(application, seat, by)
    return seat


@transaction.atomic
def check_again(
    application: Application, *, seat: Seat, free: bool, said: str, by: Any
) -> ConflictCheck:
    """Write down what came of it when somebody says that a member has a part in the case.

    Who turns out not to be free loses the seat at once; either way the reason is kept.
    """
    application = take(application, by=by, stages=ASKED_FOR)
    if not people.seats_of(application).exclude(role=Role.OFFICER).filter(pk=seat.pk).exists():
        raise Wrong("That person does not sit on this panel.")
    said = plain(said)
    wrong = wrong_text("said", said, "Enter what was alleged, and what you found out", LONG)
    if wrong:
        raise ValidationError(wrong)
    made = _check(application, seat.person, free, said, by)
    if not free:
        membership.workflow.end_seat(seat, on=clock.today(), by=by)
    return made


@transaction.atomic
def step_down(application: Application, *, said: str, by: Any) -> ConflictCheck:
    """Leave a panel oneself, because one has a part in the case after all."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("partnership")
    application = rows.select_related("group").get(pk=application.pk)
    own = people.seats_of(application).filter(person=by, emergency_until=None)
    seat = own.exclude(role=Role.OFFICER).select_related("group", "agency").first()
    if seat is None:
        raise Wrong("You do not sit on this panel.")
    said = plain(said)
    wrong = wrong_text("said", said, "Enter why you are not free", LONG)
    if wrong:
        raise ValidationError(wrong)
    made = _check(application, by, False, said, by)
    stop(seat, on=clock.today(), by=by)
    note("left the panel of", application, by=by)
    tell_officers(
        application, "case-review-people", "Somebody has left the panel of a case review", by=by,
        occurrence=f"{seat.pk} left",
    )  # fmt: skip
    return made


def _open(application: Application, by: Any) -> Application:
    application = take(application, by=by, stages=ASKED_FOR)
    if cases.stands_still(application):
        raise Wrong("The victim has refused consent, so nobody is asked onto a panel.")
    return application


def _wrong(
    application: Application, agency: Agency, role: str, free: bool, said: str
) -> dict[str, str]:
    wrong = {}
    if role not in ROLES:
        wrong["role"] = "Choose chair, member or adviser"
    if len(said) > LONG:
        wrong["said"] = f"This must be {LONG} characters or fewer. It has {len(said)}"
    elif not free and not plain(said):
        wrong["said"] = "Enter what they said"
    if free and role == Role.CHAIR:
        chair = queries.chair_of(application)
        refused = queries.cannot_chair(application, agency)
        if refused:
            wrong["role"] = refused
        elif chair:
            wrong["role"] = f"{chair.person} chairs already. Take them off first"
    return wrong


def _check(application: Application, person: Any, free: bool, said: str, by: Any) -> ConflictCheck:
    made = ConflictCheck.objects.create(
        application=application, person=person, free=free, said=plain(said), by=by
    )
    note("asked about conflicts in", application, by=by, person=str(person.pk), free=free)
    return made


def _tell(application: Application, seat: Seat, by: Any) -> None:
    notices.workflow.tell(
        [seat.person], kind="case-review-put-on", about=application, occurrence=str(seat.pk),
        text=f"You sit on the panel of a case review: {application}",
        url=application.get_absolute_url(), partnership=application.partnership, but=by,
    )  # fmt: skip
