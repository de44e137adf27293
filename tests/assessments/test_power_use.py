"""Use and breaches: asked of agencies, in full to who works here, suppressed to the others."""

import datetime
from decimal import Decimal

import pytest

from assessments.models import PowerIndicator
from assessments.queries import power_use
from assessments.workflow import counting, powers
from audit.models import ReadEntry
from core.markings import Marking
from core.permissions import Refused
from figures.models import Indicator, KnownGap, Observation
from tests.assessments import knowing
from tests.assessments.knowing import TODAY

URL = "/dartford/assessments/powers/use/"
D = datetime.date
SPRING = D(2026, 4, 1)


@pytest.fixture(autouse=True)
def on_the_day(world, time_machine):
    time_machine.move_to(knowing.NOON)
    powers.load()


def counted(world, slug="power-dispersal-police"):
    with knowing.at(2026, 1, 12):
        counting.count_use(world.partnership, by=world.officer)
    return Indicator.objects.get(partnership=world.partnership, slug=slug)


def observe(world, indicator, value, starts_on=SPRING, **more):
    return Observation.objects.create(
        indicator=indicator, value=Decimal(value), starts_on=starts_on, recorded_by=world.vice,
        ends_on=D(starts_on.year, starts_on.month + 3, 1), **more,
    )  # fmt: skip


def test_agencies_are_asked_once_for_each_power(world, sign_in):
    client = sign_in(world.officer)
    assert "not counted yet" in client.get(URL).content.decode()

    client.post(f"{URL}count/")
    client.post(f"{URL}count/")

    assert PowerIndicator.objects.count() == 9
    dispersal = Indicator.objects.get(slug="power-dispersal-police")
    assert (dispersal.source_agency, dispersal.used_for, dispersal.adds_up) == (
        world.police, "powers", False
    )  # fmt: skip
    with pytest.raises(Refused):
        counting.count_use(world.partnership, by=world.chair)


def test_an_indicator_that_counts_it_already_is_taken(world):
    there = Indicator.objects.create(
        partnership=world.partnership, slug="community-protection-notices", name="Notices",
        definition="Notices", source_agency=world.council, starts_on=D(2025, 1, 1),
    )  # fmt: skip

    counting.count_use(world.partnership, by=world.officer)

    assert there.of_power.power.slug == "community-protection-notice"
    assert not Indicator.objects.filter(slug="power-community-protection-notice-district").exists()


def test_figures_stand_by_quarter_and_what_is_missing_says_so(world, sign_in):
    indicator = counted(world)
    observe(world, indicator, 12)
    observe(world, indicator, 3, breakdown="Breaches")

    [use] = [
        each
        for each in power_use.use(
            world.partnership, power_use.counted(world.partnership), TODAY, audience="restricted"
        )
        if each.power.slug == "dispersal"
    ]

    assert [(line.what, line.cells[-3:]) for line in use.lines] == [
        ("Dispersals authorised", ("not reported", "12", "not due yet")),
        ("People directed to leave", ("not reported", "not reported", "not due yet")),
        ("Breaches", ("not reported", "3", "not due yet")),
    ]
    rows = power_use.counted(world.partnership)
    owed = power_use.unreported(world.partnership, rows, TODAY, audience="partner")
    late = {(each.agency, each.period.starts_on): each for each in owed}
    assert "Dispersals authorised" in late[world.police, D(2026, 1, 1)].figures
    assert "Dispersals authorised" not in late[world.police, D(2026, 4, 1)].figures
    assert "What went unreported" in sign_in(world.kent).get(URL).content.decode()


def test_small_numbers_are_for_those_who_work_here(world, sign_in):
    indicator = counted(world)
    observe(world, indicator, 12)
    observe(world, indicator, 3, breakdown="Breaches", note="Kept to ourselves")
    KnownGap.objects.create(
        indicator=indicator, starts_on=D(2026, 1, 1), reason="A reason for partners",
        said_by=world.vice,
    )  # fmt: skip

    full = sign_in(world.watch).get(f"{URL}csv/").content.decode()
    line = "Dispersal power,Breaches,Kent Police,–,not reported,not reported,3,not due yet"
    assert line in full
    client = sign_in(world.scrutiny)
    assert line.replace(",3,", ",suppressed,") in client.get(f"{URL}csv/").content.decode()
    page = client.get(URL).content.decode()
    assert "suppressed" in page
    assert "A reason for partners" not in page
    assert "A reason for partners" in sign_in(world.watch).get(URL).content.decode()
    assert sign_in(world.commissioner).get(URL).status_code == 403


def test_it_narrows_to_an_agency_and_a_ward(world, sign_in):
    counted(world)
    client = sign_in(world.kent)

    page = client.get(URL, {"agency": world.council.slug}).content.decode()
    assert "Dispersals authorised" not in page.partition("What went unreported")[0]
    assert "Civil injunctions, council" in page
    assert client.get(URL, {"agency": "nobody", "ward": "E99"}).status_code == 200


def test_a_restricted_figure_stays_behind_the_gate_and_its_reading_is_recorded(world, sign_in):
    indicator = counted(world)
    indicator.marking = Marking.SENSITIVE
    indicator.save()
    observe(world, indicator, 4711)

    shut = sign_in(world.watch).get(URL).content.decode()
    assert "4,711" not in shut
    assert ">restricted<" in shut
    assert "4,711" not in sign_in(world.scrutiny).get(f"{URL}csv/").content.decode()
    assert "4,711" in sign_in(world.kent).get(URL).content.decode()
    assert ReadEntry.objects.get().actor_id == str(world.kent.pk)
