"""How agencies keep to their duty, for the board and its officers: numbers of all reviews."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core import clock
from core.exports import csv_response
from core.permissions import can, policy, require
from dhr.queries import compliance as queries
from dhr.views.frame import stamp
from membership.models import Partnership

HEADINGS = (
    "Agency", "Year", "Asked", "On time", "Late", "Days late in all", "Sent back",
    "Not answered", "Taken to the chair",
)  # fmt: skip


def _year(request: HttpRequest) -> int | None:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdecimal() and len(asked) == 4 else None


@policy(Partnership, "read death review compliance")
def compliance(request: HttpRequest) -> HttpResponse:
    """Each agency by year, and over all years."""
    require(can(request.user, "read death review compliance", request.partnership))
    year = _year(request)
    records = queries.compliance(request.partnership, year=year)
    context = {
        "records": records,
        "together": queries.together(records) if year is None else [],
        "years": queries.years(request.partnership),
        "year": year,
    }
    return render(request, "dhr/compliance.html", context)


@policy(Partnership, "read death review compliance")
def compliance_csv(request: HttpRequest) -> HttpResponse:
    """The same as a CSV file, with the name of who took it."""
    require(can(request.user, "read death review compliance", request.partnership))
    records = queries.compliance(request.partnership, year=_year(request))
    lines = [
        (each.agency, each.year, *(getattr(each, name) for name in queries.COUNTS))
        for each in records
    ]
    name = f"death-reviews-compliance-{clock.today().isoformat()}"
    return csv_response(name, HEADINGS, [*lines, [stamp(request)]])
