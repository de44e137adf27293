"""The area of a strategy and what was reported there: counts, months and maps, to be kept.

Only whole months of the area's own force are counted. Months that are not held are named, and
nothing is said of them.
"""

import datetime
from typing import Any

from assessments.models import Edition
from core.dates import longdate
from figures.models import Lsoa, Outline, Population, Ward
from figures.queries import months
from figures.queries.counts import Selection, counts, of_partnership
from figures.queries.held import Held, held, held_ever
from figures.queries.provenance import sources
from membership.models import Partnership

YEAR = 12
MOST_SOURCES = 40


def area(partnership: Partnership, on: datetime.date) -> dict[str, Any]:
    """Who lives there and how it is divided."""
    districts = list(partnership.areas.on(on).values_list("gss_code", flat=True))
    population = [
        found
        for code in districts
        if (found := Population.objects.filter(area_code=code).order_by("-year").first())
    ]
    wards = Ward.objects.filter(district__in=districts)
    known = len(population) == len(districts) and population
    return {
        "districts": list(partnership.areas.on(on).values_list("name", flat=True)),
        "wards": wards.count(),
        "lsoas": Lsoa.objects.filter(district__in=districts, in_2021=True).count(),
        "residents": f"{sum(each.residents for each in population):,}" if known else "",
        "population_source": _source(population[0]) if known else "",
        "outlines": outlines(districts),
    }


def _source(population: Population) -> str:
    """Its source with its year, which most sources name themselves."""
    named = str(population.year) in population.source
    return population.source if named else f"{population.source}, {population.year}"


def outlines(districts: list[str]) -> list[dict[str, Any]]:
    """The wards of these districts as they are drawn, to four decimals of a degree (ten metres)."""
    names = dict(Ward.objects.filter(district__in=districts).values_list("code", "name"))
    found = Outline.objects.filter(district__in=districts, layer="ward").order_by("area_code")
    return [
        {"code": each.area_code, "name": names.get(each.area_code, each.area_code),
         "polygons": _rounded(each.polygons)}
        for each in found
    ]  # fmt: skip


def _rounded(polygons: list[Any]) -> list[Any]:
    return [
        [[[round(x, 4), round(y, 4)] for x, y, *_ in ring] for ring in polygon]
        for polygon in polygons
    ]


# ---- what was reported --------------------------------------------------------------------------


def findings(edition: Edition, on: datetime.date) -> dict[str, Any]:
    """What was reported in the twelve months that the edition rests on, as far as they are held."""
    selection, known = _period(edition, on)
    if not known.months:
        return {"why_not": "No street-level crime figures are held for the area."}
    within = selection.but(first=known.months[0], last=known.months[-1], forces=(known.own_force,))
    by_month = _by_month(within, known)
    by_type = sorted(counts(within, by=("type",)), key=lambda each: (-each.n, each.key))
    files = sources(within)[:MOST_SOURCES]
    return {
        "period": months.period(within.first, within.last),
        "months": [months.key(each) for each in known.months],
        "missing": months.listed(list(known.missing)) if known.missing else "",
        "unusual": [f"{months.name(month)}: {why}" for month, why in known.unusual],
        "force": known.own_force,
        "total": sum(each["n"] for each in by_month),
        "total_words": f"{sum(each['n'] for each in by_month):,}",
        "by_month": by_month,
        "by_type": [{"name": each.key[0], "n": each.n} for each in by_type],
        "by_ward": by_ward(within),
        "sources": [{"name": each.name, "sha256": each.sha256, "month": months.name(each.month),
                     "read": longdate(each.read_at)} for each in files],
    }  # fmt: skip


def _period(edition: Edition, on: datetime.date) -> tuple[Selection, Held]:
    """The assessment's months, or those to the September before; else the last that are held."""
    partnership, assessment = edition.partnership, edition.assessment
    if assessment:
        first, last = assessment.starts_on, months.later(assessment.ends_on, -1)
    else:
        last = datetime.date(edition.year - 1, 9, 1)
        first = months.later(last, 1 - YEAR)
    selection = of_partnership(partnership, first, last)
    known = held(selection)
    if known.months:
        return selection, known
    ever = held_ever(of_partnership(partnership, first, on.replace(day=1)))
    if not ever.months:
        return selection, known
    last = ever.months[-1]
    selection = of_partnership(partnership, months.later(last, 1 - YEAR), last)
    return selection, held(selection)


def _by_month(selection: Selection, known: Held) -> list[dict[str, Any]]:
    """A month that is held without a single report is a nought; one that is not is left out."""
    found = {each.key[0]: each.n for each in counts(selection, by=("month",))}
    return [
        {"key": months.key(each), "short": months.short(each), "name": months.name(each),
         "n": (n := found.get(months.key(each), 0)), "words": f"{n:,}"}
        for each in known.months
    ]  # fmt: skip


def by_ward(selection: Selection) -> list[dict[str, Any]]:
    """Counts by ward, the highest first."""
    found = sorted(
        counts(selection, by=("ward_code", "ward")), key=lambda each: (-each.n, each.key)
    )
    return [
        {"code": each.key[0], "name": each.key[1], "n": each.n, "words": f"{each.n:,}"}
        for each in found
        if each.key[0]
    ]


def crimes_of_type(partnership: Partnership, name: str, keys: list[str]) -> dict[str, Any]:
    """The same of one type of crime, for the months of these keys."""
    first, last = months.parse(keys[0]), months.parse(keys[-1])
    selection = of_partnership(partnership, first, last, types=(name,))
    known = held(selection)
    selection = selection.but(forces=(known.own_force,))
    by_month, wards = _by_month(selection, known), by_ward(selection)
    total = sum(each["n"] for each in by_month)
    return {
        "type": name,
        "period": months.period(first, last),
        "total": total,
        "total_words": f"{total:,}",
        "by_month": by_month,
        "by_ward": wards,
        "message": _message(by_month),
    } if total else {}  # fmt: skip


def _message(by_month: list[dict[str, Any]]) -> str:
    """What the line shows, and no more than that: the highest month and the lowest."""
    if len(by_month) < 2:
        return ""
    most = max(by_month, key=lambda each: each["n"])
    least = min(by_month, key=lambda each: each["n"])
    if most["n"] == least["n"]:
        return f"{most['n']:,} in each month"
    return f"Most in {most['name']}, {most['n']:,}; fewest in {least['name']}, {least['n']:,}"
