"""The register of actions, as a page and as a file."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

import audit.workflow
from actions import exports, forms, queries
from actions.models import Action
from actions.views.shown import address
from core import clock
from core.components import Link, View
from core.dates import tabledate
from core.exports import csv_response
from core.permissions import can, policy, require
from membership.models import Partnership

PAGE = 50
CHOICES = ("agency", "person", "group", "words")


@policy(Partnership, "read actions")
def register(request: HttpRequest) -> HttpResponse:
    """Every action that the person may see, counted, chosen and in order."""
    require(can(request.user, "read actions", request.partnership))
    today = clock.today()
    view, form, tally = chosen(request)
    narrowed = any(form.data.get(name) for name in CHOICES)
    paginator = Paginator(found(request, view, form), PAGE)
    if not narrowed:
        paginator.count = tally.views[view]
    page = paginator.get_page(request.GET.get("page"))
    rows = queries.rows(_opened(request, page.object_list), request.partnership, today)
    context = {
        "view": view,
        "views": _views(request, view, tally),
        "tally": tally,
        "filter": form,
        "chosen": narrowed,
        "page": page,
        "rows": rows,
        "says": queries.counted(page.paginator.count, view),
        "sort": form.cleaned_data.get("sort") or queries.ORDER[view],
        "links": _links(request),
        "reminds": _reminds(request, view, rows),
        "csv_url": _csv_url(request) if rows else "",
        "list_url": address(request, "list"),
    }
    return render(request, "actions/list.html", context)


@policy(Partnership, "read actions")
def download(request: HttpRequest) -> HttpResponse:
    """The same rows as a CSV file, all of them."""
    require(can(request.user, "read actions", request.partnership))
    today = clock.today()
    view, form, _ = chosen(request)
    actions = _opened(request, found(request, view, form))
    rows = queries.rows(actions, request.partnership, today)
    audit.workflow.record(
        "downloaded actions of", request.partnership, by=request.user,
        partnership=request.partnership, detail={"rows": len(rows)},
    )  # fmt: skip
    name = f"actions-{request.partnership.slug}-{today.isoformat()}"
    return csv_response(name, exports.HEADINGS, exports.lines(rows, today))


def chosen(request: HttpRequest) -> tuple[str, forms.FilterForm, queries.Tally]:
    """The view, the choices and the counts that an address of the register asks for."""
    view = request.GET.get("view", "open")
    view = view if view in queries.VIEWS else "open"
    tally = queries.tally(request.user, request.partnership, view=view)
    form = forms.FilterForm({**request.GET.dict(), "view": view}, tally=tally)
    form.is_valid()
    return view, form, tally


def found(request: HttpRequest, view: str, form: forms.FilterForm) -> Any:
    """The rows; none where the choices make no sense, which the form says beside them."""
    if form.errors:
        return Action.objects.none()
    choices = {name: form.cleaned_data[name] for name in (*CHOICES, "sort")}
    return queries.register(request.user, request.partnership, view=view, **choices)


def _opened(request: HttpRequest, actions: Any) -> list[Action]:
    """The actions, after it is on record which restricted ones this person now reads."""
    actions = list(actions)
    restricted = [action for action in actions if action.restricted]
    if restricted:
        audit.workflow.record_reads(restricted, by=request.user, partnership=request.partnership)
    return actions


def _views(request: HttpRequest, view: str, tally: queries.Tally) -> list[View]:
    labels = dict(queries.VIEWS)
    if tally.next_on:
        labels["soon"] = f"Due by {tabledate(tally.next_on, clock.today())}"
    else:
        del labels["soon"]
    here = address(request, "list")
    return [
        View(label, tally.views[name], f"{here}?view={name}", name == view)
        for name, label in labels.items()
    ]


def _links(request: HttpRequest) -> list[Link]:
    groups = queries.groups_to_add(request.user, request.partnership)
    add = [Link("Add an action", address(request, "add", groups[0]))] if groups else []
    return [*add, Link("Requests for information", address(request, "requests"))]


def _reminds(request: HttpRequest, view: str, rows: list[queries.Row]) -> dict[str, Any] | None:
    """What an officer needs to remind owners from this list: whose may be ticked, and all of it."""
    if view == "closed" or not can(request.user, "remind owners", request.partnership):
        return None
    actions = [row.action for row in rows]
    ticks = {
        each.pk
        for each in actions
        if queries.may_be_reminded(each) and can(request.user, "remind", each)
    }
    query = request.GET.copy()
    query.pop("page", None)
    query["all"] = "yes"
    here = address(request, "remind")
    kept = [(name, value) for name, value in request.GET.items() if name != "page" and value]
    return {"ticks": ticks, "url": here, "all": f"{here}?{query.urlencode()}", "kept": kept}


def _csv_url(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return f"{address(request, 'csv')}?{query.urlencode()}"
