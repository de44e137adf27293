"""Street crime: the dashboard, a ward, month by month, and the districts side by side."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from core import clock
from core.components import Link
from core.exports import csv_response
from core.permissions import can, policy, require
from figures.exports import crime as exports
from figures.forms.crime import CrimeForm
from figures.queries import chosen, comparing, dashboard, drawings, history, months, small
from figures.queries.comparing.periods import not_held
from membership.models import Partnership

PLACES = 10
OLD = 3  # months after which it is said how old the newest figures are


@policy(Partnership, "read figures")
def crime(request: HttpRequest) -> HttpResponse:
    """Street crime of a period: how many, against what, of which type, where."""
    area = asked(request)
    if not area.known.months:
        return nothing(request, area)
    form = CrimeForm(request.GET, area=area, types=chosen.types())
    choice = form.chosen(area)
    found = dashboard.figures(choice)
    context = {
        **shared(request, form, choice),
        "found": found,
        "cards": cards(found),
        "trend": drawings.trend(found),
        "trend_message": drawings.trend_message(found),
        "map": drawings.ward_map(found),
        "map_message": drawings.ward_message(found),
        "rows": ordered(found.wards, request),
        "sort": request.GET.get("sort") or "-n",
        "places": comparing.hot_places(choice.selection, most=PLACES),
    }
    return render(request, "figures/crime.html", context)


@policy(Partnership, "read figures")
def ward(request: HttpRequest, code: str) -> HttpResponse:
    """One ward: its types, its small areas on a map, its hot places."""
    area = asked(request)
    if code not in area.wards or not area.known.months:
        raise Http404
    form = CrimeForm(request.GET, area=area, types=chosen.types(), but="ward")
    choice = form.chosen(area, wards=(code,))
    found = dashboard.figures(choice)
    rows = small.areas(found)
    own = next(row for row in found.wards if row.code == code)
    context = {
        **shared(request, form, choice),
        "found": found,
        "ward": area.wards[code],
        "own": own,
        "cards": cards(found),
        "trend": drawings.trend(found),
        "trend_message": drawings.trend_message(found),
        "bars": drawings.type_bars(found),
        "map": drawings.small_areas(rows, area.wards[code], choice.period),
        "rows": rows,
        "places": comparing.hot_places(choice.selection, most=PLACES),
        "warning": small.warning(found, own),
        "place_says": small.place_says(found, own),
        "crime_url": f"{address(request, 'crime')}{without(request, 'sort')}",
    }
    return render(request, "figures/ward.html", context)


@policy(Partnership, "read figures")
def by_month(request: HttpRequest) -> HttpResponse:
    """Month by month, with rolling years and the limits between which months usually fall."""
    area = asked(request)
    if not area.known.months:
        return nothing(request, area)
    form = CrimeForm(request.GET, area=area, types=chosen.types(), but="period against")
    choice = form.chosen(area, first=area.known.months[0], last=area.known.months[-1])
    past = history.of(choice)
    context = {
        **shared(request, form, choice),
        "past": past,
        "chart": drawings.history(past),
    }
    return render(request, "figures/months.html", context)


@policy(Partnership, "read figures")
def districts(request: HttpRequest) -> HttpResponse:
    """The districts of the police force area side by side, for every 1,000 residents."""
    area = asked(request)
    if not area.known.months:
        return nothing(request, area)
    form = CrimeForm(request.GET, area=area, types=chosen.types(), but="against ward")
    choice = form.chosen(area)
    ranking = comparing.ranks(choice.selection)
    context = {
        **shared(request, form, choice),
        "ranking": ranking,
        "chart": drawings.rates(ranking, choice.period) if ranking.rows else None,
    }
    return render(request, "figures/districts.html", context)


def asked(request: HttpRequest) -> chosen.Area:
    """The area whose figures the person may read. Raises ``Refused``."""
    require(can(request.user, "read figures", request.partnership))
    return chosen.area_of(request.partnership)


def nothing(request: HttpRequest, area: chosen.Area) -> HttpResponse:
    """The page while no figures are held, which says what is missing."""
    return render(
        request,
        "figures/nothing.html",
        {"area": area, "links": links(request), "import_url": import_url(request)},
    )


def shared(request: HttpRequest, form: CrimeForm, choice: chosen.Chosen) -> dict[str, Any]:
    """What every page of street crime shows."""
    newest = choice.area.newest
    today = clock.today()
    age = (today.year - newest.year) * 12 + today.month - newest.month if newest else 0
    asks = without(request, "sort")
    return {
        "filter": form,
        "choice": choice,
        "newest": months.name(newest) if newest else "",
        "age": age if age > OLD else 0,
        "query": without(request, "sort", "ward"),
        "csv": {name: f"{address(request, 'crime_csv', name)}{asks}" for name in exports.TABLES},
        "ward_url": address(request, "ward", "x").removesuffix("x/"),
        "missing": missing(choice),
        "links": links(request),
        "import_url": import_url(request),
        "sources_url": address(request, "holding"),
    }


def missing(choice: chosen.Chosen) -> list[str]:
    """Months that are not held: of the period chosen, and between the first and the last held."""
    known, selection = choice.area.known, choice.selection
    gone = {*known.missing, *known.within((selection.first, selection.last)).missing}
    return [not_held(months.months(*each)) for each in months.runs(list(gone))]


def without(request: HttpRequest, *names: str) -> str:
    """The query of this page without some of its values."""
    query = request.GET.copy()
    for name in names:
        query.pop(name, None)
    return f"?{query.urlencode()}" if query else ""


PAGES = (
    ("crime", "Dashboard", "read figures"),
    ("months", "Month by month", "read figures"),
    ("districts", "Districts", "read figures"),
    ("holding", "What is held", "read figures"),
    ("indicators", "Figures of agencies", "read indicators"),
)


def links(request: HttpRequest) -> list[Link]:
    """The pages of figures that the person may open, beside one another."""
    here = request.resolver_match.url_name
    return [
        Link(label, address(request, name), name == here)
        for name, label, verb in PAGES
        if can(request.user, verb, request.partnership)
    ]


def import_url(request: HttpRequest) -> str:
    """Where later months are sent in, for those who may."""
    may = can(request.user, "send in crime files", request.partnership)
    return address(request, "send_in") if may else ""


def cards(found: dashboard.Figures) -> list[dashboard.Row]:
    """The headline figures: all that is chosen and, where no type is, the three largest types."""
    return [found.whole, *(found.types[:3] if not found.chosen.type else [])]


ORDERS = {
    "name": lambda row: row.name,
    "n": lambda row: row.n,
    "rate": lambda row: row.per_1000 or 0,
    "before": lambda row: row.comparison.before or 0,
    "change": lambda row: row.comparison.difference or 0,
}


def ordered(rows: list[dashboard.Row], request: HttpRequest) -> list[dashboard.Row]:
    """Wards in the order asked for; the most first if none is."""
    sort = request.GET.get("sort", "")
    order = ORDERS.get(sort.removeprefix("-"))
    return sorted(rows, key=order, reverse=sort.startswith("-")) if order else rows


def address(request: HttpRequest, name: str, *args: str) -> str:
    return reverse(f"figures:{name}", args=[request.partnership.slug, *args])


@policy(Partnership, "read figures")
def crime_csv(request: HttpRequest, table: str) -> HttpResponse:
    """The figures of a table as a file, of the same choice as the page."""
    area = asked(request)
    if table not in exports.TABLES or not area.known.months:
        raise Http404
    form = CrimeForm(request.GET, area=area, types=chosen.types())
    choice = form.chosen(area)
    headings, lines = exports.TABLES[table](choice)
    held = dict.fromkeys((choice.selection.first, choice.selection.last))
    period = "-to-".join(months.key(each) for each in held)
    return csv_response(f"{table}-{request.partnership.slug}-{period}", headings, lines)
