"""The pages of an agency: its people and posts, how it joined, left and was succeeded."""

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core import clock
from core.components import Fact, Link
from core.dates import longdate
from core.permissions import can, load, policy, require
from membership import forms, queries, workflow
from membership.models import Agency, Partner, Partnership, Place, Post, Seat, Signature
from membership.views.pages import at, form_page, people_crumb

OFFICERS_NEXT = "The officers of each partnership then say what goes over there."


def _agency(request: Any, slug: str) -> Agency:
    """The agency, if it is or was in the partnership where the reader may know; else 404."""
    known = queries.known_agencies(request.partnership, request.user)
    found = known.select_related("succeeds").filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def _crumbs(request: HttpRequest, agency: Agency) -> list[Link]:
    return [people_crumb(request), Link(agency.name, at(request, "agency", agency.slug))]


@policy(Partnership, "read directory")
def agency(request: HttpRequest, slug: str) -> HttpResponse:
    """Who sits for the agency, what it is to the partnership, and what it was called before."""
    partnership, today = request.partnership, clock.today()
    require(can(request.user, "read directory", partnership))
    agency = _agency(request, slug)
    visible = Seat.objects.visible_to(request.user).of(partnership).filter(agency=agency)
    every = list(queries.in_order(visible))
    partners = Partner.objects.visible_to(request.user).of(partnership).filter(agency=agency)
    partner = partners.select_related("liaison").order_by("-starts_on").first()
    context = {
        "agency": agency,
        "title": agency.name,
        "crumbs": [people_crumb(request)],
        "partner": partner,
        "seats": [seat for seat in every if not seat.ends_on or seat.ends_on > today],
        "past": queries.as_events(queries.past_seats(every, today), of="agency"),
        "vacancies": queries.vacancies(partnership, today, request.user, agency=agency),
        "posts": agency.posts.on(today),
        "signature": queries.current_signature(partnership, agency, today),
        "agreement": queries.agreement_on(partnership, today),
        "before": queries.line_of(agency)[1:],
        "successors": _successors(request, agency),
        "left_behind": partner and partner in queries.left_behind(partnership, today),
        "facts": _facts(request, agency, partner),
        "over": agency.ends_on is not None and agency.ends_on <= today,
        "may_change": can(request.user, "change", agency),
        "may_correct": can(request.user, "correct or end", agency),
        "may_keep": can(request.user, "manage agencies", partnership),
        "may_share": can(request.user, "manage sharing", partnership),
    }
    return render(request, "membership/agency.html", context)


def _successors(request: HttpRequest, agency: Agency) -> list[tuple[Agency, bool]]:
    """Which bodies took over, and whether each has a page in this partnership yet."""
    known = queries.known_agencies(request.partnership, request.user)
    found = agency.successors.annotate(known=Exists(known.filter(pk=OuterRef("pk"))))
    return [(each, each.known) for each in found]


def _facts(request: HttpRequest, agency: Agency, partner: Partner | None) -> list[Fact]:
    facts = [Fact("Kind", agency.get_kind_display())]
    if agency.statutory_basis:
        facts.append(Fact("Law", agency.statutory_basis))
    if partner:
        facts.append(Fact("Partner", "Statutory" if partner.statutory else "Invited"))
        facts.append(Fact("Joined", longdate(partner.starts_on), url=partner.joined_url))
        if partner.joined_because:
            facts.append(Fact("How", partner.joined_because))
        if partner.ends_on:
            facts.append(Fact("Left", longdate(partner.ends_on)))
        if partner.liaison:
            url = at(request, "person", partner.liaison.pk)
            facts.append(Fact("Liaison", partner.liaison, url=url))
    return facts


@policy(Partnership, GET="manage agencies", POST="manage agencies")
def agency_add(request: HttpRequest) -> HttpResponse:
    """Record a body that is not in the list yet."""
    where = request.partnership
    require(can(request.user, "manage agencies", where))
    form = forms.AgencyForm(request.POST or None)
    added = forms.ask(form, workflow.add_agency, by=request.user, partnership=where)
    if added:
        messages.success(request, f"{added} is in the list. Next, say when it joined.")
        return redirect(f"{at(request, 'partner_add')}?agency={added.pk}")
    return form_page(
        request, form, "Add an agency", [people_crumb(request)],
        intro="Add a body once. It becomes a partner on the next page.",
    )  # fmt: skip


@policy(Agency, GET="correct or end", POST="correct or end")
def agency_change(request: HttpRequest, slug: str) -> HttpResponse:
    """Mend what was entered wrongly."""
    require(can(request.user, "read directory", request.partnership))
    agency = _agency(request, slug)
    require(can(request.user, "correct or end", agency))
    form = forms.CorrectAgencyForm(request.POST or None, record=agency)
    where = {"partnership": request.partnership, "by": request.user}
    if forms.ask(form, lambda **given: workflow.correct_agency(agency, **given), **where):
        messages.success(request, "The entry is corrected.")
        return redirect(at(request, "agency", agency.slug))
    return form_page(
        request, form, f"Correct the entry of {agency}", _crumbs(request, agency),
        intro="Mend a mistake here. If the body got a new name, or another took over, record a "
        "successor instead: then old records keep the old name.",
    )  # fmt: skip


@policy(Agency, GET="correct or end", POST="correct or end")
def agency_succeed(request: HttpRequest, slug: str) -> HttpResponse:
    """Say which body took over; where that is known, what goes over to it here."""
    require(can(request.user, "read directory", request.partnership))
    old = _agency(request, slug)
    may_end = can(request.user, "correct or end", old)
    keeps = can(request.user, "manage agencies", request.partnership)
    known = old.successors.first()
    require(keeps if known else may_end)
    counts = _counts(request, old)
    if known:
        return _take_over(request, old, known, counts)
    return _succeed(request, old, counts, keeps=bool(keeps))


def _succeed(
    request: HttpRequest, old: Agency, counts: dict[str, int], *, keeps: bool
) -> HttpResponse:
    """Name the successor. Who keeps no partnership says only whether the posts go over."""
    then = "Its place in the partnership passes on, statutory if it was."
    if not keeps:
        counts, then = {"posts": counts["posts"]}, OFFICERS_NEXT
    form = forms.SucceedForm(request.POST or None, counts=counts)
    where = {"partnership": request.partnership, "by": request.user}
    new = forms.ask(form, lambda **given: workflow.succeed_agency(old, **given), **where)
    if new:
        says = f"{new} takes over from {old} on {longdate(new.starts_on)}."
        messages.success(request, says if keeps else f"{says} {then}")
        return redirect(at(request, "agency", new.slug if keeps else old.slug))
    return form_page(
        request, form, f"Which body took over from {old}?", _crumbs(request, old),
        intro=f"{old} keeps its name on every record before that day. {then}",
    )  # fmt: skip


def _take_over(
    request: HttpRequest, old: Agency, new: Agency, counts: dict[str, int]
) -> HttpResponse:
    form = forms.TakeOverForm(request.POST or None, counts=counts)

    def take_over(by: Any, **carried: bool) -> bool:
        carry = workflow.Carry(**carried)
        workflow.take_over(request.partnership, old=old, new=new, carry=carry, by=by)
        return True

    if forms.ask(form, take_over, by=request.user):
        messages.success(request, f"{new} has taken over from {old} here.")
        return redirect(at(request, "agency", new.slug))
    return form_page(
        request, form, f"{new} took over from {old}", _crumbs(request, old),
        intro=f"This was recorded on {longdate(new.starts_on)} for the body itself. "
        "Say what goes over in this partnership.",
    )  # fmt: skip


def _counts(request: Any, old: Agency) -> dict[str, int]:
    """How many of each there are to carry over, of what the officer may know."""
    where, user, today = request.partnership, request.user, clock.today()
    held = {
        "posts": Post.objects.filter(agency=old),
        "places": Place.objects.visible_to(user).of(where).filter(agency=old),
        "seats": Seat.objects.visible_to(user).of(where).filter(agency=old),
        "signatures": Signature.objects.visible_to(user).of(where).filter(agency=old),
    }
    return {name: records.not_over(today).count() for name, records in held.items()}


@policy(Partnership, GET="manage agencies", POST="manage agencies")
def partner_add(request: HttpRequest) -> HttpResponse:
    """An agency joins the partnership."""
    where = request.partnership
    require(can(request.user, "manage agencies", where))
    initial = {"agency": request.GET.get("agency")}
    form = forms.PartnerForm(request.POST or None, partnership=where, initial=initial)
    joined = forms.ask(form, lambda **given: workflow.add_partner(where, **given), by=request.user)
    if joined:
        messages.success(request, f"{joined} joined on {longdate(joined.starts_on)}.")
        return redirect(at(request, "agency", joined.agency.slug))
    return form_page(
        request, form, "Add a partner", [people_crumb(request)],
        intro="Choose the agency. If it is not in the list, add it first.",
        links=[Link("Add an agency", at(request, "agency_add"))],
    )  # fmt: skip


@policy(Partner, GET="change", POST="change")
def partner_change(request: HttpRequest, pk: Any) -> HttpResponse:
    """Say whether a partner is statutory, and whom to ask about sharing."""
    partner = load(request, Partner, "change", pk=pk)
    form = forms.ChangePartnerForm(request.POST or None, record=partner, user=request.user)
    if forms.ask(form, lambda **given: workflow.change_partner(partner, **given), by=request.user):
        messages.success(request, f"{partner} is changed.")
        return redirect(at(request, "agency", partner.agency.slug))
    title = f"What is {partner} to the partnership?"
    return form_page(request, form, title, _crumbs(request, partner.agency))


@policy(Partner, GET="change", POST="change")
def partner_leave(request: HttpRequest, pk: Any) -> HttpResponse:
    """An agency leaves the partnership."""
    partner = load(request, Partner, "change", pk=pk)
    form = forms.LeaveForm(request.POST or None)
    if forms.ask(form, lambda **given: workflow.leave_partner(partner, **given), by=request.user):
        day = longdate(form.cleaned_data["on"])
        messages.success(request, f"{partner} is a partner until {day}.")
        return redirect(at(request, "agency", partner.agency.slug))
    return form_page(
        request, form, f"End the partnership of {partner}", _crumbs(request, partner.agency),
        intro="Its seats and places on the board and subgroups end on that day. A statutory "
        "partner cannot leave: record who took over from it.",
    )  # fmt: skip


@policy(Partnership, GET="manage agencies", POST="manage agencies")
def post_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a post at an agency."""
    require(can(request.user, "manage agencies", request.partnership))
    agency = _agency(request, slug)
    require(can(request.user, "change", agency))
    form = forms.PostForm(request.POST or None)
    where = {"partnership": request.partnership, "by": request.user}
    added = forms.ask(form, lambda **given: workflow.add_post(agency, **given), **where)
    if added:
        messages.success(request, f"{added} is a post at {agency}.")
        return redirect(at(request, "agency", agency.slug))
    return form_page(request, form, f"Add a post at {agency}", _crumbs(request, agency))


@policy(Partnership, GET="manage agencies", POST="manage agencies")
def post_end(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """Close a post."""
    require(can(request.user, "manage agencies", request.partnership))
    agency = _agency(request, slug)
    require(can(request.user, "change", agency))
    post = agency.posts.filter(pk=pk).first()
    if post is None:
        raise Http404
    form = forms.EndForm(request.POST or None)
    where = {"partnership": request.partnership, "by": request.user}
    if forms.ask(form, lambda **given: workflow.end_post(post, **given), **where):
        messages.success(request, f"{post} is no longer a post at {agency}.")
        return redirect(at(request, "agency", agency.slug))
    return form_page(request, form, f"End the post {post}", _crumbs(request, agency))
