"""For everybody: how to ask for a review, the procedure, and the figures of all years."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.exports import csv_response
from core.permissions import can, policy, require
from membership.models import Partnership
from triggers.queries import drafts, statistics

READ = "read case review figures"


@login_not_required
@policy(Partnership, READ)
def public(request: HttpRequest) -> HttpResponse:
    """The page that the law asks for: procedure, contact point, and the four figures."""
    require(can(request.user, READ, request.partnership))
    procedure = drafts.procedure_of(request.partnership)
    years = [each for each in statistics.years(request.partnership) if each.published]
    name = procedure.get_shown_name_display() if procedure else "ASB case review"
    context = {
        "procedure": procedure, "years": years, "title": name,
        "corrected": [
            (each, statistics.earlier(each.published)) for each in years
            if each.published and each.published.corrected_because
        ],
        "sources": list(dict.fromkeys(
            each.published.source for each in years if each.published and each.published.source
        )),
        "labels": list(statistics.LABELS.values()),
    }  # fmt: skip
    return render(request, "triggers/figures/public.html", context)


@login_not_required
@policy(Partnership, READ)
def public_csv(request: HttpRequest) -> HttpResponse:
    """The published figures as a CSV file; what was not published is empty."""
    require(can(request.user, READ, request.partnership))
    years = statistics.years(request.partnership)
    name = f"case-reviews-{request.partnership.slug}"
    return csv_response(name, statistics.COLUMNS, statistics.lines(years))
