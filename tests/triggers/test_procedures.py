"""The procedure: set up at once, changed within the law, its settings dated."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from core.permissions import Refused
from core.workflow import Wrong
from membership import standing
from membership.models import SharingProtocol
from triggers.models import ClockSetting, ClockStage, Procedure, RelevantBody, Rule
from triggers.workflow import procedures, settings


@pytest.fixture
def set_up(world):
    return procedures.set_up(world.partnership, by=world.officer)


def test_setting_up_makes_the_panel_its_protocol_the_bodies_and_the_clocks(world, set_up):
    assert set_up.group.kind == "panel"
    assert set_up.group.administered_by == world.secretariat
    protocol = SharingProtocol.objects.get(group=set_up.group)
    assert "Schedule 4" in protocol.lawful_gateway
    assert {body.agency.name: body.kind for body in RelevantBody.objects.all()} == {
        "Dartford Borough Council": "council",
        "Kent Police": "police",
    }
    days = {each.stage: each.days for each in ClockSetting.objects.all()}
    assert days["acknowledge"] == 2
    assert days["panel"] == 28
    assert len(days) == 8
    assert Rule.objects.get().apply_within == 6
    assert standing.clearance(world.officer, set_up.group)


def test_it_is_set_up_once_and_by_officers_only(world, set_up):
    with pytest.raises(Wrong):
        procedures.set_up(world.partnership, by=world.officer)
    with pytest.raises(Refused):
        procedures.set_up(world.gravesham, by=world.officer)


def test_more_complaints_than_the_law_allows_are_refused_with_the_law(world, set_up):
    with pytest.raises(ValidationError) as refused:
        procedures.change(set_up, complaints_needed=4, by=world.officer)
    assert "never for more" in refused.value.message_dict["complaints_needed"][0]
    procedures.change(set_up, complaints_needed=2, by=world.officer)
    assert Procedure.objects.get().complaints_needed == 2


def test_a_clock_is_changed_from_a_day_and_the_one_before_ends_then(world, set_up):
    day = datetime.date(2027, 1, 4)
    settings.set_clock(
        world.partnership, stage=ClockStage.ACKNOWLEDGE, days=3, working=True,
        counted_from="receipt", starts_on=day, by=world.officer,
    )  # fmt: skip
    rows = ClockSetting.objects.filter(stage=ClockStage.ACKNOWLEDGE)
    assert [(each.days, each.ends_on) for each in rows] == [(2, day), (3, None)]
