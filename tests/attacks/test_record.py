"""The record shows an officer what happened on their own groups, and of others only who sits there.

OCG has officers of its own: the secretariat knows that it is there and sees none of its business.
"""

import datetime

import pytest
from django.urls import reverse

from core.markings import Marking
from meetings.workflow import schedule
from membership import workflow as membership
from membership.models import Role
from tests import world as worlds
from tests.attacks.conftest import CANARY
from tests.meetings import held

RECORD = reverse("dashboards:audit", args=["dartford"])


@pytest.fixture(params=["page", "csv", "search"])
def read(request, sign_in):
    """All that a person can read of the record, one way or another."""
    query = {"page": {}, "csv": {"format": "csv"}, "search": {"q": "zephyr"}}[request.param]

    def read(person):
        page = sign_in(person).get(RECORD, query)
        assert page.status_code == 200
        return page.content.decode()

    return read


def test_open_papers_of_a_group_are_not_named_to_others(world, paper, read):
    paper(world.ocg_group, world.ocg, title=f"{CANARY} figures")

    assert CANARY not in read(world.officer)


def test_open_actions_of_a_group_are_not_told_to_others(world, action, read):
    action(world.ocg_group, world.ocg, text=f"Visit {CANARY}")

    assert CANARY not in read(world.officer)


def test_an_officers_own_groups_are_told(world, action, read):
    action(world.dvacs_group, world.officer, text=f"Visit {CANARY}")

    assert CANARY in read(world.officer)


def test_a_panel_is_not_named_to_officers_who_do_not_sit_on_it(world, panel, paper, read):
    group, member = panel
    with held.at(datetime.date(2026, 9, 1)):
        schedule.schedule(group, on=held.DECEMBER, **held.PLACE, by=member)
    paper(group, member)

    assert CANARY not in read(world.officer)


def test_changing_a_panel_is_not_told_to_other_officers(world, panel, read):
    group, _ = panel
    for where in (world.secretariat, group):
        worlds.seat(world.guest, where, world.police, Role.OFFICER)
    membership.change_group(
        group, name=group.name, short_name=group.short_name, purpose="New", quorum=None,
        default_marking=Marking.OFFICIAL, by=world.guest,
    )  # fmt: skip

    assert CANARY not in read(world.officer)


def test_who_sits_on_a_group_is_told_where_the_directory_tells_it(world, sign_in):
    membership.seat(
        world.ocg_group, person=world.guest, agency=world.police, starts_on=worlds.LONG_AGO,
        by=world.officer,
    )  # fmt: skip

    page = sign_in(world.officer).get(RECORD).content.decode()

    assert "Marigold Tan, OCG" in page
