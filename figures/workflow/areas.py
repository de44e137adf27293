"""Loading areas: districts, wards, LSOAs with their vintages, their people and their outlines.

The files' layout is told in ``figures/facts/README.md``. Loading the same files again changes
nothing; a newer file changes what it says otherwise, and removes nothing.
"""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import models, transaction

from figures.models import District, Lsoa, LsoaChange, Outline, Population, Ward
from figures.workflow.statistics import look_over

FACTS = Path(__file__).resolve().parent.parent / "facts"
FILES = ("districts.csv", "wards.csv", "lsoas.csv", "lsoa-changes.csv", "populations.csv")
OUTLINES = "outlines*.geojson"
ATTRIBUTION = (
    "Source: Office for National Statistics licensed under the Open Government Licence v3.0. "
    "Contains OS data © Crown copyright and database right 2025."
)
KINDS = {"U", "S", "M", "X"}


class Unloadable(Exception):
    """A file of areas cannot be loaded; the sentence says why. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many of a kind the files hold, and how many of them were new or said otherwise."""

    what: str
    held: int
    changed: int


@transaction.atomic
def load(folder: Path = FACTS) -> list[Loaded]:
    """Load every file that the folder has. Raises ``Unloadable``, and then changes nothing."""
    if not any((folder / name).is_file() for name in FILES) and not list(folder.glob(OUTLINES)):
        raise Unloadable(f"{folder}: there is no file of areas here. See figures/facts/README.md.")
    loaded = [
        _keep(District, _districts(folder), "districts"),
        _keep(Ward, _wards(folder), "wards"),
        _keep(Lsoa, _lsoas(folder), "LSOAs"),
        _keep(LsoaChange, _changes(folder), "changes of LSOAs", key=("before_id", "after_id")),
        _keep(Population, _populations(folder), "populations", key=("area_code", "year", "source")),
        _keep(Outline, _outlines(folder), "outlines"),
    ]
    look_over(District, Ward, Lsoa, LsoaChange, Population, Outline)
    return loaded


# ---- what the files say -------------------------------------------------------------------------


def _rows(folder: Path, name: str, *columns: str) -> Iterator[dict[str, str]]:
    path = folder / name
    if not path.is_file():
        return
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [each for each in columns if each not in (reader.fieldnames or [])]
            if missing:
                raise Unloadable(f"{path}: it has no column {', '.join(missing)}.")
            for row in reader:
                if None in row or None in row.values():
                    raise Unloadable(f"{path}, line {reader.line_num}: fields are missing.")
                yield {column: row[column].strip() for column in columns}
    except (OSError, UnicodeDecodeError, csv.Error) as wrong:
        raise Unloadable(f"{path}: it cannot be read as CSV: {wrong}.") from wrong


def _number(text: str, path: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise Unloadable(f"{path}: “{text[:40]}” is not a number.")
    return int(text)


def _districts(folder: Path) -> Iterator[District]:
    names = ("csp_code", "csp_name", "police_force_area", "police_force_area_name")
    for row in _rows(folder, "districts.csv", "code", "name", "year", *names):
        yield District(
            code=row["code"], name=row["name"], vintage=_number(row["year"], "districts.csv"),
            **{each: row[each] for each in names},
        )  # fmt: skip


def _wards(folder: Path) -> Iterator[Ward]:
    for row in _rows(folder, "wards.csv", "code", "name", "year", "district"):
        yield Ward(
            code=row["code"], name=row["name"], vintage=_number(row["year"], "wards.csv"),
            district_id=row["district"],
        )  # fmt: skip


def _lsoas(folder: Path) -> Iterator[Lsoa]:
    """Those of 2021, and those of 2011 that are no more."""
    changes = list(_change_rows(folder))
    before = {row["before"] for row in changes}
    wards, now = {}, set()
    for row in _rows(folder, "lsoas.csv", "code", "name", "ward", "district"):
        wards[row["code"]] = row["ward"]
        now.add(row["code"])
        yield Lsoa(
            code=row["code"], name=row["name"], in_2011=row["code"] in before, in_2021=True,
            district_id=row["district"], ward_id=row["ward"] or None,
        )  # fmt: skip
    gone: dict[str, Lsoa] = {}
    for row in changes:
        if row["before"] not in now and row["before"] not in gone:
            after = {
                wards.get(each["after"]) for each in changes if each["before"] == row["before"]
            }
            gone[row["before"]] = Lsoa(
                code=row["before"], name=row["before_name"], in_2011=True, in_2021=False,
                district_id=row["district"], ward_id=after.pop() if len(after) == 1 else None,
            )  # fmt: skip
    yield from gone.values()


def _change_rows(folder: Path) -> Iterator[dict[str, str]]:
    columns = ("before", "before_name", "kind", "after", "district")
    for row in _rows(folder, "lsoa-changes.csv", *columns):
        if row["kind"] not in KINDS:
            raise Unloadable(f"lsoa-changes.csv: “{row['kind'][:40]}” is not one of U, S, M and X.")
        yield row


def _changes(folder: Path) -> Iterator[LsoaChange]:
    for row in _change_rows(folder):
        yield LsoaChange(before_id=row["before"], after_id=row["after"], kind=row["kind"])


def _populations(folder: Path) -> Iterator[Population]:
    """Those of the file, and those of wards and districts added up of their LSOAs."""
    within = {
        row["code"]: (row["ward"], row["district"])
        for row in _rows(folder, "lsoas.csv", "code", "name", "ward", "district")
    }
    sums: dict[tuple[str, int, str], Population] = {}
    for row in _rows(
        folder, "populations.csv", "area", "year", "source", "residents", "households"
    ):
        year, residents = (_number(row[each], "populations.csv") for each in ("year", "residents"))
        households = _number(row["households"], "populations.csv") if row["households"] else None
        yield Population(
            area_code=row["area"], year=year, source=row["source"], residents=residents,
            households=households,
        )  # fmt: skip
        for area in within.get(row["area"], ()):
            key = (area, year, row["source"])
            total = sums.setdefault(
                key, Population(area_code=area, year=year, source=row["source"], residents=0,
                                households=0)
            )  # fmt: skip
            total.residents += residents
            total.households = (total.households or 0) + (households or 0)
    yield from sums.values()


def _outlines(folder: Path) -> Iterator[Outline]:
    for path in sorted(folder.glob(OUTLINES)):
        try:
            features = json.loads(path.read_text(encoding="utf-8"))["features"]
            for feature in features:
                yield _outline(feature["properties"], feature["geometry"])
        except (OSError, ValueError, KeyError, TypeError) as wrong:
            raise Unloadable(f"{path}: it cannot be read as GeoJSON.") from wrong


def _outline(said: dict[str, Any], geometry: dict[str, Any]) -> Outline:
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    elif geometry["type"] != "MultiPolygon":
        raise ValueError(geometry["type"])
    return Outline(
        area_code=said["code"], district_id=said["district"], layer=said["layer"],
        vintage=said["year"], polygons=polygons, source=ATTRIBUTION,
    )  # fmt: skip


# ---- into the database --------------------------------------------------------------------------


def _keep(model: Any, said: Iterable[Any], what: str, key: tuple[str, ...] = ()) -> Loaded:
    """Make what is new and change what is said otherwise."""
    key = key or (model._meta.pk.attname,)
    _refuse_unknown(model, rows := list(said), what)
    fields = [each.attname for each in model._meta.concrete_fields if each.attname != "id"]
    _refuse_twice(rows, key, what)
    held = {tuple(getattr(row, part) for part in key): row for row in model.objects.all()}
    new, changed = [], []
    for row in rows:
        was = held.get(tuple(getattr(row, part) for part in key))
        if was is None:
            new.append(row)
        elif any(getattr(was, field) != getattr(row, field) for field in fields):
            row.pk = was.pk
            changed.append(row)
    model.objects.bulk_create(new, batch_size=2000)
    others = [field for field in fields if field not in key]
    if changed and others:
        model.objects.bulk_update(changed, others, batch_size=500)
    return Loaded(what, len(rows), len(new) + len(changed))


def _refuse_twice(rows: list[Any], key: tuple[str, ...], what: str) -> None:
    seen = Counter(tuple(str(getattr(row, part)) for part in key) for row in rows)
    for words, times in seen.items():
        if times > 1:
            raise Unloadable(f"The {what} name {', '.join(words)} more than once.")


def _refuse_unknown(model: Any, rows: list[Any], what: str) -> None:
    """Every district, ward and LSOA that is named must be known."""
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey):
            named = {getattr(row, field.attname) for row in rows} - {None}
            related: Any = field.related_model
            known = related.objects.filter(pk__in=named).values_list("pk", flat=True)
            unknown = named - set(known)
            if unknown:
                first = ", ".join(sorted(unknown)[:3])
                raise Unloadable(f"The {what} name a {field.name} that is not there: {first}.")
