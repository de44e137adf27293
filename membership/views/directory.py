"""The directory: people by agency, by group and by name, on any day."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.http import urlencode

from audit import workflow as audit
from core import clock
from core.components import Link, View
from core.exports import csv_response
from core.permissions import can, policy, require
from membership import exports, forms, queries
from membership.models import Partnership, Representation, Seat
from membership.views.pages import at, people_crumb

PAGE = 50


def _chosen(request: HttpRequest) -> forms.DirectoryForm:
    form = forms.DirectoryForm({**request.GET.dict(), "by": request.GET.get("by", "agency")})
    form.is_valid()
    return form


def _seats(request: Any, form: forms.DirectoryForm) -> Any:
    words = form.cleaned_data.get("words", "")
    return queries.directory(request.partnership, form.day, request.user, words)


@policy(Partnership, "read directory")
def people(request: HttpRequest) -> HttpResponse:
    """Who sits on the partnership, as it is or as it was."""
    partnership = request.partnership
    require(can(request.user, "read directory", partnership))
    form = _chosen(request)
    day, words, seats = form.day, form.cleaned_data.get("words", ""), _seats(request, form)
    listed = {
        "agency": queries.agencies_listed(partnership, day, seats, words),
        "group": queries.groups_listed(partnership, day, request.user, seats, words),
        "person": queries.people_listed(seats),
    }
    counts = {tab: subjects.count() for tab, subjects in listed.items()}
    paginator = Paginator(listed[form.tab], PAGE)
    paginator.count = counts[form.tab]  # counted above, for the tabs
    page = paginator.get_page(request.GET.get("page"))
    empty = queries.vacancies(partnership, day, request.user)
    context = {
        "filter": form,
        "tab": form.tab,
        "words": words,
        "day": day,
        "past": day != clock.today(),
        "counts": counts,
        "views": _views(request, form, counts),
        "page": page,
        "rows": queries.entries(page.object_list, form.tab, seats, [] if words else empty),
        "vacancies": empty,
        "ending": queries.ending_soon(partnership, day, user=request.user),
        "may_manage": can(request.user, "manage people", partnership),
        "links": _links(request),
        "exports": _exports(request, form),
    }
    return render(request, "membership/people.html", context)


def _views(request: HttpRequest, form: forms.DirectoryForm, counts: dict[str, int]) -> list[View]:
    kept = {name: request.GET[name] for name in ("words", "on") if request.GET.get(name)}
    here = at(request, "people")
    return [
        View(label, counts[tab], f"{here}?{urlencode({**kept, 'by': tab})}", tab == form.tab)
        for tab, label in forms.TABS.items()
    ]


def _links(request: Any) -> list[Link]:
    """What else this person may do here."""
    asked = {
        "manage agencies": [("Add an agency", "agency_add"), ("Set up a group", "group_add")],
        "read directory": [
            ("Register of interests", "interests"),
            ("Countywide services", "countywide"),
        ],
        "change settings": [("Settings", "settings")],
    }
    return [
        Link(label, at(request, name))
        for verb, links in asked.items()
        if can(request.user, verb, request.partnership)
        for label, name in links
    ]


def _exports(request: HttpRequest, form: forms.DirectoryForm) -> dict[str, str]:
    kept = {name: request.GET[name] for name in ("words", "on") if request.GET.get(name)}
    query = f"?{urlencode(kept)}" if kept and not form.errors else ""
    return {name: at(request, name) + query for name in ("people_csv", "popolo")}


@policy(Partnership, "read directory")
def people_csv(request: HttpRequest) -> HttpResponse:
    """The same seats as a CSV file, all of them."""
    require(can(request.user, "read directory", request.partnership))
    form = _chosen(request)
    seats = _seats(request, form)
    _record(request, "downloaded the directory of")
    return csv_response(
        f"people-{request.partnership.slug}-{form.day.isoformat()}",
        exports.HEADINGS, exports.lines(request.partnership, form.day, seats),
    )  # fmt: skip


@policy(Partnership, "read directory")
def popolo(request: HttpRequest) -> HttpResponse:
    """The same as Popolo JSON, the open standard for who sits on what."""
    require(can(request.user, "read directory", request.partnership))
    form = _chosen(request)
    document = exports.popolo(request.partnership, form.day, request.user, _seats(request, form))
    _record(request, "downloaded as Popolo the directory of")
    name = f"people-{request.partnership.slug}-{form.day.isoformat()}.json"
    response = JsonResponse(document, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _record(request: Any, verb: str) -> None:
    where = request.partnership
    audit.record(verb, where, by=request.user, partnership=where)


@policy(Partnership, "read directory")
def person(request: HttpRequest, pk: Any) -> HttpResponse:
    """One person: how to reach them, where they sit and where they sat."""
    require(can(request.user, "read directory", request.partnership))
    somebody = found_person(request, pk)
    today = clock.today()
    visible = Seat.objects.visible_to(request.user).of(request.partnership)
    seats = list(queries.in_order(visible.filter(person=somebody)))
    past = queries.past_seats(seats, today)
    current = [seat for seat in seats if not seat.ends_on or seat.ends_on > today]
    represents = Representation.objects.visible_to(request.user).of(request.partnership)
    context = {
        "person": somebody,
        "title": somebody.name,
        "crumbs": [people_crumb(request)],
        "whom": queries.Entry(somebody, current).whom,
        "seats": current,
        "past": queries.as_events(past, of="person"),
        "represents": represents.on(today).filter(person=somebody),
        "interests": _interests(request, somebody),
        "may_manage": can(request.user, "manage people", request.partnership),
        "waiting": somebody.invited_at and not somebody.has_usable_password(),
    }
    return render(request, "membership/person.html", context)


def _interests(request: Any, somebody: Any) -> Any:
    """What the register holds of a person today, but for what is sensitive: that is read there."""
    today = clock.today()
    found = queries.interests(request.user, request.partnership, on=today, person=somebody)
    return found.filter(sensitive=False)


def found_person(request: Any, pk: Any) -> Any:
    """The person, if they sit or sat where the reader may know; else 404."""
    found = queries.known_people(request.partnership, request.user).filter(Q(pk=pk)).first()
    if found is None:
        raise Http404
    return found
