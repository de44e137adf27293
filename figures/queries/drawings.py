"""The charts and maps of street crime."""

from collections.abc import Sequence

from core.charts import (
    Bar,
    BarChart,
    Line,
    LineChart,
    Map,
    MapArea,
    area_map,
    bar_chart,
    control_chart,
    line_chart,
)
from core.charts.drawing import number
from figures.models import Outline
from figures.queries import months
from figures.queries.comparing import Ranking
from figures.queries.dashboard import Figures, Row
from figures.queries.history import History

LARGEST = 2  # types drawn as lines of their own


def trend(found: Figures) -> LineChart:
    """Month by month: what is chosen, or the largest types if nothing is."""
    names = [found.chosen.type] if found.chosen.type else [
        row.code for row in found.types[:LARGEST]
    ]  # fmt: skip
    shown = found.trend_months
    words = months.joined([name[:1].lower() + name[1:] for name in names])
    where = found.chosen.area.wards.get(found.chosen.ward, found.chosen.area.place)
    return line_chart(
        "trend",
        title=f"Monthly reports of {words}, {where}, {months.period(shown[0], shown[-1])}",
        labels=[months.short(month) for month in shown],
        groups=[str(month.year) for month in shown],
        lines=[Line(name, found.trend(name)) for name in names],
    )


def trend_message(found: Figures) -> str:
    """What the chart shows, as its heading: the highest and the lowest month of its first line."""
    name = found.chosen.type or (found.types[0].name if found.types else "")
    values = found.trend(name)
    known = [
        (n, month) for n, month in zip(values, found.trend_months, strict=True) if n is not None
    ]
    if len(known) < 2 or min(known)[0] == max(known)[0]:
        return "Month by month"
    high = max(known, key=lambda each: each[0])
    low = min(known, key=lambda each: each[0])
    return (
        f"{name}: highest in {months.name(high[1])} ({number(high[0])}), lowest in "
        f"{months.name(low[1])} ({number(low[0])})"
    )


def type_bars(found: Figures) -> BarChart:
    """Types by their counts, with a mark where each stood before."""
    marked = not found.basis.why_not
    bars = [Bar(row.name, row.n, row.comparison.before if marked else None) for row in found.types]
    return bar_chart(
        "types",
        title=f"Reports by type, {found.chosen.period}",
        bars=bars,
        headings=("Type", found.chosen.period, found.against),
    )


def ward_map(found: Figures) -> Map | None:
    """The wards by their counts; nothing where no outlines are held."""
    rows = found.wards
    outlines = _outlines([row.code for row in rows], "ward")
    if not outlines:
        return None
    return _map(
        "wards",
        rows,
        outlines,
        f"Map of the {len(rows)} wards of {found.chosen.area.place} by number of reports, "
        f"{found.chosen.period}",
        "Ward",
    )


def ward_message(found: Figures) -> str:
    """What the map shows, as its heading: the ward with the most, and its share."""
    total = sum(row.n for row in found.wards)
    if not total:
        return "Ward by ward"
    top = found.wards[0]
    share = round(100 * top.n / total)
    return f"{top.name} had {share}% of the reports: {top.n:,} of {total:,}"


def small_areas(rows: Sequence[Row], ward: str, period: str) -> Map | None:
    """The LSOAs of a ward by their counts; nothing where no outlines are held."""
    outlines = _outlines([row.code for row in rows], "lsoa")
    if not outlines:
        return None
    title = f"Map of the {len(rows)} small areas of {ward} ward by number of reports, {period}"
    return _map("areas", rows, outlines, title, "Small area")


def _outlines(codes: Sequence[str], layer: str) -> dict[str, Outline]:
    return Outline.objects.filter(layer=layer).in_bulk(list(codes))


def _map(key: str, rows: Sequence[Row], outlines: dict[str, Outline], title: str, kind: str) -> Map:
    areas = [
        MapArea(row.code, row.name, outlines[row.code].polygons, row.n, str(row.place))
        for row in rows
        if row.code in outlines
    ]
    return area_map(key, title=title, areas=areas, headings=("Number on the map", kind, "Reports"))


def history(past: History) -> LineChart:
    """Every month, with its mean and limits where there are enough."""
    shown = [row.month for row in past.rows]
    limits = past.limits
    title = (
        f"{past.chosen.what}, {past.chosen.area.place}, month by month, "
        f"{months.period(shown[0], shown[-1])}"
    )
    line = Line(past.chosen.type or "All reports", [row.n for row in past.rows])
    labels = [months.short(month) for month in shown]
    groups = [str(month.year) for month in shown]
    if limits.mean is None or limits.lower is None or limits.upper is None:
        return line_chart("history", title=title, labels=labels, groups=groups, lines=[line])
    marked = Line(line.name, line.values, [row.outside for row in past.rows])
    return control_chart(
        "history", title=title, labels=labels, groups=groups, line=marked,
        mean=limits.mean, lower=limits.lower, upper=limits.upper,
    )  # fmt: skip


def rates(ranking: Ranking, period: str) -> BarChart:
    """Districts by their rates."""
    bars = [Bar(row.name, round(row.per_1000, 1)) for row in ranking.rows]
    return bar_chart(
        "districts",
        title=f"Reports for every 1,000 residents, {period}",
        bars=bars,
        headings=("District", "For every 1,000 residents", ""),
    )
