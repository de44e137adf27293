"""Which figures each section shows, made of plain JSON figures alone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from assessments.content import Kind
from assessments.drafting.agencies import figure, section_of_theme
from assessments.drafting.rules import Figures, listed, month_words
from assessments.renditions import drawing
from assessments.renditions.shapes import Shown, Table

NOT_RECORDED = (
    "Street-level records published by the police at data.police.uk, not recorded-crime counts."
)
NOT_HELD = "not held"
DASH = "–"
MOST_WARDS = 10


def figures_in(kind: Kind, figures: Figures) -> tuple[Shown, ...]:
    """The figures of a section, in order."""
    return tuple(_figures(kind, figures))


def _figures(kind: Kind, figures: Figures) -> Iterator[Shown]:
    if figures["period"]["held"]:
        if kind.key == "total":
            yield from _of_all(figures)
        if kind.key == "places":
            yield from _of_places(figures)
        if any(figures["by_type"].get(name) for name in kind.types):
            yield from _of_types(kind, figures)
    if kind.key == "horizon" and figures.get("horizon"):
        yield _horizon(figures["horizon"])
    for slug, indicator in figures["indicators"].items():
        if indicator["cells"] and section_of_theme(indicator["theme"]) == kind.key:
            yield _indicator(slug, indicator)


# ---- street crime -------------------------------------------------------------------------------


def _of_all(figures: Figures) -> Iterator[Shown]:
    every = {"Records": figures["by_month"]}
    yield _months("total:months", "Records month by month", figures, every)
    by_type = sorted(figures["by_type"].items(), key=lambda each: (-each[1], each[0]))
    title = "Records by type"
    yield Shown(
        "total:types", title, _counted(title, "Type", by_type), NOT_RECORDED,
        *drawing.bars("total:types", title, by_type),
    )  # fmt: skip
    if figures["rank"]:
        yield _districts(figures)


def _districts(figures: Figures) -> Shown:
    rank = figures["rank"]
    rows = tuple(
        (row["name"], f"{row['n']:,}", f"{row['residents']:,}", row["per_1000"])
        for row in rank["rows"]
    )
    table = Table(
        "Beside the other districts",
        ("District", "Records", "Residents", "For each 1,000"), rows,
    )  # fmt: skip
    held = len(figures["period"]["held"])
    whole = "" if held == 12 else f" Over the {held} months held, so these are no yearly rates."
    return Shown(
        "total:districts", table.caption, table,
        f"{NOT_RECORDED} Residents: {rank['source']}.{whole}",
    )  # fmt: skip


def _of_types(kind: Kind, figures: Figures) -> Iterator[Shown]:
    types = [name for name in kind.types if figures["by_type"].get(name)]
    found = {name: figures["type_month"][name] for name in types}
    what = _what(types).capitalize()
    yield _months(f"{kind.key}:months", f"{what}, month by month", figures, found)
    names = {ward["code"]: ward["name"] for ward in figures["by_ward"]}
    wards: dict[str, int] = {}
    for name in types:
        for code, n in figures["type_ward"].get(name, {}).items():
            wards[names[code]] = wards.get(names[code], 0) + n
    most = sorted(wards.items(), key=lambda each: (-each[1], each[0]))[:MOST_WARDS]
    if most:
        title = f"Wards with most records: {_what(types)}"
        yield Shown(
            f"{kind.key}:wards", title, _counted(title, "Ward", most), NOT_RECORDED,
            *drawing.bars(f"{kind.key}:wards", title, most),
        )  # fmt: skip


def _what(types: Sequence[str]) -> str:
    return listed(types).lower() if len(types) < 3 else "these types"


def _months(
    key: str, title: str, figures: Figures, found: Mapping[str, Mapping[str, int]]
) -> Shown:
    """All types of ``found`` together as a line, and each of them in the table."""
    period = figures["period"]
    held = set(period["held"])
    rows = [(name, *_row(counted, period)) for name, counted in found.items()]
    summed = {month: sum(each.get(month, 0) for each in found.values()) for month in held}
    if len(rows) > 1:
        rows.append(("All of these", *_row(summed, period)))
    headings = ("", *(_short(month) for month in period["months"]), "All")
    values = {month: summed.get(month) for month in period["months"]}
    note = f"{NOT_RECORDED} {DASH} is a month that is not held." if period["missing"] else ""
    return Shown(
        key, title, Table(title, headings, tuple(rows)), note or NOT_RECORDED,
        *drawing.line(key, title, values, dict(period["unusual"])),
    )  # fmt: skip


def _row(counted: Mapping[str, int], period: Mapping[str, Any]) -> tuple[str, ...]:
    held = set(period["held"])
    cells = [f"{counted.get(month, 0):,}" if month in held else DASH for month in period["months"]]
    return (*cells, f"{sum(counted.values()):,}")


def _short(month: str) -> str:
    name, year = month_words(month).split()
    return f"{name[:3]} {year[2:]}"


def _of_places(figures: Figures) -> Iterator[Shown]:
    wards = sorted(figures["by_ward"], key=lambda ward: (-ward["n"], ward["name"]))
    if any(ward["n"] for ward in wards):
        rows = tuple(
            (
                f"{at}. {ward['name']}", f"{ward['n']:,}",
                f"{ward['residents']:,}" if ward["residents"] else "not known",
                f"{1000 * ward['n'] / ward['residents']:.1f}" if ward["residents"] else "",
            )
            for at, ward in enumerate(wards, start=1)
        )  # fmt: skip
        held = len(figures["period"]["held"])
        table = Table(
            "Wards by number of records",
            ("Ward", "Records", "Residents", f"For each 1,000, {held} months"), rows,
        )  # fmt: skip
        yield Shown(
            "places:wards", "Records by ward", table,
            f"{NOT_RECORDED} Residents: {wards[0]['source']}. Where many come to shop or work, "
            "residents are the wrong yardstick.",
            *drawing.ward_map("places:wards", "Records by ward", wards),
        )  # fmt: skip
    if figures["places"]:
        named = tuple((name, ward, f"{n:,}") for name, ward, n in figures["places"])
        yield Shown(
            "places:named", "Places named most often",
            Table("Places named most often", ("Place", "Ward", "Records"), named, words=2),
            f"{NOT_RECORDED} Each is rounded to a nearby point, so these are no addresses.",
        )  # fmt: skip


def _counted(title: str, what: str, counted: Iterable[tuple[str, int]]) -> Table:
    rows = tuple((name, f"{n:,}") for name, n in counted)
    return Table(title, (what, "Records"), rows)


# ---- what agencies supply, and what else is frozen with figures ---------------------------------


def _indicator(slug: str, indicator: dict[str, Any]) -> Shown:
    columns: dict[str, None] = {}
    rows: dict[str, dict[str, str]] = {}
    for cell in indicator["cells"]:
        columns.setdefault(cell["period"])
        label = ", ".join(filter(None, (cell["breakdown"], cell["ward"]))) or "All"
        rows.setdefault(label, {})[cell["period"]] = _cell(cell)
    table = Table(
        f"{indicator['name']} by {indicator['each']}", (indicator["unit"].capitalize(), *columns),
        tuple((label, *(found.get(each, NOT_HELD) for each in columns))
              for label, found in rows.items()),
    )  # fmt: skip
    broken = " ".join(indicator["breaks"])
    note = f"{indicator['agency']}. {indicator['definition']} {broken}".strip()
    return Shown(
        f"indicator:{slug}", indicator["name"], table, note, restricted=indicator["restricted"]
    )


def _cell(cell: dict[str, Any]) -> str:
    if cell["suppressed"]:
        return "not shown"
    if cell["value"] is None:
        return NOT_HELD
    return f"{figure(cell['value'])}{' (provisional)' if cell['standing'] == 'provisional' else ''}"


def _horizon(changes: Sequence[dict[str, Any]]) -> Shown:
    title = "Changes of law and policy that are coming"
    headings = ("Change", "How far", "From when", "What it touches here", "Where it is written")
    rows = tuple(
        (
            f"{each['title']} ({each['level'].lower()})", each["stage"], each["begins"],
            each["touches"], _written(each),
        )
        for each in changes
    )  # fmt: skip
    return Shown("horizon:changes", title, Table(title, headings, rows, words=len(headings)))


def _written(change: dict[str, Any]) -> str:
    return change["source"] if change["verified"] else f"{change['source']} (not yet read there)"
