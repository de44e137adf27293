"""The list of duties that come round, and the days that were proclaimed bank holidays."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core import clock, history, working_days
from core.components import Link
from core.dates import longdate
from core.permissions import can, load, policy, require
from core.workflow import Wrong
from membership.forms.asking import ask
from membership.models import Partnership
from membership.views.pages import form_page
from notices.forms.calendar import ChangeCycleForm, CycleForm, EndCycleForm, ProclaimForm
from notices.models import Cycle, ProclaimedDay
from notices.queries import year as queries
from notices.views.calendar import at, crumb
from notices.workflow import calendar_days, cycles


def _list(request: HttpRequest) -> list[Link]:
    return [crumb(request), Link("Duties", at(request, "cycles"))]


@policy(Partnership, "read calendar")
def all_cycles(request: HttpRequest) -> HttpResponse:
    """Every duty that comes round: how often, by what law or clause, and who sees to it."""
    partnership = request.partnership
    require(can(request.user, "read calendar", partnership))
    known = Cycle.objects.visible_to(request.user).of(partnership)
    context = {
        "duties": queries.duties(partnership, known, clock.today()),
        "crumbs": [crumb(request)], "today": clock.today(),
        "manages": can(request.user, "manage calendar", partnership),
    }  # fmt: skip
    return render(request, "notices/cycles.html", context)


@policy(Partnership, GET="manage calendar", POST="manage calendar")
def cycle_add(request: HttpRequest) -> HttpResponse:
    """Add a duty of the partnership's own."""
    partnership = request.partnership
    require(can(request.user, "manage calendar", partnership))
    form = CycleForm(request.POST or None)
    made = ask(form, lambda **given: cycles.add(partnership, **given), by=request.user)
    if made:
        messages.success(request, f"“{made}” is in the calendar.")
        return redirect("notices:cycles", partnership.slug)
    return form_page(request, form, "Add a duty", _list(request))


@policy(Cycle, GET="change", POST="change")
def cycle_change(request: HttpRequest, pk: Any) -> HttpResponse:
    """Change when a duty comes round, who sees to it, or how it is called."""
    cycle = load(request, Cycle, "change", pk=pk)
    form = ChangeCycleForm(request.POST or None, cycle=cycle)
    if ask(form, lambda **given: cycles.change(cycle, **given), by=request.user):
        messages.success(request, "The duty is changed. So are its coming dates.")
        return redirect("notices:cycles", request.partnership.slug)
    return form_page(
        request, form, f"Change: {cycle.title}", _list(request),
        intro="Dates to come follow the change. Those that have passed, and those that somebody "
        "has moved, stay as they are.", template="notices/cycle_change.html", cycle=cycle,
        changes=history.timeline(cycle, leave_out=["key", "partnership"]),
    )  # fmt: skip


@policy(Cycle, GET="change", POST="change")
def cycle_end(request: HttpRequest, pk: Any) -> HttpResponse:
    """Say that a duty is not asked for from a day on."""
    cycle = load(request, Cycle, "change", pk=pk)
    form = EndCycleForm(request.POST or None)
    if ask(form, lambda **given: cycles.end(cycle, **given), by=request.user):
        messages.success(request, "The duty has an end. You can resume it from the list.")
        return redirect("notices:cycles", request.partnership.slug)
    return form_page(
        request, form, f"End: {cycle.title}", _list(request),
        intro="Its open dates from that day on go from the calendar. What was done stays.",
    )  # fmt: skip


@policy(Cycle, POST="change")
def cycle_resume(request: HttpRequest, pk: Any) -> HttpResponse:
    """Take the end of a duty back."""
    cycle = load(request, Cycle, "change", pk=pk)
    try:
        cycles.resume(cycle, by=request.user)
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
    else:
        messages.success(request, "The duty comes round again.")
    return redirect("notices:cycles", request.partnership.slug)


@policy(Partnership, GET="proclaim days", POST="proclaim days")
def proclaimed_days(request: HttpRequest) -> HttpResponse:
    """Bank holidays that the list does not have, and those that were taken back."""
    partnership = request.partnership
    require(can(request.user, "proclaim days", partnership))
    form = ProclaimForm(request.POST or None)
    made = ask(form, lambda **given: calendar_days.proclaim(partnership, **given), by=request.user)
    if made:
        what = "a bank holiday" if made.holiday else "a working day"
        messages.success(request, f"{longdate(made.day)} counts as {what} from now on.")
        return redirect("notices:working_days", partnership.slug)
    today = clock.today()
    coming = [(day, name) for day, name in working_days.bank_holidays().items() if day >= today]
    context = {
        "form": form, "entered": ProclaimedDay.objects.visible_to(request.user).order_by("-day"),
        "coming": sorted(coming)[:9], "known_until": working_days.known_until(),
        "short": today >= working_days.short_from(),
        "reads": can(request.user, "read calendar", partnership), "crumbs": [crumb(request)],
    }  # fmt: skip
    return render(request, "notices/working_days.html", context)


@policy(Partnership, POST="proclaim days")
def proclaimed_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a day that was entered: the list holds again."""
    partnership = request.partnership
    entered = ProclaimedDay.objects.visible_to(request.user).filter(pk=pk).first()
    require(can(request.user, "proclaim days", partnership))
    if entered is None:
        messages.error(request, "This day has been removed already.")
    else:
        day = longdate(entered.day)
        calendar_days.withdraw(entered, partnership=partnership, by=request.user)
        messages.success(request, f"{day} is removed. The list of bank holidays holds again.")
    return redirect("notices:working_days", partnership.slug)
