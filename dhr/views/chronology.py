"""The combined chronology of a review: read, filtered, taken as a file, its differences settled."""

from functools import partial
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from audit.workflow import record
from core import pdf
from core.exports import csv_response
from core.markings import Marking
from core.permissions import can, policy
from dhr.exports import chronology as exports
from dhr.forms.information import ChronologyFilter, SettleForm
from dhr.models import Review
from dhr.queries import combined as queries
from dhr.views.asking import ask, do
from dhr.views.frame import address, opened, page, read, stamp
from dhr.workflow import fitting
from documents.files import download

CHOICES = ("agency", "kind")
FILES = [("csv", "CSV"), ("xlsx", "Excel"), ("pdf", "PDF")]
LINES = 200  # on a page; files hold all
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _lines(request: HttpRequest, found: queries.Combined) -> list[queries.Line]:
    return found.chosen(**{name: request.GET.get(name, "") for name in CHOICES})


@policy(Review, "view")
def review_chronology(request: HttpRequest, reference: str) -> HttpResponse:
    """All chronologies in one order, with what does not fit, by pseudonym."""
    review = opened(request, reference)
    found = queries.combined(review)
    lines = _lines(request, found)
    context = {
        "found": found,
        "lines": Paginator(lines, LINES).get_page(request.GET.get("page")),
        "chosen": len(lines),
        "filter": ChronologyFilter(request.GET, agencies=found.sources),
        "here": address(request, "review_chronology", reference),
        "settles": can(request.user, "settle", review),
        "query": urlencode({name: request.GET.get(name, "") for name in CHOICES}),
        "files": FILES,
    }
    return page(request, "dhr/review_chronology.html", review, "review_chronology", context)


@policy(Review, "view")
def chronology_file(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """The same as CSV, XLSX or PDF: by pseudonym, with the name of who took it, and on record.

    Refused where a name of the key would still be in it.
    """
    review = opened(request, reference)
    if kind not in ("csv", "xlsx", "pdf"):
        raise Http404
    read(request, review)
    found = queries.combined(review)
    lines = _lines(request, found)
    back = address(request, "review_chronology", reference)
    left = queries.names_left(review, found)
    if left:
        messages.error(
            request,
            "It cannot be taken as a file: a name of the key would still be in it. Look through "
            "the lines and what was found out.",
        )
        return redirect(back)
    record(
        "took the combined chronology of", review, by=request.user, group=review.group,
        partnership=review.partnership, sensitive=True, detail={"as": kind},
    )  # fmt: skip
    name = f"{review.reference}-chronology"
    if kind == "csv":
        rows = [*exports.chronology_lines(lines), (f"{Marking.SENSITIVE.label}. {stamp(request)}",)]
        return csv_response(name, exports.CHRONOLOGY, rows)
    if kind == "xlsx":
        data = exports.workbook(lines, stamp(request))
        return download(data, XLSX, f"{name}.xlsx", marking=Marking.SENSITIVE)
    try:
        data = exports.document(review, found, lines, stamp(request))
    except pdf.PDFUnavailable as missing:
        messages.error(request, str(missing))
        return redirect(back)
    return download(data, "application/pdf", f"{name}.pdf", marking=Marking.SENSITIVE)


@policy(Review, GET="settle", POST="settle")
def difference_settle(request: HttpRequest, reference: str, kind: str, key: str) -> HttpResponse:
    """Say what was found out about a contradiction or a gap."""
    review = opened(request, reference, "settle")
    found = queries.misfit_of(review, kind, key)
    if found is None:
        raise Http404
    here = address(request, "review_chronology", reference)
    settled = found.settled.settled if found.settled else ""
    return ask(
        request, review,
        lambda posted: SettleForm(posted, initial={"settled": settled}, cancel=here),
        partial(fitting.settle, review, kind=kind, key=key, by=request.user),
        title=found.label, intro=f"{found.says}.", done="Saved.", to=here,
        tab="review_chronology",
    )  # fmt: skip


@policy(Review, POST="settle")
def difference_open(request: HttpRequest, reference: str, kind: str, key: str) -> HttpResponse:
    """Take back what was said about one."""
    review = opened(request, reference, "settle")
    return do(
        request, lambda: fitting.unsettle(review, kind=kind, key=key, by=request.user),
        done="It is open again.", to=address(request, "review_chronology", reference),
    )  # fmt: skip
