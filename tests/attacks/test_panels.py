"""A panel is need-to-know: nobody but its own people may learn its name, or who sits on it."""

import datetime

import pytest
from django.urls import reverse

from core import clock
from core.markings import Marking
from documents import workflow as documents
from meetings.workflow import schedule
from membership import workflow as membership
from membership.models import GroupKind
from tests import world as worlds
from tests.attacks.conftest import CANARY
from tests.meetings import held


@pytest.fixture
def meeting(world, panel):
    """A meeting of the board, to which the panel reports."""
    with held.at(held.JUNE):
        return schedule.schedule(world.board, on=held.SEPTEMBER, **held.PLACE, by=world.officer)


def test_the_boards_agenda_does_not_ask_for_an_update_of_a_panel(world, meeting):
    assert not meeting.items.filter(title__contains=CANARY).exists()
    assert meeting.items.filter(title="OCG update").exists()


def test_people_of_a_panel_are_not_offered_as_leads_of_the_boards_items(world, meeting, sign_in):
    page = sign_in(world.officer).get(reverse("meetings:item_add", args=["dartford", meeting.slug]))

    assert page.status_code == 200
    assert CANARY not in page.content.decode()


def test_what_the_partnership_owes_does_not_name_a_panel(world, panel, sign_in):
    page = sign_in(world.kent).get(reverse("dashboards:owed", args=["dartford"]))

    assert page.status_code == 200
    assert CANARY not in page.content.decode()


def test_a_group_may_have_the_name_of_a_panel_that_its_officer_does_not_know(world, sign_in):
    membership.set_up_group(
        world.partnership, name=CANARY, kind=GroupKind.PANEL, starts_on=clock.today(),
        by=world.officer,
    )  # fmt: skip
    today = clock.today()

    answer = sign_in(world.officer).post(
        reverse("membership:group_add", args=["dartford"]),
        {"name": CANARY, "kind": "subgroup", "default_marking": "official",
         "starts_on_day": today.day, "starts_on_month": today.month, "starts_on_year": today.year},
    )  # fmt: skip

    assert answer.status_code == 302


def test_with_whom_a_panel_shares_is_not_offered_to_other_officers(world, panel, paper, sign_in):
    group, member = panel
    body = worlds.agency(f"{CANARY} refuge", "voluntary")
    worlds.seat(world.guest, group, body)
    documents.open_to_agency(
        paper(group, member, marking=Marking.SENSITIVE), agency=body, reason="A child is at risk",
        lawful_gateway="Children Act 2004 section 11",
        closes_at=clock.now() + datetime.timedelta(days=1), by=member,
    )  # fmt: skip

    address = reverse("documents:sharing_record", args=["dartford"])
    page = sign_in(world.officer).get(address)

    assert page.status_code == 200
    assert CANARY not in page.content.decode()
    assert CANARY in sign_in(member).get(address).content.decode()
