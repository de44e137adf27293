"""The counts against those of another tool, over the same files.

SQLite's own ``.import`` would need its shell, so its rows are split by a regular expression written
for this test, not by the importer's reader, and summed by SQLite's SQL: none of our code reads a
file or counts a row here. Wards come from the shipped lookup, joined in SQLite too.
"""

import re
import sqlite3

import pytest

from figures.queries.counts import Selection, counts, without_place
from figures.workflow.areas import FACTS, load
from figures.workflow.importing import import_paths
from tests.figures import streets

FIELD = re.compile(r'(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))')
DARTFORD = ("E07000107",)


def fields(line: str) -> list[str]:
    return [quoted.replace('""', '"') or plain for quoted, plain in FIELD.findall(line)]


@pytest.fixture(scope="module")
def other_tool():
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE crime (month, force, lsoa, type)")
    database.execute("CREATE TABLE area (lsoa, ward, district)")
    for name in streets.members():
        lines = streets.bytes_of(name).decode().splitlines()
        assert lines[0].split(",")[9] == "Crime type"
        split = (fields(line) for line in lines[1:])
        database.executemany(
            "INSERT INTO crime VALUES (?, ?, ?, ?)", ((f[1], f[2], f[7], f[9]) for f in split)
        )
    areas = (line.split(",") for line in (FACTS / "lsoas.csv").read_text().splitlines()[1:])
    database.executemany("INSERT INTO area VALUES (?, ?, ?)", ((a[0], a[2], a[3]) for a in areas))
    yield database
    database.close()


def test_counts_by_month_type_ward_and_force_are_the_same(db, other_tool):
    load()
    import_paths([streets.ARCHIVE])
    months = Selection(DARTFORD, *(_month(number) for number in (1, 9)))

    for by, columns in (
        ((), ""),
        (("month",), "month"),
        (("type",), "type"),
        (("ward_code",), "ward"),
        (("month", "type", "ward_code", "force"), "month, type, ward, force"),
    ):
        asked = f"{columns + ',' if columns else ''} count(*)"
        grouped = f"GROUP BY {columns}" if columns else ""
        theirs = other_tool.execute(
            f"SELECT {asked} FROM crime JOIN area USING (lsoa) WHERE district = 'E07000107' {grouped}"  # noqa: S608, E501
        )
        ours = {each.key: each.n for each in counts(months, by)}
        assert ours == {tuple(row[:-1]): row[-1] for row in theirs}

    nowhere = other_tool.execute("SELECT count(*) FROM crime WHERE lsoa = ''").fetchone()[0]
    assert without_place(months) == nowhere == 1769


def _month(number: int):
    import datetime

    return datetime.date(2025, number, 1)
