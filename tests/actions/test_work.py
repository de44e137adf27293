"""What actions put on a person's own page."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions import work, workflow
from actions.models import Status
from core import clock, remember
from core.markings import Marking
from membership.models import Post, Seat
from tests import world as worlds
from tests.actions.conftest import CANARY


def mine(person):
    return list(work.mine(person, clock.today()))


def officers(person):
    return list(work.officers(person, clock.today()))


def test_late_and_near_actions_of_my_post_need_me(make, world):
    late = make(due_in=-5)
    near = make(due_in=14)
    make(due_in=15)
    make(due_in=-5, owner=world.county, post=None)
    found = mine(world.vice)
    assert [(each.what, each.needs, each.due) for each in found] == [
        (late.text, "me", late.first_due_on), (near.text, "me", near.due_on),
    ]  # fmt: skip
    assert found[0].url == late.get_absolute_url()
    assert late.reference in found[0].why


def test_a_moved_date_is_said_but_lateness_counts_from_the_first(make, world):
    action = make(due_in=-5)
    later = clock.today() + datetime.timedelta(days=40)
    workflow.move_due_date(action, due_on=later, reason="Rota", by=world.vice)
    found = mine(world.vice)
    assert found[0].due == action.first_due_on
    assert "moved once" in found[0].why


def test_another_posts_action_is_not_mine_unless_nobody_holds_the_post(make, world):
    lead = Post.objects.create(
        agency=world.police, title="Vulnerability Lead", starts_on=worlds.LONG_AGO
    )
    action = make(due_in=-5, post=lead)
    assert [each.what for each in mine(world.vice)] == [action.text]
    holder = worlds.person("Fern Ackerley")
    seat = worlds.seat(holder, world.board, world.police, post=lead)
    assert mine(world.vice) == []
    assert [each.what for each in mine(holder)] == [action.text]
    Seat.objects.filter(pk=seat.pk).update(ends_on=clock.today())
    assert [each.what for each in mine(world.vice)] == [action.text]
    assert mine(holder) == []


def test_what_i_said_is_done_waits_for_an_officer(make, world):
    workflow.update(make(due_in=90), text="Done", status=Status.SAYS_DONE, by=world.vice)
    assert [(each.needs, each.of_whom) for each in mine(world.vice)] == [
        ("others", "Officers of Board")
    ]


def test_an_officer_does_not_wait_for_themself(make, world):
    action = make(owner=world.council, post=world.manager_post)
    workflow.update(action, text="Done", status=Status.SAYS_DONE, by=world.officer)
    assert mine(world.officer) == []
    assert len(officers(world.officer)) == 1


def test_many_late_actions_are_summed_up(make, world):
    for _ in range(8):
        make(due_in=-5)
    found = mine(world.vice)
    assert len(found) == 6
    assert found[-1].what == "3 more actions of your agency"
    assert found[-1].url.endswith("?view=mine")


def test_officers_confirm_and_chase(make, world):
    assert officers(world.officer) == []
    workflow.update(make(due_in=-5), text="Done", status=Status.SAYS_DONE, by=world.vice)
    assert [each.what.endswith("is done") for each in officers(world.officer)] == [True]
    workflow.update(make(), text="Done", status=Status.SAYS_DONE, by=world.vice)
    make(due_in=-5)
    make(due_in=-5, owner=world.council, post=world.manager_post)
    confirm, chase = officers(world.officer)
    assert confirm.what == "Confirm 2 actions that partners say are done"
    assert confirm.needs == "me"
    assert confirm.url.endswith("?view=to-confirm")
    assert (chase.what, chase.needs, chase.of_whom) == (
        "1 late action of others", "others", "Kent Police",
    )  # fmt: skip
    assert officers(world.vice) == []


def test_restricted_words_never_reach_my_work(make, world):
    action = make(due_in=-5, text=CANARY, raised_in=CANARY, marking=Marking.SENSITIVE)
    workflow.update(make(text=CANARY, marking=Marking.SENSITIVE), text=CANARY,
                    status=Status.SAYS_DONE, by=world.vice)  # fmt: skip
    found = mine(world.vice) + officers(world.officer)
    assert any(action.reference in each.what for each in found)
    assert CANARY not in repr(found)


@pytest.mark.parametrize("who", ["guest", "leaver", "stranger", "scrutiny", "commissioner"])
def test_others_have_nothing_here(make, world, who):
    make(due_in=-5)
    assert mine(getattr(world, who)) == []
    assert officers(getattr(world, who)) == []


def test_my_work_asks_as_often_for_many_as_for_one(make, world):
    counts = set()
    for number in (1, 8):
        for _ in range(number):
            make(due_in=-5)
        with remember.during(), CaptureQueriesContext(connection) as captured:
            mine(world.vice)
            officers(world.officer)
        counts.add(len(captured))
    assert len(counts) == 1
