"""``manage.py figures``: the same counts on a terminal and as CSV, and what is missing beside."""

import csv
import io

import pytest
from django.core.management import CommandError, call_command

from tests.figures import county
from tests.figures.county import ASB, OWN, RAIL, THEFT, crimes


@pytest.fixture
def shire(world):
    c = county.build(world.partnership)
    crimes(c, "2025-01", "E01999901", ASB, 3)
    crimes(c, "2025-01", "E01999903", THEFT, 4)
    crimes(c, "2025-02", "E01999902", ASB, 5)
    crimes(c, "2025-02", "E01999902", ASB, 1, RAIL)
    crimes(c, "2025-02", "", ASB, 2)
    return c


def run(*args):
    out, err = io.StringIO(), io.StringIO()
    call_command("figures", *args, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_csv_has_the_columns_asked_for_and_the_count(shire):
    out, _ = run(
        "dartford", "--from", "2025-01", "--to", "2025-02", "--by", "month,type,ward",
        "--format", "csv",
    )  # fmt: skip

    assert list(csv.reader(io.StringIO(out))) == [
        ["month", "type", "ward", "count"],
        ["2025-01", ASB, "High Street", "3"],
        ["2025-01", THEFT, "Park", "4"],
        ["2025-02", ASB, "High Street", "6"],
    ]


def test_without_a_breakdown_it_is_one_number(shire):
    assert run("dartford", "--from", "2025-01", "--to", "2025-02")[0].split() == ["count", "13"]


def test_what_is_missing_goes_to_standard_error(shire):
    out, err = run("dartford", "--from", "2025-01", "--to", "2025-03", "--format", "csv")

    assert out == "count\n13\n"
    assert "March 2025 is not held." in err
    assert f"{RAIL} is held for February 2025 alone." in err
    assert "2 more rows" in err


def test_nothing_counted_is_nothing(shire):
    assert run("dartford", "--from", "2024-01", "--to", "2024-01", "--format", "csv")[0] == (
        "count\n0\n"
    )
    assert run("dartford", "--from", "2024-01", "--to", "2024-01", "--by", "type")[0].split() == [
        "type", "count",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["nowhere", "--from", "2025-01", "--to", "2025-02"], "There is no partnership nowhere."),
        (["dartford", "--from", "2025-13", "--to", "2025-02"], "--from: “2025-13” is not a month"),
        (["dartford", "--from", "2025-01", "--to", "soon"], "--to: “soon” is not a month"),
        (["dartford", "--from", "2025-02", "--to", "2025-01"], "--to must not be before --from."),
        (
            ["dartford", "--from", "2025-01", "--to", "2025-02", "--by", "colour"],
            "--by: colour is none of month, type, ward",
        ),
        (
            ["dartford", "--from", "2025-01", "--to", "2025-02", "--by", "month,month"],
            "--by names something twice.",
        ),
        (["dartford", "--from", "2019-01", "--to", "2019-02"], "has no district as its area"),
    ],
)
def test_bad_input_is_refused_in_words(shire, args, message):
    with pytest.raises(CommandError, match=message.replace(".", r"\.")):
        run(*args)


def test_forces_are_a_breakdown(shire):
    out, _ = run("dartford", "--from", "2025-02", "--to", "2025-02", "--by", "force")

    assert OWN in out
    assert RAIL in out
