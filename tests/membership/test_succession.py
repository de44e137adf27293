"""Which body stands today in the place of another."""

import datetime

import pytest

from membership import succession
from tests import world as worlds

DAY = datetime.date(2026, 7, 1)


def body(name, succeeds=None, on=worlds.LONG_AGO):
    made = worlds.agency(name, "health", succeeds=succeeds)
    type(made).objects.filter(pk=made.pk).update(starts_on=on)
    made.refresh_from_db()
    return made


@pytest.fixture
def line(db):
    """CCG, then ICB from July 2022, then its own successor from July 2026."""
    ccg = body("CCG")
    icb = body("ICB", ccg, datetime.date(2022, 7, 1))
    return ccg, icb, body("Health Authority", icb, DAY)


def test_a_successor_stands_for_its_predecessor_from_its_first_day(line):
    ccg, icb, authority = line
    before = DAY - datetime.timedelta(days=1)
    assert succession.standing_for(ccg, datetime.date(2022, 6, 30)) == ccg
    assert succession.standing_for(ccg, before) == icb
    assert succession.standing_for(icb, before) == icb
    assert succession.standing_for(ccg, DAY) == authority
    assert succession.standing_for(icb, DAY) == authority


def test_the_lineage_is_a_body_and_all_in_whose_place_it_stands(line):
    ccg, icb, authority = line
    assert succession.lineage([authority.pk], DAY) == {ccg.pk, icb.pk, authority.pk}
    assert succession.lineage([icb.pk], DAY) == {icb.pk}
    assert succession.lineage([], DAY) == set()


def test_a_circle_comes_to_an_end(db):
    first = body("First")
    second = body("Second", first)
    type(first).objects.filter(pk=first.pk).update(succeeds=second)
    assert succession.standing_for(first, DAY) in (first, second)
