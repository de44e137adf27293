"""Lines split at their commas are the rows that Python's ``csv`` makes of them, line by line."""

import csv
import io
import random

import pytest

from figures.street_crime.streams import Passing, Rows
from tests.figures import streets

PIECES = ["a", "On or near", "", ",", ",", '"', '""', '","', "\n", "\r\n", "\r", "é", "\v", "\0"]


def ours(data: bytes):
    rows = Rows(Passing(io.BytesIO(data), len(data), lambda _: None))
    found = []
    while True:
        try:
            found += [(rows.line, row) for row in rows]
            return found
        except csv.Error:
            found.append((rows.line, None))


def theirs(data: bytes):
    reader = csv.reader(io.StringIO(data.decode(), newline=""), strict=True)
    found = []
    while True:
        try:
            found += [(reader.line_num, row or [""]) for row in reader]
            return found
        except csv.Error:
            found.append((reader.line_num, None))


@pytest.mark.parametrize("seed", range(20))
def test_rows_and_lines_are_those_of_csv(seed):
    chance = random.Random(seed)
    for _ in range(200):
        data = "".join(chance.choices(PIECES, k=chance.randrange(30))).encode()

        assert ours(data) == theirs(data), data


def test_a_real_file_is_read_as_csv_reads_it():
    data = streets.bytes_of(streets.BTP)

    assert ours(data) == theirs(data)
