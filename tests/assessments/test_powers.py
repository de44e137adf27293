"""The register of powers is dated data: loaded from files, looked at on any day."""

import datetime
import shutil

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from assessments.models import Power, PowerLimit
from assessments.queries import powers as queries
from assessments.workflow import powers

URL = "/dartford/assessments/powers/"
D = datetime.date


@pytest.fixture
def files(tmp_path):
    for name in (powers.POWERS, powers.LIMITS):
        shutil.copy(powers.FACTS / name, tmp_path / name)
    return tmp_path


def replaced(folder, name, old, new):
    path = folder / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_loading_again_changes_nothing(db):
    changed, limits = powers.load()

    assert (changed, limits) == (9, 12)
    assert powers.load() == (0, 0)
    assert PowerLimit.objects.count() == 12


def test_a_changed_limit_is_a_changed_row(db, files):
    powers.load()
    old = "dispersal,Longest duration,48,hours,At most 48 hours,2014 Act s.34,no,2014-10-20,"
    new = "dispersal,Longest duration,72,hours,At most 72 hours,A later Act,yes,2027-01-01,"
    replaced(files, powers.LIMITS, old, f"{old}2027-01-01\n{new}")

    assert powers.load(files) == (0, 2)
    dispersal = Power.objects.get(slug="dispersal")
    words = [
        queries.limit(dispersal, queries.LONGEST, day).words
        for day in (D(2026, 12, 31), D(2027, 1, 1))
    ]
    assert words == ["At most 48 hours", "At most 72 hours"]


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("powers.csv", "slug,name", "key,name", "no column slug"),
        ("powers.csv", "2015-03-23", "23 March 2015", "line 2"),
        ("powers.csv", ",yes,,1,", ",perhaps,,1,", "yes or no"),
        ("powers.csv", ",yes,,1,", ",yes,,first,", "whole number"),
        ("powers.csv", ",yes,,1,", ",yes,nothing-like-it,1,", "no power nothing-like-it"),
        ("power_limits.csv", "civil-injunction,", "no-such-power,", "no power no-such-power"),
        ("power_limits.csv", ",10,years", ",ten,years", "must be a number"),
        ("power_limits.csv", "Youngest age", "", "name is empty"),
        ("power_limits.csv", "yes,2015-03-23,", "yes,2015-03-23,2014-01-01", "line 2"),
    ],
)
def test_a_wrong_file_is_named_with_its_line_and_changes_nothing(db, files, name, old, new, says):
    replaced(files, name, old, new)

    with pytest.raises(ValidationError, match=says):
        powers.load(files)
    assert not Power.objects.exists()


def test_the_command_says_what_changed_and_what_is_wrong(db, tmp_path, capsys):
    call_command("load_powers")
    assert "9 powers and 12 limits" in capsys.readouterr().out
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_powers", tmp_path)


def test_what_was_not_read_in_the_act_says_so(world, sign_in):
    powers.load()

    page = sign_in(world.kent).get(URL).content.decode()

    assert "Not checked in full" in page
    assert "At most 48 hours" in page
    assert "2014 Act s.34, not checked" in page
    assert "Which sections began then has not been read here" in page


def test_powers_are_shown_as_they_held_on_a_day(world, sign_in):
    powers.load()
    client = sign_in(world.kent)

    before = client.get(URL, {"on": "1 January 2014"}).content.decode()
    between = client.get(URL, {"on": "1 January 2015"}).content.decode()

    assert "No powers are in the register for this day" in before
    assert "Closure order" in between
    assert "Civil injunction" not in between.partition("What changed")[0]
    assert "Crime and Policing Act 2026" not in between
    assert "must be a real date" in client.get(URL, {"on": "soon"}).content.decode()


def test_a_power_has_its_page(world, sign_in):
    powers.load()
    client = sign_in(world.scrutiny)

    assert (
        "Consultation first" in client.get(f"{URL}public-spaces-protection-order/").content.decode()
    )
    assert client.get(f"{URL}nothing/").status_code == 404


@pytest.mark.parametrize(
    ("start", "unit", "value", "end"),
    [
        (D(2024, 2, 1), "years", 3, D(2027, 2, 1)),
        (D(2024, 2, 29), "years", 3, D(2027, 2, 28)),
        (D(2026, 11, 30), "months", 3, D(2027, 2, 28)),
        (D(2026, 11, 2), "hours", 48, D(2026, 11, 5)),
        (D(2026, 11, 2), "pounds", 100, None),
    ],
)
def test_how_long_a_limit_lets_an_order_last(start, unit, value, end):
    assert queries.latest_end(PowerLimit(value=value, unit=unit), start) == end
