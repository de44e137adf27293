"""Opening a meeting, putting its decisions right, and sending its minutes to the chair."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.forms import say_wrong
from core.markings import Marking
from core.permissions import can, load, policy, require
from core.workflow import Wrong
from meetings import workflow
from meetings.forms.minutes import ChairForm, ChangeDecisionForm, SendForm, said_of
from meetings.models import Decision, Item, Meeting
from meetings.queries import minutes as reading
from meetings.queries.attendance import roll
from meetings.views.minutes import item_url, where_it_is
from meetings.views.panel import to
from meetings.workflow import minutes as verbs

# ---- opening ------------------------------------------------------------------------------------


@policy(Meeting, GET="open meeting", POST="open meeting")
def open_meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """Say who is in the chair and begin; or, once begun, put right who was."""
    meeting = load(request, Meeting, "open meeting", slug=slug)
    step = "take minutes" if meeting.opened_at else "open"
    if not workflow.fits(step, meeting):
        messages.error(request, workflow.fits(step, meeting).reason)
        return redirect(meeting)
    chair = roll(meeting).chair
    form = ChairForm(
        request.POST or None, meeting=meeting, cancel=meeting.get_absolute_url(),
        initial={"chaired_by": meeting.chaired_by_id or chair.person},
    )  # fmt: skip
    if form.is_valid() and _opened(request, meeting, form):
        return redirect(to(meeting, "live"))
    context = {"meeting": meeting, "form": form, "chair": chair}
    return render(request, "meetings/open.html", context)


def _opened(request: HttpRequest, meeting: Meeting, form: ChairForm) -> bool:
    verb = verbs.change_chair if meeting.opened_at else verbs.open
    words = form.cleaned_data["chair_note"]
    try:
        verb(meeting, chaired_by=form.person, chair_note=words, by=request.user)
    except ValidationError as problem:
        say_wrong(form, problem)
    return not form.errors


# ---- a decision, changed or removed -------------------------------------------------------------


def _decision(request: HttpRequest, slug: str, pk: uuid.UUID) -> Decision:
    meeting = load(request, Meeting, "take minutes", slug=slug)
    found = reading.decision(meeting, pk)
    if found is None:
        raise Http404
    behind = Item(meeting=meeting, marking=Marking.SENSITIVE) if found.restricted else found.item
    require(can(request.user, "open", found.item))
    require(can(request.user, "open", behind))
    return found


@policy(Meeting, GET="take minutes", POST="take minutes")
def decision_change(request: HttpRequest, slug: str, pk: uuid.UUID) -> HttpResponse:
    """Put a decision into other words, or mark it."""
    decision = _decision(request, slug, pk)
    item = decision.item
    initial = said_of(decision)
    here = dict.fromkeys([*reading.names_here(item.meeting), *initial["dissent"]])
    form = ChangeDecisionForm(
        request.POST or None, item=item, initial=initial, here=here,
        cancel=_back(request, item),
    )  # fmt: skip
    theirs = ""
    if form.is_valid():
        try:
            was = form.cleaned_data["was"]
            verbs.change_decision(decision, was=was, **form.words, by=request.user)
            return redirect(_back(request, item))
        except ValidationError as problem:
            theirs = decision.text if getattr(problem, "code", "") == "stale" else ""
            form = _with_theirs(form, problem, theirs)
    context = {"decision": decision, "item": item, "form": form, "theirs": theirs}
    return render(request, "meetings/decision.html", context, status=409 if theirs else 200)


def _back(request: HttpRequest, item: Item) -> str:
    """Where the decision was opened: in its item alone, or on the page of the whole agenda."""
    if request.GET.get("back") == "live":
        return f"{to(item.meeting, 'live')}#item-{item.number}"
    return f"{item_url(item)}#decisions"


def _with_theirs(form: ChangeDecisionForm, problem: ValidationError, theirs: str) -> Any:
    """The form with what stands in the way; saved again, it replaces what it now shows."""
    if theirs:
        form.data = form.data.copy()
        form.data["was"] = theirs
    say_wrong(form, problem)
    return form


@policy(Meeting, POST="take minutes")
def decision_remove(request: HttpRequest, slug: str, pk: uuid.UUID) -> HttpResponse:
    """Take out a decision that was not one."""
    decision = _decision(request, slug, pk)
    try:
        verbs.remove_decision(decision, by=request.user)
        messages.success(request, f"Decision {decision.reference} is removed.")
    except Wrong as wrong:
        messages.error(request, wrong.message)
    return redirect(f"{item_url(decision.item)}#decisions")


# ---- to the chair -------------------------------------------------------------------------------


@policy(Meeting, GET="send to chair", POST="send to chair")
def finish(request: HttpRequest, slug: str) -> HttpResponse:
    """What is still missing, and the minutes sent to the chair."""
    meeting = load(request, Meeting, "send to chair", slug=slug)
    verdict = workflow.fits("send to chair", meeting)
    if not verdict:
        messages.error(request, verdict.reason)
        return where_it_is(meeting)
    stops = verbs.unfinished(meeting)
    form = SendForm(
        request.POST if request.method == "POST" else None, stops=bool(stops),
        cancel=meeting.get_absolute_url(),
    )  # fmt: skip
    if form.is_valid() and _sent(request, meeting, form):
        return redirect(meeting)
    missing = verbs.unminuted(meeting)
    context = {"meeting": meeting, "form": form, "stops": stops, "missing": missing}
    return render(request, "meetings/finish.html", context)


def _sent(request: HttpRequest, meeting: Meeting, form: SendForm) -> bool:
    acknowledged = form.cleaned_data.get("acknowledged", False)
    try:
        verbs.send_to_chair(meeting, acknowledged=acknowledged, by=request.user)
    except ValidationError as problem:
        say_wrong(form, problem)
        return False
    messages.success(request, "The minutes are with the chair.")
    return True
