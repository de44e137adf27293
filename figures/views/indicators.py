"""Indicators: the list, one of them, its file, and what officers change about it."""

import math
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

import audit.workflow
from core import clock
from core.dates import longdate
from core.exports import csv_response
from core.forms import say_wrong
from core.permissions import can, load, policy, require
from core.workflow import Wrong
from figures import indicator_tables as tables
from figures.forms import indicators as forms
from figures.models import Indicator
from figures.queries import indicators as queries
from figures.views.crime import links
from figures.workflow import indicators as workflow
from membership.models import Partnership


def address(request: HttpRequest, name: str, *args: Any) -> str:
    """A page of this room."""
    return reverse(f"figures:{name}", args=[request.partnership.slug, *args])  # type: ignore[attr-defined]


@policy(Partnership, "read indicators")
def indicators(request: HttpRequest) -> HttpResponse:
    """Every indicator by its theme, with its last figure and what is missing."""
    require(can(request.user, "read indicators", request.partnership))
    today = clock.today()
    audience = queries.audience_of(request.user, request.partnership)
    found = list(Indicator.objects.visible_to(request.user).of(request.partnership))
    ended = request.GET.get("show") == "ended"
    kept = [each for each in found if bool(each.ends_on and each.ends_on <= today) == ended]
    kept.sort(key=lambda each: (each.theme.position if each.theme else math.inf, each.position))
    _read(request, kept, audience)
    known = queries.many(kept, audience=audience)
    gaps_now = queries.gaps(request.partnership, today, audience=audience)
    missing = {gap.indicator.pk for gap in gaps_now}
    if request.GET.get("format") == "csv":
        return _list_csv(request, known)
    rows = [tables.summary(series, missing=each.pk in missing) for each, series in known.items()]
    context = {
        "rows": rows,
        "links": links(request),
        "ended": ended,
        "any_ended": any(each.ends_on and each.ends_on <= today for each in found),
        "missing": len(missing),
        "may_manage": can(request.user, "manage indicators", request.partnership),
        "here": address(request, "indicators"),
        "csv_url": f"?show={'ended' if ended else ''}&format=csv" if rows else "",
    }
    return render(request, "figures/indicators.html", context)


def _read(request: HttpRequest, found: list[Indicator], audience: str) -> None:
    """Put on record whose restricted figures this person now reads."""
    for each in found:
        if each.restricted and queries.reads(each, audience):
            audit.workflow.record_read(each, by=request.user, partnership=each.partnership)


def _list_csv(request: HttpRequest, known: dict[Indicator, queries.Series]) -> HttpResponse:
    names = queries.wards(request.partnership, clock.today())
    lines = [line for series in known.values() for line in tables.lines(series, names)]
    _downloaded(request, len(lines))
    name = f"indicators-{request.partnership.slug}-{clock.today().isoformat()}"
    return csv_response(name, tables.HEADINGS, lines)


def _downloaded(request: HttpRequest, rows: int) -> None:
    audit.workflow.record(
        "downloaded figures of", request.partnership, by=request.user,
        partnership=request.partnership, detail={"rows": rows},
    )  # fmt: skip


@policy(Indicator, "view")
def indicator(request: HttpRequest, slug: str) -> HttpResponse:
    """Its definition and source, every figure, breaks and gaps; as published, if asked for."""
    found = load(request, Indicator, "view", slug=slug)
    today = clock.today()
    audience = queries.audience_of(request.user, request.partnership)
    public = request.GET.get("as") == "public"
    seen = "public" if public else audience
    _read(request, [found], seen)
    series = queries.series(found, audience=seen)
    names = queries.wards(request.partnership, today)
    if request.GET.get("format") == "csv":
        lines = list(tables.lines(series, names))
        _downloaded(request, len(lines))
        ending = "-published" if public else ""
        name = f"{found.slug}-{request.partnership.slug}-{today.isoformat()}{ending}"
        return csv_response(name, tables.HEADINGS, lines)
    context = {
        "indicator": found,
        "series": series,
        "public": public,
        "table": tables.by_period(series),
        "wards": tables.by_ward(series, names),
        "chart": tables.chart(series),
        "gaps": [
            gap
            for gap in queries.gaps(request.partnership, today, audience=seen)
            if gap.indicator == found
        ],
        "may_change": can(request.user, "change", found),
        "over": bool(found.ends_on and found.ends_on <= today),
        "csv_url": f"?as={'public' if public else ''}&format=csv" if series.figures else "",
        "here": found.get_absolute_url(),
    }
    return render(request, "figures/indicator.html", context)


@policy(Partnership, "read indicators")
def gaps(request: HttpRequest) -> HttpResponse:
    """Every figure that is missing, whose it is and what they say about it."""
    require(can(request.user, "read indicators", request.partnership))
    audience = queries.audience_of(request.user, request.partnership)
    found = queries.gaps(request.partnership, clock.today(), audience=audience)
    agencies = sorted({(gap.agency.slug, gap.agency.name) for gap in found}, key=lambda a: a[1])
    chosen = request.GET.get("agency", "")
    if chosen:
        found = [gap for gap in found if gap.agency.slug == chosen]
    if request.GET.get("format") == "csv":
        name = f"missing-figures-{request.partnership.slug}-{clock.today().isoformat()}"
        return csv_response(name, tables.GAP_HEADINGS, map(tables.gap_line, found))
    context = {
        "gaps": found,
        "agencies": agencies,
        "chosen": chosen,
        "here": address(request, "gaps"),
        "csv_url": f"?agency={chosen}&format=csv" if found else "",
    }
    return render(request, "figures/gaps.html", context)


# ---- what officers change -----------------------------------------------------------------------


@policy(Partnership, GET="manage indicators", POST="manage indicators")
def indicator_add(request: HttpRequest) -> HttpResponse:
    """Add an indicator."""
    require(can(request.user, "manage indicators", request.partnership))
    form = forms.AddForm(
        request.POST or None, partnership=request.partnership, initial={"marking": "official"},
        cancel=address(request, "indicators"),
    )  # fmt: skip
    if form.is_valid():
        try:
            made = workflow.add(request.partnership, **form.cleaned_data, by=request.user)
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            messages.success(request, f"{made.name} is added.")
            return redirect(made)
    return _question(request, form, "Add an indicator", None)


@policy(Partnership, POST="manage indicators")
def indicators_set_up(request: HttpRequest) -> HttpResponse:
    """Add the usual indicators that are not there yet."""
    require(can(request.user, "manage indicators", request.partnership))
    made = workflow.set_up_default_indicators(request.partnership, by=request.user)
    if made:
        messages.success(request, f"{len(made)} indicators are added. Change what does not fit.")
    else:
        messages.info(request, "All the usual indicators that your partners supply are there.")
    return redirect("figures:indicators", request.partnership.slug)


@policy(Indicator, GET="change", POST="change")
def indicator_change(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what is said of it."""
    found = load(request, Indicator, "view", slug=slug)
    require(can(request.user, "change", found))
    form = forms.ChangeForm(request.POST or None, indicator=found, cancel=found.get_absolute_url())
    return _taken(request, form, "Change this indicator", found, workflow.change)


@policy(Indicator, GET="change", POST="change")
def indicator_end(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for it no longer."""
    found = load(request, Indicator, "view", slug=slug)
    require(can(request.user, "change", found))
    form = forms.EndForm(request.POST or None, cancel=found.get_absolute_url())
    return _taken(request, form, "End this indicator", found, workflow.end)


@policy(Indicator, POST="change")
def indicator_resume(request: HttpRequest, slug: str) -> HttpResponse:
    """Take back that it ended."""
    found = load(request, Indicator, "view", slug=slug)
    require(can(request.user, "change", found))
    try:
        workflow.resume(found, by=request.user)
        messages.success(request, "It is asked for again.")
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
    return redirect(found)


@policy(Indicator, GET="change", POST="change")
def indicator_break(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that the series cannot be compared across a day."""
    found = load(request, Indicator, "view", slug=slug)
    require(can(request.user, "change", found))
    form = forms.BreakForm(request.POST or None, cancel=found.get_absolute_url())
    return _taken(request, form, "Note a break in the series", found, workflow.break_series)


@policy(Indicator, POST="change")
def indicator_break_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take back a break."""
    found = load(request, Indicator, "view", slug=slug)
    require(can(request.user, "change", found))
    noted = found.breaks.filter(pk=pk).first()
    if noted is None:
        raise Http404
    workflow.remove_break(noted, by=request.user)
    messages.success(request, f"The break of {longdate(noted.since)} is taken back.")
    return redirect(found)


def _taken(
    request: HttpRequest, form: Any, title: str, found: Indicator, step: Any
) -> HttpResponse:
    if form.is_valid():
        try:
            step(found, **form.cleaned_data, by=request.user)
        except Wrong as wrong:
            messages.error(request, wrong.messages[0])
            return redirect(found)
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            messages.success(request, "Saved.")
            return redirect(found)
    return _question(request, form, title, found)


def _question(request: HttpRequest, form: Any, title: str, found: Indicator | None) -> HttpResponse:
    context = {"form": form, "title": title, "indicator": found}
    return render(request, "figures/indicator_form.html", context)
