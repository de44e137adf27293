"""The register of decisions, one decision, and what came of it."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

import actions.queries
import audit.workflow
from core import clock, history
from core.components import View
from core.exports import csv_response
from core.forms import say_wrong
from core.permissions import can, load, policy, require
from core.workflow import Wrong
from meetings import registers
from meetings.forms.decisions import DecisionFilter, OutcomeForm
from meetings.models import Decision
from meetings.queries import decisions as reading
from meetings.queries.passages import cleared
from meetings.workflow import outcomes as verbs
from membership.models import Partnership

PAGE = 50

# ---- the register -------------------------------------------------------------------------------


@policy(Partnership, "read meetings")
def register(request: HttpRequest) -> HttpResponse:
    """Every decision that the person may read, counted, chosen and in order."""
    require(can(request.user, "read meetings", request.partnership))
    view, form, tally = _chosen(request)
    chosen = any(form.data.get(name) for name in ("group", "year", "words"))
    paginator = Paginator(_found(request, view, form), PAGE)
    if not chosen:
        paginator.count = tally.views[view]
    page = paginator.get_page(request.GET.get("page"))
    rows = reading.rows(_opened(request, page.object_list))
    here = _address(request, "decisions")
    context = {
        "view": view, "tally": tally, "filter": form, "chosen": chosen, "page": page, "rows": rows,
        "views": [
            View(label, tally.views[name], f"{here}?view={name}", name == view)
            for name, label in reading.VIEWS.items()
        ],
        "says": reading.counted(page.paginator.count, view),
        "sort": form.cleaned_data.get("sort") or "-date",
        "csv_url": _csv_url(request) if rows else "", "list_url": here,
    }  # fmt: skip
    return render(request, "meetings/decisions.html", context)


@policy(Partnership, "read meetings")
def download(request: HttpRequest) -> HttpResponse:
    """The same rows as a CSV file, all of them."""
    require(can(request.user, "read meetings", request.partnership))
    view, form, _ = _chosen(request)
    rows = reading.rows(_opened(request, _found(request, view, form)))
    audit.workflow.record(
        "downloaded decisions of", request.partnership, by=request.user,
        partnership=request.partnership, detail={"rows": len(rows)},
    )  # fmt: skip
    name = f"decisions-{request.partnership.slug}-{clock.today().isoformat()}"
    return csv_response(name, registers.DECISIONS, registers.decision_lines(rows))


def _chosen(request: HttpRequest) -> tuple[str, DecisionFilter, reading.Tally]:
    view = request.GET.get("view", "all")
    view = view if view in reading.VIEWS else "all"
    tally = reading.tally(request.user, request.partnership, view=view)
    form = DecisionFilter({**request.GET.dict(), "view": view}, tally=tally)
    form.is_valid()
    return view, form, tally


def _found(request: HttpRequest, view: str, form: DecisionFilter) -> Any:
    """The rows; none where the choices make no sense, which the form says beside them."""
    if form.errors:
        return Decision.objects.none()
    choices = {name: form.cleaned_data[name] for name in ("group", "year", "words", "sort")}
    return reading.register(request.user, request.partnership, view=view, **choices)


def _opened(request: HttpRequest, decisions: Any) -> list[Any]:
    """The decisions, after it is on record which restricted ones this person now reads."""
    decisions = list(decisions)
    restricted = [each for each in decisions if each.restricted]
    if restricted:
        audit.workflow.record_reads(restricted, by=request.user, partnership=request.partnership)
    return decisions


def _csv_url(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return f"{_address(request, 'decisions_csv')}?{query.urlencode()}"


def _address(request: HttpRequest, name: str, *args: Any) -> str:
    return reverse(f"meetings:{name}", args=[request.partnership.slug, *args])


# ---- one decision -------------------------------------------------------------------------------


@policy(Decision, "view")
def decision(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """What was decided, where and how; what was asked for with it; what came of it."""
    found = load(request, Decision, "view", pk=pk)
    around = reading.around(found, request.user)
    _on_record(request, found, around)
    today = clock.today()
    lines = [
        (each, actions.queries.owner_words(each), actions.queries.states(each, today))
        for each in around.actions
    ]
    context = {
        "decision": found, "item": found.item, "meeting": found.item.meeting, "around": around,
        "actions": lines, "votes": reading.votes(found), "draft": reading.draft_words(found),
        "follows": can(request.user, "follow", found),
        "history": _history(found, request.user),
    }  # fmt: skip
    return render(request, "meetings/decision_page.html", context)


def _history(found: Decision, user: Any) -> list[history.Change]:
    """How its words came about: they may once have been restricted, so only for the cleared."""
    if not cleared(user, found.item.meeting):
        return []
    return history.timeline(found, leave_out=("made_by", "item"))


def _on_record(request: HttpRequest, found: Decision, around: reading.Around) -> None:
    restricted = [each for each in [found, *around.actions] if each.restricted]
    if restricted:
        audit.workflow.record_reads(restricted, by=request.user, partnership=request.partnership)


@policy(Decision, GET="follow", POST="follow")
def outcome(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Say what has come of a strategic decision."""
    found = load(request, Decision, "follow", pk=pk)
    if not found.strategic:
        messages.error(request, verbs.NOT_STRATEGIC)
        return redirect(found)
    form = OutcomeForm(request.POST or None, cancel=found.get_absolute_url())
    if form.is_valid():
        try:
            verbs.record_outcome(found, **form.cleaned_data, by=request.user)
        except Wrong as wrong:
            messages.error(request, wrong.messages[0])
            return redirect(found)
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            messages.success(request, "What came of the decision is saved.")
            return redirect(found)
    if found.restricted:
        audit.workflow.record_reads([found], by=request.user, partnership=request.partnership)
    return render(request, "meetings/outcome.html", {"form": form, "decision": found})


@policy(Decision, POST="follow")
def outcome_remove(request: HttpRequest, pk: uuid.UUID, number: int) -> HttpResponse:
    """Take back the latest entry, where it was a mistake."""
    found = load(request, Decision, "follow", pk=pk)
    entry = found.outcomes.filter(pk=number).first()
    if entry is None:
        raise Http404
    return _done(request, found, lambda: verbs.take_back(entry, by=request.user), "Taken back.")


@policy(Decision, POST="follow")
def strategic(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Mark a decision as strategic, or no longer."""
    found = load(request, Decision, "follow", pk=pk)
    wanted = request.POST.get("strategic") == "yes"
    says = (
        "The decision is marked as strategic. Say what comes of it, at least every six months."
        if wanted
        else "The decision no longer counts as strategic."
    )
    return _done(
        request, found,
        lambda: verbs.set_strategic(found, strategic=wanted, by=request.user), says,
    )  # fmt: skip


def _done(request: HttpRequest, found: Decision, deed: Any, says: str) -> HttpResponse:
    """Do it and go back to the decision, with what stands in the way where something does."""
    try:
        deed()
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
    else:
        messages.success(request, says)
    return redirect(found)
