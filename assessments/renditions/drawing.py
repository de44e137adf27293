"""Charts and maps of an assessment: the chart, and the component that draws it."""

from collections.abc import Sequence
from typing import Any

from core import charts
from figures.models import Outline
from figures.queries import months

Drawn = tuple[Any, str]
LINE, BARS, MAP = (
    "components/chart_line.html",
    "components/chart_bars.html",
    "components/map.html",
)


def line(key: str, title: str, values: dict[str, int | None], odd: dict[str, str]) -> Drawn:
    """A line over months, broken where a month is not held or is unusual."""
    usable = [None if month in odd else n for month, n in values.items()]
    if sum(n is not None for n in usable) < 2:
        return None, ""
    days = [months.parse(month) for month in values]
    chart = charts.line_chart(
        _id(key), title=title, labels=[months.short(day) for day in days],
        groups=[str(day.year) for day in days], lines=[charts.Line("Records", usable)],
    )  # fmt: skip
    return chart, LINE


def bars(key: str, title: str, counted: Sequence[tuple[str, int]]) -> Drawn:
    """Bars in the order given."""
    if len(counted) < 2:
        return None, ""
    drawn = [charts.Bar(name, n) for name, n in counted]
    return charts.bar_chart(_id(key), title=title, bars=drawn), BARS


def ward_map(key: str, title: str, wards: Sequence[dict[str, Any]]) -> Drawn:
    """A map of wards, each with the number of its row in the table; none without outlines."""
    outlines = dict(
        Outline.objects.filter(area_code__in=[ward["code"] for ward in wards]).values_list(
            "area_code", "polygons"
        )
    )
    areas = [
        charts.MapArea(ward["code"], ward["name"], outlines[ward["code"]], ward["n"], str(at))
        for at, ward in enumerate(wards, start=1)
        if ward["code"] in outlines
    ]
    return (charts.area_map(_id(key), title=title, areas=areas), MAP) if areas else (None, "")


def _id(key: str) -> str:
    return f"figure-{key.replace(':', '-')}"
