"""Countywide services and groups that the partnership keeps contact with."""

from typing import Any

from django.contrib import messages
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core import clock
from core.components import Event, Fact, Link
from core.dates import longdate
from core.permissions import can, load, policy, require
from membership import forms, workflow
from membership.models import Partnership, Representation
from membership.views.pages import at, form_page, people_crumb


def _crumbs(request: HttpRequest, contact: Representation | None = None) -> list[Link]:
    crumbs = [people_crumb(request), Link("Countywide services", at(request, "countywide"))]
    if contact:
        crumbs.append(Link(contact.body, at(request, "representation", contact.pk)))
    return crumbs


@policy(Partnership, "read directory")
def countywide(request: HttpRequest) -> HttpResponse:
    """Who represents the partnership where, and when the board last heard of it."""
    partnership = request.partnership
    require(can(request.user, "read directory", partnership))
    contacts = Representation.objects.visible_to(request.user).of(partnership)
    current = contacts.not_over(clock.today()).select_related("person")
    context = {
        "contacts": current.annotate(heard=Max("reports__on")).order_by("body", "pk"),
        "crumbs": [people_crumb(request)],
        "may_keep": can(request.user, "manage countywide", partnership),
    }
    return render(request, "membership/countywide.html", context)


@policy(Representation, "view")
def representation(request: HttpRequest, pk: Any) -> HttpResponse:
    """One countywide body: who goes there, whom to ask, and what came back."""
    contact = load(request, Representation, "view", pk=pk)
    reports = contact.reports.select_related("by")
    context = {
        "contact": contact,
        "title": contact.body,
        "crumbs": _crumbs(request),
        "facts": _facts(request, contact),
        "reports": [
            Event(longdate(each.on), by_name=f"Reported by {each.by}", text=each.text)
            for each in reports
        ],
        "over": contact.ends_on is not None and contact.ends_on <= clock.today(),
        "may_change": can(request.user, "change", contact),
        "may_report": can(request.user, "report", contact),
    }
    return render(request, "membership/representation.html", context)


def _facts(request: HttpRequest, contact: Representation) -> list[Fact]:
    person = contact.person
    url = at(request, "person", person.pk) if person else ""
    facts = [
        Fact("Goes there", person or "Nobody yet", url=url),
        Fact("Since", longdate(contact.starts_on)),
    ]
    if contact.ends_on:
        facts.append(Fact("Until", longdate(contact.ends_on)))
    named = [contact.contact_name, contact.contact_email, contact.contact_telephone]
    labels = ("Whom to ask", "Email", "Telephone")
    facts += [Fact(label, value) for label, value in zip(labels, named, strict=True) if value]
    return facts


@policy(Partnership, GET="manage countywide", POST="manage countywide")
def representation_add(request: HttpRequest) -> HttpResponse:
    """Add a countywide body."""
    where = request.partnership
    require(can(request.user, "manage countywide", where))
    form = forms.RepresentationForm(request.POST or None, partnership=where, user=request.user)
    verb = workflow.add_representation
    added = forms.ask(form, lambda **given: verb(where, **given), by=request.user)
    if added:
        messages.success(request, f"{added} is in the list.")
        return redirect(at(request, "representation", added.pk))
    return form_page(request, form, "Add a countywide service or group", _crumbs(request))


@policy(Representation, GET="change", POST="change")
def representation_change(request: HttpRequest, pk: Any) -> HttpResponse:
    """Change who goes there, or whom to ask."""
    contact = load(request, Representation, "change", pk=pk)
    form = forms.ChangeRepresentationForm(
        request.POST or None, partnership=request.partnership, user=request.user, record=contact
    )
    verb = workflow.change_representation
    if forms.ask(form, lambda **given: verb(contact, **given), by=request.user):
        messages.success(request, f"The contact with {contact} is changed.")
        return redirect(at(request, "representation", contact.pk))
    return form_page(request, form, f"Change the contact with {contact}", _crumbs(request, contact))


@policy(Representation, GET="change", POST="change")
def representation_end(request: HttpRequest, pk: Any) -> HttpResponse:
    """Keep contact no longer."""
    contact = load(request, Representation, "change", pk=pk)
    form = forms.EndForm(request.POST or None)
    verb = workflow.end_representation
    if forms.ask(form, lambda **given: verb(contact, **given), by=request.user):
        messages.success(request, f"Contact with {contact} ends. What came back is kept.")
        return redirect(at(request, "countywide"))
    return form_page(request, form, f"End contact with {contact}", _crumbs(request, contact))


@policy(Representation, GET="report", POST="report")
def representation_report(request: HttpRequest, pk: Any) -> HttpResponse:
    """Say what came back to the board."""
    contact = load(request, Representation, "report", pk=pk)
    form = forms.ReportForm(request.POST or None)
    verb = workflow.report_back
    if forms.ask(form, lambda **given: verb(contact, **given), by=request.user):
        messages.success(request, "The report is saved.")
        return redirect(at(request, "representation", contact.pk))
    return form_page(request, form, f"What came back from {contact}?", _crumbs(request, contact))
