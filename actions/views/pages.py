"""One action, its history, and a new one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from actions import forms, queries, workflow
from actions.models import Action
from actions.views.shown import address, page
from actions.views.steps import update_form
from core import clock
from core.forms import say_wrong
from core.history import timeline
from core.permissions import can, load, policy
from membership.models import Group

STEPS = ("update", "move due date", "confirm done", "reopen", "drop", "hand over")


@policy(Action, "view")
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """What is to be done, by whom and when; what has happened; the next step."""
    action = load(request, Action, "view", reference=reference)
    today = clock.today()
    dated = queries.due_dates(action)
    happened = queries.happenings(queries.updates(action), dated)
    owner = queries.owner_today(action, request.user, today)
    may = {verb.replace(" ", "_"): workflow.may(request.user, verb, action) for verb in STEPS}
    form = update_form(None, None, action, happened) if may["update"] else None
    context = {
        "due_dates": dated,
        "happened": happened,
        "may": may,
        "update_form": form,
        "owner": owner,
        "owner_url": f"{address(request, 'list')}?agency={owner.current.slug}",
        "states": queries.title_states(action, today),
        "lede": queries.lede(action, today),
        "next": queries.next_words(action, owner, today),
        "reminded": queries.last_reminded(action),
        "reminds": queries.may_be_reminded(action) and can(request.user, "remind", action),
    }
    return page(request, "actions/detail.html", action, context)


@policy(Action, "view")
def history(request: HttpRequest, reference: str) -> HttpResponse:
    """Every change of the record itself: who, when, what."""
    action = load(request, Action, "view", reference=reference)
    changes = timeline(action, leave_out=("partnership", "created_by"))
    return page(request, "actions/history.html", action, {"history": changes})


@policy(Group, GET="make actions", POST="make actions")
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Add an action outside a meeting's minutes."""
    group = load(request, Group, "make actions", slug=slug)
    form = forms.MakeForm(
        request.POST or None,
        partnership=request.partnership,
        on=clock.today(),
        initial={"marking": group.default_marking},
        cancel=address(request, "list"),
    )
    if form.is_valid():
        try:
            action = _make(group, **form.cleaned_data, by=request.user)
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            messages.success(request, f"{action.reference} is in the register.")
            return redirect(action)
    context = {
        "form": form,
        "group": group,
        "others": queries.other_groups(request.user, group),
    }
    return render(request, "actions/add.html", context)


def _make(group: Group, *, owner: Any, by: Any, **fields: Any) -> Action:
    agency, post = owner
    return workflow.make(group, owner=agency, post=post, made_on=clock.today(), by=by, **fields)
