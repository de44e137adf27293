"""Declarations of interest for one meeting: what is recalled, what is declared, and a new one."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from audit.workflow import record_reads
from core.forms import say_wrong
from core.permissions import can, load, policy
from core.workflow import Wrong
from meetings import workflow
from meetings.forms.interests import DeclareForm
from meetings.models import BEFORE, Declaration, Meeting
from meetings.queries.agenda import agenda_of
from meetings.queries.attendance import roll
from meetings.queries.interests import declarations, interests_at
from meetings.views.panel import to
from meetings.workflow import interests as verbs
from membership.models import Interest

AT_FIELD = {"recused": "part", "starts_on": "register"}


@policy(Meeting, GET="view", POST="declare an interest")
def interests(request: HttpRequest, slug: str) -> HttpResponse:
    """What is declared and recalled; posted, a new declaration of one's own."""
    verb = "declare an interest" if request.method == "POST" else "view"
    meeting = load(request, Meeting, verb, slug=slug)
    return _page(request, meeting, others=False)


@policy(Meeting, GET="declare for others", POST="declare for others")
def interests_other(request: HttpRequest, slug: str) -> HttpResponse:
    """The same, for an officer who records what somebody declares."""
    meeting = load(request, Meeting, "declare for others", slug=slug)
    return _page(request, meeting, others=True)


@policy(Declaration, POST="take back")
def interest_take_back(request: HttpRequest, slug: str, pk: uuid.UUID) -> HttpResponse:
    """Take a declaration back."""
    declaration = load(request, Declaration, "take back", pk=pk, meeting__slug=slug)
    try:
        verbs.take_back(declaration, by=request.user)
        messages.success(request, "The declaration is taken back.")
    except Wrong as wrong:
        messages.error(request, wrong.message)
    return redirect(to(declaration.meeting, "interests"))


def _page(request: HttpRequest, meeting: Meeting, *, others: bool) -> HttpResponse:
    open_now = workflow.fits("declare an interest", meeting)
    if not open_now and request.method == "POST":
        messages.error(request, open_now.reason)
        return redirect(to(meeting, "interests"))
    form = _form(request, meeting, others=others) if open_now else None
    if form is not None and form.is_valid() and _declared(request, meeting, form):
        return redirect(to(meeting, "interests"))
    declared = declarations(meeting, request.user)
    user = request.user
    read = [each for each in declared if each.restricted and each.person_id != user.pk]
    record_reads(read, by=user, partnership=meeting.partnership)
    recalled = interests_at(meeting, agenda_of(meeting, user=user), user)
    context = {
        "meeting": meeting, "form": form, "others": others, "interests": recalled,
        "rows": [_row(user, meeting, each, bool(open_now)) for each in declared],
        "closed": open_now.reason,
        "for_others": can(user, "declare for others", meeting),
    }  # fmt: skip
    return render(request, "meetings/interests.html", context)


def _row(user: Any, meeting: Meeting, declaration: Declaration, open_now: bool) -> dict[str, Any]:
    """A declaration, its words as far as the reader may know them, and whether they may undo it."""
    own = declaration.person_id == user.pk
    hidden = declaration.sensitive and not can(user, "view", declaration.interest)
    undoes = open_now and can(user, "take back", declaration)
    return {
        "declaration": declaration,
        "text": "A sensitive interest" if hidden else declaration.text,
        "undoes": undoes and (not own or meeting.status in BEFORE),
    }


def _form(request: HttpRequest, meeting: Meeting, *, others: bool) -> DeclareForm:
    items = list(meeting.items.order_by("number"))
    people = _people(meeting) if others else None
    whose = [each.pk for each in people] if people is not None else [request.user.pk]
    held = Interest.objects.visible_to(request.user).of(meeting.partnership).on(meeting.on)
    initial = {name: request.GET.get(name, "") for name in ("item", "interest", "person")}
    return DeclareForm(
        request.POST if request.method == "POST" else None, meeting=meeting, items=items,
        interests=list(held.filter(person__in=whose).order_by("person__name", "starts_on")),
        people=people, initial=initial, cancel=meeting.get_absolute_url(),
    )  # fmt: skip


def _people(meeting: Meeting) -> list[User]:
    """Those at the meeting who have an account, by name."""
    now = roll(meeting)
    keys = {each.person for each in [*now.people, *now.in_attendance, *now.substitutes]}
    return list(User.objects.filter(pk__in=keys - {None}).order_by("name"))


def _declared(request: HttpRequest, meeting: Meeting, form: DeclareForm) -> bool:
    try:
        made = verbs.declare(meeting, **form.given, by=request.user)
    except ValidationError as wrong:
        say_wrong(form, wrong, called=AT_FIELD)
        return False
    who = "You have" if made.person == request.user else f"{made.person} has"
    withdrew = f" and withdrawn from item {made.item.number}" if made.recused else ""
    messages.success(request, f"{who} declared an interest{withdrew}. The minutes will say so.")
    return True
