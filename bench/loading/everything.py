"""All of it, to a scale."""

from dataclasses import dataclass

from django.db import connection

from bench.loading import actions, crime, meetings, membership, others


@dataclass(frozen=True)
class Scale:
    """How many partnerships there are, and for how many years each has kept its records.

    Whatever the scale, the first partnership also has the lists that pages are measured by:
    ``listed`` of everything that is listed, a meeting of 15 items and one of ``long`` items.
    """

    partnerships: int
    years: int
    people: int = 100
    listed: int = 100
    long: int = 150


SMALL = Scale(partnerships=1, years=2)
BIG = Scale(partnerships=314, years=10)


def load(scale: Scale) -> dict[str, int]:
    """Fill the database of the connection; gives the number of rows of each table."""
    counts: dict[str, int] = {}
    with connection.cursor() as cursor:
        for room in (membership, meetings, actions, others, crime):
            counts |= room.load(cursor, scale)
    return counts
