"""What goes out in the next 90 days and to whom; officers keep it back or send it now."""

import datetime
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from core import clock
from core.components import Fact, Link
from core.dates import count, daydate, longdate
from core.exports import csv_response
from core.permissions import can, policy, require
from core.workflow import Wrong
from membership.forms.asking import ask
from membership.models import Partnership
from membership.views.pages import form_page
from notices.forms.telling import HoldForm, ScheduleFilter
from notices.models import Delivery
from notices.queries import log, scheduled
from notices.workflow import overseeing as verbs

PAGE = 50
AWAKE = datetime.timedelta(minutes=15)  # it is woken every minute
HEADINGS = ["Goes out on", "Kind", "What", "Due", "For", "To", "Kept back because"]


def at(request: Any, name: str, *args: Any) -> str:
    """The address of a page of the ledger, in the partnership of the request."""
    return reverse(f"notices:{name}", args=[request.partnership.slug, *args])


def crumb(request: HttpRequest) -> Link:
    """Every page about reminders lies below what goes out."""
    return Link("What goes out", at(request, "scheduled"))


@policy(Partnership, "see reminders")
def scheduled_page(request: HttpRequest) -> HttpResponse:
    """Every reminder of the next 90 days by day, with those who will get it."""
    require(can(request.user, "see reminders", request.partnership))
    today = clock.today()
    everything = scheduled.coming(request.user, request.partnership, today)
    form = ScheduleFilter(request.GET, **_choices(everything))
    found = _chosen(everything, form)
    if request.GET.get("format") == "csv":
        name = f"reminders-{request.partnership.slug}-{today.isoformat()}"
        return csv_response(name, HEADINGS, map(_line, found))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    deliveries = Delivery.objects.visible_to(request.user).of(request.partnership)
    context = {
        "filter": form, "page": page, "days": _by_day(page), "until": today + scheduled.AHEAD,
        "says": count(len(found), "reminder"), "none_at_all": not everything,
        **_clock(),
        "waiting": log.counts(deliveries)["waiting"], "log_url": at(request, "log"),
        "links": [
            Link("Mail log", at(request, "log")), Link("Who is told when", at(request, "ladders"))
        ],
        "changes": can(request.user, "change reminders", request.partnership),
    }  # fmt: skip
    return render(request, "notices/scheduled.html", context)


def _clock() -> dict[str, Any]:
    """When the ledger was last woken, and whether that is too long ago."""
    tick = scheduled.last_tick()
    return {"tick": tick, "asleep": tick is None or clock.now() - tick.at > AWAKE}


def _choices(found: list[scheduled.Coming]) -> dict[str, Any]:
    kinds = sorted({(each.kind, each.title) for each in found}, key=lambda each: each[1])
    people = sorted({person for each in found for person in each.people})
    return {"kinds": kinds, "people": [(person, person) for person in people]}


def _chosen(found: list[scheduled.Coming], form: ScheduleFilter) -> list[scheduled.Coming]:
    if not form.is_valid():
        return []
    kind, person = form.cleaned_data["kind"], form.cleaned_data["person"]
    return [
        each for each in found
        if kind in ("", each.kind) and (not person or person in each.people)
    ]  # fmt: skip


def _by_day(page: Any) -> list[tuple[Any, list[scheduled.Coming]]]:
    return [(day, list(found)) for day, found in groupby(page, key=lambda each: each.day)]


def _line(each: scheduled.Coming) -> list[Any]:
    return [
        longdate(each.day), each.title, each.text, longdate(each.due), each.audiences,
        ", ".join(each.people), each.hold.reason if each.hold else "",
    ]  # fmt: skip


@policy(Partnership, GET="change reminders", POST="change reminders")
def hold(request: HttpRequest, kind: str, subject: str) -> HttpResponse:
    """Keep one reminder back, with the reason."""
    partnership = request.partnership
    require(can(request.user, "change reminders", partnership))
    coming = scheduled.next_of(request.user, partnership, kind, subject)
    if coming is None:
        return _gone(request)
    form = HoldForm(request.POST or None)
    made = ask(
        form, lambda **given: verbs.hold(partnership, kind=kind, subject=subject, **given),
        by=request.user,
    )  # fmt: skip
    if made:
        messages.success(request, "It is kept back. Nobody is told until you release it.")
        return redirect(at(request, "scheduled"))
    return form_page(
        request, form, "Keep a reminder back", [crumb(request)],
        template="notices/hold.html", facts=_facts(coming), statutory=coming.statutory,
    )  # fmt: skip


def _facts(coming: scheduled.Coming) -> list[Fact]:
    return [
        Fact("Reminder", coming.text),
        Fact("Due", daydate(coming.due)),
        Fact("Next goes out", daydate(coming.day)),
        Fact("To", ", ".join(coming.people) or "Nobody is found"),
    ]


def _gone(request: HttpRequest) -> HttpResponse:
    messages.error(request, "It has gone out already, or it is no longer needed.")
    return redirect(at(request, "scheduled"))


@policy(Partnership, POST="change reminders")
def release(request: HttpRequest, kind: str, subject: str) -> HttpResponse:
    """Let go what was kept back."""
    require(can(request.user, "change reminders", request.partnership))
    return _do(
        request, lambda: verbs.release(
            request.partnership, kind=kind, subject=subject, by=request.user
        ),
        "It is released. What is due by now goes out within a minute.",
    )  # fmt: skip


@policy(Partnership, POST="change reminders")
def send_now(request: HttpRequest, kind: str, subject: str) -> HttpResponse:
    """Tell the next step of a reminder now."""
    require(can(request.user, "change reminders", request.partnership))
    return _do(
        request, lambda: verbs.send_now(
            request.partnership, kind=kind, subject=subject, by=request.user
        ),
        "It is told now, and the email goes out within a minute.",
    )  # fmt: skip


def _do(request: HttpRequest, verb: Any, done: str) -> HttpResponse:
    if len(request.resolver_match.kwargs.get("subject", "")) > 60:
        raise Http404
    try:
        verb()
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
    else:
        messages.success(request, done)
    return redirect(at(request, "scheduled"))
