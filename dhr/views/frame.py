"""The frame of a review's pages: who may know of it, that it was read, its heading and its tabs.

Each page of a review extends ``dhr/review_frame.html`` and is shown by ``page``, which writes the
read entry before anything is rendered. A file of a review is made after ``read``.
"""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

import audit.workflow
from core.components import Link
from core.permissions import can, load
from dhr.exports.stamped import taken_by
from dhr.models import Review
from dhr.queries import caseload, people
from membership.models import Partnership
from membership.queries import panels

# What a review's sub-navigation offers: its words, its address, and the verb that it stands under.
TABS = [
    ("Review", "review", "view"),
    ("Panel", "review_panel", "view"),
    ("Information", "review_information", "view"),
    ("Chronology", "review_chronology", "view"),
    ("Key", "review_key", "open key"),
    ("Plan", "review_plan", "view"),
    ("Report and publication", "review_report", "view"),
    ("People and record", "review_people", "view"),
]


def address(request: HttpRequest, name: str, *args: Any) -> str:
    """The address of a page of this room, in the partnership."""
    return reverse(f"dhr:{name}", args=[request.partnership.slug, *args])


def emergency(request: HttpRequest) -> list[Link]:
    """Where two people open a review to one of them for an hour, for those who may."""
    if not can(request.user, "ask emergency reading", request.partnership):
        return []
    url = reverse("membership:emergencies", args=[request.partnership.slug])
    return [Link("Emergency reading", url)]


def opened(request: HttpRequest, reference: str, verb: str = "view") -> Review:
    """The review with this reference, if the person sits on it and may do this; else 404 or 403."""
    return load(request, Review, verb, reference=reference)


def read(request: HttpRequest, review: Review) -> None:
    """Write down that the person reads of this review, before anything of it is shown."""
    audit.workflow.record_read(
        review, by=request.user, partnership=request.partnership, group=review.group
    )


def read_all(request: HttpRequest, reviews: Iterable[Review]) -> None:
    """The same of several reviews, each in the record of the partnership that holds it."""
    held: dict[Partnership, list[Review]] = {}
    for each in reviews:
        held.setdefault(each.partnership, []).append(each)
    for partnership, own in held.items():
        audit.workflow.record_reads(own, by=request.user, partnership=partnership)


def page(
    request: HttpRequest, template: str, review: Review, tab: str, context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    """Show a page of a review, after it is on record who reads it."""
    read(request, review)
    return render(request, template, {**frame(request, review, tab), **context}, status=status)


def frame(request: HttpRequest, review: Review, tab: str) -> dict[str, Any]:
    """What every page of a review shows around its own matter."""
    number = panels.how_many_can_open(review.group)
    can_open = "1 person" if number == 1 else f"{number} people"
    arrangement = people.arrangement_of(review.partnership)
    law = arrangement.name_on(review.notified_on) if arrangement else "Death review"
    return {
        "review": review,
        "law": law,
        "state": caseload.state(review),
        "tabs": list(_tabs(request, review, tab)),
        "can_open": f"{can_open} can open this review. Your reading it has been recorded.",
        "people_url": address(request, "review_people", review.reference),
        "works": can(request.user, "work on", review),
        "settles": can(request.user, "settle", review),
    }


def _tabs(request: HttpRequest, review: Review, tab: str) -> Any:
    for label, name, verb in TABS:
        try:
            url = address(request, name, review.reference)
        except NoReverseMatch:
            continue
        if can(request.user, verb, review):
            yield Link(label, url, current=name == tab)


def stamp(request: HttpRequest) -> str:
    """Who took a file and when: it stands in every file of a review."""
    return taken_by(request.user)
