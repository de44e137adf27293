"""The pages on which an agency answers: its own request only, and nothing of the others."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

import audit.workflow
from actions.models import WAITING
from actions.queries import requests as asked_queries
from actions.workflow import requesting
from core import clock
from core.forms import say_wrong
from core.markings import Marking
from core.permissions import can, load, policy, require
from core.workflow import Wrong
from dhr.exports.stamped import stamped
from dhr.forms import information as forms
from dhr.models import InformationRequest
from dhr.queries import information as queries
from dhr.queries import people
from dhr.views.frame import address, stamp
from dhr.workflow import information as workflow
from documents.files import download
from membership.models import Partnership

STEPS = ("chase", "escalate", "move due date", "withdraw")
DOUBTFUL = "Choose the file again once you have looked. Nothing of it was kept"


@policy(Partnership, "read what is asked for death reviews")
def asked(request: HttpRequest) -> HttpResponse:
    """What the person's agencies are asked, what waits first."""
    require(can(request.user, "read what is asked for death reviews", request.partnership))
    context = {
        "asked": queries.asked_of(request.user, request.partnership),
        "arrangement": people.arrangement_of(request.partnership),
    }
    return render(request, "dhr/asked.html", context)


# ---- one request --------------------------------------------------------------------------------


def load_one(request: HttpRequest, pk: uuid.UUID, verb: str = "view") -> InformationRequest:
    found: InformationRequest = load(request, InformationRequest, "view", pk=pk)
    if verb != "view":
        require(can(request.user, verb, found))
    return found


def _read(request: HttpRequest, found: InformationRequest) -> None:
    audit.workflow.record_read(
        found.review, by=request.user, partnership=request.partnership, group=found.group
    )


def page_one(
    request: HttpRequest, template: str, found: InformationRequest, context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    """Show a page of one request, after it is on record who reads it."""
    _read(request, found)
    context = {
        "information": found,
        "asked": found.request,
        "on_review": bool(can(request.user, "view", found.review)),
        **context,
    }
    return render(request, template, context, status=status)


def url_of(request: HttpRequest, found: InformationRequest) -> str:
    return address(request, "asked_one", found.pk)


@policy(InformationRequest, GET="view", POST="answer")
def asked_one(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """What an agency is asked, and its answer."""
    found = load_one(request, pk, "answer" if request.method == "POST" else "view")
    status, theirs, doubt = 200, "", None
    form = _form(request, found)
    if form is not None and form.is_bound and form.is_valid():
        try:
            _keep(request, found, form)
            return redirect(url_of(request, found))
        except workflow.Changed:
            found.refresh_from_db()
            status, theirs = 409, _texts(found)
            form = _form(request, found, again=True)
        except workflow.Doubtful as doubtful:
            found.refresh_from_db()
            doubt = doubtful.found
            form = _form(request, found, again=True, doubtful=True)
            form.is_valid()
            form.add_error("file", DOUBTFUL)
        except Wrong as wrong:
            messages.error(request, wrong.messages[0])
            return redirect(url_of(request, found))
        except ValidationError as wrong:
            found.refresh_from_db()
            form = _form(request, found, again=True)
            say_wrong(form, wrong)
    context = _shown(request, found) | {"form": form, "theirs": theirs, "doubt": doubt}
    return page_one(request, "dhr/asked_one.html", found, context, status)


def _keep(request: HttpRequest, found: InformationRequest, form: Any) -> None:
    """Save the draft, and send it where that was chosen; what cannot be sent yet is saved."""
    told = dict(form.cleaned_data)
    file, confirmed = told.pop("file", None), told.pop("confirmed", False)
    saved = workflow.save_answer(found, **told, by=request.user)
    if "send" not in request.POST:
        messages.success(request, "Your draft is saved. It is not sent yet.")
        if file:
            messages.warning(request, "The file is not kept in a draft. Choose it when you send.")
        return
    if file:
        workflow.send_report(saved, file=file, confirmed=confirmed, by=request.user)
    else:
        workflow.send_answer(saved, by=request.user)
    messages.success(request, "Your answer is sent to the officers of the review.")


def _form(
    request: HttpRequest, found: InformationRequest, *, again: bool = False, doubtful: bool = False
) -> Any:
    """The form of the answer, while it waits and for who may write it."""
    if not _writes(request, found):
        return None
    posted = request.POST.copy() if request.method == "POST" else None
    if posted is not None and again:
        posted["version"] = str(found.version)
    known = {True: "yes", False: "no"}.get(found.known)  # type: ignore[call-overload]
    initial = {
        "known": known, "secured_on": found.secured_on, "text": found.text,
        "withheld": found.withheld,
    }  # fmt: skip
    return forms.AnswerForm(
        posted, request.FILES or None, information=found, version=found.version, initial=initial,
        doubtful=doubtful or "confirmed" in request.POST,
    )  # fmt: skip


def _writes(request: HttpRequest, found: InformationRequest) -> bool:
    """Whether the form is shown: to the agency, and to an officer who chose to write it down."""
    if found.request.status not in WAITING or not can(request.user, "answer", found):
        return False
    chosen = "write" in request.GET or request.method == "POST" or found.taken_by_id is not None
    return queries.is_agency(request.user, found) or chosen


def _texts(found: InformationRequest) -> str:
    return "\n\n".join(text for text in (found.text, found.withheld) if text)


def _shown(request: HttpRequest, found: InformationRequest) -> dict[str, Any]:
    user, today = request.user, clock.today()
    officer = bool(can(user, "check", found))
    reads, writes = queries.read_by(user, found), _writes(request, found)
    lines = queries.lines(found) if reads else []
    if not (writes or queries.is_agency(user, found)):
        queries.anonymise(found, lines)
    waits = found.request.status in WAITING
    given = not waits and found.request.status != "withdrawn"
    return {
        "states": asked_queries.states(found.request, today),
        "lede": asked_queries.lede(found.request, today),
        "lines": lines,
        "checks": queries.checks(found) if officer else [],
        "reads": reads,
        "writes": writes,
        "officer": officer,
        "is_agency": queries.is_agency(user, found),
        "scope": queries.scope(found.review),
        "arrangement": people.arrangement_of(found.partnership),
        "may_write_down": waits and not writes and bool(can(user, "answer", found)),
        "may_check": officer and found.request.status == "answered",
        "may_take_off": given and bool(can(user, "take off", found)),
        "may_take_further": officer and waits and not found.anybody,
        "may": {
            verb.replace(" ", "_"): bool(requesting.may(user, verb, found.request))
            for verb in STEPS
        } if officer else {},
        "reached": asked_queries.answerers(found.request, today) if officer else [],
        "chases": asked_queries.chases(found.request) if officer else [],
        "sent_back": asked_queries.returns(found.request)[:1]
        if found.request.status == "sent_back" else [],
    }  # fmt: skip


@policy(InformationRequest, "view")
def asked_report(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The report, with the reader's name on each page."""
    found = load_one(request, pk)
    try:
        version = workflow.open_report(found, by=request.user)
    except Wrong as wrong:
        raise Http404 from wrong
    _read(request, found)
    data = stamped(bytes(version.content.data), version.content_type, stamp(request))
    return download(data, version.content_type, version.file_name, marking=Marking.SENSITIVE)


# ---- in the wrong review ------------------------------------------------------------------------


@policy(InformationRequest, GET="take off", POST="take off")
def asked_take_off(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take an answer off that belongs elsewhere, and send it there if that is known."""
    found = load_one(request, pk, "take off")
    places = queries.right_places(found, request.user)

    def taken(reason: str, to: str = "") -> None:
        right = next((each for each in places if str(each.pk) == to), None)
        if right:
            workflow.move_to_right_review(found, to=right, reason=reason, by=request.user)
        else:
            workflow.take_off(found, reason=reason, by=request.user)

    return ask_one(
        request, found,
        lambda posted: forms.TakeOffForm(posted, places=places, cancel=url_of(request, found)),
        taken, title="Take this answer off",
        done="The answer is taken off. The request waits again.",
        intro="What was answered here goes for good: its file, its lines and its words.",
    )  # fmt: skip


def ask_one(
    request: HttpRequest, found: InformationRequest, build: Callable[..., Any],
    verb: Callable[..., Any], *, title: str, to: str = "", intro: str = "",
    done: str = "Saved. It is not sent yet.",
) -> HttpResponse:  # fmt: skip
    """Ask what a step of the answer needs, and go back to it."""
    form = build(request.POST or None)
    try:
        if form.is_bound and form.is_valid():
            verb(**form.cleaned_data)
            messages.success(request, done)
            return redirect(to or url_of(request, found))
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
        return redirect(url_of(request, found))
    except ValidationError as wrong:
        say_wrong(form, wrong)
    context = {"form": form, "title": title, "intro": intro}
    return page_one(request, "dhr/asked_step.html", found, context)
