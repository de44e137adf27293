"""The reviews on which a person sits, and the page of one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

import audit.workflow
from core import clock
from core.components import Link, View
from core.exports import csv_response
from core.forms import say_wrong
from core.permissions import can, policy, require
from core.workflow import Wrong
from dhr.exports.reviews import REVIEWS, review_lines
from dhr.forms import reviews as forms
from dhr.models import Death, Review
from dhr.queries import caseload, people, progress, shown
from dhr.views.asking import ask, do
from dhr.views.frame import address, emergency, opened, page, stamp
from dhr.workflow import life, notifying, seating
from membership.models import Partnership
from membership.queries import known_agencies


@policy(Partnership, "read death reviews")
def index(request: HttpRequest) -> HttpResponse:
    """To one's own reviews, or to the overview, where one may read that only."""
    require(can(request.user, "read death reviews", request.partnership))
    if can(request.user, "read own death reviews", request.partnership):
        return redirect(address(request, "reviews"))
    return redirect(address(request, "oversight"))


@policy(Partnership, "read own death reviews")
def reviews(request: HttpRequest) -> HttpResponse:
    """The reviews on which the person sits, by what comes next."""
    require(can(request.user, "read own death reviews", request.partnership))
    view, sort, rows = _chosen(request)
    _read(request, rows)
    here = address(request, "reviews")
    takes = can(request.user, "take death notifications", request.partnership)
    listed = caseload.in_order(caseload.in_view(rows, view), sort)
    context = {
        "rows": listed,
        "any": bool(rows),
        "sort": sort or "next",
        "views": [
            View(label, len(caseload.in_view(rows, name)), f"{here}?view={name}", name == view)
            for name, label in caseload.VIEWS.items()
        ],
        "says": caseload.says(len(listed), view),
        "csv_url": f"{address(request, 'reviews_csv')}?view={view}" if listed else "",
        "parts": caseload.parts(request.user, request.partnership),
        "left": people.without_officer(request.partnership) if takes else [],
        "arrangement": people.arrangement_of(request.partnership),
        "links": _links(request),
    }
    return render(request, "dhr/reviews.html", context)


@policy(Partnership, "read own death reviews")
def reviews_csv(request: HttpRequest) -> HttpResponse:
    """The same rows as a CSV file, with the name of who took it."""
    require(can(request.user, "read own death reviews", request.partnership))
    view, sort, rows = _chosen(request)
    listed = [row for row in caseload.in_order(caseload.in_view(rows, view), sort) if row.opens]
    _read(request, listed)
    name = f"death-reviews-{request.partnership.slug}-{clock.today().isoformat()}"
    return csv_response(name, REVIEWS, [*review_lines(listed), [stamp(request)]])


def _read(request: HttpRequest, rows: list[caseload.Row]) -> None:
    """The list says under which pseudonym each review is known, so reading it is on record."""
    audit.workflow.record_reads(
        [row.review for row in rows if row.opens], by=request.user, partnership=request.partnership
    )


def _chosen(request: HttpRequest) -> tuple[str, str, list[caseload.Row]]:
    view = request.GET.get("view", "open")
    view = view if view in caseload.VIEWS else "open"
    sort = request.GET.get("sort", "")
    sort = sort if sort.removeprefix("-") in caseload.SORTS else ""
    return view, sort, caseload.rows(request.user, request.partnership)


def _links(request: HttpRequest) -> list[Link]:
    links = []
    for label, name, verb in (
        ("Take a notification", "review_notify", "take death notifications"),
        ("Asked of your agency", "asked", "read what is asked for death reviews"),
        ("How agencies give information", "compliance", "read death review compliance"),
        ("How reviews are held here", "arrangement", "read death review arrangement"),
        ("All action plans in numbers", "oversight", "oversee death reviews"),
        ("Search recommendations", "lessons", "read own death reviews"),
        ("Learning library", "learning_list", "write learning"),
        ("What is kept how long", "kept", "remove old death reviews"),
    ):
        if can(request.user, verb, request.partnership):
            links.append(Link(label, address(request, name)))
    return [*links, *emergency(request)]


# ---- a notification -----------------------------------------------------------------------------


@policy(Partnership, GET="take death notifications", POST="take death notifications")
def review_notify(request: HttpRequest) -> HttpResponse:
    """Take a notification, such as the police send it."""
    require(can(request.user, "take death notifications", request.partnership))
    arrangement = people.arrangement_of(request.partnership)
    if arrangement is None:
        return redirect(address(request, "arrangement"))
    form = forms.NotificationForm(
        request.POST or None, agencies=_agencies(request), cancel=address(request, "reviews"),
        initial={"led_by": arrangement.led_by} if arrangement.led_by else None,
    )  # fmt: skip
    try:
        if form.is_bound and form.is_valid():
            review = notifying.notify(request.partnership, **form.said(), by=request.user)
            messages.success(request, f"The notification is saved as {review.reference}.")
            return redirect(review)
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
    except ValidationError as wrong:
        say_wrong(form, wrong)
    context = {"form": form, "title": "Take a notification"}
    return render(request, "dhr/notify.html", context)


def _agencies(request: HttpRequest) -> object:
    return known_agencies(request.partnership, request.user).order_by("name")


@policy(Partnership, POST="take death notifications")
def review_take_on(request: HttpRequest, reference: str) -> HttpResponse:
    """Take on a review that nobody works on any more."""
    require(can(request.user, "take death notifications", request.partnership))
    return do(
        request, lambda: seating.take_on(request.partnership, reference=reference, by=request.user),
        done="The review is yours now.", to=address(request, "reviews"),
    )  # fmt: skip


# ---- the page of one ----------------------------------------------------------------------------


@policy(Review, "view")
def review(request: HttpRequest, reference: str) -> HttpResponse:
    """One review: how far it is, what comes next, what is known, who was told."""
    found = opened(request, reference)
    context = shown.shown(found, request.user)
    if context["next"] and context["next"].page:
        context["next_url"] = address(request, context["next"].page, found.reference)
    return page(request, "dhr/review.html", found, "review", context)


@policy(Review, GET="work on", POST="work on")
def review_change(request: HttpRequest, reference: str) -> HttpResponse:
    """Correct what the notification said."""
    found = opened(request, reference, "work on")
    return ask(
        request, found,
        lambda data: forms.ChangeForm(
            data, instance=opened(request, reference), agencies=_agencies(request),
            cancel=found.get_absolute_url(),
        ),
        lambda **said: notifying.change(found, **said, by=request.user),
        title="Correct the notification", done="It is corrected.",
        intro="The day of the notification stands: dates count from it.",
    )  # fmt: skip


@policy(Review, GET="work on", POST="work on")
def death_add(request: HttpRequest, reference: str) -> HttpResponse:
    """Add another death."""
    found = opened(request, reference, "work on")
    return ask(
        request, found, lambda data: forms.DeathForm(data, cancel=found.get_absolute_url()),
        lambda **said: notifying.add_death(found, **said, by=request.user),
        title="Add a death", done="The death is added.",
    )  # fmt: skip


@policy(Review, GET="work on", POST="work on")
def death_change(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Correct what is known of a death."""
    found = opened(request, reference, "work on")
    death = _death(found, number)
    was = {name: getattr(death, name) for name in notifying.OF_DEATH}
    return ask(
        request, found,
        lambda data: forms.DeathForm(data, initial=was, cancel=found.get_absolute_url()),
        lambda **said: notifying.change_death(death, **said, by=request.user),
        title=f"Correct death {number}", done="It is corrected.",
    )  # fmt: skip


@policy(Review, POST="work on")
def death_remove(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Take a death away that does not belong here."""
    found = opened(request, reference, "work on")
    death = _death(found, number)
    return do(
        request, lambda: notifying.remove_death(death, by=request.user),
        done="The death was taken away.", to=found,
    )  # fmt: skip


def _death(found: Review, number: int) -> Death:
    death = found.deaths.filter(number=number).first()
    if death is None:
        raise Http404
    return death


@policy(Review, GET="work on", POST="work on")
def review_close(request: HttpRequest, reference: str) -> HttpResponse:
    """Close a review in which nothing is left to do; before that, with a reason."""
    found = opened(request, reference, "work on")
    stands = progress.what_keeps_open(found)
    intro = f"Not done yet: {'; '.join(stands)}." if stands else ""
    return ask(
        request, found,
        lambda data: forms.CloseForm(data, early=bool(stands), cancel=found.get_absolute_url()),
        lambda **said: life.close(found, **said, by=request.user),
        title="Close the review", done="The review is closed.", intro=intro,
    )  # fmt: skip


@policy(Review, GET="work on", POST="work on")
def review_reopen(request: HttpRequest, reference: str) -> HttpResponse:
    """Open a review again that was published or closed."""
    found = opened(request, reference, "work on")
    return ask(
        request, found, lambda data: forms.ReopenForm(data, cancel=found.get_absolute_url()),
        lambda **said: life.reopen(found, **said, by=request.user),
        title="Open the review again", done="The review is open again.",
        intro="What was published stays on the site until you take it off or publish again.",
    )  # fmt: skip
