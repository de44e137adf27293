"""The arithmetic of the measurements, and that the loader makes what it says."""

import json
import uuid

import pytest
from django.db import connection

from accounts.models import User
from actions.models import OPEN, Action
from bench import databases
from bench.arithmetic import Goal, Measured, each, misses, ratio, words
from bench.databases import BARE, BIG, SMALL
from bench.loading import everything, known
from bench.loading.everything import Scale
from bench.loading.keys import key, key_of
from bench.loading.rows import insert, literal
from bench.pages import PAGES, PEOPLE
from bench.worker import Site, Unmeasurable, describe
from core import clock
from meetings.models import Item, Meeting, MinutedAction
from membership import standing
from membership.models import Agency, Partnership, Seat

TINY = Scale(partnerships=2, years=2, long=20)


def measured(**more):
    usual = {"queries": 5, "big_queries": 5, "kilobytes": 30.0, "ratio": 1.5, "growth": 1.0}
    return Measured(**usual | more)


# ---- arithmetic ---------------------------------------------------------------------------------


def test_a_ratio_is_the_median_of_the_rounds():
    assert ratio([2, 4, 90], [1, 2, 3]) == 2


@pytest.mark.parametrize(("costs", "others"), [([], []), ([1, 2], [1])])
def test_rounds_that_do_not_pair_are_refused(costs, others):
    with pytest.raises(ValueError, match="Each round"):
        ratio(costs, others)


def test_what_starting_costs_cancels():
    starting, page = 1_000_000, 70

    assert each(starting + 4 * page, starting + 8 * page, 4) == page


def test_a_page_within_its_goal_misses_nothing():
    assert misses(Goal(ratio=1.5, queries=5, kilobytes=30), measured()) == []


def test_every_part_of_a_goal_is_held():
    goal = Goal(ratio=1.4, queries=4, kilobytes=29)

    assert misses(goal, measured(growth=1.2, big_queries=6)) == [
        "1.50 × B, not 1.4",
        "5 queries, not 4",
        "30 kB, not 29",
        "1.20 × its own cost at 100 × the data, not 1.1",
        "6 queries at 100 × the data, not 5",
    ]


def test_ratios_are_compared_as_they_are_printed():
    assert misses(Goal(ratio=2.0), measured(ratio=2.004, growth=1.104)) == []


def test_a_page_without_a_goal_still_may_not_grow():
    assert misses(Goal(), measured(ratio=9, queries=50, big_queries=50)) == []
    assert misses(Goal(), measured(growth=2)) != []


def test_a_goal_in_words():
    assert words(Goal(ratio=2.0, queries=5, kilobytes=40)) == "2.0 ×, 5 q, 40 kB"
    assert words(Goal()) == "–"


# ---- the databases ------------------------------------------------------------------------------


def test_each_measured_process_has_its_own_database_and_no_demonstration():
    variables = {"DATABASE_URL": "postgresql://csp@%2Fa%2Fsocket/csp", "DEMONSTRATION": "1"}

    urls = {each.environment(variables)["DATABASE_URL"] for each in (BARE, SMALL, BIG)}

    assert len(urls) == 3
    assert "postgresql://csp@%2Fa%2Fsocket/csp_bench" in urls
    assert BIG.environment(variables)["DEMONSTRATION"] == "0"


def test_a_database_is_kept_until_what_made_it_changes(tmp_path, monkeypatch):
    monkeypatch.setattr(databases, "ROOT", tmp_path)
    migration = tmp_path / "room" / "migrations" / "0001_initial.py"
    migration.parent.mkdir(parents=True)
    migration.write_text("first")
    before = databases._stamp()

    migration.write_text("second")

    assert databases._stamp() != before


# ---- the loader ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_key_is_the_same_in_sql_and_outside():
    with connection.cursor() as cursor:
        made = key("seat", "p", literal("Board"), "n")
        cursor.execute(f"SELECT {made} FROM (SELECT 1 AS p, 4 AS n) AS x")  # noqa: S608
        assert cursor.fetchone()[0] == key_of("seat", 1, "Board", 4)


@pytest.mark.django_db
def test_what_is_not_named_takes_the_model_s_default():
    with connection.cursor() as cursor:
        made = insert(
            cursor, User, "FROM generate_series(1, 3) n",
            name="'Hazel'", email="'hazel-' || n || '@example.test'", password="'!'",
        )  # fmt: skip

    assert made == 3
    assert set(User.objects.values_list("is_active", "telephone", "invited_by")) == {
        (True, "", None)
    }


@pytest.mark.django_db
def test_a_column_that_is_not_there_or_has_no_value_is_refused():
    with connection.cursor() as cursor:
        with pytest.raises(LookupError, match="no column shoe_size"):
            insert(cursor, User, "", shoe_size="4")
        with pytest.raises(LookupError, match="say what it is to be"):
            insert(cursor, Agency, "", name="'Kent'", slug="'kent'")


@pytest.fixture
def loaded(db):
    with clock.told_at(known.NOW):
        yield everything.load(TINY)


def test_the_loader_makes_what_it_says(loaded):
    assert loaded["Partnership"] == Partnership.objects.count() == 2
    assert loaded["Meeting"] == Meeting.objects.count() == 2 * (8 + 2) + 3 + 100
    assert loaded["Action"] == Action.objects.count() == 2 * 80 + 60 + 40
    first = Partnership.objects.get(slug=known.FIRST)
    assert Action.objects.of(first).filter(status__in=OPEN).count() == 100
    assert Seat.objects.of(first).on(known.TODAY).filter(group__kind="board").count() == known.BOARD
    assert Seat.objects.of(first).on(known.TODAY).values("person").distinct().count() == 100


def test_the_meeting_that_is_measured_has_what_its_goal_speaks_of(loaded):
    meeting = Meeting.objects.get(
        group__partnership__slug=known.FIRST, slug=known.board_meeting(known.MEETING)
    )

    assert meeting.items.exclude(minute="").count() == 15
    assert MinutedAction.objects.filter(item__meeting=meeting).count() == 30
    assert meeting.attendance.count() == 30
    assert Action.objects.filter(minuted__item__meeting=meeting, reference=known.ACTION).exists()
    long = Item.objects.filter(meeting__slug=known.board_meeting(known.LONG))
    assert long.count() == TINY.long


def test_what_is_loaded_keeps_every_constraint(loaded):
    connection.check_constraints()
    people = User.objects.filter(pk__in=[pk for pk in PEOPLE.values() if pk])

    assert all(standing.seats(person) for person in people)
    assert uuid.UUID(PEOPLE["officer"]) in people.values_list("pk", flat=True)


@pytest.fixture
def site(loaded, settings, monkeypatch):
    """The application as it is measured, on the connection of the test."""
    settings.ROOT_URLCONF = "bench.urls"
    settings.SECOND_FACTOR_REQUIRED = True
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)
    return Site()


def test_every_page_that_is_measured_answers(site):
    for each_page in PAGES:
        asked = json.loads(json.dumps(each_page.request()))

        found = describe(site, site.environ(**asked))

        assert found["bytes"] > 0
        assert found["queries"] == len(found["statements"])


def test_a_page_that_does_not_come_is_not_measured(site):
    asked = {"route": "meetings:detail", "args": [known.FIRST, "board-1999-01-01"], "query": ""}

    with pytest.raises(Unmeasurable, match="answers 404"):
        describe(site, site.environ(**asked, who=PEOPLE["member"]))
