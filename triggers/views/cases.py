"""The caseload, and the page of one case."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from core import clock
from core.components import Link, View
from core.exports import csv_response
from core.permissions import can, policy, require
from membership.models import Partnership
from triggers.effects import VULNERABLE
from triggers.exports import cases as exports
from triggers.models import Application
from triggers.queries import caseload, cases, likeness, recommendations
from triggers.views import threshold
from triggers.views.asking import do
from triggers.views.frame import address, opened, page
from triggers.workflow import seating


@policy(Partnership, "read case reviews")
def index(request: HttpRequest) -> HttpResponse:
    """To one's own cases, or to the numbers, where one may read those only."""
    require(can(request.user, "read case reviews", request.partnership))
    if can(request.user, "read cases", request.partnership):
        return redirect(address(request, "cases"))
    return redirect(address(request, "overview"))


@policy(Partnership, "read cases")
def caselist(request: HttpRequest) -> HttpResponse:
    """The cases on which the person sits, by what is to be done next."""
    require(can(request.user, "read cases", request.partnership))
    view, sort, rows = _chosen(request)
    here = address(request, "cases")
    takes = can(request.user, "take on cases", request.partnership)
    shown = caseload.in_order(caseload.in_view(rows, view), sort)
    context = {
        "rows": shown,
        "any": bool(rows),
        "view": view,
        "sort": sort or "next",
        "views": [
            View(label, len(caseload.in_view(rows, name)), f"{here}?view={name}", name == view)
            for name, label in caseload.VIEWS.items()
        ],
        "says": caseload.says(len(shown), view) if rows else "",
        "csv_url": f"{address(request, 'cases_csv')}?view={view}" if shown else "",
        "asked": caseload.asked_of(request.user, request.partnership),
        "recommended": recommendations.asked_of(request.user, request.partnership),
        "left": caseload.without_officer(request.partnership) if takes else [],
        "takes": takes,
        "links": _links(request),
    }
    return render(request, "triggers/cases.html", context)


@policy(Partnership, "read cases")
def cases_csv(request: HttpRequest) -> HttpResponse:
    """The same rows as a CSV file. Nothing in it names a person, a street or a body."""
    require(can(request.user, "read cases", request.partnership))
    view, sort, rows = _chosen(request)
    shown = caseload.in_order(caseload.in_view(rows, view), sort)
    name = f"case-reviews-{request.partnership.slug}-{clock.today().isoformat()}"
    return csv_response(name, exports.CASES, exports.case_lines(shown))


def _chosen(request: HttpRequest) -> tuple[str, str, list[caseload.Row]]:
    view = request.GET.get("view", "open")
    view = view if view in caseload.VIEWS else "open"
    sort = request.GET.get("sort", "")
    sort = sort if sort.removeprefix("-") in caseload.SORTS else ""
    return view, sort, caseload.rows(request.user, request.partnership)


def _links(request: HttpRequest) -> list[Link]:
    links = []
    if can(request.user, "take an application", request.partnership):
        links.append(Link("Take an application by telephone", address(request, "take")))
    if can(request.user, "read case review procedure", request.partnership):
        links.append(Link("The procedure", address(request, "procedure")))
    if can(request.user, "read case review overview", request.partnership):
        links.append(Link("Overview and figures", address(request, "overview")))
    if can(request.user, "find people in cases", request.partnership):
        links.append(Link("Look for a person", address(request, "find")))
    if can(request.user, "remove old cases", request.partnership):
        links.append(Link("What is kept how long", address(request, "kept")))
    if can(request.user, "ask emergency reading", request.partnership):
        url = reverse("membership:emergencies", args=[request.partnership.slug])
        links.append(Link("Emergency reading", url))
    return links


@policy(Partnership, POST="take on cases")
def case_take_on(request: HttpRequest, reference: str) -> HttpResponse:
    """Take on a case that nobody works on any more."""
    require(can(request.user, "take on cases", request.partnership))
    return do(
        request, lambda: seating.take_on(request.partnership, reference=reference, by=request.user),
        done="The case is yours now.", to=address(request, "cases"),
    )  # fmt: skip


@policy(Application, "view")
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """One case: how far it is, the threshold, what bodies were asked, and who it is about."""
    found = opened(request, reference)
    context = cases.shown(found, request.user, dict(VULNERABLE)) | threshold.shown(request, found)
    if can(request.user, "work on", found):
        context |= likeness.shown(found, request.user)
    return page(request, "triggers/case.html", found, "case", context)
