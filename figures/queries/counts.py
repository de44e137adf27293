"""The one query of street-crime counts, which every page, file, command and document asks."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Self

from django.db import connection

from figures.queries.months import later, months
from membership.models import Partnership


@dataclass(frozen=True, slots=True)
class Selection:
    """Which crimes are counted: of these districts, from a month to a month, both included.

    Districts and wards by their codes, types and forces by their names; none named means all, but
    no districts means no crimes.
    """

    districts: tuple[str, ...]
    first: datetime.date
    last: datetime.date
    types: tuple[str, ...] = ()
    wards: tuple[str, ...] = ()
    forces: tuple[str, ...] = ()

    @property
    def length(self) -> int:
        """How many months."""
        return len(self.months)

    @property
    def months(self) -> list[datetime.date]:
        """Each month, as its first day."""
        return months(self.first, self.last)

    def moved(self, by: int) -> Self:
        """The same of a period so many months later, or earlier if negative."""
        return replace(self, first=later(self.first, by), last=later(self.last, by))

    def but(self, **changes: Any) -> Self:
        """The same with some of it changed."""
        return replace(self, **changes)


class Count(NamedTuple):
    """How many, of what: the key has the words asked for, in the order in which they were."""

    key: tuple[str, ...]
    n: int


def of_partnership(
    partnership: Partnership, first: datetime.date, last: datetime.date, **more: Any
) -> Selection:
    """The crimes of a partnership's area as it stands on the last month's first day."""
    areas = partnership.areas.on(last).order_by("gss_code").values_list("gss_code", flat=True)
    return Selection(tuple(areas), first, last, **more)


@dataclass(frozen=True, slots=True)
class _Breakdown:
    """The column that is grouped by; what tells it in the answer, and the table that this needs."""

    column: str
    told: str
    table: str = ""


_WARD = "figures_ward ward ON ward.code = n.ward_id"
_DISTRICT = "figures_district district ON district.code = n.district_id"

# A ward that shares its name with one of another district of the selection is told apart by the
# district's name; an LSOA of 2011 that lies in several wards of today has none.
_WARD_NAME = """
    coalesce(ward.name || CASE WHEN EXISTS (
        SELECT FROM figures_ward other
        WHERE other.name = ward.name AND other.district_id <> ward.district_id
            AND other.district_id = ANY (%(districts)s)
    ) THEN (SELECT ' (' || name || ')' FROM figures_district WHERE code = ward.district_id)
    ELSE '' END, '')
"""
_BY = {
    "month": _Breakdown("c.month", "to_char(n.month, 'YYYY-MM')"),
    "type": _Breakdown("c.type_id", "type.name", "figures_crimetype type ON type.id = n.type_id"),
    "force": _Breakdown("c.force_id", "force.name", "figures_force force ON force.id = n.force_id"),
    "ward": _Breakdown("l.ward_id", _WARD_NAME, _WARD),
    "ward_code": _Breakdown("l.ward_id", "coalesce(n.ward_id, '')"),
    "lsoa": _Breakdown("c.lsoa_code", "n.lsoa_code"),
    "district": _Breakdown("l.district_id", "district.name", _DISTRICT),
    "district_code": _Breakdown("l.district_id", "n.district_id"),
}
BREAKDOWNS = tuple(_BY)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: of which crimes, and by which of ``BREAKDOWNS``, in order; whole without any.

    Not ``placed`` are the rows of the same months, types and forces that say no place, so belong
    to no district or ward.
    """

    selection: Selection
    by: Sequence[str] = ()
    placed: bool = True


def counts(selection: Selection, by: Sequence[str] = ()) -> list[Count]:
    """How many crimes, broken down by these of ``BREAKDOWNS``, in order; whole without any.

    A type or place with none has no count. Rows without a place belong to no district: see
    ``without_place``. Raises ``KeyError`` for a breakdown that there is not.
    """
    (found,) = answers(Asked(selection, by))
    return found


def answers(*asked: Asked) -> list[list[Count]]:
    """The counts of several questions, which go to the database together."""
    most = max(len(each.by) for each in asked)
    found: list[list[Count]] = [[] for _ in asked]
    with connection.cursor() as cursor:
        parts = [
            cursor.mogrify(_statement(number, each, most), _parameters(each.selection)).decode()
            for number, each in enumerate(asked)
        ]
        cursor.execute(" UNION ALL ".join(parts))
        for number, *key, n in cursor.fetchall():
            if n is not None:
                found[number].append(Count(tuple(key[: len(asked[number].by)]), n))
    return [sorted(each) for each in found]


def _statement(number: int, asked: Asked, most: int) -> str:
    """Sums are made of keys alone, from the index; only what they come to is given its names."""
    by = [_BY[each] for each in asked.by]
    columns = ", ".join(dict.fromkeys(each.column for each in by))
    told = [each.told for each in by] + ["NULL"] * (most - len(by))
    tables = " ".join(f"LEFT JOIN {each}" for each in dict.fromkeys(e.table for e in by) if each)
    source = _placed(asked.selection) if asked.placed else _UNPLACED
    # Only the fixed texts of this module are put together here; values are parameters.
    sums = f"""
        SELECT {columns + "," if by else ""} sum(c.n)::bigint AS count
        FROM {source} AND {_crimes(asked.selection)}
        {"GROUP BY " + columns if by else ""}
    """  # noqa: S608
    return f"SELECT {', '.join([str(number), *told, 'n.count'])} FROM ({sums}) n {tables}"  # noqa: S608


def total(selection: Selection) -> int:
    """How many crimes in all."""
    return sum(each.n for each in counts(selection))


def without_place(selection: Selection) -> int:
    """Rows of the same months, types and forces that say no place, so belong to no district."""
    (found,) = answers(Asked(selection, placed=False))
    return sum(each.n for each in found)


_UNPLACED = "figures_crimecount c WHERE c.lsoa_code = ''"


def _placed(selection: Selection) -> str:
    wards = _where("l.ward_id = ANY (%(wards)s)", selection.wards)
    return (
        "figures_lsoa l JOIN figures_crimecount c ON c.lsoa_code = l.code "
        f"WHERE l.district_id = ANY (%(districts)s) {wards}"
    )


def _crimes(selection: Selection) -> str:
    """What is asked of the crimes themselves."""
    types = "c.type_id IN (SELECT id FROM figures_crimetype WHERE name = ANY (%(types)s))"
    forces = "c.force_id IN (SELECT id FROM figures_force WHERE name = ANY (%(forces)s))"
    return (
        "c.month BETWEEN %(first)s AND %(last)s "
        f"{_where(types, selection.types)} {_where(forces, selection.forces)}"
    )


def _where(condition: str, wanted: tuple[str, ...]) -> str:
    return f"AND {condition}" if wanted else ""


def _parameters(selection: Selection) -> dict[str, Any]:
    return {
        "districts": list(selection.districts),
        "first": selection.first,
        "last": selection.last,
        "types": list(selection.types),
        "wards": list(selection.wards),
        "forces": list(selection.forces),
    }
