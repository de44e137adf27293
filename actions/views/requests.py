"""Requests for information: the list, its file, and who keeps to the dates."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

import audit.workflow
from actions import exports
from actions.forms import requests as forms
from actions.models import Request
from actions.queries import requests as queries
from actions.views.shown import address
from actions.workflow import requests as workflow
from core import clock
from core.components import Link, View
from core.exports import csv_response
from core.forms import say_wrong
from core.permissions import can, load, policy, require
from membership.models import Group, Partnership

PAGE = 50
CHOICES = ("agency", "kind", "words")


@policy(Partnership, "read requests")
def request_list(request: HttpRequest) -> HttpResponse:
    """Every request that the person may see: to answer, to check, waited for, late, closed."""
    require(can(request.user, "read requests", request.partnership))
    today = clock.today()
    view, form, tally = _chosen(request)
    paginator = Paginator(_found(request, view, form), PAGE)
    page = paginator.get_page(request.GET.get("page"))
    rows = [(each, queries.states(each, today)) for each in _opened(request, page.object_list)]
    here = address(request, "requests")
    groups = queries.asking_groups(request.user, request.partnership)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "view": view,
        "views": [
            View(label, tally.views[name], f"{here}?view={name}", name == view)
            for name, label in queries.VIEWS.items()
        ],
        "tally": tally,
        "filter": form,
        "chosen": any(form.data.get(name) for name in CHOICES),
        "page": page,
        "rows": rows,
        "says": queries.counted(paginator.count, view),
        "sort": form.cleaned_data.get("sort") or "first_due",
        "links": [
            *([Link("Ask for information", address(request, "request_ask", groups[0].slug))]
              if groups else []),
            Link("Who answers on time", address(request, "requests_kept")),
        ],
        "csv_url": f"{address(request, 'requests_csv')}?{query.urlencode()}" if rows else "",
        "list_url": here,
    }  # fmt: skip
    return render(request, "actions/requests.html", context)


@policy(Partnership, "read requests")
def requests_csv(request: HttpRequest) -> HttpResponse:
    """The same rows as a CSV file, all of them."""
    require(can(request.user, "read requests", request.partnership))
    today = clock.today()
    view, form, _ = _chosen(request)
    rows = _opened(request, _found(request, view, form))
    audit.workflow.record(
        "downloaded requests of", request.partnership, by=request.user,
        partnership=request.partnership, detail={"rows": len(rows)},
    )  # fmt: skip
    name = f"requests-{request.partnership.slug}-{today.isoformat()}"
    return csv_response(name, exports.REQUEST_HEADINGS, exports.request_lines(rows, today))


@policy(Partnership, "read requests")
def requests_kept(request: HttpRequest) -> HttpResponse:
    """How each agency answered, quarter by quarter: on time, late, still waiting."""
    require(can(request.user, "read requests", request.partnership))
    tally = queries.tally(request.user, request.partnership)
    agency = request.GET.get("agency", "")
    agency = agency if agency in dict(tally.agencies) else ""
    kept = queries.compliance(request.user, request.partnership, agency=agency)
    if request.GET.get("format") == "csv":
        lines = [(k.agency, k.quarter, k.on_time, k.late, k.waiting) for k in kept]
        name = f"answers-on-time-{request.partnership.slug}-{clock.today().isoformat()}"
        return csv_response(name, ("Agency", "First due in", "On time", "Late", "Waiting"), lines)
    context = {
        "kept": kept,
        "agencies": tally.agencies,
        "agency": agency,
        "here": address(request, "requests_kept"),
    }
    return render(request, "actions/requests_kept.html", context)


def _chosen(request: HttpRequest) -> tuple[str, forms.RequestFilter, queries.Tally]:
    view = request.GET.get("view", "open")
    view = view if view in queries.VIEWS else "open"
    tally = queries.tally(request.user, request.partnership)
    form = forms.RequestFilter({**request.GET.dict(), "view": view}, tally=tally)
    form.is_valid()
    return view, form, tally


def _found(request: HttpRequest, view: str, form: forms.RequestFilter) -> Any:
    if form.errors:
        return Request.objects.none()
    choices = {name: form.cleaned_data[name] for name in (*CHOICES, "sort")}
    return queries.listed(request.user, request.partnership, view=view, **choices)


def _opened(request: HttpRequest, rows: Any) -> list[Request]:
    """The requests, after it is on record which restricted ones this person now reads."""
    rows = list(rows)
    restricted = [each for each in rows if each.restricted]
    if restricted:
        audit.workflow.record_reads(restricted, by=request.user, partnership=request.partnership)
    return rows


@policy(Group, GET="ask for information", POST="ask for information")
def request_ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask an agency for information."""
    group = load(request, Group, "ask for information", slug=slug)
    form = forms.AskForm(
        request.POST or None,
        partnership=request.partnership,
        initial={"marking": group.default_marking},
        cancel=address(request, "requests"),
    )
    if form.is_valid():
        try:
            made = workflow.ask(group, **form.cleaned_data, by=request.user)
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            messages.success(request, f"{made.reference} is sent to {made.agency}.")
            return redirect(made)
    groups = queries.asking_groups(request.user, request.partnership)
    others = [each for each in groups if each.pk != group.pk]
    context = {"form": form, "group": group, "others": others}
    return render(request, "actions/request_ask.html", context)
