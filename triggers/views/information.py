"""What bodies are asked for a case, and the pages on which one of them answers."""

import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

import audit.workflow
from actions.models import WAITING
from actions.queries import requests as asked_queries
from actions.workflow import requesting
from core import clock
from core.forms import say_wrong
from core.permissions import can, load, policy, require
from core.workflow import Wrong
from figures.sheets import chronology
from membership.models import Agency
from triggers.forms import casework
from triggers.forms import information as forms
from triggers.models import Application, ChronologyEntry, InformationRequest
from triggers.queries import cases, merged
from triggers.queries import information as queries
from triggers.views.asking import ask, do
from triggers.views.frame import address, opened, page
from triggers.workflow import information as workflow

TEXTS = ("summary", "risk", "offers", "withheld")
STEPS = ("check", "chase", "move due date", "withdraw")


# ---- the case's officers ------------------------------------------------------------------------


@policy(Application, "view")
def case_information(request: HttpRequest, reference: str) -> HttpResponse:
    """Which bodies were asked, how each stands, and what does not fit together."""
    case = opened(request, reference)
    works = bool(can(request.user, "work on", case))
    found = merged.timeline(case, request.user)
    context = {
        "asked": cases.asked_for(case, request.user),
        "timeline": found,
        "not_asked": queries.offered(case) if works and case.is_open else [],
        "pack": merged.pack_is_made(case),
    }
    return page(request, "triggers/case_information.html", case, "case_information", context)


@policy(Application, GET="work on", POST="work on")
def case_ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask bodies for information, several at once."""
    case = opened(request, reference, "work on")
    offered = queries.offered(case)

    def asked(agencies: list[str], **told: Any) -> None:
        for agency in Agency.objects.filter(pk__in=agencies):
            workflow.ask(case, agency=agency, **told, by=request.user)

    here = address(request, "case_information", case.reference)
    return ask(
        request, case,
        lambda posted: forms.AskForm(
            posted, offered=offered, initial={"due_on": workflow.due(case)}, cancel=here
        ),
        transaction.atomic(asked), title="Ask bodies for information", done="They are asked.",
        to=here, tab="case_information", template="triggers/case_ask.html", offered=offered,
    )  # fmt: skip


# ---- one body's answer --------------------------------------------------------------------------


def _load(request: HttpRequest, pk: uuid.UUID, verb: str = "view") -> InformationRequest:
    found = load(request, InformationRequest, "view", pk=pk)
    if verb != "view":
        require(can(request.user, verb, found))
    return found


def _page(
    request: HttpRequest, template: str, information: InformationRequest, context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    """Show a page of one body's answer, after it is on record who reads it."""
    case = information.application
    audit.workflow.record_read(
        case, by=request.user, partnership=request.partnership, group=case.group
    )
    context = {"information": information, "asked": information.request, **context}
    return render(request, template, context, status=status)


def _url(request: HttpRequest, information: InformationRequest) -> str:
    return address(request, "information", information.pk)


@policy(InformationRequest, GET="view", POST="answer")
def information(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """What one body is asked, what it needs to find its records, and its answer."""
    found = _load(request, pk, "answer" if request.method == "POST" else "view")
    status, form, theirs = 200, _form(request, found), ""
    if form is not None and form.is_bound and form.is_valid():
        try:
            _keep(request, found, form)
            return redirect(_url(request, found))
        except workflow.Changed:
            found.refresh_from_db()
            status, theirs = 409, _texts(form, found)
            form = _form(request, found, again=True)
        except Wrong as wrong:
            messages.error(request, wrong.messages[0])
            return redirect(_url(request, found))
        except ValidationError as wrong:
            found.refresh_from_db()
            form = _form(request, found, again=True)
            say_wrong(form, wrong)
    context = _shown(request, found) | {"form": form, "theirs": theirs}
    return _page(request, "triggers/information.html", found, context, status)


def _keep(request: HttpRequest, found: InformationRequest, form: Any) -> None:
    """Save the draft, and send it where that was chosen; what cannot be sent yet is saved."""
    saved = workflow.save_answer(found, **form.cleaned_data, by=request.user)
    if "send" in request.POST:
        workflow.send_answer(saved, by=request.user)
        messages.success(request, "Your answer is sent to the officers of the case.")
    else:
        messages.success(request, "Your draft is saved. It is not sent yet.")


def _form(request: HttpRequest, found: InformationRequest, *, again: bool = False) -> Any:
    """The form of the answer, while it waits and for who may write it."""
    if not _writes(request, found):
        return None
    posted = request.POST.copy() if request.method == "POST" else None
    if posted is not None and again:
        posted["version"] = str(found.version)
    known = {True: "yes", False: "no"}.get(found.known)  # type: ignore[call-overload]
    initial = {"known": known, **{name: getattr(found, name) for name in TEXTS}}
    return forms.AnswerForm(posted, version=found.version, initial=initial)


def _writes(request: HttpRequest, found: InformationRequest) -> bool:
    """Whether the form is shown: to the body, and to an officer who chose to write it down."""
    if found.request.status not in WAITING or not queries.is_wanted(found):
        return False
    if not can(request.user, "answer", found):
        return False
    chosen = "write" in request.GET or request.method == "POST" or found.taken_by_id is not None
    return queries.is_body(request.user, found) or chosen


def _texts(form: Any, found: InformationRequest) -> str:
    lines = [
        f"{form.fields[name].label}: {getattr(found, name)}"
        for name in TEXTS
        if getattr(found, name)
    ]
    return "\n\n".join(lines)


def _shown(request: HttpRequest, found: InformationRequest) -> dict[str, Any]:
    user, today = request.user, clock.today()
    officer = bool(can(user, "view", found.application))
    reads, wanted = queries.read_by(user, found), queries.is_wanted(found)
    writes = _writes(request, found)
    may = {
        verb.replace(" ", "_"): bool(requesting.may(user, verb, found.request)) for verb in STEPS
    }
    return {
        "states": asked_queries.states(found.request, today),
        "lede": asked_queries.lede(found.request, today),
        "wanted": wanted,
        "needed": queries.needed(found) if wanted else {},
        "reports": queries.reports(found) if reads and (wanted or officer) else [],
        "entries": queries.entries(found) if reads else [],
        "reads": reads,
        "writes": writes,
        "may_write_down": not writes
        and wanted
        and found.request.status in WAITING
        and bool(can(user, "answer", found)),
        "officer": officer,
        "is_body": queries.is_body(user, found),
        "may": may if officer else {},
        "may_take_further": officer and not found.anybody and found.request.status in WAITING,
        "reached": asked_queries.answerers(found.request, today) if officer else [],
        "sent_back": asked_queries.returns(found.request)[:1],
    }


@policy(InformationRequest, GET="answer", POST="answer")
def information_report(request: HttpRequest, pk: uuid.UUID, number: int) -> HttpResponse:
    """Say whether the body holds a report that the applicant names."""
    found = _load(request, pk, "answer")
    reports = queries.reports(found) if queries.is_wanted(found) else []
    report = next((r for r in reports if r.complaint.number == number), None)
    if report is None:
        raise Http404
    entry = report.entry
    initial = {"held": "yes", "reported_on": entry.reported_on, "done": entry.done,
               "source_reference": entry.source_reference} if entry else {}  # fmt: skip
    return _ask(
        request, found,
        lambda posted: forms.ReportForm(posted, initial=initial, cancel=_url(request, found)),
        partial(workflow.say_report, found, complaint=report.complaint, by=request.user),
        title=f"Incident {number}: do you hold this report?", report=report,
    )  # fmt: skip


@policy(InformationRequest, GET="answer", POST="answer")
def information_line_add(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Add a line to the chronology."""
    found = _load(request, pk, "answer")
    to = request.path if "again" in request.POST else ""
    return _ask(
        request, found, lambda posted: forms.EntryForm(posted, cancel=_url(request, found)),
        partial(workflow.add_entry, found, by=request.user),
        title="Add a line to your chronology", to=to,
    )  # fmt: skip


def _line(found: InformationRequest, key: int) -> ChronologyEntry:
    line = next((each for each in queries.entries(found) if each.pk == key), None)
    if line is None:
        raise Http404
    return line


@policy(InformationRequest, GET="answer", POST="answer")
def information_line_change(request: HttpRequest, pk: uuid.UUID, line: int) -> HttpResponse:
    """Correct a line."""
    found = _load(request, pk, "answer")
    entry = _line(found, line)
    names = ("on", "at", "what", "done", "source_reference", "reported_on")
    return _ask(
        request, found,
        lambda posted: forms.EntryForm(
            posted, initial={name: getattr(entry, name) for name in names},
            cancel=_url(request, found),
        ),
        partial(workflow.change_entry, entry, by=request.user),
        title="Change a line of your chronology",
    )  # fmt: skip


@policy(InformationRequest, POST="answer")
def information_line_remove(request: HttpRequest, pk: uuid.UUID, line: int) -> HttpResponse:
    """Take a line out."""
    found = _load(request, pk, "answer")
    entry = _line(found, line)
    return do(
        request, lambda: workflow.remove_entry(entry, by=request.user),
        done="The line is gone.", to=f"{_url(request, found)}#chronology",
    )  # fmt: skip


@policy(InformationRequest, GET="answer", POST="answer")
def information_import(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Read a chronology out of a file or a pasted table: shown first, kept when confirmed."""
    found = _load(request, pk, "answer")
    form = forms.FileForm(request.POST or None, request.FILES or None, cancel=_url(request, found))
    if form.is_bound and form.is_valid():
        read = form.cleaned_data["found"]
        if "keep" not in request.POST:
            context = {
                "found": read, "text": chronology.as_text(read.lines),
                "shown": read.lines[:200], "back": _url(request, found),
            }  # fmt: skip
            return _page(request, "triggers/information_preview.html", found, context)
        try:
            added = workflow.add_entries(found, lines=read.lines, by=request.user)
            messages.success(request, _added(added, len(read.lines)))
        except Wrong as wrong:
            messages.error(request, wrong.messages[0])
        return redirect(f"{_url(request, found)}#chronology")
    context = {"form": form, "title": "Take over a chronology from a file"}
    return _page(request, "triggers/information_step.html", found, context)


def _added(added: int, of: int) -> str:
    said = "1 line is added." if added == 1 else f"{added} lines are added."
    return said if added == of else f"{said} The others were there already."


@policy(InformationRequest, POST="answer")
def information_send(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Send the answer to the case's officers."""
    found = _load(request, pk, "answer")
    return do(
        request, lambda: workflow.send_answer(found, by=request.user),
        done="Your answer is sent to the officers of the case.", to=_url(request, found),
    )  # fmt: skip


@policy(InformationRequest, GET="take further", POST="take further")
def information_further(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take it to whoever sits for the body in the partnership."""
    found = _load(request, pk, "take further")
    return _ask(
        request, found,
        lambda posted: casework.ReasonForm(
            posted, submit="Take it further", cancel=_url(request, found)
        ),
        partial(workflow.take_further, found, by=request.user),
        title="Take it to those who sit for the body",
        done="It is open to all who sit for the body now, and they are told.",
        intro="Whoever sits for the body on the board or a subgroup can then open this request "
        "and answer it. They learn of the case what is needed for that.",
    )  # fmt: skip


def _ask(
    request: HttpRequest, found: InformationRequest, build: Any, verb: Any, *, title: str,
    to: str = "", done: str = "Saved. It is not sent yet.", **context: Any,
) -> HttpResponse:  # fmt: skip
    """Ask what a step of the answer needs, and go back to it."""
    form = build(request.POST or None)
    try:
        if form.is_bound and form.is_valid():
            verb(**form.cleaned_data)
            messages.success(request, done)
            return redirect(to or _url(request, found))
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
        return redirect(_url(request, found))
    except ValidationError as wrong:
        say_wrong(form, wrong)
    context |= {"form": form, "title": title}
    return _page(request, "triggers/information_step.html", found, context)
