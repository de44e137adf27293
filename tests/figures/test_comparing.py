"""What may be said of counts: only what the months held and the forces in them allow."""

import datetime

import pytest

from figures.models import CrimeFile, Population
from figures.queries import comparing, months
from figures.queries.comparing import (
    hot_places,
    just_before,
    limits,
    ranks,
    rate,
    rolling,
    year_before,
)
from figures.queries.comparing.periods import chance, compared
from figures.queries.comparing.rates import ordinal
from figures.queries.comparing.series import limited
from figures.queries.counts import Selection, total
from figures.queries.held import held, held_ever
from tests.figures import county
from tests.figures.county import ASB, OWN, RAIL, THEFT, crimes, file, month


@pytest.fixture
def shire(db):
    c = county.build()
    county.year(c, "2025-01", 9)
    return c


def of(first, last, **more):
    return Selection(("E07999901",), month(first), month(last), **more)


# ---- what is held -------------------------------------------------------------------------------


def test_a_month_is_held_when_the_areas_own_force_is(shire):
    crimes(shire, "2025-10", "E01999901", ASB, 2, RAIL)

    found = held(of("2025-08", "2025-11"))

    assert found.own_force == OWN
    assert [months.key(each) for each in found.months] == ["2025-08", "2025-09"]
    assert [months.key(each) for each in found.missing] == ["2025-10", "2025-11"]


def test_forces_that_count_nothing_here_are_none_of_our_business(shire):
    file(shire, "2025-03", RAIL)

    assert held(of("2025-01", "2025-09")).forces_partly == ()
    assert held(of("2025-01", "2025-09")).forces_everywhere == (OWN,)


def test_without_a_force_of_the_areas_name_the_one_that_counts_most_is_its_own(shire):
    shire.home.police_force_area_name = "London, City of"
    shire.home.save()
    crimes(shire, "2025-03", "E01999901", ASB, 2, RAIL)

    assert held(of("2025-01", "2025-09")).own_force == OWN


def test_replaced_files_hold_nothing(shire):
    new = file(shire, "2025-10")
    CrimeFile.objects.filter(month=month("2025-09")).update(replaced_by=new)

    assert month("2025-09") in held(of("2025-01", "2025-10")).missing


def test_nothing_is_held_of_no_district(db):
    assert held_ever(Selection((), month("2025-01"), month("2025-01"))).months == ()
    assert held(of("2025-01", "2025-01")).own_force == ""


# ---- one period against another -----------------------------------------------------------------


def test_a_period_is_set_against_the_months_just_before(shire):
    found = just_before(of("2025-07", "2025-09"))

    assert (found.now, found.before) == (
        total(of("2025-07", "2025-09")),
        total(of("2025-04", "2025-06")),
    )
    assert found.difference == found.now - found.before == 36
    assert found.says.startswith("36 more than April to June 2025 (")
    assert "Without July to September 2024, a change cannot be told from the season." in found.says


def test_no_year_before_without_the_year_before(shire):
    found = year_before(of("2025-09", "2025-09"))

    assert found.before is None
    assert found.difference is None
    assert found.why_not == "September 2024 is not held"
    assert found.says == "Not compared: September 2024 is not held."
    assert year_before(of("2025-07", "2025-09")).why_not == "July to September 2024 are not held"


def test_one_month_that_is_missing_in_either_period_stops_the_comparison(shire):
    county.year(shire, "2024-07", 2)

    found = year_before(of("2025-07", "2025-09"))

    assert found.why_not == "September 2024 is not held"
    assert year_before(of("2025-07", "2025-08")).difference is not None


def test_with_the_year_before_the_season_is_no_excuse(shire):
    county.year(shire, "2024-07", 3)

    assert "season" not in just_before(of("2025-07", "2025-09")).says


def test_more_than_a_year_is_not_set_against_a_part_of_itself(shire):
    assert "overlaps" in year_before(of("2024-01", "2025-09")).why_not


def test_a_force_that_is_held_in_some_months_only_is_left_out_and_named(shire):
    crimes(shire, "2025-01", "E01999901", ASB, 40, RAIL)

    found = just_before(of("2025-02", "2025-02"))

    assert found.forces == (OWN,)
    assert found.before == total(of("2025-01", "2025-01")) - 40
    assert f"{OWN} only: {RAIL} is held for January 2025 alone." in found.says


def test_an_unusual_month_is_never_compared(shire):
    CrimeFile.objects.filter(month=month("2025-06")).update(remark="Far fewer rows than in May.")

    found = just_before(of("2025-07", "2025-09"))

    assert found.before is None
    assert found.why_not == "June 2025 is unusual: far fewer rows than in May"
    assert just_before(of("2025-08", "2025-08")).before is not None


@pytest.mark.parametrize(
    ("now", "before", "verdict"),
    [
        (3532, 3359, "only just more than chance alone would give"),
        (1179, 1094, "within what chance alone would give"),
        (521, 605, "more than chance alone would give"),
        (100, 100, "within what chance alone would give"),
        (6, 1, "too few to tell from chance"),
        (0, 0, "too few to tell from chance"),
    ],
)
def test_chance(now, before, verdict):
    assert chance(now, before) == verdict


def test_no_change_is_said_so():
    found = compared(50, 50, against="May 2025")

    assert found.change == "no change"
    assert found.says == "The same as in May 2025 (50): within what chance alone would give."


# ---- rates and ranks ----------------------------------------------------------------------------


def test_a_rate_names_its_population_and_is_no_yearly_one(shire):
    found = rate(of("2025-07", "2025-09"))

    assert found.residents == 5000
    assert found.per_1000 == 1000 * found.n / 5000
    assert "in 3 months, so not a yearly rate" in found.says
    assert found.population_source == "Census 2021"


def test_a_districts_own_count_of_residents_goes_before_the_sum_if_it_is_newer(shire):
    Population.objects.create(
        area_code="E07999901", source="Mid-year estimate", year=2024, residents=6000
    )

    found = rate(of("2025-01", "2025-09"))

    assert (found.residents, found.population_source) == (6000, "Mid-year estimate, 2024")


def test_without_a_population_there_is_no_rate(shire):
    Population.objects.filter(area_code="E01999903").delete()

    found = rate(of("2025-07", "2025-09"))

    assert found.per_1000 is None
    assert found.says == "No rate: how many people live there is not held."


def test_where_many_visit_residents_are_the_wrong_yardstick(shire):
    for each in ("2025-07", "2025-08", "2025-09"):
        crimes(shire, each, "E01999904", THEFT, 300)

    mill = rate(of("2025-07", "2025-09", wards=("E05999903",)))

    assert "residents are the wrong yardstick" in mill.warning
    assert rate(of("2025-07", "2025-09", wards=("E05999902",))).warning == ""


def test_districts_are_ranked_by_rate_within_their_force(shire):
    found = ranks(of("2025-07", "2025-09"))

    assert [(row.place, row.name, row.here) for row in found.rows] == [
        (1, "Homefield", True), (2, "Awaybridge", False),
    ]  # fmt: skip
    assert found.says.startswith("Homefield: highest of the 2 council areas of the Weald")


def test_wards_are_ranked_too(shire):
    found = ranks(of("2025-07", "2025-09", wards=("E05999903",)), among="ward")

    assert found.rows[0].name == "Mill"
    assert len(found.rows) == 3


def test_no_ranking_of_months_that_are_not_held(shire):
    assert ranks(of("2025-08", "2025-10")).why_not == "October 2025 is not held"


@pytest.mark.parametrize(
    ("place", "words"), [(1, ""), (2, "second "), (11, "11th "), (22, "22nd "), (113, "113th ")]
)
def test_ordinals(place, words):
    assert ordinal(place) == words


# ---- months -------------------------------------------------------------------------------------


def test_a_rolling_year_needs_all_of_its_months(shire):
    assert [point.n for point in rolling(of("2025-09", "2025-09"))] == [None]
    county.year(shire, "2024-10", 3)

    assert [point.n for point in rolling(of("2025-08", "2025-09"))] == [
        None, total(of("2024-10", "2025-09")),
    ]  # fmt: skip


def test_no_limits_under_24_months(shire):
    found = limits(of("2025-01", "2025-09"))

    assert found.mean is None
    assert found.why_not == "9 months are held that can be compared; limits need 24"


def test_limits_mark_a_month_outside_them():
    first = datetime.date(2023, 1, 1)
    values = {months.later(first, at): 100 + at % 3 for at in range(24)}
    values[months.later(first, 12)] = 300

    found = limited(values)

    assert [point.month for point in found.points if point.outside] == [datetime.date(2024, 1, 1)]
    assert "January 2024 falls outside." in found.says


def test_a_missing_month_is_no_point_of_the_limits():
    first = datetime.date(2023, 1, 1)
    values: dict = {months.later(first, at): 100 for at in range(24)}
    values[months.later(first, 3)] = None

    assert "23 months are held" in limited(values).why_not


# ---- places -------------------------------------------------------------------------------------


def test_hot_places_are_names_within_a_ward(shire):
    crimes(shire, "2025-09", "E01999903", THEFT, 500, location="On or near Shopping Area")

    found = hot_places(of("2025-09", "2025-09"), most=2)

    assert (found[0].location, found[0].ward, found[0].n) == (
        "On or near Shopping Area", "Park", 500,
    )  # fmt: skip
    assert found[0].mostly == THEFT
    assert len(found) == 2


def test_hot_places_follow_the_selection(shire):
    assert hot_places(of("2025-09", "2025-09", wards=("E05999901",), types=(ASB,)))[0].ward == (
        "High Street"
    )
    assert hot_places(of("2025-09", "2025-09", forces=(RAIL,))) == []


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2025-09", "2025-09", "September 2025"),
        ("2025-07", "2025-09", "July to September 2025"),
        ("2024-10", "2025-09", "October 2024 to September 2025"),
    ],
)
def test_periods_in_words(first, last, words):
    assert months.period(month(first), month(last)) == words


@pytest.mark.parametrize("text", ["2025-13", "2025-1", "25-01", "", "2025-00", "0000-01"])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(ValueError, match="is not a month"):
        months.parse(text)


def test_everything_promised_is_there():
    assert set(comparing.__all__) >= {
        "year_before", "just_before", "rate", "rolling", "limits", "ranks", "hot_places",
    }  # fmt: skip
