"""One request for information, and the steps of its life."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

import audit.workflow
from actions.forms import requests as forms
from actions.models import Request
from actions.permissions import is_asked
from actions.queries import requests as queries
from actions.workflow import requesting
from actions.workflow import requests as workflow
from core import clock
from core.forms import say_wrong
from core.history import timeline
from core.permissions import can, denied, load, policy, require
from core.workflow import Wrong

STEPS = ("answer", "check", "withdraw", "move due date", "chase", "escalate")
OWN_PAGE = "It is answered by the agency, on a page of its own."
Build = Callable[[Any, Any, Request], Any]


def _page(
    request: HttpRequest, template: str, asked: Request, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Show a page about a request; of a restricted one, first put on record who reads it."""
    if asked.restricted:
        audit.workflow.record_read(
            asked, by=request.user, partnership=asked.partnership, group=asked.group
        )
    return render(request, template, {"asked": asked, **context}, status=status)


@policy(Request, "view")
def request_page(request: HttpRequest, reference: str) -> HttpResponse:
    """What is asked, of whom and by when; what was answered; the next step."""
    asked = load(request, Request, "view", reference=reference)
    today = clock.today()
    may = {verb.replace(" ", "_"): requesting.may(request.user, verb, asked) for verb in STEPS}
    if asked.answer_url and not is_asked(request.user, asked):
        may["answer"] = denied(OWN_PAGE)
    context = {
        "states": queries.states(asked, today),
        "lede": queries.lede(asked, today),
        "returns": [(each, _opens(request, each)) for each in queries.returns(asked)],
        "chases": queries.chases(asked),
        "reached": queries.answerers(asked, today) if asked.is_open else [],
        "may": may,
    }
    return _page(request, "actions/request.html", asked, context)


def _opens(request: HttpRequest, given: Any) -> bool:
    """Whether the reader may follow the link to the paper that was returned."""
    return given.document is not None and bool(can(request.user, "view", given.document))


@policy(Request, "view")
def request_history(request: HttpRequest, reference: str) -> HttpResponse:
    """Every change of the record itself: who, when, what."""
    asked = load(request, Request, "view", reference=reference)
    changes = timeline(asked, leave_out=("partnership", "asked_by"))
    return _page(request, "actions/request_history.html", asked, {"history": changes})


@policy(Request, GET="answer", POST="answer")
def request_answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer: here, or on the page of the room that asks."""
    asked = load(request, Request, "view", reference=reference)
    require(can(request.user, "answer", asked))
    if asked.answer_url:
        if is_asked(request.user, asked):
            return redirect(asked.answer_url)
        messages.error(request, OWN_PAGE)
        return redirect(asked)
    return _step(
        request, asked, "answer", _answer_form, workflow.answer,
        title="Answer this request", done="Your answer is sent.",
    )  # fmt: skip


@policy(Request, GET="check", POST="check")
def request_check(request: HttpRequest, reference: str) -> HttpResponse:
    """Accept the answer, or send it back."""
    asked = load(request, Request, "view", reference=reference)
    return _step(
        request, asked, "check", _plain(forms.CheckForm), _check,
        title="Check the answer", done="Your check is saved.",
    )  # fmt: skip


@policy(Request, GET="withdraw", POST="withdraw")
def request_withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that it is no longer needed."""
    asked = load(request, Request, "view", reference=reference)
    return _step(
        request, asked, "withdraw", _plain(forms.WithdrawForm), workflow.withdraw,
        title="Withdraw this request", done="The request is withdrawn.",
    )  # fmt: skip


@policy(Request, GET="move due date", POST="move due date")
def request_move(request: HttpRequest, reference: str) -> HttpResponse:
    """Agree a later date."""
    asked = load(request, Request, "view", reference=reference)
    return _step(
        request, asked, "move due date", _plain(forms.RequestMoveForm), workflow.move_due_date,
        title="Move the due date", done="The due date has moved.",
    )  # fmt: skip


@policy(Request, GET="chase", POST="chase")
def request_chase(request: HttpRequest, reference: str) -> HttpResponse:
    """Remind the agency by hand."""
    asked = load(request, Request, "view", reference=reference)
    return _step(
        request, asked, "chase", _plain(forms.ChaseForm), workflow.chase,
        title="Remind the agency", done="The reminder is sent.",
    )  # fmt: skip


@policy(Request, GET="escalate", POST="escalate")
def request_escalate(request: HttpRequest, reference: str) -> HttpResponse:
    """Tell the chair that the agency is late."""
    asked = load(request, Request, "view", reference=reference)
    return _step(
        request, asked, "escalate", _plain(forms.EscalateForm), workflow.escalate,
        title="Tell the chair", done="The chair is told.",
    )  # fmt: skip


def _step(
    request: HttpRequest, asked: Request, verb: str, build: Build, step: Callable[..., Any], *,
    title: str, done: str,
) -> HttpResponse:  # fmt: skip
    """Ask what the step needs, take it and go back to the request; refused, say why."""
    require(can(request.user, verb, asked))
    form = build(request.POST or None, request.FILES or None, asked)
    status = 200
    try:
        if form.is_valid():
            step(asked, **form.cleaned_data, by=request.user)
            messages.success(request, done)
            return redirect(asked)
        if request.method != "POST" and not requesting.fits(verb, asked):
            raise Wrong(requesting.fits(verb, asked).reason)
    except requesting.RequestChanged as changed:
        asked, status = changed.request, 409
        posted = request.POST.copy()
        posted["version"] = str(asked.version)
        form = build(posted, None, asked)
        form.is_valid()
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
        return redirect(asked)
    except ValidationError as wrong:
        say_wrong(form, wrong)
    context = {
        "form": form,
        "title": title,
        "changed": status == 409,
        "lede": queries.lede(asked, clock.today()),
        "latest": queries.returns(asked)[:1] if verb in ("check", "answer") else [],
        "people": _told(verb, asked),
    }
    return _page(request, "actions/request_step.html", asked, context, status)


def _told(verb: str, asked: Request) -> list[Any]:
    """Whom a reminder would reach."""
    if verb == "chase":
        return queries.answerers(asked)
    return queries.chairs(asked) if verb == "escalate" else []


def _plain(form: Any) -> Build:
    return lambda posted, files, asked: form(
        posted, version=asked.version, cancel=asked.get_absolute_url()
    )


def _answer_form(posted: Any, files: Any, asked: Request) -> Any:
    return forms.AnswerForm(
        posted, files, version=asked.version, group=asked.group, marking=asked.marking,
        cancel=asked.get_absolute_url(),
    )  # fmt: skip


def _check(asked: Request, *, verdict: str, remark: str, version: int, by: Any) -> Any:
    step = workflow.accept if verdict == "accept" else workflow.send_back
    return step(asked, remark=remark, version=version, by=by)
