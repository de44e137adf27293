"""Who is on a review, who has opened it, and what was done: one page, and its files."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from core import clock
from core.dates import moment
from core.exports import csv_response
from core.permissions import policy
from dhr.models import ConflictCheck, Review, SeatReason
from dhr.queries import keeping
from dhr.views.frame import opened, page, read, stamp
from membership.queries import panels

PAGE = 50


@policy(Review, "view")
def review_people(request: HttpRequest, reference: str) -> HttpResponse:
    """Who can open the review since when and through whom; who has; what was done."""
    review = opened(request, reference)
    reads = Paginator(panels.reads_of(review.group), PAGE).get_page(request.GET.get("page"))
    checks = ConflictCheck.objects.visible_to(request.user).filter(review=review)
    reasons = SeatReason.objects.visible_to(request.user).filter(review=review)
    context = {
        "on_review": panels.people_of(review.group),
        "past": panels.past_people(review.group_id),
        "checks": checks.select_related("person", "by"),
        "reasons": reasons.select_related("person", "by"),
        "reads": reads,
        "deeds": panels.deeds_of(review.group)[:PAGE],
        **keeping.shown(review),
    }
    return page(request, "dhr/people.html", review, "review_people", context)


@policy(Review, "view")
def review_reads_csv(request: HttpRequest, reference: str) -> HttpResponse:
    """Every time that something of the review was opened, and by whom."""
    review = opened(request, reference)
    read(request, review)
    lines = [(moment(each.at), each.actor_name, each.kind, each.subject)
             for each in panels.reads_of(review.group)]  # fmt: skip
    return _file(request, review, "read", ("When", "Who", "What", "Which"), lines)


@policy(Review, "view")
def review_deeds_csv(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything that was done in the review, by whom and when."""
    review = opened(request, reference)
    read(request, review)
    lines = [(moment(each.at), each.actor_name or "The system", each.verb, each.subject)
             for each in panels.deeds_of(review.group)]  # fmt: skip
    return _file(request, review, "done", ("When", "Who", "Did", "To what"), lines)


def _file(request: HttpRequest, review: Review, what: str, head: Any, lines: Any) -> HttpResponse:
    name = f"{review.reference}-{what}-{clock.today().isoformat()}"
    return csv_response(name, head, [*lines, [stamp(request)]])
