"""Small numbers: nothing that is hidden can be worked out from what is shown."""

import itertools
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from figures.queries.suppression import WHOLE, Shape, hidden

BELOW = 5


def lines(shape):
    """Every equation that holds between figures: the sum of these is that."""
    if shape.areas:
        yield [(area, "") for area in shape.areas], WHOLE
        for part in shape.parts:
            yield [(area, part) for area in shape.areas], ("", part)
    if shape.parts and shape.adds_up:
        yield [("", part) for part in shape.parts], WHOLE
        for area in shape.areas:
            yield [(area, part) for part in shape.parts], (area, "")


def determined(values, gone, shape):
    """The hidden figures that row reduction works out from those that are shown."""
    unknown = sorted(gone)
    rows = []
    for parts, whole in lines(shape):
        if all(key in values for key in (*parts, whole)):
            row = [Fraction(0)] * len(unknown)
            for key, sign in [*((key, 1) for key in parts), (whole, -1)]:
                if key in gone:
                    row[unknown.index(key)] += sign
            rows.append(row)
    rank = 0
    for column in range(len(unknown)):
        pivot = next((i for i in range(rank, len(rows)) if rows[i][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        rows[rank] = [value / rows[rank][column] for value in rows[rank]]
        for i in range(len(rows)):
            if i != rank and rows[i][column]:
                times = rows[i][column]
                rows[i] = [a - times * b for a, b in zip(rows[i], rows[rank], strict=True)]
        rank += 1
    return {unknown[row.index(1)] for row in rows[:rank] if sum(map(bool, row)) == 1}


def spread(values, gone, shape):
    """The least and the greatest that each hidden figure could be, being whole and not negative.

    By trying every table of little more than these numbers that agrees with what is shown.
    """
    cells = [(a, p) for a in shape.areas for p in shape.parts]
    highest = max(int(values[key]) for key in shape.within) + 3
    found = {key: set() for key in gone}
    for numbers in itertools.product(range(highest + 1), repeat=len(cells)):
        table = dict(zip(cells, numbers, strict=True))
        for area in shape.areas:
            table[area, ""] = sum(table[area, part] for part in shape.parts)
        for part in shape.parts:
            table["", part] = sum(table[area, part] for area in shape.areas)
        table[WHOLE] = sum(numbers)
        if all(table[key] == value for key, value in values.items() if key not in gone):
            for key in gone:
                found[key].add(table[key])
    return found


def filled(shape, numbers):
    """A table of a shape whose sums are right, from the numbers of its finest figures."""
    numbers = iter(numbers)
    values = {}
    if shape.areas and shape.parts:
        for key in sorted(shape.within):
            values[key] = next(numbers)
        for area in shape.areas:
            values[area, ""] = sum(values[area, part] for part in shape.parts)
        for part in shape.parts:
            values["", part] = sum(values[area, part] for area in shape.areas)
        values[WHOLE] = sum(values[key] for key in shape.by_area)
    else:
        line = shape.by_area or shape.by_part
        values |= {key: next(numbers) for key in line}
        values[WHOLE] = sum(values[key] for key in line) if line else next(numbers)
    return {key: Decimal(value) for key, value in values.items()}


AREAS = ("E05000001", "E05000002", "E05000003", "E05000004")
PARTS = ("Race", "Religion", "Disability")
shapes = st.builds(
    lambda areas, parts: Shape(AREAS[:areas], PARTS[:parts], True, BELOW),
    st.integers(0, 4), st.integers(0, 3),
)  # fmt: skip
counts = st.lists(st.integers(0, 12), min_size=12, max_size=12)


@settings(max_examples=200, deadline=None)
@given(shapes, counts)
def test_nothing_hidden_follows_from_what_is_shown(shape, numbers):
    values = filled(shape, numbers)

    gone = hidden([values], shape)

    assert {key for key, value in values.items() if value < BELOW} <= gone
    assert determined(values, gone, shape) == set()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 4), min_size=4, max_size=4))
def test_nor_is_there_only_one_number_that_it_could_be(numbers):
    shape = Shape(AREAS[:2], PARTS[:2], True, BELOW)
    values = filled(shape, numbers)
    gone = hidden([values], shape)
    if WHOLE in gone or not gone:
        return

    for key, could in spread(values, gone, shape).items():
        assert max(could) - min(could) >= 2, key


@settings(max_examples=200, deadline=None)
@given(st.integers(2, 4), counts)
def test_a_line_keeps_its_hidden_apart(length, numbers):
    shape = Shape((), ("A", "B", "C", "D")[:length], True, BELOW)
    values = filled(shape, numbers)
    gone = hidden([values], shape) - {WHOLE}
    if not gone or WHOLE in hidden([values], shape):
        return
    assert len(gone) >= 2
    assert sum(values[key] for key in gone) >= BELOW


@settings(max_examples=100, deadline=None)
@given(shapes, counts, counts)
def test_two_dates_of_a_series_tell_no_more_than_one(shape, before, after):
    """A figure corrected later: either as much is hidden as before, or all of the period."""
    first, second = filled(shape, before), filled(shape, after)
    then, now = hidden([first], shape), hidden([first, second], shape)

    assert then <= now
    assert now in (then, shape.every)
    small = {key for key, value in second.items() if value < BELOW}
    assert small <= now
    assert determined(second, now & set(second), shape) == set()


@settings(max_examples=200, deadline=None)
@given(shapes, counts, st.integers(0, 30))
def test_a_missing_figure_does_not_follow_either(shape, numbers, leaves_out):
    """What an agency left out would be told by the others, if they were all shown."""
    values = filled(shape, numbers)
    left_out = sorted(values)[leaves_out % len(values)]
    if left_out == WHOLE:
        return
    given_values = {key: value for key, value in values.items() if key != left_out}
    gone = hidden([given_values], shape)
    if values[left_out] < BELOW and any(key in given_values for key in line_of(left_out, shape)):
        assert determined(values, gone | {left_out}, shape) == set()


def line_of(key, shape):
    """The others of a line, which must be there for it to be a line at all."""
    return {each for each in shape.every - {key, WHOLE} if (each[0] == "") == (key[0] == "")}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"": 30, "A": 10, "B": 20}, set()),
        ({"": 3, "A": 1, "B": 2}, {"", "A", "B"}),
        ({"": 0, "A": 0, "B": 0}, {"", "A", "B"}),
        ({"": 30, "A": 2, "B": 28}, {"A", "B"}),
        ({"": 30, "A": 2, "B": 8, "C": 20}, {"A", "B"}),
        ({"": 30, "A": 0, "B": 0, "C": 30}, {"A", "B", "C"}),
        ({"": 30, "A": 2, "B": 3, "C": 25}, {"A", "B"}),
    ],
)
def test_examples_that_a_person_can_follow(values, expected):
    parts = tuple(sorted(set(values) - {""}))
    gone = hidden(
        [{("", part): Decimal(value) for part, value in values.items()}],
        Shape((), parts, True, BELOW),
    )
    assert {part for _, part in gone} == expected


def test_parts_that_need_not_add_up_are_hidden_alone():
    shape = Shape((), ("Race", "Religion"), False, BELOW)
    values = {WHOLE: Decimal(40), ("", "Race"): Decimal(39), ("", "Religion"): Decimal(2)}
    assert hidden([values], shape) == {("", "Religion")}


def test_shares_are_not_counts():
    assert hidden([{WHOLE: Decimal("2.5")}], Shape((), (), True, 0)) == set()


def test_what_was_hidden_stays_hidden_when_it_is_corrected():
    shape = Shape((), ("A", "B", "C"), True, BELOW)
    first = {"": 30, "A": 2, "B": 8, "C": 20}
    second = {"": 37, "A": 9, "B": 8, "C": 20}
    versions = [{("", k): Decimal(v) for k, v in each.items()} for each in (first, second)]
    assert hidden(versions, shape) == {("", "A"), ("", "B")}


def test_a_correction_that_needs_more_hidden_withholds_the_period():
    shape = Shape((), ("A", "B", "C"), True, BELOW)
    first = {"": 40, "A": 12, "B": 8, "C": 20}
    second = {"": 31, "A": 3, "B": 8, "C": 20}
    versions = [{("", k): Decimal(v) for k, v in each.items()} for each in (first, second)]
    assert hidden(versions, shape) == shape.every
