"""The words in which an action's state and updates are put."""

import datetime

import pytest

from actions import queries


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Draft sent", ("Draft sent", "")),
        ("Draft sent.", ("Draft sent", "")),
        ("Draft sent. Two patrols an evening.", ("Draft sent", "Two patrols an evening.")),
        ("Draft sent\n\nTwo patrols", ("Draft sent", "Two patrols")),
        ("x" * 91, ("Update", "x" * 91)),
        ("", ("", "")),
    ],
)
def test_a_short_first_sentence_heads_an_update(text, expected):
    assert queries.headline(text) == expected


def test_how_often_in_words():
    assert [queries.times(n) for n in (1, 2, 3, 11)] == ["once", "twice", "3 times", "11 times"]


def test_counts_in_words():
    assert queries.counted(1, "to-confirm") == "1 action to confirm"
    assert queries.counted(43, "open") == "43 open actions"


def test_open_actions_come_back_until_closed(make, world):
    first = make(due_in=3)
    make(group=world.ocg_group, by=world.ocg)
    assert list(queries.open_actions(world.board, world.officer)) == [first]
    assert list(queries.open_actions(world.board, world.ocg)) == []


def test_the_lede_says_how_it_stands(make):
    today = datetime.date.today  # the tests' own clock is the machine's
    assert queries.lede(make(due_in=5), today()).endswith("in 5 days.")
    assert queries.lede(make(due_in=-5), today()) == "5 days past the date first set."


def test_names_of_records_say_nothing_of_what_is_in_them(make, world):
    action = make()
    told = action.updates.create(by=world.vice, text="Secret", status=action.status)
    assert "Secret" not in str(told)
    assert str(action.due_dates.get()) == f"{action.due_on:%-d %B %Y}"
