"""What officers and administrators do about people and their seats."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts import workflow as accounts
from core import clock
from core.components import Link
from core.dates import longdate
from core.permissions import can, load, policy, require
from core.workflow import Wrong
from membership import forms, workflow
from membership.models import Group, Partnership, Seat
from membership.views.directory import found_person
from membership.views.pages import at, form_page, people_crumb


@policy(Partnership, GET="manage people", POST="manage people")
def invite(request: HttpRequest) -> HttpResponse:
    """Ask somebody in: their name, their address and their seat; then say what happens next."""
    partnership = request.partnership
    require(can(request.user, "manage people", partnership))
    initial = {"group": request.GET.get("group"), "sits_for": request.GET.get("sits_for")}
    form = forms.InviteForm(
        request.POST or None, partnership=partnership, user=request.user, initial=initial
    )
    done = forms.ask(form, workflow.invite, by=request.user)
    if done:
        seat, created = done
        context = {
            "seat": seat, "created": created, "crumbs": [people_crumb(request)],
            "waiting": not seat.person.has_usable_password(),
            "from_today": seat.starts_on <= clock.today(),
        }  # fmt: skip
        return render(request, "membership/invited.html", context)
    return form_page(
        request, form, "Invite somebody", [people_crumb(request)],
        intro="They get an email with a link that works for 7 days, with which they choose a "
        "password. What they may see follows from the seat.",
    )  # fmt: skip


@policy(Group, GET="manage seats", POST="manage seats")
def seat_add(request: HttpRequest, slug: str) -> HttpResponse:
    """A seat for somebody who is known already."""
    group = load(request, Group, "manage seats", slug=slug)
    initial = {"sits_for": request.GET.get("sits_for"), "person": request.GET.get("person")}
    form = forms.SeatForm(request.POST or None, group=group, user=request.user, initial=initial)
    seat = forms.ask(form, lambda **given: workflow.seat(group, **given), by=request.user)
    if seat:
        messages.success(request, f"{seat.person} sits on {group.name}.")
        return redirect(group)
    crumbs = [people_crumb(request), Link(group.name, group.get_absolute_url())]
    return form_page(
        request, form, f"Give a seat on {group.name}", crumbs, group=group,
        template="membership/seat_add.html",
    )  # fmt: skip


def _seat(request: HttpRequest, verb: str, pk: Any) -> Seat:
    return load(request, Seat, verb, pk=pk)


def _crumbs(request: HttpRequest, seat: Seat) -> list[Link]:
    person = Link(seat.person.name, at(request, "person", seat.person_id))
    return [people_crumb(request), person]


@policy(Seat, GET="end", POST="end")
def seat_end(request: HttpRequest, pk: Any) -> HttpResponse:
    """End a seat, knowing what ends with it."""
    seat = _seat(request, "end", pk)
    form = forms.EndSeatForm(request.POST or None)
    if forms.ask(form, lambda **given: workflow.end_seat(seat, **given), by=request.user):
        day = longdate(form.cleaned_data["on"])
        messages.success(request, f"{seat.person}’s seat on {seat.group.name} ends on {day}.")
        return _away(request, seat)
    substitutes = seat.substitutes.not_over(clock.today()).select_related("person")
    return form_page(
        request, form, f"End {seat.person}’s seat on {seat.group.name}", _crumbs(request, seat),
        seat=seat, substitutes=substitutes, template="membership/seat_end.html",
    )  # fmt: skip


@policy(Seat, GET="change", POST="change")
def seat_renew(request: HttpRequest, pk: Any) -> HttpResponse:
    """Let a seat run on, or set its end."""
    seat = _seat(request, "change", pk)
    form = forms.RenewForm(request.POST or None, record=seat)
    if forms.ask(form, lambda **given: workflow.renew_seat(seat, **given), by=request.user):
        until = form.cleaned_data["ends_on"]
        words = f"runs until {longdate(until)}" if until else "has no set end"
        messages.success(request, f"{seat.person}’s seat on {seat.group.name} {words}.")
        return redirect(at(request, "person", seat.person_id))
    title = f"How long does {seat.person} sit on {seat.group.name}?"
    return form_page(request, form, title, _crumbs(request, seat))


@policy(Seat, GET="end", POST="end")
def seat_move(request: HttpRequest, pk: Any) -> HttpResponse:
    """End one seat and begin another the same day."""
    seat = _seat(request, "end", pk)
    form = forms.MoveForm(request.POST or None, seat=seat, user=request.user)
    moved = forms.ask(form, lambda **given: workflow.move_seat(seat, **given), by=request.user)
    if moved:
        words = f"{moved.get_role_display().lower()} of {moved.group.name} for {moved.agency}"
        day = longdate(moved.starts_on)
        messages.success(request, f"From {day} {moved.person} is {words}.")
        return _away(request, moved)
    return form_page(
        request, form, f"Move {seat.person}", _crumbs(request, seat),
        intro=f"Their seat on {seat.group.name} ends, and another begins the same day. "
        "The record keeps both.",
    )  # fmt: skip


def _away(request: HttpRequest, seat: Seat) -> HttpResponse:
    """To the person; to the front page for one who has just given up their own last seat."""
    if can(request.user, "read directory", request.partnership):
        return redirect(at(request, "person", seat.person_id))
    return redirect("dashboards:home")


@policy(Partnership, POST="manage people")
def person_resend(request: HttpRequest, pk: Any) -> HttpResponse:
    """Send the invitation again."""
    require(can(request.user, "manage people", request.partnership))
    person = found_person(request, pk)
    try:
        accounts.resend_invitation(person, by=request.user)
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
    else:
        messages.success(request, f"A new invitation goes to {person.email}.")
    return redirect(at(request, "person", pk))


@policy(Partnership, GET="manage people", POST="manage people")
def person_close(request: HttpRequest, pk: Any) -> HttpResponse:
    """Close an account: a page that says what this does, and does it."""
    require(can(request.user, "manage people", request.partnership))
    person = found_person(request, pk)
    if request.method == "POST":
        try:
            workflow.close_account(person, partnership=request.partnership, by=request.user)
        except ValidationError as wrong:
            messages.error(request, wrong.messages[0])
        else:
            messages.success(request, f"{person} can no longer sign in.")
        return redirect(at(request, "person", pk))
    crumbs = [people_crumb(request), Link(person.name, at(request, "person", pk))]
    seats = Seat.objects.visible_to(request.user).of(request.partnership).not_over(clock.today())
    context = {
        "person": person, "crumbs": crumbs, "seats": seats.filter(person=person),
        "title": f"Close {person}’s account",
    }  # fmt: skip
    return render(request, "membership/person_close.html", context)


@policy(Partnership, POST="manage people")
def person_open(request: HttpRequest, pk: Any) -> HttpResponse:
    """Open a closed account again."""
    require(can(request.user, "manage people", request.partnership))
    person = found_person(request, pk)
    try:
        workflow.open_account(person, partnership=request.partnership, by=request.user)
    except ValidationError as wrong:
        messages.error(request, wrong.messages[0])
    else:
        messages.success(request, f"{person} can sign in again, with the password they had.")
    return redirect(at(request, "person", pk))


@policy(Partnership, GET="manage people", POST="manage people")
def person_correct(request: HttpRequest, pk: Any) -> HttpResponse:
    """Correct the address of an invitation that nobody has accepted, and send it again."""
    require(can(request.user, "manage people", request.partnership))
    person = found_person(request, pk)
    form = forms.CorrectInvitationForm(request.POST or None, initial={"email": person.email})
    where = {"partnership": request.partnership, "by": request.user}
    if forms.ask(form, lambda **given: workflow.correct_invitation(person, **given), **where):
        messages.success(request, f"A new invitation goes to {form.cleaned_data['email']}.")
        return redirect(at(request, "person", pk))
    crumbs = [people_crumb(request), Link(person.name, at(request, "person", pk))]
    return form_page(
        request, form, f"Where shall {person}’s invitation go?", crumbs,
        intro="The link that was sent before stops working.",
    )  # fmt: skip
