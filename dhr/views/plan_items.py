"""One action of a plan: for those on the review, and for those on the part that delivers it."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

import audit.workflow
from core import clock, history
from core.components import Fact
from core.forms import say_wrong
from core.markings import Marking
from core.permissions import can, load, policy, require
from core.workflow import Wrong
from dhr.exports.stamped import stamped
from dhr.forms import plans as forms
from dhr.forms.fields import ReasonForm
from dhr.models import PlanItem
from dhr.queries import plan_records as records
from dhr.queries.plans import says_done
from dhr.views.asking import do
from dhr.views.frame import address, stamp
from dhr.views.plans import lead_agencies
from dhr.views.versions import fresh
from dhr.workflow import plans
from documents.files import download


def _load(request: HttpRequest, pk: uuid.UUID, verb: str = "view") -> PlanItem:
    found: PlanItem = load(request, PlanItem, "view", pk=pk)
    if verb != "view":
        require(can(request.user, verb, found))
    return found


def _url(request: HttpRequest, item: PlanItem) -> str:
    return address(request, "plan_item", item.pk)


def _page(
    request: HttpRequest, template: str, item: PlanItem, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Show a page of an action, after it is on record who reads it."""
    on_review = bool(can(request.user, "view", item.review))
    read = item.review if on_review or item.part is None else item.part
    audit.workflow.record_read(
        read, by=request.user, partnership=read.partnership, group=read.group
    )
    context = {"item": item, "on_review": on_review, "review": item.review, **context}
    return render(request, template, context, status=status)


@policy(PlanItem, "view")
def plan_item(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """What is to be done, how far it is, what shows it, who signed it off."""
    item = _load(request, pk)
    row, progress = records.shown(item), records.progress(item)
    context = {
        "row": row,
        "progress": progress,
        "recommendation": item.recommendation,
        "checks": item.checks.exclude(checked_on=None).select_related("by"),
        "may": _may(request, row, progress),
        "signs_off": can(request.user, "sign off", item),
        "reads": can(request.user, "open evidence", item),
        "opens": bool(item.action and can(request.user, "view", item.action)),
        "history": history.timeline(item, leave_out=("action", "signed_off_by")),
    }
    return _page(request, "dhr/plan_item.html", item, context)


@policy(PlanItem, "open evidence")
def item_evidence(request: HttpRequest, pk: uuid.UUID, update: int) -> HttpResponse:
    """What shows that it is done, with the reader's name in it."""
    item = _load(request, pk, "open evidence")
    try:
        version = plans.open_evidence(item, update=update, by=request.user)
    except Wrong as wrong:
        raise Http404 from wrong
    data = stamped(bytes(version.content.data), version.content_type, stamp(request))
    return download(data, version.content_type, version.file_name, marking=Marking.SENSITIVE)


def _may(request: HttpRequest, row: Any, progress: records.Progress) -> dict[str, bool]:
    """What this person can do with it as it stands."""
    item, user = row.item, request.user
    if not records.can_plan(item.review):
        return {}
    stands = not (item.removed_because or item.recommendation.removed_because)
    waits, done = stands and item.signed_off_at is None, row.state[0] != "Dropped in the register"
    said = says_done(item)
    changes, records_it = can(user, "change", item), can(user, "record", item)
    signs = can(user, "sign off", item)
    return {
        name: bool(may)
        for name, may in {
            "change": waits and changes,
            "move": waits and changes and item.action and item.action.is_open,
            "take_off": waits and changes,
            "put_back": item.removed_because and changes,
            "complete": waits and done and records_it,
            "incomplete": waits and item.completed_on and records_it,
            "answered": stands and item.outside and records_it,
            "sign_off": waits and said and progress.shown and signs,
            "send_back": stands and said and signs,
            "check": stands and row.check and signs,
        }.items()
    }


# ---- asked --------------------------------------------------------------------------------------


def _ask(
    request: HttpRequest, item: PlanItem, build: Callable[..., Any], verb: Callable[..., Any], *,
    title: str, done: str, to: str = "", intro: str = "", theirs: Any = (), record: Any = None,
) -> HttpResponse:  # fmt: skip
    """Show a form about an action; sent, ask the verb and go back to the action."""
    posted = fresh(request, record) if record is not None else None
    form = build(posted or request.POST or None)
    try:
        if posted is None and form.is_bound and form.is_valid():
            verb(**form.cleaned_data)
            messages.success(request, done)
            return redirect(to or _url(request, item))
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
        return redirect(_url(request, item))
    except ValidationError as wrong:
        say_wrong(form, wrong, called={"evidence": "file"})
    context = {
        "form": form, "title": title, "intro": intro or item.text,
        "theirs": theirs if posted is not None else (),
    }  # fmt: skip
    return _page(request, "dhr/item_question.html", item, context, 200 if posted is None else 409)


@policy(PlanItem, GET="change", POST="change")
def item_change(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Put an action otherwise, or give it to another body."""
    item = _load(request, pk, "change")
    now = records.shown(item)
    was = {name: getattr(item, name) for name in ("text", "outside", "milestones")}
    return _ask(
        request, item,
        lambda data: forms.ItemForm(
            data, review=item.review, agencies=lead_agencies(item.review), version=item.version,
            initial={**was, "agency": now.agency}, cancel=_url(request, item),
        ),
        partial(plans.change_item, item, by=request.user), title="Change the action",
        done="The action is saved.", intro="Its target date stands. Its action in the register "
        "follows.", record=item,
        theirs=[Fact("Action to take", item.text), Fact("Who leads", now.body),
                Fact("Key milestones", item.milestones)],
    )  # fmt: skip


@policy(PlanItem, GET="change", POST="change")
def item_move(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Agree a later date. The first stands."""
    item = _load(request, pk, "change")
    return _ask(
        request, item, lambda data: forms.LaterForm(data, cancel=_url(request, item)),
        partial(plans.move_target, item, by=request.user), title="Agree a later date",
        done="The later date is set. The first stands beside it.",
    )  # fmt: skip


@policy(PlanItem, GET="record", POST="record")
def item_complete(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Write down that it is done, with what shows it."""
    item = _load(request, pk, "record")
    was = {"completed_on": item.completed_on or clock.today(), "outcome": item.outcome}
    return _ask(
        request, item,
        lambda data: forms.CompletedForm(
            data, request.FILES or None, outside=bool(item.outside), initial=was,
            cancel=_url(request, item),
        ),
        partial(plans.complete, item, by=request.user), title="Write down that it is done",
        done="It is written down.",
    )  # fmt: skip


@policy(PlanItem, POST="record")
def item_incomplete(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take back that it is done."""
    item = _load(request, pk, "record")
    return do(
        request, lambda: plans.incomplete(item, by=request.user), done="That is taken back.",
        to=_url(request, item),
    )  # fmt: skip


@policy(PlanItem, GET="record", POST="record")
def item_answered(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Write down what another body answered."""
    item = _load(request, pk, "record")
    was = {name: getattr(item, name) for name in ("outside_said", "outside_said_on")}
    return _ask(
        request, item,
        lambda data: forms.AnsweredForm(data, initial=was, cancel=_url(request, item)),
        partial(plans.outside_answered, item, by=request.user),
        title=f"What {item.outside or 'it'} answered", done="The answer is saved.",
    )  # fmt: skip


# ---- signed off ---------------------------------------------------------------------------------


@policy(PlanItem, GET="sign off", POST="sign off")
def item_sign_off(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Sign it off, where it is shown to be done."""
    item = _load(request, pk, "sign off")
    return _ask(
        request, item,
        lambda data: forms.SignOffForm(
            data, said=item.completed_on is not None, cancel=_url(request, item)
        ),
        partial(plans.sign_off, item, by=request.user), title="Sign it off",
        done="It is signed off. Whether it made the difference is checked later.",
    )  # fmt: skip


@policy(PlanItem, GET="sign off", POST="sign off")
def item_send_back(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Send it back, with what is missing."""
    item = _load(request, pk, "sign off")
    return _ask(
        request, item,
        lambda data: ReasonForm(
            data, submit="Send it back", says="What is missing?", cancel=_url(request, item),
            hint="Whoever leads it reads this. " + forms.NAMING_NOBODY,
        ),
        partial(plans.send_back, item, by=request.user), title="Send it back",
        done="It is sent back, and open again.",
    )  # fmt: skip


@policy(PlanItem, GET="sign off", POST="sign off")
def item_check(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Say whether it made the difference."""
    item = _load(request, pk, "sign off")
    return _ask(
        request, item,
        lambda data: forms.DifferenceForm(
            data, initial={"checked_on": clock.today()}, cancel=_url(request, item)
        ),
        partial(plans.check_difference, item, by=request.user),
        title="Did it make the difference?", done="The check is saved.",
    )  # fmt: skip


# ---- off and back -------------------------------------------------------------------------------


@policy(PlanItem, GET="change", POST="change")
def item_take_off(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take it off the plan."""
    item = _load(request, pk, "change")
    return _ask(
        request, item,
        lambda data: ReasonForm(
            data, submit="Take it off", says="Why is it taken off?", cancel=_url(request, item),
            hint="Its action in the register is dropped with this reason. It can be put back.",
        ),
        partial(plans.take_off_item, item, by=request.user), title="Take the action off the plan",
        done="It is off the plan.",
    )  # fmt: skip


@policy(PlanItem, POST="change")
def item_put_back(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Put it back into the plan."""
    item = _load(request, pk, "change")
    return do(
        request, lambda: plans.put_back(item, by=request.user), done="It is in the plan again.",
        to=_url(request, item),
    )  # fmt: skip
