"""The one query of counts: what it adds up to, and to whom nothing is lost."""

from itertools import combinations

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from figures.queries.counts import (
    BREAKDOWNS,
    Selection,
    counts,
    of_partnership,
    total,
    without_place,
)
from tests.figures import county
from tests.figures.county import ASB, OWN, RAIL, THEFT, VIOLENCE, crimes, month


@pytest.fixture
def shire(world):
    c = county.build(world.partnership)
    crimes(c, "2025-01", "E01999901", ASB, 3)
    crimes(c, "2025-01", "E01999903", THEFT, 4)
    crimes(c, "2025-02", "E01999901", ASB, 5)
    crimes(c, "2025-02", "E01999902", VIOLENCE, 2, RAIL)
    crimes(c, "2025-02", "E01999905", ASB, 7)
    crimes(c, "2025-02", "", ASB, 6)
    crimes(c, "2025-03", "E01999911", ASB, 1)
    return c


@pytest.fixture
def selection(shire, world):
    return of_partnership(world.partnership, month("2025-01"), month("2025-03"))


def told(found):
    return {each.key: each.n for each in found}


def test_months_are_inclusive_and_the_area_is_the_partnerships(selection):
    assert selection.districts == ("E07999901",)
    assert total(selection) == 15
    assert total(selection.but(last=month("2025-02"))) == 14
    assert total(selection.but(first=month("2025-02"), last=month("2025-02"))) == 7


def test_each_breakdown_names_things_as_people_do(selection):
    assert told(counts(selection, ("month",))) == {
        ("2025-01",): 7, ("2025-02",): 7, ("2025-03",): 1,
    }  # fmt: skip
    assert told(counts(selection, ("type", "force"))) == {
        (ASB, OWN): 9, (THEFT, OWN): 4, (VIOLENCE, RAIL): 2,
    }  # fmt: skip
    assert told(counts(selection, ("ward",))) == {("High Street",): 10, ("Park",): 4, ("",): 1}
    assert told(counts(selection, ("district", "lsoa"))) == {
        ("Homefield", "E01999901"): 8, ("Homefield", "E01999902"): 2,
        ("Homefield", "E01999903"): 4, ("Homefield", "E01999911"): 1,
    }  # fmt: skip


def test_the_key_has_the_order_asked_for(selection):
    assert counts(selection, ("type", "month"))[0].key == (ASB, "2025-01")
    assert counts(selection, ("month", "type"))[0].key == ("2025-01", ASB)


def test_types_wards_and_forces_narrow_it(selection):
    assert total(selection.but(types=(ASB,))) == 9
    assert total(selection.but(wards=("E05999901",))) == 10
    assert total(selection.but(forces=(RAIL,))) == 2
    assert total(selection.but(types=(ASB, VIOLENCE), wards=("E05999901",), forces=(OWN,))) == 8
    assert total(selection.but(types=("No such type",))) == 0


def test_no_district_is_no_crime(selection):
    assert counts(selection.but(districts=())) == []
    assert total(selection.but(districts=())) == 0


def test_wards_of_one_name_in_two_districts_are_told_apart(selection):
    both = selection.but(districts=("E07999901", "E07999902"))

    assert told(counts(both, ("ward",))) == {
        ("High Street",): 10, ("Park (Homefield)",): 4, ("Park (Awaybridge)",): 7, ("",): 1,
    }  # fmt: skip


def test_rows_without_a_place_belong_to_no_district_and_are_told_beside(selection):
    assert without_place(selection) == 6
    assert without_place(selection.but(types=(THEFT,))) == 0
    assert without_place(selection.but(last=month("2025-01"))) == 0


def test_an_area_that_has_left_the_partnership_is_no_longer_counted(selection, world):
    area = world.partnership.areas.get()
    area.ends_on = month("2025-02")
    area.save()

    assert total(of_partnership(world.partnership, month("2025-01"), month("2025-01"))) == 7
    assert total(of_partnership(world.partnership, month("2025-01"), month("2025-03"))) == 0


def test_a_breakdown_that_there_is_not_is_refused(selection):
    with pytest.raises(KeyError):
        counts(selection, ("colour",))


def test_it_is_one_query(selection, django_assert_num_queries):
    with django_assert_num_queries(1):
        counts(selection, BREAKDOWNS)


@pytest.mark.parametrize("by", [b for n in (1, 2, 3) for b in combinations(BREAKDOWNS, n)][::5])
def test_every_breakdown_adds_up_to_the_whole(selection, by):
    both = selection.but(districts=("E07999901", "E07999902"))

    assert sum(each.n for each in counts(both, by)) == total(both) == 22


ROWS = """
    SELECT count(*) FROM figures_crime c JOIN figures_crimefile f ON f.id = c.file_id
        JOIN figures_crimetype t ON t.id = c.type_id JOIN figures_lsoa l ON l.code = c.lsoa_code
    WHERE f.replaced_by_id IS NULL AND l.district_id = 'E07999901'
        AND f.month BETWEEN %s AND %s AND t.name = ANY (%s)
"""


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    first=st.sampled_from(["2025-01", "2025-02", "2025-03"]),
    last=st.sampled_from(["2025-01", "2025-02", "2025-03"]),
    types=st.sets(st.sampled_from([ASB, THEFT, VIOLENCE]), min_size=1),
)
def test_counts_are_those_of_the_rows_themselves(shire, first, last, types):
    selection = Selection(("E07999901",), month(first), month(last), types=tuple(types))
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [month(first), month(last), list(types)])
        rows = cursor.fetchone()[0]

    assert total(selection) == rows
