"""Counts for every 1,000 residents, and the place that an area takes among others."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from figures.models import District
from figures.queries import months
from figures.queries.comparing.periods import not_held, unusual
from figures.queries.counts import Selection, counts, total
from figures.queries.held import held

# A ward that has this many times the rate of its area is visited by many who do not live there.
VISITED = 2.0
ORDINALS = (
    "", "", "second ", "third ", "fourth ", "fifth ", "sixth ", "seventh ", "eighth ", "ninth ",
    "tenth ",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Residents:
    """How many people live in areas, by whose count; ``missing`` are areas without a count."""

    by_area: dict[str, int]
    source: str = ""
    missing: tuple[str, ...] = ()

    @property
    def total(self) -> int | None:
        """All of them; nothing where an area's are not known."""
        return None if self.missing or not self.by_area else sum(self.by_area.values())


@dataclass(frozen=True, slots=True)
class Rate:
    """A count for every 1,000 residents; ``warning`` says where residents mislead."""

    n: int
    residents: int | None
    per_1000: float | None
    population_source: str
    says: str
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Rank:
    """One area among others; equal rates share a place."""

    place: int
    code: str
    name: str
    n: int
    residents: int
    per_1000: float
    here: bool


@dataclass(frozen=True, slots=True)
class Ranking:
    """Areas by rate, highest first, or why there is no ranking."""

    rows: tuple[Rank, ...] = ()
    among: str = ""
    population_source: str = ""
    says: str = ""
    why_not: str = ""


_RESIDENTS = """
    WITH part AS (
        SELECT ward_id AS area, code FROM figures_lsoa
        WHERE ward_id = ANY (%(areas)s) AND in_2021
        UNION ALL
        SELECT district_id, code FROM figures_lsoa
        WHERE district_id = ANY (%(areas)s) AND in_2021
    ), parts AS (
        SELECT area, count(*) AS n FROM part GROUP BY area
    ), known AS (
        SELECT area_code, year, source, residents, 0 AS added FROM figures_population
        WHERE area_code = ANY (%(areas)s)
        UNION ALL
        SELECT area, p.year, p.source, sum(p.residents), 1
        FROM part JOIN parts USING (area) JOIN figures_population p ON p.area_code = part.code
        GROUP BY area, parts.n, p.year, p.source
        HAVING count(*) = parts.n
    )
    SELECT DISTINCT ON (area_code, year, source) area_code, year, source, residents::bigint
    FROM known ORDER BY area_code, year, source, added
"""


def residents(areas: Sequence[str]) -> Residents:
    """The newest count that knows all of these areas; else the one that knows the most.

    What is not counted for a ward or a district itself is added up from its LSOAs of 2021.
    """
    found: dict[tuple[int, str], dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_RESIDENTS, {"areas": list(areas)})
        for code, year, source, people in cursor.fetchall():
            found.setdefault((year, source), {})[code] = people
    if not found:
        return Residents({}, missing=tuple(areas))
    year, source = max(found, key=lambda count: (len(found[count]), count))
    known = found[year, source]
    words = source if str(year) in source else f"{source}, {year}"
    return Residents(known, words, tuple(code for code in areas if code not in known))


def rate(selection: Selection) -> Rate:
    """The selection for every 1,000 residents of its wards, or of its districts."""
    known = residents(selection.wards or selection.districts)
    warning = _visited(selection, known) if selection.wards else ""
    return rated(total(selection), known, selection, warning=warning)


def rated(n: int, known: Residents, selection: Selection, *, warning: str = "") -> Rate:
    """A count that is at hand for every 1,000 residents."""
    people = known.total
    if not people:
        says = "No rate: how many people live there is not held."
        return Rate(n, None, None, known.source, says)
    per_1000 = 1000 * n / people
    says = (
        f"{per_1000:,.1f} for every 1,000 residents{_over(selection)}. "
        f"{people:,} residents: {known.source}."
    )
    return Rate(n, people, per_1000, known.source, says, warning)


def _over(selection: Selection) -> str:
    length = selection.length
    if length == 12:
        return " in twelve months"
    return f" in {length} month{'' if length == 1 else 's'}, so not a yearly rate"


def _visited(selection: Selection, known: Residents) -> str:
    """That a ward's residents are the wrong yardstick, where its rate is far above its area's."""
    area = residents(selection.districts)
    if not known.total or not area.total:
        return ""
    theirs = total(selection) / known.total
    everywhere = total(selection.but(wards=())) / area.total
    if not everywhere or theirs < VISITED * everywhere:
        return ""
    return visited(theirs / everywhere)


def visited(times: float) -> str:
    """What to say of a ward with so many times the rate of its area."""
    return (
        f"{times:.1f} times the rate of the whole area. Where many people come to shop, work or go "
        "out, residents are the wrong yardstick: this says little about the risk to those who live "
        "here."
    )


def ranks(selection: Selection, *, among: str = "district") -> Ranking:
    """Areas by their rate: the districts of the police force area, or the wards of the districts.

    Only forces held in every month count. ``among`` is ``district`` or ``ward``.
    """
    known = held(selection)
    if known.missing or not known.own_force:
        why = not_held(known.missing) if known.missing else "Nothing is held for this area"
        return Ranking(why_not=why)
    if known.unusual:
        return Ranking(why_not=unusual(known))
    names, words, wide = (_districts if among == "district" else _wards)(selection)
    people = residents(list(names))
    counted = counts(wide.but(forces=known.forces_everywhere), (f"{among}_code",))
    totals = {each.key[0]: each.n for each in counted}
    ordered = sorted(
        (
            (1000 * totals.get(code, 0) / people.by_area[code], names[code], code)
            for code in names
            if people.by_area.get(code)
        ),
        key=lambda each: (-each[0], each[1]),
    )
    rates = [each[0] for each in ordered]
    here = selection.districts if among == "district" else selection.wards
    rows = tuple(
        Rank(
            rates.index(per_1000) + 1, code, name, totals.get(code, 0), people.by_area[code],
            per_1000, code in here,
        )
        for per_1000, name, code in ordered
    )  # fmt: skip
    says = _ranked(rows, words, selection)
    return Ranking(rows, words, people.source, says)


def _ranked(rows: tuple[Rank, ...], words: str, selection: Selection) -> str:
    """Second highest of the 13 council areas of Kent, January to September 2025."""
    own = [row for row in rows if row.here]
    if len(own) != 1 or len(rows) < 2:
        return ""
    row = own[0]
    position = f"{ordinal(row.place)}highest"
    lowest = row.place == len(rows)
    return (
        f"{row.name}: {'lowest' if lowest else position} of the {len(rows)} {words} for every "
        f"1,000 residents, {months.period(selection.first, selection.last)}."
    )


def ordinal(place: int) -> str:
    """Nothing for the first; ``second `` to ``tenth ``, then ``11th ``."""
    if place < len(ORDINALS):
        return ORDINALS[place]
    ending = {1: "st", 2: "nd", 3: "rd"}.get(place % 10 if place % 100 // 10 != 1 else 0, "th")
    return f"{place}{ending} "


def _districts(selection: Selection) -> tuple[dict[str, str], str, Selection]:
    areas = District.objects.filter(code__in=selection.districts).exclude(police_force_area="")
    found = District.objects.filter(police_force_area__in=areas.values("police_force_area"))
    rows = list(found.values_list("code", "name", "police_force_area_name"))
    force = months.joined(sorted({area for _, _, area in rows}))
    names = {code: name for code, name, _ in rows}
    wide = selection.but(districts=tuple(names), wards=())
    return names, f"council areas of the {force} police force area", wide


def _wards(selection: Selection) -> tuple[dict[str, str], str, Selection]:
    found = District.objects.filter(code__in=selection.districts, wards__isnull=False)
    rows = found.values_list("wards__code", "wards__name", "name")
    words = f"wards of {months.joined(sorted({district for _, _, district in rows}))}"
    return {code: name for code, name, _ in rows}, words, selection.but(wards=())
