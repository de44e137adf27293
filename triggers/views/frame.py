"""The frame of a case's pages: who may know of it, that it was read, its heading and its tabs.

Each page of a case extends ``triggers/case_page.html`` and is shown by ``page``, which writes the
read entry before anything is rendered. A part of the case page itself is a template beside it
(``_clocks.html``, ``_threshold.html``) and a function that gives its context.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

import audit.workflow
from core.components import Link
from core.permissions import can, load
from triggers.models import Application
from triggers.queries import caseload, people

# What a case's sub-navigation offers: its words, its address, and the verb that it stands under.
TABS = [
    ("Case", "case", "view"),
    ("Incidents", "case_incidents", "view"),
    ("Information", "case_information", "view"),
    ("Panel", "case_panel", "view"),
    ("Appeals", "case_appeals", "view"),
    ("Letters", "case_letters", "write letters"),
    ("People and record", "case_people", "view"),
]


def address(request: HttpRequest, name: str, *args: Any) -> str:
    """The address of a page of this room, in the partnership."""
    return reverse(f"triggers:{name}", args=[request.partnership.slug, *args])


def opened(request: HttpRequest, reference: str, verb: str = "view") -> Application:
    """The case with this reference, if the person sits on it and may do this; else 404 or 403."""
    return load(request, Application, verb, reference=reference)


def page(
    request: HttpRequest, template: str, case: Application, tab: str, context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    """Show a page of a case, after it is on record who reads it."""
    audit.workflow.record_read(
        case, by=request.user, partnership=request.partnership, group=case.group
    )
    return render(request, template, {**frame(request, case, tab), **context}, status=status)


def frame(request: HttpRequest, case: Application, tab: str) -> dict[str, Any]:
    """What every page of a case shows around its own matter."""
    number = people.how_many_can_open(case)
    can_open = "1 person" if number == 1 else f"{number} people"
    return {
        "case": case,
        "state": caseload.state(case),
        "tabs": list(_tabs(request, case, tab)),
        "can_open": f"{can_open} can open this case. Your reading it has been recorded.",
        "people_url": address(request, "case_people", case.reference),
        "works": can(request.user, "work on", case),
    }


def _tabs(request: HttpRequest, case: Application, tab: str) -> Any:
    for label, name, verb in TABS:
        try:
            url = address(request, name, case.reference)
        except NoReverseMatch:
            continue
        if can(request.user, verb, case):
            yield Link(label, url, current=name == tab)
