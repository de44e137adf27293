"""Where an order holds: the district's wards, those that it touches, and its own outline."""

from dataclasses import replace
from typing import Any

from assessments.models import Order
from core.charts import Map, MapArea, Table, area_map
from figures.models import Outline, Ward

NOT, TOUCHED, WITHIN = 0, 1, 2
WORDS = {NOT: "Other wards", TOUCHED: "Wards that it touches", WITHIN: "Where it holds"}
ROOM = 206  # for each step of the legend


def of_order(order: Order) -> Map | None:
    """The map of an order; nothing where neither wards nor an outline are held."""
    districts = order.partnership.areas.values("gss_code")
    names = dict(Ward.objects.filter(district__in=districts).values_list("code", "name"))
    outlines = Outline.objects.filter(layer="ward", area_code__in=names)
    areas = [
        MapArea(
            each.area_code, names[each.area_code], each.polygons,
            TOUCHED if each.area_code in order.area_codes else NOT,
        )
        for each in outlines
    ]  # fmt: skip
    areas = _near(areas, order)
    touched = sorted(area.name for area in areas if area.n == TOUCHED)
    if order.outline:
        areas.append(MapArea(order.slug, order.place, order.outline, WITHIN))
    if not touched and not order.outline:
        return None
    desc = f"{order.place}. Wards: {', '.join(touched)}." if touched else f"{order.place}."
    drawn = area_map("order", title=f"Where it holds: {order.title}", areas=areas, desc=desc)
    present = sorted({int(area.n or 0) for area in areas})
    named = enumerate(zip(drawn.legend, present, strict=False))
    legend = [
        replace(step, words=WORDS[value], x=1 + at * ROOM, text_x=28 + at * ROOM)
        for at, (step, value) in named
    ]
    rows = [(order.place, WORDS[WITHIN])] if order.outline else []
    rows += [(name, WORDS[TOUCHED]) for name in touched]
    table = Table(drawn.title, ("Area", "What it is"), tuple(rows))
    return replace(drawn, legend=tuple(legend), table=table)


def _near(areas: list[MapArea], order: Order) -> list[MapArea]:
    """The wards about the place: those that come within its own width and height of it."""
    place = [area.polygons for area in areas if area.n == TOUCHED]
    box = _box([*place, order.outline])
    if box is None:
        return areas
    west, south, east, north = box
    wide, high = (east - west) / 2, (north - south) / 2
    kept = []
    for area in areas:
        own = _box([area.polygons])
        if own is None:
            continue
        across = own[0] <= east + wide and own[2] >= west - wide
        if across and own[1] <= north + high and own[3] >= south - high:
            kept.append(area)
    return kept


def _box(many: list[Any]) -> tuple[float, float, float, float] | None:
    """The westernmost, southernmost, easternmost and northernmost of all points."""
    points = [point for each in many for polygon in each for ring in polygon for point in ring]
    if not points:
        return None
    east, north = [point[0] for point in points], [point[1] for point in points]
    return min(east), min(north), max(east), max(north)
