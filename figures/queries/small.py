"""One ward: its small areas (LSOAs), and when its residents are the wrong yardstick."""

from figures.models import Lsoa
from figures.queries.comparing.rates import ordinal, visited
from figures.queries.counts import counts
from figures.queries.dashboard import Figures, Row


def areas(found: Figures) -> list[Row]:
    """Each LSOA of 2021 of the ward with its count, the most first, and with those of 2011."""
    selection = found.chosen.selection
    counted = {each.key[0]: each.n for each in counts(selection, ("lsoa",))}
    here = Lsoa.objects.filter(ward__in=selection.wards).order_by("name")
    rows = [
        Row(name, code, counted.get(code, 0), found.whole.comparison)
        for code, name, now in here.values_list("code", "name", "in_2021")
        if now or code in counted
    ]
    rows.sort(key=lambda row: (-row.n, row.name))
    return [
        Row(row.name, row.code, row.n, row.comparison, place=at)
        for at, row in enumerate(rows, start=1)
    ]


def warning(found: Figures, own: Row) -> str:
    """That the ward is visited by many who do not live there, if its rate says so."""
    total, everybody = sum(row.n for row in found.wards), found.residents.total
    if not own.visited or not own.per_1000 or not total or not everybody:
        return ""
    return visited(own.per_1000 / (1000 * total / everybody))


def place_says(found: Figures, own: Row) -> str:
    """The place that a ward takes by its number of reports."""
    wards = len(found.wards)
    if wards < 2:
        return ""
    if own.place == wards:
        return f"The fewest of the {wards} wards."
    return f"The {ordinal(own.place)}most of the {wards} wards."
