"""Closed reviews whose time is over: listed by reference, counted, approved, removed; and legal
holds."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core import clock, removal_words
from core.exports import csv_response
from core.permissions import can, policy, require
from core.workflow import Wrong
from dhr.forms import keeping as forms
from dhr.models import Review
from dhr.queries import keeping
from dhr.queries.keeping import Due
from dhr.views.asking import ask, do
from dhr.views.frame import address, opened
from dhr.workflow import retention
from membership.models import Partnership

PAGE = 50
TAB = "review_people"
CALLED = {"dhr.KeyEntry": "Entries of the key", "dhr.Misfit": "What did not fit"}


@policy(Partnership, "remove old death reviews")
def kept(request: HttpRequest) -> HttpResponse:
    """The reviews whose time is over, and those that were removed: references and dates only."""
    _require(request)
    due = keeping.due(request.partnership, clock.today())
    removed = Paginator(keeping.removed(request.partnership), PAGE)
    context = {
        "due": due, "years": keeping.years_kept(request.partnership),
        "removed": removed.get_page(request.GET.get("page")),
        "csv_url": address(request, "kept_csv") if removed.count else "",
    }  # fmt: skip
    return render(request, "dhr/kept.html", context)


@policy(Partnership, "remove old death reviews")
def kept_csv(request: HttpRequest) -> HttpResponse:
    """What was removed, when and by whom, as a file."""
    _require(request)
    lines = [
        (each.review.reference, each.review.closed_on, each.at, each.by, each.done_at,
         removal_words.total(each.rows))
        for each in keeping.removed(request.partnership)
    ]  # fmt: skip
    headings = ("Review", "Closed", "Approved", "By", "Removed", "Rows")
    return csv_response(f"death-reviews-removed-{clock.today().isoformat()}", headings, lines)


@policy(Partnership, GET="remove old death reviews", POST="remove old death reviews")
def kept_review(request: HttpRequest, reference: str) -> HttpResponse:
    """What would go of one review, and the button that approves it."""
    _require(request)
    due = _due(request, reference)
    if request.method == "POST":
        return _approved(request, due)
    counted = retention.dry_run(due.review)
    context = {
        "due": due, "lines": removal_words.lines(counted, CALLED),
        "total": removal_words.total(counted),
    }  # fmt: skip
    return render(request, "dhr/kept_review.html", context)


def _approved(request: HttpRequest, due: Due) -> HttpResponse:
    here = address(request, "kept")
    if "sure" not in request.POST:
        messages.error(request, "Tick the box to say that you have looked at what goes.")
        return redirect(address(request, "kept_review", due.review.reference))
    try:
        retention.approve(due.review, by=request.user)
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
    else:
        messages.success(
            request, f"{due.review} is removed within a minute. Until then you can keep it."
        )
    return redirect(here)


@policy(Partnership, POST="remove old death reviews")
def kept_take_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep a review after all, before it is removed."""
    _require(request)
    due = _due(request, reference)
    return do(
        request, lambda: retention.take_back(due.review, by=request.user),
        done=f"{due.review} is kept.", to=address(request, "kept"),
    )  # fmt: skip


def _require(request: HttpRequest) -> None:
    require(can(request.user, "remove old death reviews", request.partnership))


def _due(request: HttpRequest, reference: str) -> Due:
    """The review, if its time is over; else 404: nobody learns here of one that is not."""
    for each in keeping.due(request.partnership, clock.today()):
        if each.review.reference == reference:
            return each
    raise Http404


# ---- legal holds --------------------------------------------------------------------------------


@policy(Review, GET="work on", POST="work on")
def hold_put(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep everything of a review as it is."""
    review = opened(request, reference, "work on")
    back = address(request, TAB, reference)
    return ask(
        request, review, lambda data: forms.HoldForm(data, cancel=back),
        lambda reason: retention.put_hold(review, reason=reason, by=request.user),
        title="Put a legal hold on the review", to=back, tab=TAB,
        done="The hold is on. Nothing of the review is removed while it lasts.",
        intro="Nothing of the review is removed while a hold lasts, however old it is. "
        "Its officers are told.",
    )  # fmt: skip


@policy(Review, GET="work on", POST="work on")
def hold_lift(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Let go of a hold."""
    review = opened(request, reference, "work on")
    hold = review.holds.filter(pk=pk).select_related("by").first()
    if hold is None:
        raise Http404
    back = address(request, TAB, reference)
    return ask(
        request, review, lambda data: forms.LiftForm(data, cancel=back),
        lambda because: retention.lift_hold(hold, because=because, by=request.user),
        title="Lift the legal hold", to=back, done="The hold is lifted.", tab=TAB,
        intro=f"It was put by {hold.by}: {hold.reason}",
    )  # fmt: skip
