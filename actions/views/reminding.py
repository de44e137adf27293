"""Reminding several owners at once: who is told of what, then the sending."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from actions import queries, workflow
from actions.models import Action
from actions.views.register import chosen, found
from actions.views.shown import address
from core import clock
from core.dates import count
from core.permissions import can, policy, require
from membership.models import Partnership

MOST = 200


@policy(Partnership, GET="remind owners", POST="remind owners")
def remind(request: HttpRequest) -> HttpResponse:
    """Say who would be told of what; told to, tell them."""
    require(can(request.user, "remind owners", request.partnership))
    asked = _asked(request)
    actions = [
        each
        for each in asked.select_related("group", "owner", "post", "partnership")[: MOST + 1]
        if queries.may_be_reminded(each) and can(request.user, "remind", each)
    ]
    if not actions:
        messages.error(
            request,
            "Choose at least one open action of your groups. What is said to be done waits for an "
            "officer, and cannot be chased.",
        )
        return redirect(_back(request))
    if request.method == "POST":
        return _sent(request, actions[:MOST])
    reminders = queries.reminders(actions[:MOST], clock.today(), but=request.user)
    context = {
        "reminders": [(each, queries.owner_words(each.action)) for each in reminders],
        "tells": sum(bool(each.people) for each in reminders),
        "people": len({person.pk for each in reminders for person in each.people}),
        "more": len(actions) > MOST, "most": MOST, "back": _back(request),
    }  # fmt: skip
    return render(request, "actions/remind.html", context)


def _asked(request: HttpRequest) -> QuerySet[Action]:
    """The actions that were ticked, or all that the register shows for the same choices."""
    if request.method == "GET" and request.GET.get("all"):
        view, form, _ = chosen(request)
        return found(request, view, form)
    sent = request.POST if request.method == "POST" else request.GET
    visible = Action.objects.visible_to(request.user).of(request.partnership)
    references = [each for each in sent.getlist("action") if each.isprintable()]
    return visible.filter(reference__in=references)


def _sent(request: HttpRequest, actions: list[Action]) -> HttpResponse:
    done = workflow.remind(actions, by=request.user)
    if done.people:
        told = count(done.people, "person").replace("persons", "people")
        says = f"A reminder of {count(done.actions, 'action')} was sent to {told}."
        messages.success(request, says)
    else:
        messages.error(request, "Nobody was told: everybody has been reminded today already.")
    return redirect(_back(request))


def _back(request: HttpRequest) -> Any:
    """The register as it was chosen."""
    query = request.GET.copy()
    for name in ("action", "all", "page"):
        query.pop(name, None)
    return f"{address(request, 'list')}?{query.urlencode()}".removesuffix("?")
