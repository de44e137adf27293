"""Hot places: the anonymous points on or near which the police put the most crimes.

Street-crime rows are public and shown whole; nothing is suppressed.
"""

from dataclasses import dataclass

from django.db import connection

from figures.queries.counts import Selection


@dataclass(frozen=True, slots=True)
class Place:
    """A named place within a ward; ``points`` is on how many points of the map that name lies."""

    location: str
    ward: str
    ward_code: str
    n: int
    points: int
    mostly: str


_PLACES = """
    SELECT c.location, coalesce(w.name, ''), coalesce(w.code, ''), count(*) AS n,
        count(DISTINCT (c.longitude, c.latitude)),
        (SELECT name FROM figures_crimetype t
            WHERE t.id = mode() WITHIN GROUP (ORDER BY c.type_id))
    FROM figures_crimefile f
        JOIN figures_crime c ON c.file_id = f.id
        JOIN figures_lsoa l ON l.code = c.lsoa_code
        LEFT JOIN figures_ward w ON w.code = l.ward_id
    WHERE f.replaced_by_id IS NULL AND f.month BETWEEN %(first)s AND %(last)s
        AND c.lsoa_code IN (
            SELECT code FROM figures_lsoa
            WHERE district_id = ANY (%(districts)s)
                AND (cardinality(%(wards)s::text[]) = 0 OR ward_id = ANY (%(wards)s))
        )
        AND (cardinality(%(types)s::text[]) = 0 OR c.type_id IN (
            SELECT id FROM figures_crimetype WHERE name = ANY (%(types)s)))
        AND (cardinality(%(forces)s::text[]) = 0 OR f.force_id IN (
            SELECT id FROM figures_force WHERE name = ANY (%(forces)s)))
        AND c.location <> ''
    GROUP BY c.location, w.name, w.code
    ORDER BY n DESC, c.location, w.name
    LIMIT %(most)s
"""


def hot_places(selection: Selection, *, most: int = 10) -> list[Place]:
    """The places with the most crimes of the selection, in order."""
    with connection.cursor() as cursor:
        cursor.execute(
            _PLACES,
            {
                "districts": list(selection.districts),
                "first": selection.first,
                "last": selection.last,
                "types": list(selection.types),
                "wards": list(selection.wards),
                "forces": list(selection.forces),
                "most": most,
            },
        )
        return [Place(*row) for row in cursor.fetchall()]
