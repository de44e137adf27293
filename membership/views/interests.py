"""The register of interests: who has declared what, and one's own entries."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from audit import workflow as audit
from core import clock
from core.components import Fact, Link
from core.dates import longdate
from core.exports import csv_response
from core.history import timeline
from core.permissions import can, load, policy, require
from membership import exports, forms, queries, workflow
from membership.models import Interest, Partnership
from membership.views.pages import at, form_page, people_crumb

PAGE = 50


def _crumbs(request: HttpRequest) -> list[Link]:
    return [people_crumb(request), Link("Register of interests", at(request, "interests"))]


# ---- the register -------------------------------------------------------------------------------


@policy(Partnership, "read directory")
def interests(request: HttpRequest) -> HttpResponse:
    """Who has declared what, on any day."""
    partnership = request.partnership
    require(can(request.user, "read directory", partnership))
    form, found, whose = _chosen(request)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    shown = _read(request, page.object_list)
    context = {
        "filter": form,
        "day": form.day,
        "on_day": form.day != clock.today(),
        "page": page,
        "whose": whose,
        "chosen": bool(whose) or any(form.data.get(name) for name in form.fields),
        "rows": queries.interest_entries(shown, request.user, partnership, form.day),
        "crumbs": [people_crumb(request)],
        "csv_url": at(request, "interests_csv") + _query(request),
        "links": _links(request),
    }
    return render(request, "membership/interests.html", context)


@policy(Partnership, "read directory")
def interests_csv(request: HttpRequest) -> HttpResponse:
    """The same lines as a CSV file, all of them."""
    partnership = request.partnership
    require(can(request.user, "read directory", partnership))
    form, found, _ = _chosen(request)
    shown = _read(request, found)
    rows = queries.interest_entries(shown, request.user, partnership, form.day)
    audit.record(
        "downloaded the register of interests of", partnership, by=request.user,
        partnership=partnership, detail={"rows": len(rows)},
    )  # fmt: skip
    name = f"interests-{partnership.slug}-{form.day.isoformat()}"
    return csv_response(name, exports.INTEREST_HEADINGS, exports.interest_lines(rows))


def _chosen(request: HttpRequest) -> tuple[Any, Any, Any]:
    """The row of choices, the interests that it leaves, and the one person they are of, if so."""
    partnership, user = request.partnership, request.user
    form = forms.RegisterFilter(request.GET, partnership=partnership, user=user)
    form.is_valid()
    given = form.cleaned_data
    whose = _person(request)
    found = queries.interests(
        user, partnership, on=form.day, kind=given.get("kind", ""), agency=given.get("agency"),
        person=whose, past=bool(given.get("past")),
    )  # fmt: skip
    return form, found.none() if form.errors else found, whose


def _person(request: HttpRequest) -> Any:
    """Whose interests are asked for, where the address names somebody who is known."""
    asked = request.GET.get("person", "")
    if not asked:
        return None
    try:
        return queries.known_people(request.partnership, request.user).filter(pk=asked).first()
    except ValidationError:
        return None


def _query(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return f"?{query.urlencode()}" if query else ""


def _read(request: HttpRequest, found: Any) -> list[Interest]:
    """These interests, once it is on record that an officer reads others’ sensitive ones."""
    shown = list(found)
    opened = queries.opened_as_officer(shown, request.user, request.partnership)
    if opened:
        audit.record_reads(opened, by=request.user, partnership=request.partnership)
    return shown


def _links(request: HttpRequest) -> list[Link]:
    asked = {
        "declare interests": ("Declare an interest", "interest_add"),
        "declare interests of others": ("Enter one for somebody else", "interest_add_other"),
    }
    return [
        Link(label, at(request, name))
        for verb, (label, name) in asked.items()
        if can(request.user, verb, request.partnership)
    ]


# ---- one entry ----------------------------------------------------------------------------------


@policy(Interest, "view")
def interest(request: HttpRequest, pk: Any) -> HttpResponse:
    """One entry, and everything that was ever changed of it."""
    entry = load(request, Interest, "view", pk=pk)
    _read(request, [entry])
    person = Fact("Whose", entry.person, url=at(request, "person", entry.person_id))
    facts = [
        person,
        Fact("Sort", entry.get_kind_display()),
        Fact("Names that recall it", entry.about or "None"),
        Fact("Since", longdate(entry.starts_on)),
        Fact("Until", longdate(entry.ends_on) if entry.ends_on else "It goes on"),
        Fact("Entered by", f"{entry.declared_by}, {longdate(entry.declared_at)}"),
    ]
    context = {
        "entry": entry, "facts": facts, "title": entry.text, "crumbs": _crumbs(request),
        "may_change": can(request.user, "change", entry),
        "over": entry.ends_on is not None and entry.ends_on <= clock.today(),
        "history": timeline(entry, leave_out=("partnership", "declared_by", "declared_at")),
    }  # fmt: skip
    return render(request, "membership/interest.html", context)


@policy(Partnership, GET="declare interests", POST="declare interests")
def interest_add(request: HttpRequest) -> HttpResponse:
    """Enter an interest of one's own."""
    where = request.partnership
    require(can(request.user, "declare interests", where))
    form = forms.InterestForm(request.POST or None)
    verb = workflow.declare_interest
    if forms.ask(form, lambda **given: verb(where, **given), by=request.user):
        messages.success(request, "Your interest is in the register.")
        return redirect(f"{at(request, 'interests')}?person={request.user.pk}")
    return form_page(request, form, "Declare an interest", _crumbs(request))


@policy(Partnership, GET="declare interests of others", POST="declare interests of others")
def interest_add_other(request: HttpRequest) -> HttpResponse:
    """Enter an interest for somebody, as they told it."""
    where = request.partnership
    require(can(request.user, "declare interests of others", where))
    form = forms.InterestOfOtherForm(
        request.POST or None, partnership=where, user=request.user,
        initial={"person": request.GET.get("person")},
    )  # fmt: skip
    verb = workflow.declare_interest
    added = forms.ask(form, lambda **given: verb(where, **given), by=request.user)
    if added:
        messages.success(request, f"The interest of {added.person} is in the register.")
        return redirect(f"{at(request, 'interests')}?person={added.person_id}")
    return form_page(request, form, "Enter an interest for somebody", _crumbs(request))


@policy(Interest, GET="change", POST="change")
def interest_change(request: HttpRequest, pk: Any) -> HttpResponse:
    """Put an entry right."""
    entry = load(request, Interest, "change", pk=pk)
    form = forms.ChangeInterestForm(request.POST or None, record=entry)
    verb = workflow.change_interest
    if forms.ask(form, lambda **given: verb(entry, **given), by=request.user):
        messages.success(request, "The entry is changed.")
        return redirect(at(request, "interest", entry.pk))
    return form_page(request, form, "Change an interest", _crumbs(request))


@policy(Interest, GET="change", POST="change")
def interest_end(request: HttpRequest, pk: Any) -> HttpResponse:
    """Say that it is no interest any more."""
    entry = load(request, Interest, "change", pk=pk)
    form = forms.EndForm(request.POST or None)
    verb = workflow.end_interest
    if forms.ask(form, lambda **given: verb(entry, **given), by=request.user):
        messages.success(request, "The interest ends. Its entry stays in the register’s past.")
        return redirect(at(request, "interest", entry.pk))
    intro = f"{entry.text}. The day you give is the first on which it is no interest any more."
    return form_page(request, form, "End an interest", _crumbs(request), intro=intro)
