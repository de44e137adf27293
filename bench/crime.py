"""What the one query of counts costs beside the same sums over the rows themselves.

`python -m bench.crime`, on one database: 36 months by month, type and small area of a district, and
36 months of the whole county by month. The rows stand in a table of their own under an index that
covers the question. Rounds take turns; medians of the time in the database. Prints a line of JSON.
"""

import json
import sys
import time
from collections.abc import Callable, Mapping
from statistics import median
from typing import Any

import django

from bench import apart, databases
from bench.arithmetic import ratio
from bench.databases import BIG
from embedded.checkout import Problem

NAME = "Figures: street-crime counts"
TABLE = """
DROP TABLE IF EXISTS bench_rows;
CREATE UNLOGGED TABLE bench_rows AS
    SELECT c.lsoa_code, f.month, c.type_id FROM figures_crime c
        JOIN figures_crimefile f ON f.id = c.file_id AND f.replaced_by_id IS NULL;
CREATE INDEX bench_rows_covering ON bench_rows (lsoa_code, month, type_id);
"""
SMALL_AREAS = """
SELECT to_char(month, 'YYYY-MM'), t.name, lsoa_code, n FROM (
    SELECT r.month, r.type_id, r.lsoa_code, count(*) AS n
    FROM figures_lsoa l JOIN bench_rows r ON r.lsoa_code = l.code
    WHERE l.district_id = ANY (%s) AND r.month BETWEEN %s AND %s GROUP BY 1, 2, 3
) n JOIN figures_crimetype t ON t.id = n.type_id
"""
MONTHS = """
SELECT to_char(r.month, 'YYYY-MM'), count(*)
FROM figures_lsoa l JOIN bench_rows r ON r.lsoa_code = l.code
WHERE l.district_id = ANY (%s) AND r.month BETWEEN %s AND %s GROUP BY 1
"""


def main(rounds: int) -> None:
    """Measure, and take the table of rows away again."""
    from django.db import connection  # noqa: PLC0415 - once django.setup() has run

    from bench.loading.crime import DISTRICT, NEWEST  # noqa: PLC0415
    from figures.models import Crime, District  # noqa: PLC0415
    from figures.queries.counts import Count, Selection, counts  # noqa: PLC0415
    from figures.queries.months import later  # noqa: PLC0415

    one = Selection((DISTRICT,), later(NEWEST, -35), NEWEST)
    county = District.objects.filter(police_force_area_name="Kent").values_list("code", flat=True)
    every = one.but(districts=tuple(county))

    def rows(sql: str, selection: Any) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(sql, [list(selection.districts), selection.first, selection.last])
            return [Count(row[:-1], row[-1]) for row in sorted(cursor.fetchall())]

    asked = {
        "areas": (lambda: counts(one, ("month", "type", "lsoa")), lambda: rows(SMALL_AREAS, one)),
        "county": (lambda: counts(every, ("month",)), lambda: rows(MONTHS, every)),
    }
    try:
        with connection.cursor() as cursor:
            cursor.execute(TABLE)
            cursor.execute("VACUUM ANALYZE bench_rows")
        said = {name: compared(*pair, rounds) for name, pair in asked.items()}
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS bench_rows")
    print(json.dumps({"rows": Crime.objects.count(), **said}))


def compared(ours: Callable[[], Any], rows: Callable[[], Any], rounds: int) -> dict[str, float]:
    """Seconds in the database of each and their ratio. Raises ``Problem`` if they disagree."""
    if ours() != rows():
        raise Problem("The counts are not those of the rows.")
    costs: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for cost, ask in zip(costs, (ours, rows), strict=True):
            cost.append(_seconds(ask))
    return {"ours": median(costs[0]), "rows": median(costs[1]), "ratio": ratio(*costs)}


def _seconds(ask: Callable[[], Any]) -> float:
    """How long the database takes to answer, until all of it has arrived."""
    from django.db import connection  # noqa: PLC0415

    spent = 0.0

    def timed(execute: Callable[..., Any], *args: Any) -> Any:
        nonlocal spent
        began = time.perf_counter()
        answer = execute(*args)
        spent += time.perf_counter() - began
        return answer

    with connection.execute_wrapper(timed):
        ask()
    return spent


def measured(variables: Mapping[str, str], quick: bool) -> str:
    """Its line under the table. Raises ``Problem``."""
    databases.prepare(BIG, variables)
    rounds = "3" if quick else "9"
    return words(apart.said_by("bench.crime", rounds, environment=BIG.environment(variables)))


def words(said: Mapping[str, Any]) -> str:
    """What was measured, beside its goals."""
    areas, county = said["areas"], said["county"]
    return (
        f"Street-crime counts from {said['rows']:,} rows, 36 months. By month, type and 67 small "
        f"areas: {areas['ours'] * 1000:.0f} ms, {areas['ratio']:.2f} × the rows under a covering "
        f"index (goal 0.6 ×). The whole county by month: {county['ours'] * 1000:.0f} ms, "
        f"{county['ratio']:.2f} × the rows (goal 0.04 ×)."
    )


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
