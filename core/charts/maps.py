"""Maps of areas in five steps from light to dark, which survive grey, with a number on each area.

Longitudes and latitudes are drawn on a plane (equirectangular, narrowed by the cosine of the middle
latitude), which serves for a district.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from core.charts.drawing import INK, MUTED, Table, number

FILLS = ("#e4eeeb", "#a9cbc6", "#5f9c9b", "#23696f", "#07313a")
UNKNOWN = "#ffffff"
WIDTH = 620
SMALL = 20  # an area narrower or lower than this has no room for its number

Ring = Sequence[Sequence[float]]
Polygons = Sequence[Sequence[Ring]]
Points = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class MapArea:
    """An area: its polygons of rings of [longitude, latitude], and its count, ``None`` if unknown.

    ``label`` is the number that stands on it, which the table beside the map explains.
    """

    code: str
    name: str
    polygons: Polygons
    n: float | None
    label: str = ""


@dataclass(frozen=True, slots=True)
class DrawnArea:
    """An area as drawn."""

    name: str
    path: str
    fill: str
    stroke: str
    label: str
    x: int
    y: int
    ink: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the legend: where it stands in one line, and in lines of three of a small map."""

    fill: str
    words: str
    x: int
    text_x: int
    small_x: int
    small_text_x: int
    small_y: int
    small_text_y: int


@dataclass(frozen=True, slots=True)
class Map:
    """A map: areas, legend, and the table that says the same."""

    id: str
    title: str
    desc: str
    width: int
    height: int
    paper_height: int
    small_height: int
    areas: tuple[DrawnArea, ...]
    legend: tuple[Step, ...]
    table: Table


def area_map(
    key: str,
    *,
    title: str,
    areas: Sequence[MapArea],
    desc: str = "",
    headings: tuple[str, str, str] = ("Number on the map", "Area", "Number"),
) -> Map:
    """A map of areas by their counts; ``key`` makes its ids, so it is the only one of the page."""
    breaks = steps([area.n for area in areas if area.n is not None])
    plane = _Plane(areas)
    drawn = tuple(_drawn(area, plane, breaks) for area in areas)
    fills = fills_of(len(breaks))
    named = list(zip(fills, _legend(breaks, areas), strict=True))
    if any(area.n is None for area in areas):
        named.append((UNKNOWN, "not known"))
    legend = [_step(at, fill, words, len(named)) for at, (fill, words) in enumerate(named)]
    ordered = sorted(areas, key=lambda area: (area.n is None, -(area.n or 0), area.name))
    rows = tuple((area.label or area.code, area.name, number(area.n)) for area in ordered)
    words = desc or described(ordered)
    table = Table(title, headings, rows)
    return Map(
        key, title, words, WIDTH, plane.height, plane.height + 36,
        plane.height + legend[-1].small_text_y + 12, drawn, tuple(legend), table,
    )  # fmt: skip


def _step(at: int, fill: str, words: str, of: int) -> Step:
    line, place = divmod(at, 3)
    x, near, y = 1 + at * (WIDTH // max(len(FILLS), of)), 1 + place * (WIDTH // 3), 14 + line * 36
    return Step(fill, words, x, x + 27, near, near + 32, y, y + 20)


def silhouette(drawn: Map | None) -> bytes:
    """The areas of a map as a quiet picture for a dark cover; empty where nothing is drawn."""
    if drawn is None:
        return b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"/>'
    outline = "".join(area.path for area in drawn.areas)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawn.width} {drawn.height}">'
        f'<path fill="#1b5862" stroke="#0f4650" stroke-width="2" d="{outline}"/></svg>'
    ).encode()


def described(ordered: Sequence[MapArea]) -> str:
    """The areas with the most and the fewest."""
    known = [area for area in ordered if area.n is not None]
    if len(known) < 2:
        return "; ".join(f"{area.name} {number(area.n)}" for area in known) + "."
    most = ", ".join(f"{area.name} {number(area.n)}" for area in known[:3])
    fewest = ", ".join(f"{area.name} {number(area.n)}" for area in known[3:][-3:][::-1])
    return f"Most: {most}." + (f" Fewest: {fewest}." if fewest else "")


# ---- steps --------------------------------------------------------------------------------------


def steps(values: Sequence[float]) -> list[float]:
    """From which value each step begins: about as many areas in each, at round numbers."""
    distinct = sorted(set(values))
    if len(distinct) <= len(FILLS):
        return distinct or [0]
    ordered = sorted(values)
    breaks = [ordered[0]]
    for part in range(1, len(FILLS)):
        wanted = ordered[len(ordered) * part // len(FILLS)]
        near = _round(wanted, ordered)
        between = any(breaks[-1] <= value < near for value in ordered)
        if between and breaks[-1] < near <= ordered[-1]:
            breaks.append(near)
    return breaks


def _round(value: float, ordered: Sequence[float]) -> float:
    """The value made as round as it can be without moving more than a tenth."""
    if value <= 0:
        return value
    size = 10.0 ** math.floor(math.log10(value))
    for part in (1, 0.5, 0.1, 0.05, 0.01):
        near = round(value / (size * part)) * size * part
        if abs(near - value) <= value / 10 and near > ordered[0]:
            return int(near) if near == int(near) else near
    return value


def step_of(value: float, breaks: Sequence[float]) -> int:
    """In which step a value lies."""
    return max(0, sum(value >= each for each in breaks) - 1)


def fills_of(length: int) -> list[str]:
    """So many fills, light to dark, as far apart as they can be."""
    if length == 1:
        return [FILLS[1]]
    return [FILLS[round(at * (len(FILLS) - 1) / (length - 1))] for at in range(length)]


def _legend(breaks: Sequence[float], areas: Sequence[MapArea]) -> list[str]:
    values = sorted({area.n for area in areas if area.n is not None})
    if len(values) <= len(FILLS) or len(breaks) < 2:
        return [number(value) for value in breaks]
    whole = all(isinstance(value, int) for value in values)
    only = whole and len(breaks) > 1 and values[0] + 1 == breaks[1]
    words = [number(values[0]) if only else f"under {number(breaks[1])}"]
    for low, high in pairwise(breaks[1:]):
        upper = number(high - 1) if whole else f"under {number(high)}"
        words.append(number(low) if whole and high - 1 == low else f"{number(low)} to {upper}")
    return [*words, f"{number(breaks[-1])} or more"]


# ---- drawing ------------------------------------------------------------------------------------


class _Plane:
    """From longitude and latitude to the drawing: whole units, so that borders stay shared."""

    def __init__(self, areas: Sequence[MapArea]) -> None:
        points = [point for area in areas for polygon in area.polygons for point in polygon[0]]
        east = [point[0] for point in points] or [0.0, 1.0]
        north = [point[1] for point in points] or [0.0, 1.0]
        self.west, self.top = min(east), max(north)
        self.narrowing = math.cos(math.radians((min(north) + max(north)) / 2))
        across = max((max(east) - min(east)) * self.narrowing, 1e-9)
        self.scale = (WIDTH - 4) / across
        self.height = max(20, round((max(north) - min(north)) * self.scale) + 4)

    def __call__(self, point: Sequence[float]) -> tuple[int, int]:
        x = (point[0] - self.west) * self.narrowing * self.scale
        return round(x) + 2, round((self.top - point[1]) * self.scale) + 2


def _drawn(area: MapArea, plane: _Plane, breaks: Sequence[float]) -> DrawnArea:
    shape = _shape(
        tuple(tuple(tuple(map(plane, ring)) for ring in polygon) for polygon in area.polygons)
    )
    fill, stroke, ink = UNKNOWN, MUTED, INK
    if area.n is not None:
        fill, stroke = fills_of(len(breaks))[step_of(area.n, breaks)], "#ffffff"
        ink = "#ffffff" if fill in FILLS[3:] else INK
    label = area.label if shape.room else ""
    return DrawnArea(area.name, shape.path, fill, stroke, label, shape.x, shape.y + 6, ink)


@dataclass(frozen=True, slots=True)
class _Shape:
    """An outline as drawn, and where its number goes if there is room."""

    path: str
    x: int
    y: int
    room: bool


@lru_cache(maxsize=1024)
def _shape(polygons: tuple[tuple[Points, ...], ...]) -> _Shape:
    """Worked out once for each outline, since the same ones are drawn again and again."""
    rings = [[_simple(list(ring)) for ring in polygon] for polygon in polygons]
    path = "".join(
        f"M{'L'.join(f'{x} {y}' for x, y in ring)}Z" for each in rings for ring in each if ring
    )
    largest = max((each[0] for each in rings), key=_extent, default=[])
    return _Shape(path, *_middle(largest))


def _simple(ring: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ring without points that repeat or lie on a straight line between their neighbours."""
    kept: list[tuple[int, int]] = []
    for point in ring[:-1] if ring[:1] == ring[-1:] else ring:
        if kept and kept[-1] == point:
            continue
        if len(kept) > 1 and _straight(kept[-2], kept[-1], point):
            kept[-1] = point
        else:
            kept.append(point)
    return kept


def _straight(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> bool:
    return (b[0] - a[0]) * (c[1] - b[1]) == (b[1] - a[1]) * (c[0] - b[0])


def _extent(ring: list[tuple[int, int]]) -> int:
    if not ring:
        return 0
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (max(xs) - min(xs)) * (max(ys) - min(ys))


def _middle(ring: list[tuple[int, int]]) -> tuple[int, int, bool]:
    """A point well inside a ring, and whether a number has room there.

    The middles of the pieces that nine lines across the ring cut from it are moved to the middle
    between what is above and below; the one with the most room on all sides is taken.
    """
    if not ring:
        return 0, 0, False
    low, high = min(y for _, y in ring), max(y for _, y in ring)
    turned = [(y, x) for x, y in ring]
    best = (0.0, 0.0, 0.0)
    for part in range(1, 10):
        y = low + (high - low) * part / 10 + 0.25
        for left, right in _inside(ring, y):
            x = (left + right) / 2 + 0.25
            for top, bottom in _inside(turned, x):
                if top <= y <= bottom:
                    best = max(best, (min(right - left, bottom - top), x, (top + bottom) / 2))
    room, x, y = best
    return round(x), round(y), room >= SMALL


def _inside(ring: list[tuple[int, int]], y: float) -> list[tuple[float, float]]:
    """The pieces of a line across a ring that are inside it."""
    crossings = sorted(
        a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1])
        for a, b in pairwise([*ring, ring[0]])
        if (a[1] > y) != (b[1] > y)
    )
    return list(zip(crossings[::2], crossings[1::2], strict=False))


def polygons_of(geometry: dict[str, Any]) -> Polygons:
    """The polygons of a GeoJSON geometry."""
    found = geometry["coordinates"]
    return found if geometry["type"] == "MultiPolygon" else [found]
