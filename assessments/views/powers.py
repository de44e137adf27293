"""The register of powers, as it holds on a day."""

import datetime
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

import audit.workflow
from assessments.exports.powers import USE, use_lines
from assessments.models import Power
from assessments.queries import orders, power_use
from assessments.queries import powers as queries
from assessments.views.answering import address
from assessments.workflow.counting import count_use
from core import clock, forms
from core.components import Link
from core.dates import count
from core.exports import csv_response
from core.permissions import can, policy, require
from figures.queries import indicators as figures
from membership.models import Partnership


class DayForm(forms.FilterForm):
    """On which day the powers are looked at."""

    on = forms.DateField(label="As they hold on", called="The day", widget=forms.DateText)


@policy(Partnership, "read powers")
def powers(request: HttpRequest) -> HttpResponse:
    """The powers in force on a day, who may use each, their limits, and what changed."""
    require(can(request.user, "read powers", request.partnership))
    form, day = _day(request)
    links = [Link("Use and breaches", address(request, "power_use"))]
    if can(request.user, "read orders", request.partnership):
        links.append(Link("Orders", address(request, "orders")))
    context = {
        "filter": form, "day": day, "held": queries.on(day), "notes": queries.notes(day),
        "changes": queries.changes(), "links": links, "today": day == clock.today(),
        "list_url": address(request, "powers"), "crumbs": _crumbs(request),
    }  # fmt: skip
    return render(request, "assessments/powers.html", context)


def _crumbs(request: HttpRequest) -> list[tuple[str, str]]:
    """The way back to where the room begins, for who may go there."""
    if can(request.user, "read assessments", request.partnership):
        return [("Assessment and strategy", address(request, "index"))]
    return []


def _day(request: HttpRequest) -> tuple[Any, datetime.date]:
    asked = "on" in request.GET
    form = DayForm(request.GET if asked else None, initial={"on": clock.today()})
    if asked and form.is_valid():
        return form, form.cleaned_data["on"] or clock.today()
    return form, clock.today()


@policy(Partnership, "read powers")
def power(request: HttpRequest, slug: str) -> HttpResponse:
    """One power: who may use it, every limit that it has had, and the orders under it."""
    require(can(request.user, "read powers", request.partnership))
    rows = Power.objects.visible_to(request.user).of(request.partnership)
    found = rows.select_related("replaces").filter(slug=slug).first()
    if found is None:
        raise Http404
    today = clock.today()
    listed = orders.listed(request.user, request.partnership).filter(power=found)
    context = {
        "power": found, "limits": queries.limits_of(found), "notes": queries.notes(today),
        "orders": [orders.row(each, today) for each in listed], "on": today,
        "list_url": address(request, "powers"),
    }  # fmt: skip
    return render(request, "assessments/power.html", context)


# ---- use and breaches ---------------------------------------------------------------------------


class UseForm(forms.FilterForm):
    """Whose figures, and of which ward."""

    agency = django_forms.ChoiceField()
    ward = django_forms.ChoiceField()

    def __init__(self, *args: Any, agencies: dict[str, str], wards: dict[str, str], **kw: Any):
        super().__init__(*args, **kw)
        choices: Any = self.fields
        choices["agency"].choices = [("", "All agencies"), *agencies.items()]
        choices["ward"].choices = [("", "The whole area"), *wards.items()]


@policy(Partnership, "read use of powers")
def power_use_page(request: HttpRequest) -> HttpResponse:
    """How often powers were used and breached, by quarter, agency and ward, and what is missing."""
    require(can(request.user, "read use of powers", request.partnership))
    today = clock.today()
    form, found, rows = _use(request, today)
    audience = figures.audience_of(request.user, request.partnership)
    context = {
        "filter": form, "use": found, "said": power_use.notes(found),
        "quarters": power_use.quarters(today),
        "unreported": power_use.unreported(request.partnership, rows, today, audience=audience),
        "counted": rows, "audience": audience,
        "may_count": can(request.user, "count use of powers", request.partnership),
        "csv_url": f"{address(request, 'power_use_csv')}?{request.GET.urlencode()}".rstrip("?")
        if rows else "", "list_url": address(request, "powers"),
    }  # fmt: skip
    return render(request, "assessments/power_use.html", context)


def _use(request: HttpRequest, today: datetime.date) -> tuple[Any, Any, Any]:
    rows = power_use.counted(request.partnership)
    agencies = {row.indicator.source_agency.slug: str(row.indicator.source_agency) for row in rows}
    wards = figures.wards(request.partnership, today)
    form = UseForm(request.GET, agencies=agencies, wards=wards)
    form.is_valid()
    chosen = {name: form.cleaned_data.get(name, "") for name in ("agency", "ward")}
    audience = figures.audience_of(request.user, request.partnership)
    found = power_use.use(request.partnership, rows, today, audience=audience, **chosen)
    for row in rows:
        if row.indicator.restricted and audience == "restricted":
            audit.workflow.record_read(
                row.indicator, by=request.user, partnership=request.partnership
            )
    return form, found, rows


@policy(Partnership, "read use of powers")
def power_use_csv(request: HttpRequest) -> HttpResponse:
    """The same figures as a CSV file, suppressed as they are on the page."""
    require(can(request.user, "read use of powers", request.partnership))
    today = clock.today()
    _, found, _ = _use(request, today)
    name = f"use-of-powers-{request.partnership.slug}-{today.isoformat()}"
    headings = [*USE, *(each.words for each in power_use.quarters(today))]
    return csv_response(name, headings, use_lines(found))


@policy(Partnership, POST="count use of powers")
def power_count(request: HttpRequest) -> HttpResponse:
    """Begin to ask agencies for the figures."""
    require(can(request.user, "count use of powers", request.partnership))
    made = count_use(request.partnership, by=request.user)
    if made:
        messages.success(request, f"{count(len(made), 'figure')} will be asked for each quarter.")
    else:
        messages.info(request, "Every figure is asked for already, or no powers are loaded.")
    return redirect(address(request, "power_use"))
