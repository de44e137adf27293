"""The governance calendar: the year's duties, and one of them with all that happened to it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from core import clock, history, municipal
from core.components import Fact, Link, View
from core.dates import in_days, longdate
from core.exports import csv_response
from core.permissions import can, load, policy, require
from core.workflow import Wrong
from membership.forms.asking import ask
from membership.models import Partnership
from membership.views.pages import form_page
from notices.default_cycles import BY_KEY
from notices.forms.calendar import DoneForm, MoveForm
from notices.models import Turn
from notices.queries import year as queries
from notices.workflow import turns as verbs


def at(request: Any, name: str, *args: Any) -> str:
    """The address of a page of the calendar, in the partnership of the request."""
    return reverse(f"notices:{name}", args=[request.partnership.slug, *args])


def crumb(request: HttpRequest) -> Link:
    """Every page here lies below the calendar."""
    return Link("Governance calendar", at(request, "calendar"))


def _asked(request: Any) -> queries.Year:
    partnership, today = request.partnership, clock.today()
    this = municipal.municipal_year(today, partnership.municipal_year_starts)
    asked = request.GET.get("year", "")
    near = asked.isascii() and asked.isdigit() and len(asked) == 4
    year = int(asked) if near and abs(int(asked) - this) <= 10 else this
    turns = Turn.objects.visible_to(request.user).of(partnership)
    return queries.year_of_duties(turns, partnership, year, today)


@policy(Partnership, "read calendar")
def calendar(request: HttpRequest) -> HttpResponse:
    """Every duty of a municipal year by month: who asks it, who sees to it, when, and if done."""
    require(can(request.user, "read calendar", request.partnership))
    year = _asked(request)
    state = request.GET.get("state", "")
    state = state if state in queries.STATES else ""
    if request.GET.get("format") == "csv":
        name = f"duties-{request.partnership.slug}-{year.year}"
        return csv_response(name, queries.CSV_HEADINGS, queries.lines_for_csv(year))
    context = {
        "year": year, "months": year.months(state), "state": state,
        "name": municipal.year_name(year.year), "views": _views(year, state),
        "years": [
            Link(municipal.year_name(each), f"?year={each}", current=each == year.year)
            for each in year.years
        ],
        "manages": can(request.user, "manage calendar", request.partnership),
        "proclaims": can(request.user, "proclaim days", request.partnership),
    }  # fmt: skip
    return render(request, "notices/calendar.html", context)


def _views(year: queries.Year, state: str) -> list[View]:
    everything = View("All", len(year.lines), f"?year={year.year}", current=not state)
    return [everything] + [
        View(label, year.number(each), f"?year={year.year}&state={each}", current=each == state)
        for each, label in queries.STATES.items()
    ]


@policy(Turn, "view")
def turn(request: HttpRequest, pk: Any) -> HttpResponse:
    """One duty of one year: what it is, how it stands and what happened to it."""
    found = load(request, Turn, "view", pk=pk)
    today = clock.today()
    line = queries.line_of(found, today)
    context = {
        "turn": found, "line": line, "crumbs": [crumb(request)], "facts": _facts(line),
        "near": "" if line.done_on else in_days(line.due_on, today),
        "changes": history.timeline(found, leave_out=["cycle", "done_by"]),
        "by_itself": line.done_on is not None and found.done_by_id is None,
        "manages": can(request.user, "change", found),
    }  # fmt: skip
    return render(request, "notices/turn.html", context)


def _facts(line: queries.Line) -> list[Fact]:
    facts = [Fact("Due", longdate(line.due_on))]
    if line.moved:
        facts += [
            Fact("First due", longdate(line.first_due_on)),
            Fact("Moved because", line.moved_because),
        ]
    if line.done_on:
        facts.append(Fact("Done", longdate(line.done_on)))
        if line.evidence:
            words = "See where" if line.link else line.evidence
            facts.append(Fact("Where that can be seen", words, url=line.link))
    return [*facts, Fact("Who asks it", line.source), Fact("Who sees to it", line.owner)]


@policy(Turn, GET="change", POST="change")
def turn_move(request: HttpRequest, pk: Any) -> HttpResponse:
    """Give a duty another date this time, with a reason."""
    found = load(request, Turn, "change", pk=pk)
    if found.done_on:
        return _cannot(request, found, "This is done already. Say first that it is not.")
    form = MoveForm(request.POST or None, turn=found)
    if ask(form, lambda **given: verbs.move(found, **given), by=request.user):
        day = longdate(form.cleaned_data["due_on"])
        messages.success(request, f"It is now due on {day}. Reminders follow the new date.")
        return redirect(found)
    return form_page(
        request, form, "Move the date", _path(request, found),
        intro=f"{found.cycle.title}, first due on {longdate(found.first_due_on)}. That date stays "
        "beside the new one.",
    )  # fmt: skip


@policy(Turn, GET="change", POST="change")
def turn_done(request: HttpRequest, pk: Any) -> HttpResponse:
    """Say when a duty was done, and where that can be seen."""
    found = load(request, Turn, "change", pk=pk)
    if found.done_on:
        return _cannot(request, found, f"This was done on {longdate(found.done_on)} already.")
    form = DoneForm(request.POST or None)
    if ask(form, lambda **given: verbs.mark_done(found, **given), by=request.user):
        messages.success(request, "It is recorded as done. Nobody is reminded of it any more.")
        return redirect(found)
    known = BY_KEY.get(found.cycle.key)
    return form_page(
        request, form, "Record that it is done", _path(request, found),
        intro=f"{found.cycle.title}, due on {longdate(found.due_on)}."
        + (" The application notes this by itself once its records show it."
           if known and not known.ladder else ""),
    )  # fmt: skip


@policy(Turn, POST="change")
def turn_undo(request: HttpRequest, pk: Any) -> HttpResponse:
    """Say that a duty was not done after all."""
    found = load(request, Turn, "change", pk=pk)
    try:
        verbs.undo_done(found, by=request.user)
    except Wrong as wrong:
        return _cannot(request, found, wrong.messages[0])
    messages.success(request, "It is open again, and people are reminded of it.")
    return redirect(found)


def _path(request: HttpRequest, found: Turn) -> list[Link]:
    return [crumb(request), Link(found.cycle.title, found.get_absolute_url())]


def _cannot(request: HttpRequest, found: Turn, why: str) -> HttpResponse:
    messages.error(request, why)
    return redirect(found)
