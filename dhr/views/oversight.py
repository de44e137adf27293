"""The board's view of every action plan: numbers, a file, the progress report and its agenda."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core import clock
from core.components import Link
from core.dates import longdate
from core.exports import csv_response
from core.forms import say_wrong
from core.pdf import PDFUnavailable
from core.permissions import can, policy, require
from core.workflow import Wrong
from dhr import renditions
from dhr.exports.oversight import COLUMNS, lines
from dhr.forms.oversight import AgendaForm
from dhr.queries import oversight as queries
from dhr.views.frame import address
from dhr.workflow import reporting
from meetings.models import BEFORE, Item
from membership.models import Partnership

READ, REPORT = "oversee death reviews", "report on death reviews"


def _found(request: HttpRequest, verb: str = READ) -> queries.Oversight:
    require(can(request.user, verb, request.partnership))
    return queries.oversight(request.partnership, clock.today())


@policy(Partnership, READ)
def oversight(request: HttpRequest) -> HttpResponse:
    """Every plan, by agency, what is overdue and what is not shown, on one page."""
    context = {
        "found": _found(request), "states": list(queries.STATES.values()), "links": _links(request),
        "reports": can(request.user, REPORT, request.partnership),
        "csv_url": address(request, "oversight_csv"),
    }  # fmt: skip
    return render(request, "dhr/oversight.html", context)


def _links(request: HttpRequest) -> list[Link]:
    links = [Link("Progress report (PDF)", address(request, "oversight_pdf"))]
    for label, name, verb in (
        ("Your reviews", "reviews", "read own death reviews"),
        ("How agencies give information", "compliance", "read death review compliance"),
        ("Learning library", "library", "read learning library"),
    ):
        if can(request.user, verb, request.partnership):
            links.append(Link(label, address(request, name)))
    return links


@policy(Partnership, READ)
def oversight_csv(request: HttpRequest) -> HttpResponse:
    """The same numbers as a CSV file."""
    found = _found(request)
    return csv_response(_name(request), COLUMNS, lines(found))


@policy(Partnership, READ)
def oversight_pdf(request: HttpRequest) -> HttpResponse:
    """The progress report."""
    found = _found(request)
    try:
        made = renditions.progress(request.partnership, found)
    except PDFUnavailable as missing:
        messages.error(request, str(missing))
        return redirect(address(request, "oversight"))
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{_name(request)}.pdf"'
    return response


def _name(request: HttpRequest) -> str:
    return f"death-reviews-progress-{request.partnership.slug}-{clock.today().isoformat()}"


@policy(Partnership, GET=REPORT, POST=REPORT)
def oversight_agenda(request: HttpRequest) -> HttpResponse:
    """Put the progress report on an agenda of the board or of the scrutiny committee."""
    require(can(request.user, REPORT, request.partnership))
    back = address(request, "oversight")
    form = AgendaForm(request.POST or None, items=_items(request), cancel=back)
    try:
        if form.is_valid():
            item = form.items[form.cleaned_data["item"]]
            paper = reporting.put_on_agenda(
                request.partnership, item=item, says=form.cleaned_data["says"], by=request.user
            )
            meeting = item.meeting
            messages.success(
                request, f"It is paper {paper.letter} of the meeting on {longdate(meeting.on)}."
            )
            return redirect(meeting)
    except (Wrong, PDFUnavailable) as wrong:
        form.add_error(None, str(wrong) if isinstance(wrong, PDFUnavailable) else wrong.messages[0])
    except ValidationError as wrong:
        say_wrong(form, wrong)
    return render(
        request,
        "dhr/oversight_agenda.html",
        {"form": form, "title": "Put the progress report on an agenda"},
    )


def _items(request: HttpRequest) -> Any:
    """Items of coming meetings on which this person may put a paper."""
    found = Item.objects.visible_to(request.user).of(request.partnership)
    found = found.filter(
        meeting__status__in=BEFORE, meeting__group__kind__in=reporting.BOARDS
    ).select_related("meeting__group__partnership")
    return [
        each for each in found.order_by("meeting__on", "position")
        if can(request.user, "edit agenda", each.meeting)
    ]  # fmt: skip
