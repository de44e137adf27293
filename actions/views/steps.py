"""The steps of an action's life: each asks, takes the step and goes back to the action."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from actions import forms, queries, workflow
from actions.models import Action
from actions.views.shown import page, said_and_done
from core import clock
from core.forms import say_wrong
from core.permissions import can, load, policy, require
from core.workflow import Wrong

Build = Callable[[Any, Any, Action], Any]

TO_JUDGE = ("confirm done", "reopen")  # what was said last is shown beside the question


@policy(Action, GET="update", POST="update")
def update(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what has happened."""
    return _step(
        request, reference, "update", update_form, _update,
        title="Add an update", done="The update is saved.",
    )  # fmt: skip


@policy(Action, GET="move due date", POST="move due date")
def move(request: HttpRequest, reference: str) -> HttpResponse:
    """Agree another due date, with a reason."""
    return _step(
        request, reference, "move due date", _plain(forms.MoveForm), workflow.move_due_date,
        title="Move the due date", done="The due date has moved.",
    )  # fmt: skip


@policy(Action, GET="confirm done", POST="confirm done")
def confirm(request: HttpRequest, reference: str) -> HttpResponse:
    """Agree that it is done, which closes it."""
    return _step(
        request, reference, "confirm done", _plain(forms.ConfirmForm), workflow.confirm_done,
        title="Confirm that it is done", done="Confirmed as done. The action is closed.",
    )  # fmt: skip


@policy(Action, GET="reopen", POST="reopen")
def reopen(request: HttpRequest, reference: str) -> HttpResponse:
    """Send back what is not done yet, or open again what was closed."""
    return _step(
        request, reference, "reopen", _reopen_form, workflow.reopen,
        title="Open this action again", done="The action is open again.",
    )  # fmt: skip


@policy(Action, GET="drop", POST="drop")
def drop(request: HttpRequest, reference: str) -> HttpResponse:
    """Close what will not be done."""
    return _step(
        request, reference, "drop", _plain(forms.DropForm), workflow.drop,
        title="Drop this action", done="The action is dropped.",
    )  # fmt: skip


@policy(Action, GET="hand over", POST="hand over")
def hand_over(request: HttpRequest, reference: str) -> HttpResponse:
    """Give it to another agency or post."""
    return _step(
        request, reference, "hand over", _hand_over_form, _hand_over,
        title="Hand this action over", done="The action is handed over.",
    )  # fmt: skip


def _step(
    request: HttpRequest, reference: str, verb: str, build: Build, step: Callable[..., Action], *,
    title: str, done: str,
) -> HttpResponse:  # fmt: skip
    """Ask what the step needs, take it and go back to the action; refused, say why."""
    action = load(request, Action, "view", reference=reference)
    if _is_stale(request, action):
        return _conflict(request, action, verb, build, title)
    require(can(request.user, verb, action))
    form = build(request.POST or None, request.FILES or None, action)
    try:
        if form.is_valid():
            step(action, **form.cleaned_data, by=request.user)
            messages.success(request, done)
            return redirect(action)
        if request.method != "POST" and not workflow.fits(verb, action):
            raise Wrong(workflow.fits(verb, action).reason)
    except workflow.Changed as changed:
        return _conflict(request, changed.action, verb, build, title)
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
        return redirect(action)
    except ValidationError as wrong:
        say_wrong(form, wrong)
    latest = said_and_done(action)[:1] if verb in TO_JUDGE else []
    context = {"form": form, "title": title, "latest": latest}
    return page(request, "actions/step.html", action, context)


def _is_stale(request: HttpRequest, action: Action) -> bool:
    """Whether the form was made for an earlier version of the action."""
    sent = request.POST.get("version", "")
    return sent.isdecimal() and len(sent) < 10 and int(sent) != action.version


def _conflict(
    request: HttpRequest, action: Action, verb: str, build: Build, title: str
) -> HttpResponse:
    """Both texts side by side, and the form again as it was filled in, for the action as it is."""
    changes = max(action.version - int(request.POST["version"]), 1)
    happened = said_and_done(action)
    verdict = workflow.may(request.user, verb, action)
    posted = request.POST.copy()
    posted["version"] = str(action.version)
    context = {
        "title": title,
        "theirs": "\n\n".join(queries.in_words(each) for each in happened[:changes]),
        "yours": request.POST.get("text") or request.POST.get("reason") or title,
        "file_lost": bool(request.FILES),
        "verdict": verdict,
        "form": build(posted, None, action) if verdict else None,
    }
    return page(request, "actions/conflict.html", action, context, status=409)


def _plain(form: Any) -> Build:
    return lambda posted, files, action: form(
        posted, version=action.version, cancel=action.get_absolute_url()
    )


def update_form(posted: Any, files: Any, action: Action, happened: Any = None) -> Any:
    if happened is None:
        happened = said_and_done(action)
    return forms.UpdateForm(
        posted,
        files,
        action=action,
        since=happened[0].at if happened else None,
        url=reverse("actions:update", args=[action.partnership.slug, action.reference]),
    )


def _update(action: Action, *, evidence: Any, **more: Any) -> Action:
    return workflow.update(action, file=evidence, **more)


def _reopen_form(posted: Any, files: Any, action: Action) -> Any:
    return _plain(forms.SendBackForm if action.is_open else forms.ReopenForm)(posted, files, action)


def _hand_over_form(posted: Any, files: Any, action: Action) -> Any:
    return forms.HandOverForm(
        posted,
        version=action.version,
        partnership=action.partnership,
        on=clock.today(),
        cancel=action.get_absolute_url(),
    )


def _hand_over(action: Action, *, owner: Any, **more: Any) -> Action:
    agency, post = owner
    return workflow.hand_over(action, owner=agency, post=post, **more)
