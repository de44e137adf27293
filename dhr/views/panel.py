"""The panel of a review: its chair, its members, its terms, what runs beside it, its parts."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from core import clock
from core.permissions import can, policy
from dhr.forms import panel as forms
from dhr.forms.dates import OnForm
from dhr.forms.fields import ReasonForm
from dhr.models import Part, Review
from dhr.queries import panel, people
from dhr.views.asking import ask
from dhr.views.frame import address, opened, page
from dhr.workflow import chairing, life, seating
from membership.models import Seat
from membership.queries import panels


@policy(Review, "view")
def review_panel(request: HttpRequest, reference: str) -> HttpResponse:
    """Who chairs and sits, what each said, the terms, what runs beside, the parts elsewhere."""
    found = opened(request, reference)
    context = panel.shown(found) | {"leaves": can(request.user, "leave", found)}
    return page(request, "dhr/panel.html", found, "review_panel", context)


def _ask(
    request: HttpRequest, found: Review, build: Any, verb: Any, *, title: str, done: str,
    intro: str = "", to: str = "",
) -> HttpResponse:  # fmt: skip
    to = to or address(request, "review_panel", found.reference)
    return ask(
        request, found, build, verb, title=title, done=done, intro=intro, to=to, tab="review_panel"
    )


def _back(request: HttpRequest, found: Review) -> str:
    return address(request, "review_panel", found.reference)


# ---- the chair ----------------------------------------------------------------------------------


@policy(Review, GET="work on", POST="work on")
def chair_appoint(request: HttpRequest, reference: str) -> HttpResponse:
    """Appoint the independent chair."""
    found = opened(request, reference, "work on")

    def verb(
        held: Seat | None, name: str, email: str, agency: Any, independence: str, starts_on: Any
    ) -> None:
        said = {"independence": independence, "starts_on": starts_on, "by": request.user}
        if held:
            chairing.appoint_chair(found, person=held.person, agency=agency or held.agency, **said)
        else:
            chairing.invite_chair(found, name=name, email=email, agency=agency, **said)

    return _ask(
        request, found,
        lambda data: forms.AppointForm(
            data, seats=people.pool(found), agencies=people.signatories(found),
            initial={"starts_on": clock.today()}, cancel=_back(request, found),
        ),
        verb, title="Appoint an independent chair", done="The chair is appointed, and is told.",
        intro="The chair works for no agency that is asked in the review, and had no part in the "
        "case.",
    )  # fmt: skip


@policy(Review, GET="work on", POST="work on")
def chair_end(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """End a chair's term."""
    found = opened(request, reference, "work on")
    chair = panel.chairs(found).filter(pk=pk).first()
    if chair is None:
        raise Http404
    return _ask(
        request, found,
        lambda data: forms.EndChairForm(
            data, initial={"on": clock.today()}, cancel=_back(request, found)
        ),
        lambda **said: chairing.end_chair(chair, **said, by=request.user),
        title="End the term of the chair", done="The term ends on that day.",
        intro="The review closes to them then. Their term stays written down.",
    )  # fmt: skip


# ---- the members --------------------------------------------------------------------------------


@policy(Review, GET="work on", POST="work on")
def member_ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down what somebody of the standing panel said; who is free gets a seat."""
    found = opened(request, reference, "work on")

    def verb(held: Seat, role: str, free: bool, said: str) -> None:
        seating.put_on(
            found, person=held.person, agency=held.agency, role=role, free=free, said=said,
            by=request.user,
        )  # fmt: skip

    return _ask(
        request, found,
        lambda data: forms.AskForm(
            data, seats=people.pool(found), cancel=_back(request, found)
        ),
        verb, title="Ask somebody onto the panel", done="What they said is saved.",
        intro="Ask them without telling what the case is. Who says no learns nothing more.",
    )  # fmt: skip


@policy(Review, GET="work on", POST="work on")
def member_invite(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask somebody from outside, such as a specialist adviser."""
    found = opened(request, reference, "work on")
    return _ask(
        request, found,
        lambda data: forms.InviteForm(
            data, agencies=people.signatories(found), cancel=_back(request, found)
        ),
        lambda **said: seating.invite(found, **said, by=request.user),
        title="Ask somebody from outside", done="They are on the panel, and are told.",
    )  # fmt: skip


@policy(Review, GET="work on", POST="work on")
def member_check(request: HttpRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Somebody is said to have a part in the case: write down what came of it."""
    found = opened(request, reference, "work on")
    seat = _seat(found, pk)
    return _ask(
        request, found, lambda data: forms.CheckForm(data, cancel=_back(request, found)),
        lambda **said: seating.check_again(found, seat=seat, **said, by=request.user),
        title=f"Check again whether {seat.person} is free", done="What you found is saved.",
    )  # fmt: skip


@policy(Review, GET="leave", POST="leave")
def member_leave(request: HttpRequest, reference: str) -> HttpResponse:
    """Leave the panel oneself."""
    found = opened(request, reference, "leave")
    return _ask(
        request, found, lambda data: forms.LeaveForm(data, cancel=_back(request, found)),
        lambda said: seating.step_down(found, said=said, by=request.user),
        title="Leave this review", done="You have left. It is closed to you.",
        to=address(request, "reviews"),
        intro="It closes to you at once. What you did and read stays on record.",
    )  # fmt: skip


def _seat(found: Review, pk: uuid.UUID) -> Seat:
    rows = panels.seats_of(found.group_id).select_related("person", "group", "agency")
    seat: Seat | None = rows.filter(pk=pk).first()
    if seat is None:
        raise Http404
    return seat


# ---- terms, and what runs beside ----------------------------------------------------------------


@policy(Review, GET="settle", POST="settle")
def terms_write(request: HttpRequest, reference: str) -> HttpResponse:
    """Write the terms of reference, or their next version."""
    found = opened(request, reference, "settle")
    last = found.terms.first()
    was: dict[str, Any] = {}
    if last:
        was = {"text": last.text, "scope_from": last.scope_from, "scope_to": last.scope_to}
        if last.agreed_on is None:
            was["changed_because"] = last.changed_because
    changes = bool(last and (last.agreed_on or last.number > 1))
    return _ask(
        request, found,
        lambda data: forms.TermsForm(
            data, changes=changes, initial=was, cancel=_back(request, found)
        ),
        lambda **said: life.agree_terms(found, **said, by=request.user),
        title="Terms of reference", done="The terms are saved.",
        intro="Terms that were agreed stay; what you write is the next version." if changes else "",
    )  # fmt: skip


@policy(Review, GET="work on", POST="work on")
def proceeding_add(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down what runs beside the review."""
    found = opened(request, reference, "work on")
    return _ask(
        request, found, lambda data: forms.ProceedingForm(data, cancel=_back(request, found)),
        lambda **said: life.add_proceeding(found, **said, by=request.user),
        title="Add what runs beside it", done="It is added.",
        intro="Such as the criminal case or the inquest. A delay can name it.",
    )  # fmt: skip


@policy(Review, GET="work on", POST="work on")
def proceeding_change(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Say what is known of it now, or that it has ended."""
    found = opened(request, reference, "work on")
    proceeding = found.proceedings.filter(pk=pk).first()
    if proceeding is None:
        raise Http404
    return _ask(
        request, found,
        lambda data: forms.ProceedingForm(
            data, instance=found.proceedings.get(pk=pk), cancel=_back(request, found)
        ),
        lambda **said: life.change_proceeding(proceeding, **said, by=request.user),
        title=str(proceeding), done="It is saved.",
    )  # fmt: skip


# ---- parts of other partnerships ----------------------------------------------------------------


@policy(Review, GET="work on", POST="work on")
def part_hand(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand another partnership its part."""
    found = opened(request, reference, "work on")
    return _ask(
        request, found,
        lambda data: forms.PartForm(
            data, partnerships=panel.may_have_part(found), cancel=_back(request, found)
        ),
        lambda **said: life.hand_part(found, **said, by=request.user),
        title="Hand a part to another partnership", done="The part is handed over.",
        intro="Its officers see what you write here and the actions that are delivered there, not "
        "the review.",
    )  # fmt: skip


@policy(Review, GET="work on", POST="work on")
def part_change(request: HttpRequest, reference: str, part: str) -> HttpResponse:
    """Say better what the other partnership needs to know."""
    found = opened(request, reference, "work on")
    handed = _part(found, part)
    return _ask(
        request, found,
        lambda data: forms.PartForm(
            data, initial={"purpose": handed.purpose}, cancel=_back(request, found)
        ),
        lambda purpose: life.change_part(handed, purpose=purpose, by=request.user),
        title=f"Part {handed.reference}", done="It is changed, and they are told.",
    )  # fmt: skip


@policy(Review, GET="work on", POST="work on")
def part_end(request: HttpRequest, reference: str, part: str) -> HttpResponse:
    """End a part in which nothing is left to do."""
    found = opened(request, reference, "work on")
    handed = _part(found, part)
    return _ask(
        request, found,
        lambda data: OnForm(
            data, submit="End the part", says="From which day?", initial={"on": clock.today()},
            cancel=_back(request, found),
        ),
        lambda on: life.end_part(handed, on=on, by=request.user),
        title=f"End part {handed.reference}", done="The part has ended.",
        intro="It closes to those who sit on it.",
    )  # fmt: skip


def _part(found: Review, reference: str) -> Part:
    part: Part | None = found.parts.filter(reference=reference).first()
    if part is None:
        raise Http404
    return part


# ---- who works on it ----------------------------------------------------------------------------


@policy(Review, GET="work on", POST="work on")
def person_put_on(request: HttpRequest, reference: str) -> HttpResponse:
    """Put an officer on the review."""
    found = opened(request, reference, "work on")

    def verb(held: Seat, reason: str) -> None:
        seating.put_on(
            found, person=held.person, agency=held.agency, role="officer", reason=reason,
            by=request.user,
        )  # fmt: skip

    return _ask(
        request, found,
        lambda data: forms.PutOnForm(
            data, seats=panels.may_be_put_on(found.group),
            cancel=address(request, "review_people", found.reference),
        ),
        verb, title="Put an officer on the review", done="They are on the review, and are told.",
        intro="From now on they can open everything of it. Put on only who needs to know.",
        to=address(request, "review_people", found.reference),
    )  # fmt: skip


@policy(Review, GET="work on", POST="work on")
def person_take_off(request: HttpRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Take somebody off the review."""
    found = opened(request, reference, "work on")
    seat = _seat(found, pk)
    here = address(request, "review_people", found.reference)
    own = seat.person_id == request.user.pk
    return _ask(
        request, found,
        lambda data: ReasonForm(data, submit="Take off the review", cancel=here),
        lambda reason: seating.take_off(found, seat=seat, reason=reason, by=request.user),
        title=f"Take {seat.person} off the review", to=address(request, "reviews") if own else here,
        done="They are off the review. It is closed to them at once.",
        intro="What they did and read stays on record.",
    )  # fmt: skip
