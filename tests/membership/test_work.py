"""What membership asks of a person."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import remember
from core.registries import work
from membership import workflow
from tests import world as worlds
from tests.membership.conftest import CANARY

DAY = datetime.timedelta(days=1)


@pytest.fixture
def asked(today):
    def asked(person):
        mine = (source for source in work._sources if source.__module__ == "membership.work")
        return [each for source in mine for each in source(person, today)]

    return asked


def test_somebody_is_told_that_their_own_seat_ends_soon(world, asked, today):
    assert asked(world.kent) == []
    workflow.renew_seat(world.kent_seat, ends_on=today + 20 * DAY, by=world.officer)
    (own,) = asked(world.kent)
    assert (own.what, own.due, own.needs) == (
        "Your seat on Board ends", today + 20 * DAY, "nobody"
    )  # fmt: skip
    assert own.url == f"/dartford/people/{world.kent.pk}/"


def test_officers_ask_fill_and_renew(world, asked, today):
    workflow.add_place(world.dvacs_group, agency=world.county, starts_on=today, by=world.officer)
    workflow.renew_seat(world.kent_seat, ends_on=today + 20 * DAY, by=world.officer)
    what = [each.what for each in asked(world.officer)]
    assert what == [
        "Ask Neighbourhood Watch to sign the information sharing agreement",
        "Fill 1 empty place",
        "Bryony Clarke’s seat on Board ends",
    ]


@pytest.mark.parametrize("person", ["chair", "administrator", "scrutiny", "commissioner", "guest"])
def test_nobody_else_is_asked(world, asked, person):
    assert asked(getattr(world, person)) == []


def test_a_panel_is_in_nobodys_work_but_its_own(world, panel, asked):
    assert CANARY not in repr(asked(world.officer))
    assert CANARY in repr(asked(panel[1]))


def queries_of(call):
    with remember.during(), CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)


def test_an_officer_is_asked_with_as_many_queries_for_few_as_for_many(world, asked, today):
    few = queries_of(lambda: asked(world.officer))
    for number in range(30):
        person = worlds.person(f"Member {number}")
        worlds.seat(person, world.board, world.county, ends_on=today + 9 * DAY)
    assert len(asked(world.officer)) == 31
    assert queries_of(lambda: asked(world.officer)) == few
