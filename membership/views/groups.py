"""The pages of a group: who sits there, which places are empty, and what officers change."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core import clock
from core.components import Fact, Link
from core.dates import longdate
from core.markings import Marking
from core.permissions import can, load, policy, require
from membership import forms, queries, workflow
from membership.models import Group, Partnership, Place, Seat
from membership.views.pages import at, form_page, people_crumb


@policy(Group, "view")
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """Who sits on the group today, what is vacant, and who sat there before."""
    group = load(request, Group, "view", slug=slug)
    today = clock.today()
    every = queries.in_order(Seat.objects.visible_to(request.user).filter(group=group))
    seats = [seat for seat in every if not seat.ends_on or seat.ends_on > today]
    soon = {seat.pk for seat in queries.ending_soon(request.partnership, today, user=request.user)}
    current = [seat for seat in seats if seat.starts_on <= today]
    context = {
        "group": group,
        "title": group.name,
        "crumbs": [people_crumb(request)],
        "seats": current,
        "to_come": [seat for seat in seats if seat.starts_on > today],
        "soon": soon,
        "vacancies": queries.vacancies(request.partnership, today, request.user, group=group),
        "places": group.places.on(today).select_related("agency", "post"),
        "past": queries.as_events(queries.past_seats(every, today), of="group"),
        "protocol": group.protocols.on(today).first(),
        "under_protocol": group.kind in queries.UNDER_PROTOCOL,
        "facts": _facts(request, group),
        "may_seat": can(request.user, "manage seats", group),
        "may_change": can(request.user, "change", group),
        "may_share": can(request.user, "manage sharing", request.partnership),
        "ended": group.ends_on is not None and group.ends_on <= today,
        "today": today,
    }
    return render(request, "membership/group.html", context)


def _facts(request: HttpRequest, group: Group) -> list[Fact]:
    facts = [
        Fact("Kind", group.get_kind_display()),
        Fact("Set up", longdate(group.starts_on)),
        Fact("Marking", Marking(group.default_marking).label),
    ]
    if group.ends_on:
        facts.append(Fact("Ends", longdate(group.ends_on)))
    others = {"Run by": group.administered_by_id, "Reports to": group.reports_to_id}
    known = Group.objects.visible_to(request.user).in_bulk([pk for pk in others.values() if pk])
    for label, pk in others.items():
        if pk in known:
            url = at(request, "group", known[pk].slug)
            facts.append(Fact(label, known[pk].name, url=url))
    if group.quorum:
        facts.append(Fact("Quorum", group.quorum))
    if group.chair_reviewed:
        facts.append(Fact("Chair", "Reviewed each year"))
    return facts


def _crumbs(request: HttpRequest, group: Group) -> list[Link]:
    return [people_crumb(request), Link(group.name, group.get_absolute_url())]


@policy(Partnership, GET="manage agencies", POST="manage agencies")
def group_add(request: HttpRequest) -> HttpResponse:
    """Set up a group."""
    partnership = request.partnership
    require(can(request.user, "manage agencies", partnership))
    form = forms.GroupForm(request.POST or None, partnership=partnership, user=request.user)
    made = forms.ask(
        form, lambda **given: workflow.set_up_group(partnership, **given), by=request.user
    )
    if made:
        messages.success(request, f"{made} is set up. Next, give people their seats.")
        return redirect(made)
    return form_page(request, form, "Set up a group", [people_crumb(request)])


@policy(Group, GET="change", POST="change")
def group_change(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a group's name, purpose, marking or quorum."""
    group = load(request, Group, "change", slug=slug)
    form = forms.ChangeGroupForm(request.POST or None, record=group)
    if forms.ask(form, lambda **given: workflow.change_group(group, **given), by=request.user):
        messages.success(request, "The group is changed.")
        return redirect(group)
    return form_page(request, form, f"Change {group.name}", _crumbs(request, group))


@policy(Group, GET="change", POST="change")
def group_end(request: HttpRequest, slug: str) -> HttpResponse:
    """End a group."""
    group = load(request, Group, "change", slug=slug)
    form = forms.EndGroupForm(request.POST or None)
    if forms.ask(form, lambda **given: workflow.end_group(group, **given), by=request.user):
        messages.success(request, f"{group} ends on {longdate(form.cleaned_data['on'])}.")
        return redirect("membership:people", request.partnership.slug)
    return form_page(
        request, form, f"End {group.name}", _crumbs(request, group),
        intro="All seats on it, and its places, end on that day. Its records stay.",
    )  # fmt: skip


@policy(Group, GET="change", POST="change")
def place_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Say whom the group expects at its table."""
    group = load(request, Group, "change", slug=slug)
    form = forms.PlaceForm(request.POST or None, group=group, user=request.user)
    place = forms.ask(form, lambda **given: workflow.add_place(group, **given), by=request.user)
    if place:
        messages.success(request, f"{group} expects: {place}.")
        return redirect(group)
    return form_page(
        request, form, f"Add a place on {group.name}", _crumbs(request, group),
        intro="A place that nobody fills is shown as vacant until somebody does.",
    )  # fmt: skip


@policy(Group, GET="change", POST="change")
def place_end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Expect nobody in a place any more."""
    group = load(request, Group, "change", slug=slug)
    place = load(request, Place, "view", group=group, pk=pk)
    form = forms.EndPlaceForm(request.POST or None)
    if forms.ask(form, lambda **given: workflow.end_place(place, **given), by=request.user):
        messages.success(request, f"{group} no longer expects: {place}.")
        return redirect(group)
    return form_page(
        request, form, f"End the place of {place}", _crumbs(request, group),
        intro="Whoever sits there keeps the seat. It is no longer counted as vacant without them.",
    )  # fmt: skip
