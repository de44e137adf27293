"""Asking for a review: the page it begins on, a lost link, and what is asked apart from it."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from core import clock
from core.permissions import can, policy, require
from core.workflow import Wrong
from membership.models import Partnership
from triggers import links
from triggers.forms.applying import ending
from triggers.forms.applying.equality import Equality
from triggers.models import Channel, ShownName
from triggers.queries import drafts, live
from triggers.views.link import around, posted, sealed
from triggers.workflow import applying, equality, limits, wishes

TITLES = {
    ShownName.CASE_REVIEW: "Ask for an anti-social behaviour case review",
    ShownName.TRIGGER: "Ask for a Community Trigger review",
    ShownName.BOTH: "Ask for an anti-social behaviour case review",
}


def address_of(request: HttpRequest) -> str:
    """Where a request comes from, as the proxy in front of us says."""
    return get_adapter().get_client_ip(request)


@login_not_required
@policy(Partnership, GET="apply for a review", POST="apply for a review")
def apply(request: HttpRequest) -> HttpResponse:
    """What a review is and who may ask for it; sent, a draft begins."""
    require(can(request.user, "apply for a review", request.partnership))
    form = ending.Begin(posted(request))
    if request.method != "POST":
        return _start(request, form)
    if form.caught or not limits.may("apply", address_of(request)):
        return _limited(request)
    try:
        application = applying.begin(request.partnership, channel=Channel.ONLINE)
    except Wrong:  # closed meanwhile: the page says so, and what else can be done
        return _start(request, form)
    return sealed(redirect(links.path(application)))


def _start(request: HttpRequest, form: ending.Begin) -> HttpResponse:
    shared = around(request)
    procedure, rule = shared["procedure"], drafts.rule_on(clock.today())
    context: dict[str, Any] = {"form": form, "title": TITLES[ShownName.BOTH]}
    if procedure is not None:
        context |= {
            "title": TITLES[ShownName(procedure.shown_name)],
            "once_called": procedure.shown_name == ShownName.BOTH,
            "needed": procedure.complaints_needed,
        }
    if procedure is not None and rule is not None:
        needed = min(procedure.complaints_needed, rule.complaints_at_most)
        context |= {
            "times": live.times(needed), "needed": needed, "fewer": live.number(needed),
            "apply_within": live.months(rule.apply_within),
            "report_within": live.months(rule.report_within),
        }  # fmt: skip
    return render(request, "triggers/apply/start.html", shared | context)


def _limited(request: HttpRequest) -> HttpResponse:
    """Too many came from one address, or in all: how else to reach us."""
    return render(request, "triggers/apply/limited.html", around(request), status=429)


@login_not_required
@policy(Partnership, GET="apply for a review", POST="apply for a review")
def lost_link(request: HttpRequest) -> HttpResponse:
    """A lost link, sent again to the safe address only. The answer is always the same."""
    require(can(request.user, "apply for a review", request.partnership))
    form = ending.LostLink(posted(request))
    asked = False
    if form.is_bound and form.is_valid():
        if form.caught or not limits.may("lost link", address_of(request)):
            return _limited(request)
        said = form.cleaned_data
        wishes.wish_again(request.partnership, reference=said["reference"], email=said["email"])
        asked = True
    context = {"form": form, "asked": asked, **around(request)}
    return sealed(render(request, "triggers/apply/lost_link.html", context))


@login_not_required
@policy(Partnership, GET="apply for a review", POST="apply for a review")
def equality_questions(request: HttpRequest) -> HttpResponse:
    """Questions about equality. Nothing leads from the answers to a case, or back."""
    require(can(request.user, "apply for a review", request.partnership))
    form = Equality(posted(request))
    thanked = False
    if form.is_bound and form.is_valid():
        if not limits.may("equality", address_of(request)):
            return _limited(request)
        equality.keep(request.partnership, answers=form.cleaned_data)
        thanked = True
    context = {"form": form, "thanked": thanked, **around(request)}
    return sealed(render(request, "triggers/apply/equality.html", context))


@login_not_required
@policy(Partnership, "apply for a review")
def deleted(request: HttpRequest) -> HttpResponse:
    """Everything that was told is deleted. Nothing here says whose it was."""
    require(can(request.user, "apply for a review", request.partnership))
    return sealed(render(request, "triggers/apply/deleted.html", around(request)))


@policy(Partnership, GET="take an application", POST="take an application")
def take(request: HttpRequest) -> HttpResponse:
    """An officer writes down an application that comes by telephone, by post or in person."""
    require(can(request.user, "take an application", request.partnership))
    form = ending.Take(posted(request))
    if form.is_bound and form.is_valid():
        try:
            application = applying.begin(
                request.partnership, channel=form.cleaned_data["channel"], by=request.user
            )
            return sealed(redirect(links.path(application)))
        except Wrong as wrong:
            form.add_error(None, wrong)
    begun = [
        (each, links.path(each)) for each in drafts.drafts_of(request.user, request.partnership)
    ]
    context = {
        "form": form, "drafts": begun,
        "cases_url": reverse("triggers:cases", args=[request.partnership.slug]),
    }  # fmt: skip
    return sealed(render(request, "triggers/apply/take.html", context))
