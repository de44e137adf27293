"""Who comes to a meeting: one's own answer, and what officers record of everybody."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.forms import say_wrong
from core.permissions import load, policy
from core.workflow import Wrong
from meetings import workflow
from meetings.forms.attendance import InAttendanceForm, RecordForm, SayForm, SubstituteForm
from meetings.models import Meeting
from meetings.queries.attendance import Roll, possible_substitutes, roll
from meetings.views.panel import to
from meetings.workflow import attendance as verbs


@policy(Meeting, GET="say who is coming", POST="say who is coming")
def say(request: HttpRequest, slug: str) -> HttpResponse:
    """One's own answer: coming, apologies, or a substitute."""
    meeting = load(request, Meeting, "say who is coming", slug=slug)
    verdict = workflow.fits("say who is coming", meeting)
    now = roll(meeting)
    own = now.of(request.user)
    if not verdict or not own:
        reason = verdict.reason or f"You hold no seat on {meeting.group.name}, so nobody asks you."
        messages.error(request, reason)
        return redirect(meeting)
    people = possible_substitutes(meeting, now, request.user, [person.agency_id for person in own])
    initial = {"presence": own[0].presence}
    if own[0].substitutes:
        sent = own[0].substitutes[0]
        initial |= {"substitute": sent.person, "substitute_name": "" if sent.person else sent.name}
    form = SayForm(
        request.POST or None, people=people, initial=initial, cancel=meeting.get_absolute_url()
    )
    if form.is_valid():
        try:
            verbs.say(meeting, **form.cleaned_data, by=request.user)
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            messages.success(request, "Your answer is kept. You can change it until the meeting.")
            return redirect(meeting)
    return render(request, "meetings/say.html", {"form": form, "meeting": meeting})


@policy(Meeting, GET="take minutes", POST="take minutes")
def attendance(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody by agency, with a choice beside each name; substitutes and others below."""
    meeting = load(request, Meeting, "take minutes", slug=slug)
    if not workflow.fits("record attendance", meeting):
        messages.error(request, workflow.fits("record attendance", meeting).reason)
        return redirect(meeting)
    now = roll(meeting)
    form = RecordForm(request.POST or None, meeting=meeting, roll=now)
    if form.is_valid():
        try:
            verbs.record(meeting, presences=form.presences, by=request.user)
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            return _recorded(request, meeting)
    return _page(request, meeting, now, form=form)


def _recorded(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Back to the item whose minutes were being taken, or to the list."""
    number = request.POST.get("item", "")
    if number.isascii() and number.isdigit() and len(number) < 4:
        return redirect(to(meeting, "minutes", int(number)))
    messages.success(request, "Who is here has been kept.")
    return redirect(to(meeting, "attendance"))


def _page(
    request: HttpRequest, meeting: Meeting, now: Roll, *, form: Any = None,
    substitute: Any = None, attending: Any = None,
) -> HttpResponse:  # fmt: skip
    context = {
        "meeting": meeting, "roll": now,
        "form": substitute or attending or form,
        "record": form or RecordForm(meeting=meeting, roll=now),
        "substitute": substitute or SubstituteForm(meeting=meeting, roll=now, user=request.user),
        "attending": attending or InAttendanceForm(meeting=meeting),
    }  # fmt: skip
    return render(request, "meetings/attendance.html", context)


@policy(Meeting, POST="take minutes")
def attendance_add(request: HttpRequest, slug: str) -> HttpResponse:
    """A substitute, or somebody in attendance, according to which form was sent."""
    meeting = load(request, Meeting, "take minutes", slug=slug)
    now = roll(meeting)
    if "substitute-instead_of" in request.POST:
        name, verb = "substitute", verbs.add_substitute
        form: Any = SubstituteForm(request.POST, meeting=meeting, roll=now, user=request.user)
    else:
        name, verb = "attending", verbs.add_in_attendance
        form = InAttendanceForm(request.POST, meeting=meeting)
    if form.is_valid():
        try:
            verb(meeting, **form.words, by=request.user)
        except Wrong as wrong:
            messages.error(request, wrong.messages[0])
            return redirect(meeting)
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            return redirect(to(meeting, "attendance"))
    return _page(request, meeting, now, **{name: form})


@policy(Meeting, POST="take minutes")
def attendance_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take back a substitute or somebody in attendance."""
    meeting = load(request, Meeting, "take minutes", slug=slug)
    try:
        verbs.remove(meeting, pk, by=request.user)
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
    return redirect(to(meeting, "attendance"))
