"""The charts and maps of an edition, drawn of the figures that it keeps."""

from typing import Any

from core.charts import (
    Bar,
    Line,
    LineChart,
    Map,
    MapArea,
    area_map,
    bar_chart,
    line_chart,
    silhouette,
)


def cover_map(outlines: list[dict[str, Any]]) -> bytes:
    """The wards of the borough for the cover; empty where none are drawn."""
    if not outlines:
        return silhouette(None)
    areas = [MapArea(each["code"], each["name"], each["polygons"], None) for each in outlines]
    return silhouette(area_map("cover", title="", areas=areas))


def drawings(shown: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """Charts and maps by where they stand; ``prefix`` keeps their ids apart on one page."""
    found, outlines = shown["findings"], shown["area"].get("outlines", [])
    drawn: dict[str, Any] = {"priorities": {}}
    if found.get("total"):
        drawn["months"] = _line(f"{prefix}all-months", "Reports a month, all types", "All reports",
                                found["by_month"])  # fmt: skip
        drawn["types"] = bar_chart(
            f"{prefix}types", title=f"Reports by type, {found['period']}",
            bars=[Bar(each["name"], each["n"]) for each in found["by_type"]],
            headings=("Type", "Reports", "Before"),
        )  # fmt: skip
        drawn["wards"] = _map(f"{prefix}wards", f"Reports by ward, {found['period']}", outlines,
                              found["by_ward"])  # fmt: skip
    for priority in shown["priorities"]:
        crime, key = priority["crime"], f"{prefix}p{priority['number']}"
        if crime:
            drawn["priorities"][priority["number"]] = of_crime(key, crime, outlines)
    return drawn


def _line(key: str, title: str, name: str, by_month: list[dict[str, Any]]) -> LineChart | None:
    if len(by_month) < 2:
        return None
    return line_chart(
        key, title=title, labels=[each["short"] for each in by_month],
        groups=[each["key"][:4] for each in by_month],
        lines=[Line(name, [each["n"] for each in by_month])],
    )  # fmt: skip


def _map(
    key: str, title: str, outlines: list[dict[str, Any]], by_ward: list[dict[str, Any]]
) -> Map | None:
    """The wards, each with its rank on it; one without a report is a nought."""
    if not outlines:
        return None
    counted = {each["code"]: each["n"] for each in by_ward}
    ranked = sorted(outlines, key=lambda each: (-counted.get(each["code"], 0), each["name"]))
    return area_map(
        key, title=title, headings=("No.", "Ward", "Reports"),
        areas=[
            MapArea(each["code"], each["name"], each["polygons"], counted.get(each["code"], 0),
                    str(number))
            for number, each in enumerate(ranked, start=1)
        ],
    )  # fmt: skip


def of_crime(key: str, crime: dict[str, Any], outlines: list[dict[str, Any]]) -> dict[str, Any]:
    """The line and the map of one type of crime."""
    return {
        "line": _line(f"{key}-months", f"{crime['type']}: reports a month", crime["type"],
                      crime["by_month"]),
        "map": _map(f"{key}-wards", f"{crime['type']} by ward, {crime['period']}", outlines,
                    crime["by_ward"]),
    }  # fmt: skip
