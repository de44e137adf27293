"""What is owed by law and by the terms of reference."""

import datetime

import pytest

from core.registries import duties
from membership import workflow
from membership.duties import FILLED, PROTOCOLS, REPRESENTED, REVIEWED, SIGNED, SUCCEEDED
from tests import world as worlds
from tests.membership.conftest import CANARY

DAY = datetime.timedelta(days=1)


@pytest.fixture
def owed(world, today):
    def owed():
        mine = (source for source in duties._sources if source.__module__ == "membership.duties")
        return {each.what: each for source in mine for each in source(world.partnership, today)}

    return owed


def test_an_agency_that_has_not_signed_is_a_gap(world, owed, today):
    assert owed()[SIGNED].state == "gap"
    assert owed()[SIGNED].why == "Neighbourhood Watch has not signed K-MISA."
    workflow.sign(
        world.agreement, agency=world.watch_body, signed_by_name="X", on=today, by=world.officer
    )
    assert owed()[SIGNED].state == "met"


def test_no_agreement_is_a_gap(world, owed, today):
    workflow.change_agreement(
        world.agreement, version="", review_on=None, ends_on=today, by=world.officer
    )
    assert "no restricted paper opens" in owed()[SIGNED].why


def test_a_group_without_a_protocol_is_a_gap(world, owed, today):
    assert owed()[PROTOCOLS].state == "met"
    workflow.end_protocol(world.dvacs_group.protocols.get(), on=today, by=world.officer)
    assert (owed()[PROTOCOLS].state, owed()[PROTOCOLS].why) == (
        "gap", "None is in force for DVACS."
    )  # fmt: skip


@pytest.mark.parametrize(("days", "state"), [(-1, "overdue"), (0, "due"), (90, "due")])
def test_reviews_that_are_due(world, owed, today, days, state):
    assert owed()[REVIEWED].state == "met"
    workflow.change_agreement(
        world.agreement, version="", review_on=today + days * DAY, ends_on=None, by=world.officer
    )
    review = owed()["Review K-MISA"]
    assert (review.state, review.due) == (state, today + days * DAY)
    assert REVIEWED not in owed()


def test_a_responsible_authority_with_nobody_on_the_board_is_a_gap(world, owed, today):
    assert owed()[REPRESENTED].state == "met"
    workflow.end_seat(world.kent_seat, on=today, by=world.officer)
    assert owed()[REPRESENTED].why == "Nobody sits on the board for Kent County Council."


def test_an_empty_place_of_a_responsible_authority_is_a_gap(world, owed, today):
    for agency in (world.county, world.watch_body):
        workflow.add_place(
            world.dvacs_group, agency=agency, starts_on=today - DAY, by=world.officer
        )
    found = owed()
    assert found["Fill the place of A representative, Kent County Council on DVACS"].state == "gap"
    assert FILLED not in found
    assert not any("Neighbourhood" in what for what in found)


def test_a_partner_whose_body_has_ended_is_a_gap(world, owed, today):
    assert SUCCEEDED not in owed()
    world.county.ends_on = today
    world.county.save()
    assert owed()[SUCCEEDED].state == "gap"


def test_a_panel_is_in_no_duty(world, panel, owed, today):
    *_, protocol = panel
    protocol.review_on = worlds.LONG_AGO
    protocol.save()
    assert CANARY not in repr(owed())
    protocol.delete()
    assert CANARY not in repr(owed())
