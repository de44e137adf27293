"""Closed cases whose time is over: listed by reference, counted, approved, removed."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core import clock
from core.exports import csv_response
from core.permissions import can, policy, require
from core.workflow import Wrong
from membership.models import Partnership
from triggers.queries import keeping, removal_words
from triggers.queries.keeping import Due
from triggers.views.asking import do
from triggers.views.frame import address
from triggers.workflow import retention

PAGE = 50


@policy(Partnership, "remove old cases")
def kept(request: HttpRequest) -> HttpResponse:
    """The cases whose time is over, and those that were removed: references and dates only."""
    _require(request)
    due = keeping.due(request.partnership, clock.today())
    removed = Paginator(keeping.removed(request.partnership), PAGE)
    context = {
        "due": due, "years": keeping.years_kept(request.partnership),
        "removed": removed.get_page(request.GET.get("page")),
        "csv_url": address(request, "kept_csv") if removed.count else "",
    }  # fmt: skip
    return render(request, "triggers/kept.html", context)


@policy(Partnership, "remove old cases")
def kept_csv(request: HttpRequest) -> HttpResponse:
    """What was removed, when and by whom, as a file."""
    _require(request)
    lines = [
        (each.application.reference, each.application.closed_on, each.at, each.by, each.done_at,
         removal_words.total(each.rows))
        for each in keeping.removed(request.partnership)
    ]  # fmt: skip
    headings = ("Case", "Closed", "Approved", "By", "Removed", "Rows")
    return csv_response(f"case-reviews-removed-{clock.today().isoformat()}", headings, lines)


@policy(Partnership, GET="remove old cases", POST="remove old cases")
def kept_case(request: HttpRequest, reference: str) -> HttpResponse:
    """What would go of one case, and the button that approves it."""
    _require(request)
    due = _due(request, reference)
    if request.method == "POST":
        return _approved(request, due)
    counted = retention.dry_run(due.application)
    context = {
        "due": due, "lines": removal_words.lines(counted), "total": removal_words.total(counted),
    }  # fmt: skip
    return render(request, "triggers/kept_case.html", context)


def _approved(request: HttpRequest, due: Due) -> HttpResponse:
    here = address(request, "kept")
    if "sure" not in request.POST:
        messages.error(request, "Tick the box to say that you have looked at what goes.")
        return redirect(address(request, "kept_case", due.application.reference))
    try:
        retention.approve(due.application, by=request.user)
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
    else:
        messages.success(
            request, f"{due.application} is removed within a minute. Until then you can keep it."
        )
    return redirect(here)


@policy(Partnership, POST="remove old cases")
def kept_take_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep a case after all, before it is removed."""
    _require(request)
    due = _due(request, reference)
    return do(
        request, lambda: retention.take_back(due.application, by=request.user),
        done=f"{due.application} is kept.", to=address(request, "kept"),
    )  # fmt: skip


def _require(request: HttpRequest) -> None:
    require(can(request.user, "remove old cases", request.partnership))


def _due(request: HttpRequest, reference: str) -> Due:
    """The case, if its time is over; else 404: nobody learns here of a case that is not."""
    for each in keeping.due(request.partnership, clock.today()):
        if each.application.reference == reference:
            return each
    raise Http404
