"""Which months are held, by which forces, and which of them are unusual.

The district's own force is the one of its police force area; others, such as the British Transport
Police, count a few crimes there. A month is held when the own force's file is.
"""

import datetime
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import connection

from figures.queries import months
from figures.queries.counts import Selection


@dataclass(frozen=True, slots=True)
class Held:
    """What is held of a selection's months for its districts."""

    own_force: str
    months: tuple[datetime.date, ...] = ()
    missing: tuple[datetime.date, ...] = ()
    unusual: tuple[tuple[datetime.date, str], ...] = ()
    by_force: dict[str, frozenset[datetime.date]] = field(default_factory=dict)

    @property
    def forces_everywhere(self) -> tuple[str, ...]:
        """Forces whose files of every month asked for are held; these alone may be compared."""
        asked = frozenset(self.months) | frozenset(self.missing)
        return tuple(name for name, held in self.by_force.items() if asked and held >= asked)

    @property
    def forces_partly(self) -> tuple[str, ...]:
        """Forces of which some months are held and others not."""
        everywhere = self.forces_everywhere
        return tuple(
            name for name, held in self.by_force.items() if held and name not in everywhere
        )

    def within(self, *parts: tuple[datetime.date, datetime.date]) -> "Held":
        """The same of one or more periods alone, from their first to their last month."""
        asked = {month for part in parts for month in months.months(*part)}
        return Held(
            self.own_force,
            tuple(month for month in self.months if month in asked),
            tuple(sorted(asked - set(self.months))),
            tuple((month, why) for month, why in self.unusual if month in asked),
            {force: each & asked for force, each in self.by_force.items()},
        )


def held(selection: Selection) -> Held:
    """What is held of the selection's months, whatever types and wards it names."""
    return _held(selection, first=selection.first, last=selection.last)


def held_ever(selection: Selection) -> Held:
    """The same of all time: none is missing before the first month or after the last."""
    found = _held(selection, first=None, last=None)
    return found.within((found.months[0], found.months[-1])) if found.months else found


def _held(selection: Selection, *, first: datetime.date | None, last: datetime.date | None) -> Held:
    """One query: the files that hold, of the own force and of those that count anything here."""
    asked = months.months(first, last) if first and last else []
    with connection.cursor() as cursor:
        cursor.execute(
            _FILES,
            {
                "districts": list(selection.districts),
                "first": first or datetime.date.min,
                "last": last or datetime.date.max,
            },
        )
        rows = [
            _File(*row)
            for row in cursor.fetchall()
            if not selection.forces or row[1] in selection.forces
        ]
    own = _own_force(rows)
    by_force: dict[str, set[datetime.date]] = {}
    for row in rows:
        by_force.setdefault(row.force, set()).add(row.month)
    mine = by_force.get(own, set())
    return Held(
        own,
        tuple(sorted(mine)),
        tuple(sorted(set(asked) - mine)),
        tuple((row.month, row.remark) for row in rows if row.remark and row.force == own),
        {name: frozenset(each) for name, each in sorted(by_force.items())},
    )


class _File(NamedTuple):
    month: datetime.date
    force: str
    remark: str
    of_the_area: bool
    counts: int


_FILES = """
    WITH here AS (
        SELECT c.force_id, sum(c.n) AS n
        FROM figures_lsoa l JOIN figures_crimecount c ON c.lsoa_code = l.code
        WHERE l.district_id = ANY (%(districts)s) AND c.month BETWEEN %(first)s AND %(last)s
        GROUP BY c.force_id
    ), area AS (
        SELECT DISTINCT lower(replace(police_force_area_name, ' ', '-')) AS slug
        FROM figures_district
        WHERE code = ANY (%(districts)s) AND police_force_area_name <> ''
    ), force AS (
        SELECT f.id, f.name, coalesce(here.n, 0) AS n,
            EXISTS (SELECT FROM area WHERE f.slug = area.slug OR f.slug LIKE area.slug || '-%%')
                AS of_the_area
        FROM figures_force f LEFT JOIN here ON here.force_id = f.id
    )
    SELECT file.month, force.name, file.remark, force.of_the_area, force.n
    FROM figures_crimefile file JOIN force ON force.id = file.force_id
    WHERE file.replaced_by_id IS NULL AND (force.of_the_area OR force.n > 0)
        AND file.month BETWEEN %(first)s AND %(last)s
    ORDER BY file.month, force.name
"""


def _own_force(rows: list[_File]) -> str:
    """The force of the police force area, by its name; else the one that counts most here."""
    best = max(rows, key=lambda row: (row.of_the_area, row.counts, row.force), default=None)
    return best.force if best else ""
