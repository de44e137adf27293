"""Recommendations of all one's reviews: searched, and taken as a file."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core import clock
from core.exports import csv_response
from core.markings import Marking
from core.permissions import can, policy, require
from dhr.exports import plans as exports
from dhr.forms.plans import LessonFilter
from dhr.queries import lessons
from dhr.queries import plans as queries
from dhr.views.frame import address, read_all, stamp
from membership.models import Partnership

PAGE = 50


def _chosen(request: HttpRequest) -> lessons.Chosen:
    said = {
        name: request.GET.get(name, "").replace("\0", "").strip()
        for name in ("words", "theme", "body", "view")
    }
    return lessons.Chosen(**{**said, "view": said["view"] if said["view"] in queries.VIEWS else ""})


@policy(Partnership, "read own death reviews")
def lessons_list(request: HttpRequest) -> HttpResponse:
    """What was recommended in the reviews on which the person sits, and how far it is."""
    require(can(request.user, "read own death reviews", request.partnership))
    whole = lessons.searched(request.user, lessons.Chosen())
    chosen = _chosen(request)
    found = whole if chosen == lessons.Chosen() else lessons.searched(request.user, chosen)
    listed = Paginator(found, PAGE).get_page(request.GET.get("page"))
    _read(request, list(listed))
    context = {
        "page": listed,
        "found": len(found),
        "any": whole,
        "filter": LessonFilter(request.GET, bodies=queries.bodies(whole)),
        "counted": _counted(request),
        "here": address(request, "lessons"),
    }
    return render(request, "dhr/lessons.html", context)


def _counted(request: HttpRequest) -> list[lessons.Counted]:
    """How often each theme came up, for the officers of the standing panel: numbers only."""
    if not can(request.user, "take death notifications", request.partnership):
        return []
    return lessons.counted(request.partnership)


def _read(request: HttpRequest, blocks: list[queries.Block]) -> None:
    """What is listed is read in each review that it stands in."""
    read_all(request, lessons.reviews_of(blocks))


@policy(Partnership, "read own death reviews")
def lessons_csv(request: HttpRequest) -> HttpResponse:
    """The same as a CSV file, with the name of who took it."""
    require(can(request.user, "read own death reviews", request.partnership))
    found = lessons.searched(request.user, _chosen(request))
    _read(request, found)
    for review in lessons.reviews_of(found):
        of: Any = [each for each in found if each.recommendation.review_id == review.pk]
        if exports.named_in(review, of):
            messages.error(
                request,
                f"It cannot be taken as a file: the plan of {review.reference} holds a name of its "
                "key. Look through it.",
            )
            return redirect(address(request, "lessons"))
    name = f"death-review-lessons-{request.partnership.slug}-{clock.today().isoformat()}"
    rows = [*exports.lesson_lines(found), (f"{Marking.SENSITIVE.label}. {stamp(request)}",)]
    return csv_response(name, exports.LESSONS, rows)
