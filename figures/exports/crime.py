"""The tables of street crime as lines of a file, from the same query as the pages."""

from collections.abc import Callable, Iterable
from typing import Any

from figures.queries import dashboard, history, small
from figures.queries.chosen import Chosen
from figures.queries.comparing import hot_places, ranks
from figures.queries.counts import counts

MOST_PLACES = 500
Lines = tuple[list[str], Iterable[list[Any]]]


def all_counts(choice: Chosen) -> Lines:
    """Each count by month, type, ward and force."""
    by = ("month", "type", "ward", "force")
    return [*by, "count"], [[*each.key, each.n] for each in counts(choice.selection, by)]


def types(choice: Chosen) -> Lines:
    """Types, now and before."""
    found = dashboard.figures(choice)
    return _compared("type", found, found.types)


def wards(choice: Chosen) -> Lines:
    """Wards, now and before, with residents and rates."""
    found = dashboard.figures(choice)
    headings, lines = _compared("ward", found, found.wards)
    people = found.residents.by_area
    more = [
        [row.code, people.get(row.code, ""), _rate(row.per_1000)]
        for row in found.wards
    ]  # fmt: skip
    return (
        [*headings, "code", f"residents ({found.residents.source})", "per_1000"],
        [[*line, *extra] for line, extra in zip(lines, more, strict=True)],
    )


def _compared(name: str, found: dashboard.Figures, rows: list[dashboard.Row]) -> Lines:
    headings = [name, found.chosen.period, found.against, "difference", "against_chance"]
    return headings, [
        [
            row.name, row.n, row.comparison.before, row.comparison.difference,
            row.comparison.verdict or row.comparison.why_not,
        ]
        for row in rows
    ]  # fmt: skip


def by_month(choice: Chosen) -> Lines:
    """Every month that is held, with its rolling year."""
    known = choice.area.known
    selection = choice.selection.but(first=known.months[0], last=known.months[-1])
    past = history.of(Chosen(choice.area, selection))
    return (
        ["month", "count", "twelve_months_to_its_end", "note"],
        [[row.key, row.n, row.year, row.note] for row in past.rows],
    )


def places(choice: Chosen) -> Lines:
    """Places with the most crimes."""
    return (
        ["place", "ward", "count", "points", "mostly"],
        [
            [each.location, each.ward, each.n, each.points, each.mostly]
            for each in hot_places(choice.selection, most=MOST_PLACES)
        ],
    )


def districts(choice: Chosen) -> Lines:
    """Districts of the police force area by rate."""
    ranking = ranks(choice.selection.but(wards=()))
    people = f"residents ({ranking.population_source})"
    return (
        ["place", "code", "district", "count", people, "per_1000"],
        [
            [row.place, row.code, row.name, row.n, row.residents, _rate(row.per_1000)]
            for row in ranking.rows
        ],
    )  # fmt: skip


def areas(choice: Chosen) -> Lines:
    """Small areas of the ward chosen, or of all."""
    if choice.ward:
        found = small.areas(dashboard.figures(choice))
        return ["lsoa", "name", "count"], [[row.code, row.name, row.n] for row in found]
    counted = counts(choice.selection, ("lsoa",))
    return ["lsoa", "count"], [[each.key[0], each.n] for each in counted]


def _rate(per_1000: float | None) -> str:
    return "" if per_1000 is None else f"{per_1000:.1f}"


TABLES: dict[str, Callable[[Chosen], Lines]] = {
    "counts": all_counts,
    "types": types,
    "wards": wards,
    "months": by_month,
    "places": places,
    "districts": districts,
    "areas": areas,
}
