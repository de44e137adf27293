"""Emergency reading: two people, a reason, one hour to the minute, an alert, no telling tales."""

import datetime
import re

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from audit.models import Entry
from core import clock
from core.permissions import Refused
from core.workflow import Wrong
from membership import standing
from membership.models import EmergencyReading, Group, GroupKind, Role, Seat
from membership.workflow import emergencies
from membership.workflow.panels import form_panel
from notices.models import Delivery, Notice
from tests import world as worlds

AT = datetime.datetime(2026, 11, 23, 10, 2, tzinfo=datetime.UTC)
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def at_ten():
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def panel(world, at_ten):
    """The panel of one case, on which kent sits, under the standing panel's protocol."""
    standing_panel = worlds.group(world.partnership, "Death reviews", GroupKind.PANEL)
    worlds.protocol(standing_panel)
    group = form_panel(
        standing_panel, name="Death review DR-2026-0007", short_name="DR-2026-0007", slug="x1",
        officers=[], starts_on=worlds.LONG_AGO,
    )  # fmt: skip
    worlds.seat(world.kent, group, world.county)
    return group


def ask(world, reference="DR-2026-0007", by=None):
    return emergencies.ask(
        world.partnership, reference=reference, reason="A danger to life", by=by or world.officer
    )


def opens(person, group):
    standing.remember.forget()
    return group.pk in standing.groups(person)


def test_it_opens_for_sixty_minutes_to_the_minute(world, panel, at_ten):
    reading = ask(world)
    assert not opens(world.officer, panel)

    emergencies.agree(reading, by=world.chair)

    assert opens(world.officer, panel)
    assert standing.clearance(world.officer, panel)
    at_ten.move_to(AT + 59 * MINUTE)
    assert opens(world.officer, panel)
    at_ten.move_to(AT + 61 * MINUTE)
    assert not opens(world.officer, panel)
    assert not Seat.objects.on(clock.today()).filter(group=panel, person=world.officer).exists()


def test_it_opens_over_midnight_and_once_more_the_same_day(world, panel, at_ten):
    at_ten.move_to(AT.replace(hour=23, minute=30))
    emergencies.agree(ask(world), by=world.chair)
    at_ten.move_to(AT.replace(hour=23, minute=30) + 50 * MINUTE)
    assert opens(world.officer, panel)
    at_ten.move_to(AT.replace(hour=23, minute=30) + 70 * MINUTE)
    assert not opens(world.officer, panel)

    emergencies.agree(ask(world), by=world.chair)

    assert opens(world.officer, panel)


def test_the_seat_reads_and_does_nothing(world, panel):
    emergencies.agree(ask(world), by=world.chair)

    seat = Seat.objects.get(group=panel, person=world.officer)
    assert seat.role == Role.ADVISER


def test_everybody_who_must_know_is_told_at_once_and_the_chair_learns_no_reference(world, panel):
    emergencies.agree(ask(world), by=world.vice)

    assert "DR-2026-0007" in Notice.objects.get(recipient=world.kent).text
    for person in (world.chair, world.officer):
        said = Notice.objects.filter(recipient=person, kind="emergency-opened").get()
        assert "DR-2026-0007" not in said.text
    alerts = Delivery.objects.filter(notice__kind="emergency-opened")
    assert alerts.exists()
    assert all(each.urgent and each.send_after == AT for each in alerts)


def test_who_may_agree_is_told_that_it_is_asked(world, panel):
    ask(world)

    told = Notice.objects.filter(kind="emergency-asked")
    assert {each.recipient for each in told} == {world.chair, world.vice}
    assert not any("DR-" in each.text for each in told)


def test_a_wrong_reference_is_answered_in_the_same_words(world, panel, sign_in):
    pages = []
    for reference in ("DR-2026-0007", "DR-2026-0999"):
        reading = ask(world, reference)
        emergencies.agree(reading, by=world.chair)
        told = Notice.objects.get(recipient=world.officer, subject_id=str(reading.pk))
        page = sign_in(world.officer).get(reverse("membership:emergencies", args=["dartford"]))
        row = page.content.decode().split("<tbody")[1].split("</tr>")[0]
        pages.append((told.text, re.sub(r"<[^>]*>|DR-[\d-]+", " ", row)))

    assert pages[0] == pages[1]
    assert EmergencyReading.objects.get(reference="DR-2026-0999").seat is None
    assert not Entry.objects.filter(sensitive=False, subject__contains="DR-2026").exists()


@pytest.mark.parametrize("who", ["kent", "scrutiny", "administrator", "dvacs", "stranger"])
def test_nobody_else_asks(world, panel, who):
    with pytest.raises(Refused):
        ask(world, by=getattr(world, who))


def test_nobody_agrees_for_themselves_nor_as_administrator(world, panel):
    reading = ask(world)
    worlds.seat(world.vice, world.administration, world.council)
    for person in (world.officer, world.kent, world.administrator, world.vice):
        with pytest.raises(Refused):
            emergencies.agree(reading, by=person)


def test_it_lapses_after_a_day_and_is_answered_once(world, panel, at_ten):
    first, second = ask(world), ask(world)
    emergencies.refuse(second, because="Ask its officer", by=world.chair)
    with pytest.raises(Wrong):
        emergencies.agree(second, by=world.vice)
    at_ten.move_to(AT + datetime.timedelta(hours=24))
    with pytest.raises(Wrong):
        emergencies.agree(first, by=world.chair)

    assert not opens(world.officer, panel)


def test_it_does_not_open_to_who_has_left_meanwhile(world, panel):
    reading = ask(world, by=world.vice)
    Seat.objects.filter(person=world.vice).update(ends_on=clock.today())

    with pytest.raises(Wrong):
        emergencies.agree(reading, by=world.chair)


def test_it_is_ended_early_and_taken_back(world, panel):
    reading = emergencies.agree(ask(world), by=world.chair)
    emergencies.end(reading, by=world.officer)
    assert not opens(world.officer, panel)

    assert emergencies.take_back(ask(world), by=world.officer).state == "refused"


def test_who_sits_on_it_keeps_their_own_seat(world, panel, at_ten):
    worlds.seat(world.officer, panel, world.council, Role.OFFICER)

    reading = emergencies.agree(ask(world), by=world.chair)
    at_ten.move_to(AT + 61 * MINUTE)

    assert reading.seat is None
    assert opens(world.officer, panel)


def test_a_standing_panel_or_a_board_is_not_opened(world, panel):
    for reference in ("Death reviews", "Board"):
        assert emergencies.agree(ask(world, reference), by=world.chair).seat is None


@pytest.mark.parametrize(("field", "value"), [("reference", ""), ("reason", " ")])
def test_what_is_missing_is_said_beside_its_field(world, field, value):
    told = {"reference": "DR-2026-0001", "reason": "Danger", field: value}
    with pytest.raises(ValidationError) as refused:
        emergencies.ask(world.partnership, **told, by=world.officer)

    assert field in refused.value.message_dict


def test_the_pages_lead_two_people_through_it(world, panel, sign_in):
    officer, chair = sign_in(world.officer), sign_in(world.chair)
    home = reverse("membership:emergencies", args=["dartford"])
    asked = officer.post(
        reverse("membership:emergency_ask", args=["dartford"]),
        {"reference": "dr-2026-0007", "reason": "A danger to life"},
    )  # fmt: skip
    assert asked.url == home
    reading = EmergencyReading.objects.get()
    agree = reverse("membership:emergency_agree", args=["dartford", reading.pk])
    assert officer.get(agree).status_code == 403
    assert "A danger to life" in chair.get(agree).content.decode()

    chair.post(agree, {"sure": "on"})

    page = officer.get(home).content.decode()
    assert "until 11.02am" in page
    assert "End it now" in page
    assert sign_in(world.kent).get(home).status_code == 403
    assert Group.objects.visible_to(world.officer).filter(pk=panel.pk).exists()
