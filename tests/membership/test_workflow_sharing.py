"""Agreements, signatures and protocols; and what comes back from countywide bodies."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from core.permissions import Refused
from core.workflow import Wrong
from membership import standing, workflow
from tests import world as worlds

DAY = datetime.timedelta(days=1)


def sign(world, agency, on, **more):
    given = {"signed_by_name": "Clover Bains", "on": on, "by": world.officer}
    return workflow.sign(world.agreement, agency=agency, **{**given, **more})


def fields(call):
    with pytest.raises(ValidationError) as wrong:
        call()
    return list(wrong.value.message_dict)


def test_a_signature_opens_the_groups_papers(world, today):
    verdict = standing.clearance(world.watch, world.board)
    assert "Neighbourhood Watch has no current signature" in verdict.reason
    sign(world, world.watch_body, today)
    assert standing.clearance(world.watch, world.board)


def test_a_withdrawn_signature_shuts_them_from_its_day(world, today):
    signature = world.agreement.signatures.get(agency=world.county)
    workflow.end_signature(signature, on=today, reason="Withdrawn", by=world.officer)
    assert not standing.clearance(world.kent, world.board)


def test_a_passed_review_date_shuts_nothing(world, today):
    workflow.change_agreement(
        world.agreement, version="2", review_on=today - DAY, ends_on=None, by=world.officer
    )
    assert standing.clearance(world.kent, world.board)


def test_an_agreement_that_has_ended_shuts_everything(world, today):
    workflow.change_agreement(
        world.agreement, version="2", review_on=None, ends_on=today, by=world.officer
    )
    assert not standing.clearance(world.kent, world.board)


def test_a_later_signature_renews_the_one_before(world, today):
    before = world.agreement.signatures.get(agency=world.county)
    sign(world, world.county, today)
    before.refresh_from_db()
    assert (before.ends_on, before.end_reason) == (today, "Renewed")


def test_a_signature_has_a_day_that_fits(world, today):
    assert fields(lambda: sign(world, world.watch_body, today + DAY)) == ["on"]
    assert fields(lambda: sign(world, world.watch_body, worlds.LONG_AGO - DAY)) == ["on", "agency"]
    assert fields(lambda: sign(world, world.watch_body, today, ends_on=today)) == ["ends_on"]
    assert fields(lambda: sign(world, world.county, worlds.LONG_AGO)) == ["agency"]


def test_a_signature_ends_once_after_it_was_given(world, today):
    signature = world.agreement.signatures.get(agency=world.county)
    end = lambda on: workflow.end_signature(  # noqa: E731
        signature, on=on, reason="Withdrawn", by=world.officer
    )
    assert fields(lambda: end(worlds.LONG_AGO - DAY)) == ["on"]
    end(today)
    with pytest.raises(Wrong):
        end(today)


def protocol(world, **more):
    given = {
        "title": "New", "purpose": "To keep people safe", "lawful_gateway": "CDA 1998 s.115",
        "parties": [world.police, world.county], "starts_on": datetime.date(2026, 1, 1),
        "review_on": datetime.date(2099, 1, 1), "by": world.officer,
    }  # fmt: skip
    return workflow.set_protocol(world.board, **{**given, **more})


def test_a_protocol_replaces_the_one_before(world):
    before = world.board.protocols.get()
    new = protocol(world)
    before.refresh_from_db()
    assert before.ends_on == new.starts_on
    assert set(new.parties.all()) == {world.police, world.county}


def test_without_a_protocol_nobody_opens_a_paper(world, today):
    workflow.end_protocol(world.board.protocols.get(), on=today, by=world.officer)
    verdict = standing.clearance(world.kent, world.board)
    assert "no Frequent Sharing Protocol in force" in verdict.reason


def test_a_protocol_is_reviewed_after_it_starts(world, today):
    assert fields(lambda: protocol(world, review_on=datetime.date(2026, 1, 1))) == ["review_on"]
    held = world.board.protocols.get()
    review = lambda on: workflow.review_protocol(held, review_on=on, by=world.officer)  # noqa: E731
    assert fields(lambda: review(today)) == ["review_on"]
    assert review(today + 300 * DAY).review_on == today + 300 * DAY


def test_one_agreement_is_in_force_at_a_time(world, today):
    given = {"name": "Second", "short_name": "Second", "starts_on": today, "by": world.officer}
    assert fields(lambda: workflow.add_agreement(world.partnership, **given)) == ["starts_on"]


@pytest.mark.parametrize("person", ["administrator", "chair", "kent", "scrutiny", "stranger"])
def test_only_officers_keep_what_is_shared(world, today, person):
    by = getattr(world, person)
    with pytest.raises(Refused):
        sign(world, world.watch_body, today, by=by)
    with pytest.raises(Refused):
        protocol(world, by=by)
    with pytest.raises(Refused):
        workflow.end_protocol(world.board.protocols.get(), on=today, by=by)
    with pytest.raises(Refused):
        workflow.change_agreement(world.agreement, version="", review_on=None, ends_on=None, by=by)


# ---- countywide ----------------------------------------------------------------------------------


@pytest.fixture
def contact(world, today):
    return workflow.add_representation(
        world.partnership, body="Kent Domestic Abuse Group", person=world.kent,
        starts_on=today - 90 * DAY, by=world.officer,
    )  # fmt: skip


def test_who_represents_the_partnership_reports_back(world, contact, today):
    report = workflow.report_back(contact, on=today, text="A new lead.", by=world.kent)
    assert report.by == world.kent
    workflow.report_back(contact, on=today, text="Minutes are out.", by=world.officer)
    with pytest.raises(Refused):
        workflow.report_back(contact, on=today, text="No.", by=world.chair)
    assert fields(
        lambda: workflow.report_back(contact, on=today + DAY, text="x", by=world.kent)
    ) == ["on"]


def test_a_leaver_represents_nobody(world, contact, today):
    workflow.end_seat(world.kent_seat, on=today, by=world.officer)
    with pytest.raises(Refused):
        workflow.report_back(contact, on=today, text="x", by=world.kent)


def test_the_contact_ends_once(world, contact, today):
    workflow.change_representation(contact, person=world.vice, by=world.officer)
    workflow.end_representation(contact, on=today, by=world.officer)
    with pytest.raises(Wrong):
        workflow.end_representation(contact, on=today, by=world.officer)
