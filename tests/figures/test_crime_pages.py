"""The pages of street crime: what a person reads there, and who may."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from figures.models import CrimeFile
from tests.figures import county
from tests.figures.county import ASB, RAIL, THEFT, crimes, month


@pytest.fixture
def shire(world):
    c = county.build(world.partnership)
    county.year(c, "2025-01", 9)
    county.outlines(c)
    return c


@pytest.fixture
def read(world, sign_in):
    def read(name="crime", *args, who=None, status=200, **query):
        url = reverse(f"figures:{name}", args=[world.partnership.slug, *args])
        response = sign_in(who or world.kent).get(url, query)
        assert response.status_code == status
        return response.content.decode("utf-8-sig")

    return read


def words(html):
    """What is read, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_newest_whole_quarter_is_shown_first(shire, read):
    shown = words(read())

    assert "Dartford, July to September 2025, set against April to June 2025." in shown
    assert "420" in shown  # ASB and shoplifting of three months in four small areas
    assert "36 more than April to June 2025 (384)" in shown
    assert "Without July to September 2024, a change cannot be told from the season." in shown
    assert "for every 1,000 residents in 3 months, so not a yearly rate" in shown


def test_a_year_before_that_is_not_held_is_refused_in_words(shire, read):
    shown = words(read(against="year"))

    assert "Not compared: July to September 2024 are not held." in shown
    assert "not compared" in shown


def test_type_and_ward_narrow_what_is_shown(shire, read):
    assert "Shoplifting" in words(read(type=THEFT))
    shown = words(read(ward="E05999902", type=ASB))

    assert "Anti-social behaviour in Park ward" in shown


@pytest.mark.parametrize(
    "query",
    [
        {"period": "rubbish"}, {"period": "2025-09..2025-01"}, {"type": "No such"},
        {"ward": "E09999999"}, {"against": "never"}, {"sort": "colour"},
    ],
)  # fmt: skip
def test_a_choice_that_makes_no_sense_breaks_nothing(shire, read, query):
    assert "July to September 2025" in words(read(**query))


def test_a_choice_that_makes_no_sense_is_said_beside_it(shire, read):
    assert "Choose from the list" in words(read(period="rubbish"))


def test_any_period_can_be_asked_for_by_its_address(shire, read):
    assert "Dartford, February to June 2025" in words(read(period="2025-02..2025-06"))


def test_months_that_are_not_held_are_named(shire, read):
    CrimeFile.objects.filter(month=month("2025-08")).delete()

    shown = words(read(period="2025-07..2025-09"))

    assert "August 2025 is not held. Nothing here speaks of what is not held." in shown
    assert "Not compared with April to June 2025: August 2025 is not held." in shown


@pytest.mark.parametrize("name", ["crime", "districts"])
def test_a_period_of_which_nothing_is_held_is_said_so(shire, read, name):
    shown = words(read(name, period="2020-01..2020-03"))

    assert "January to March 2020 are not held. Nothing here speaks of what is not held." in shown


def test_an_unusual_month_is_flagged_and_not_compared(shire, read):
    CrimeFile.objects.filter(month=month("2025-08")).update(remark="Far fewer rows than July.")

    shown = words(read())

    assert "August 2025: Far fewer rows than July." in shown
    assert "August 2025 is unusual" in shown


def test_a_force_of_some_months_is_left_out_of_the_comparison(shire, read):
    crimes(shire, "2025-06", "E01999901", ASB, 50, RAIL)

    shown = words(read())

    assert f"Weald Police only: {RAIL} is held for June 2025 alone." in shown
    assert "36 more" in shown


def test_wards_are_sorted_as_asked(shire, read):
    html = read(sort="name")
    table = html[html.index('aria-label="Table of wards"') :]

    assert table.index("High Street") < table.index("Mill") < table.index("Park")
    assert 'aria-sort="ascending"' in table


def test_the_map_has_each_ward_and_says_the_same_as_the_list(shire, read):
    html = read()
    picture = html[html.index('<svg class="app-svg app-map"') :]
    picture = picture[: picture.index("</svg>")]

    assert picture.count("<path") == 3
    assert "Map of the 3 wards of Dartford" in picture
    assert "Most: High Street" in picture


def test_a_ward_has_its_small_areas_and_its_place(shire, read):
    shown = words(read("ward", "E05999901"))

    assert "High Street ward" in shown
    assert "The most of the 3 wards." in shown
    assert "Homefield 001A" in shown
    assert "Homefield 002A" not in shown


def test_a_ward_of_another_area_is_not_found(shire, read):
    read("ward", "E05999904", status=404)


def test_month_by_month_has_no_limits_before_24_months(shire, read):
    shown = words(read("months"))

    assert "No limits yet: 9 months are held that can be compared; limits need 24" in shown
    assert "September 2025" in shown


def test_month_by_month_with_two_years(shire, read):
    county.year(shire, "2023-10", 15)

    shown = words(read("months"))

    assert "Months are usually between" in shown
    assert "Twelve months to its end" in shown


def test_districts_side_by_side(shire, read):
    shown = words(read("districts"))

    assert "Homefield: highest of the 2 council areas of the Weald police force area" in shown


def test_without_figures_the_page_says_what_to_do(world, read):
    assert "No district is set" in words(read())
    county.build(world.partnership)

    assert "No street-crime figures are held yet." in words(read())
    assert "Send in street-crime files" in words(read(who=world.officer))
    assert "No street-crime figures are held yet." in words(read("months"))
    assert "No street-crime figures are held yet." in words(read("districts"))
    read("ward", "E05999901", status=404)
    read("crime_csv", "wards", status=404)


@pytest.mark.parametrize(
    ("table", "first"),
    [
        ("types", [ASB, "342"]), ("wards", ["High Street", "198"]), ("months", ["2025-01"]),
        ("places", ["On or near High Street", "High Street"]), ("districts", ["1", "E07999901"]),
        ("areas", ["E01999901"]), ("counts", ["2025-07", ASB, "High Street", "Weald Police"]),
    ],
)  # fmt: skip
def test_every_table_is_a_file_too(shire, read, table, first):
    rows = list(csv.reader(io.StringIO(read("crime_csv", table))))

    assert rows[1][: len(first)] == first


def test_a_file_has_the_choice_of_its_page(shire, read):
    rows = list(csv.reader(io.StringIO(read("crime_csv", "counts", type=THEFT, ward="E05999902"))))

    assert {(row[1], row[2]) for row in rows[1:]} == {(THEFT, "Park")}


def test_there_is_no_other_file(shire, read):
    read("crime_csv", "secrets", status=404)


def test_the_scrutiny_committee_and_the_commissioner_read_public_figures(shire, world, read):
    for who in (world.scrutiny, world.commissioner, world.watch, world.dvacs):
        assert "420" in read(who=who)


def test_strangers_and_guests_do_not(shire, world, read):
    for who in (world.stranger, world.guest, world.leaver):
        read(who=who, status=403)


def test_it_asks_as_much_of_the_database_for_a_month_as_for_two_years(shire, world, sign_in):
    client = sign_in(world.kent)
    url = reverse("figures:crime", args=[world.partnership.slug])

    def asked(**query):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(url, query).status_code == 200
        return len(queries)

    asked()
    few = asked(period="2025-01..2025-01")
    county.year(shire, "2023-10", 15)

    assert asked(period="2023-10..2025-09") == few == 10
