"""Indicators: the usual ones, added, changed, ended, broken; who reads what of them."""

import csv
import datetime
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from audit.models import ReadEntry
from core import clock
from core.markings import Marking
from core.permissions import Refused
from core.workflow import Wrong
from figures.models import Indicator, Observation
from figures.queries import indicators as read
from figures.queries import periods
from figures.workflow import indicators
from membership.models import Signature

START = datetime.date(2025, 7, 1)
SECRET = 7654


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel("2026-10-05 10:00", tick=False):
        yield


@pytest.fixture
def add(world):
    def add(name="Hate crime", **more):
        fields = {
            "definition": "As the police flag it.", "starts_on": START,
            "source_agency": world.county,
        }  # fmt: skip
        return indicators.add(world.partnership, name=name, by=world.officer, **{**fields, **more})

    return add


@pytest.fixture
def observe(world):
    def observe(indicator, start=START, **values):
        """``observe(hate, whole=14, Race=10)``; wards by their code."""
        period = periods.holding(start, indicator.frequency)
        for name, value in values.items():
            area = name if name.startswith("E0") else ""
            part = "" if area or name == "whole" else name
            Observation.objects.create(
                indicator=indicator, starts_on=period.starts_on, ends_on=period.ends_on,
                area_code=area, breakdown=part, value=Decimal(value), recorded_by=world.kent,
                recorded_at=clock.now(),
            )  # fmt: skip

    return observe


def address(indicator, name="indicator", *args):
    return reverse(f"figures:{name}", args=["dartford", indicator.slug, *args])


def shown(series):
    return {
        (each.period.words, each.area, each.part): None if each.value is None else int(each.value)
        for each in series.figures
    }


# ---- setting up and changing --------------------------------------------------------------------


def test_the_usual_ones_are_those_that_a_partner_supplies(world):
    made = indicators.set_up_default_indicators(world.partnership, by=world.officer)
    slugs = {each.slug for each in made}
    assert {"domestic-abuse-incidents", "hate-crime", "prevent-referrals"} <= slugs
    assert "deliberate-fires" not in slugs  # no fire and rescue service is a partner here
    hate = Indicator.objects.get(slug="hate-crime")
    assert len(hate.breakdowns) == 5
    assert hate.starts_on == datetime.date(2026, 7, 1)
    assert indicators.set_up_default_indicators(world.partnership, by=world.officer) == []
    with pytest.raises(Refused):
        indicators.set_up_default_indicators(world.partnership, by=world.kent)


def test_every_usual_one_says_what_it_is_and_who_asks():
    with indicators.FACTS.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            assert row["definition"], row["slug"]
            assert row["source"], row["slug"]
            assert row["marking"] in Marking.values
            assert row["frequency"] in periods.LENGTH


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"definition": ""}, "definition"),
        ({"breakdowns": ["Race", "Race"]}, "breakdowns"),
        ({"breakdowns": ["a|b"]}, "breakdowns"),
        ({"suppress_below": 101}, "suppress_below"),
        ({"frequency": "week"}, "frequency"),
    ],
)
def test_an_indicator_that_makes_no_sense_is_refused(add, changes, field):
    with pytest.raises(ValidationError) as wrong:
        add(**changes)
    assert field in wrong.value.message_dict


def test_a_supplier_must_be_a_partner(world, add):
    with pytest.raises(ValidationError, match="not a partner"):
        add(source_agency=world.gravesham_council)


def test_two_of_one_name_have_two_addresses(add):
    assert [add().slug, add().slug] == ["hate-crime", "hate-crime-2"]


def test_what_was_given_in_confidence_stays_so(world, add, observe):
    secret = add(marking=Marking.SENSITIVE)
    observe(secret, whole=SECRET)
    with pytest.raises(ValidationError) as wrong:
        indicators.change(secret, marking=Marking.OFFICIAL, by=world.officer)
    assert "marking" in wrong.value.message_dict


def test_it_ends_and_is_asked_for_again(world, add):
    hate = add()
    with pytest.raises(ValidationError):
        indicators.end(hate, on=START, by=world.officer)
    indicators.end(hate, on=datetime.date(2026, 10, 1), by=world.officer)
    with pytest.raises(Wrong):
        indicators.end(hate, on=datetime.date(2026, 11, 1), by=world.officer)
    hate.refresh_from_db()
    indicators.resume(hate, by=world.officer)
    with pytest.raises(Wrong):
        indicators.resume(hate, by=world.officer)


@pytest.mark.parametrize(
    ("since", "because", "field"),
    [
        ("2026-07-02", "New system", "since"),
        ("2027-01-01", "New system", "since"),
        ("2026-07-01", "", "because"),
    ],
)
def test_a_break_lies_at_the_beginning_of_a_period(world, add, since, because, field):
    with pytest.raises(ValidationError) as wrong:
        indicators.break_series(
            add(), since=datetime.date.fromisoformat(since), because=because, by=world.officer
        )
    assert field in wrong.value.message_dict


def test_a_break_is_never_compared_across(world, add, observe, sign_in):
    hate = add()
    observe(hate, whole=40)
    observe(hate, datetime.date(2026, 7, 1), whole=55)
    here = reverse("figures:indicators", args=["dartford"])
    client = sign_in(world.officer)
    assert "15 more than a year before (40)" in client.get(here).content.decode()
    noted = indicators.break_series(
        hate, since=datetime.date(2026, 7, 1), because="New system", by=world.officer
    )
    page = client.get(here).content.decode()
    assert "Not comparable with a year before: New system" in page
    assert "Not comparable with what is below" in client.get(address(hate)).content.decode()
    client.post(address(hate, "indicator_break_remove", noted.pk))
    assert "15 more" in client.get(here).content.decode()


# ---- who reads what -----------------------------------------------------------------------------


def test_the_public_sees_no_small_number_and_none_beside_it(add, observe):
    hate = add(breakdowns=["Race", "Religion", "Disability"])
    observe(hate, whole=40, Race=30, Religion=3, Disability=7)
    series = read.series(hate, audience="public")
    period = "July to September 2025"
    assert shown(series) == {
        (period, "", ""): 40, (period, "", "Race"): 30,
        (period, "", "Religion"): None, (period, "", "Disability"): None,
    }  # fmt: skip
    assert shown(read.series(hate, audience="partner"))[period, "", "Religion"] == 3


def test_what_is_hidden_does_not_depend_on_the_time_asked_for(add, observe):
    hate = add()
    later = datetime.date(2026, 1, 1)
    observe(hate, whole=3)
    observe(hate, later, whole=30)
    every = shown(read.series(hate, audience="public"))
    part = shown(read.series(hate, audience="public", first=later))
    assert part.items() <= every.items()
    assert read.series(hate, audience="public").total() is None
    assert read.series(hate, audience="public", first=later).total() == 30


def test_a_correction_to_a_small_number_withholds_the_period(world, add, observe):
    hate = add(breakdowns=["Race", "Religion"])
    observe(hate, whole=40, Race=30, Religion=10)
    old = Observation.objects.exclude(breakdown="Race")
    with time_machine.travel("2026-10-06 10:00", tick=False):
        old.update(replaced_at=clock.now(), replaced_by=world.kent)
        observe(hate, whole=33, Religion=3)
    assert set(shown(read.series(hate, audience="public")).values()) == {None}
    assert 33 in shown(read.series(hate, audience="partner")).values()


def test_restricted_figures_reach_the_cleared_alone(world, add, observe, sign_in):
    secret = add("Modern slavery", marking=Marking.SENSITIVE, breakdowns=["MS1"])
    observe(secret, whole=SECRET, MS1=SECRET)
    for audience in ("public", "partner"):
        series = read.series(secret, audience=audience)
        assert series.withheld
        assert series.figures == ()
    listed = reverse("figures:indicators", args=["dartford"])
    for person, sees in [(world.watch, False), (world.kent, True), (world.officer, True)]:
        client = sign_in(person)
        for url in (address(secret), listed):
            for way in ("", "?format=csv"):
                text = client.get(f"{url}{way}").content.decode()
                assert (str(SECRET) in text or "7,654" in text) == sees
        for way in ("?as=public", "?as=public&format=csv"):
            text = client.get(f"{address(secret)}{way}").content.decode()
            assert str(SECRET) not in text
            assert "7,654" not in text
    assert ReadEntry.objects.filter(subject_id=str(secret.pk)).exists()
    assert not ReadEntry.objects.filter(actor_id=str(world.watch.pk)).exists()


def test_an_agency_that_signs_no_longer_reads_no_longer(world, add, observe, sign_in):
    secret = add(marking=Marking.SENSITIVE)
    observe(secret, whole=SECRET)
    Signature.objects.filter(agency=world.county).delete()
    assert "7,654" not in sign_in(world.kent).get(address(secret)).content.decode()


def test_suppressed_cells_stay_out_of_page_and_file(world, add, observe, sign_in):
    hate = add(breakdowns=["Race", "Religion"])
    observe(hate, whole=4321, Race=4318, Religion=3)
    client = sign_in(world.watch)
    page = client.get(f"{address(hate)}?as=public").content.decode()
    file = client.get(f"{address(hate)}?as=public&format=csv").content.decode()
    for text in (page.replace(",", ""), file):
        assert "4321" in text
        assert "4318" not in text
    assert "4,318" in client.get(address(hate)).content.decode()


def test_strangers_scrutiny_and_former_members_read_nothing(world, add, sign_in):
    hate = add()
    for person in (world.stranger, world.scrutiny, world.commissioner, world.leaver):
        assert sign_in(person).get(address(hate)).status_code == 404
        assert not Indicator.objects.visible_to(person).of(world.partnership).exists()


def test_several_series_are_read_in_two_queries(add, observe, django_assert_num_queries):
    found = []
    for number in range(4):
        found.append(add(f"Number {number}"))
        observe(found[-1], whole=number + 10)
    with django_assert_num_queries(2):
        known = read.many(found, audience="public")
    assert len(known) == 4


def test_the_list_asks_no_more_for_more_rows(world, add, sign_in, django_assert_max_num_queries):
    client = sign_in(world.officer)
    here = reverse("figures:indicators", args=["dartford"])
    for number in (1, 8):
        for each in range(number):
            add(f"Number {number} {each}")
        with django_assert_max_num_queries(20):
            client.get(here)


# ---- the pages ----------------------------------------------------------------------------------


def test_an_officer_adds_and_changes_on_the_pages(world, sign_in):
    client = sign_in(world.officer)
    url = reverse("figures:indicator_add", args=["dartford"])
    assert "Enter" in client.post(url, {"name": ""}).content.decode()
    form = {
        "name": "Knife crime", "definition": "With a blade.", "unit": "crimes", "source": "",
        "source_agency": str(world.police.pk), "frequency": "quarter", "by_ward": "on",
        "breakdowns": "Threat\nInjury\n", "adds_up": "on", "marking": "official",
        "suppress_below": "5", "better": "lower", "starts_on_day": "1", "starts_on_month": "7",
        "starts_on_year": "2026",
    }  # fmt: skip
    client.post(url, form)
    knife = Indicator.objects.get(slug="knife-crime")
    assert knife.breakdowns == ["Threat", "Injury"]
    page = client.get(address(knife, "indicator_change")).content.decode()
    assert "With a blade." in page
    form |= {"unit": "offences", "breakdowns": "Threat"}
    client.post(address(knife, "indicator_change"), form)
    knife.refresh_from_db()
    assert (knife.unit, knife.breakdowns) == ("offences", ["Threat"])
    end = {"on_day": "1", "on_month": "1", "on_year": "2027"}
    client.post(address(knife, "indicator_end"), end)
    knife.refresh_from_db()
    assert knife.ends_on == datetime.date(2027, 1, 1)
    client.post(address(knife, "indicator_resume"))
    broken = {"since_day": "1", "since_month": "7", "since_year": "2026", "because": "New"}
    client.post(address(knife, "indicator_break"), broken)
    assert knife.breaks.count() == 1


def test_an_empty_list_offers_the_usual_ones(world, sign_in):
    here = reverse("figures:indicators", args=["dartford"])
    client = sign_in(world.officer)
    assert "Add the usual indicators" in client.get(here).content.decode()
    client.post(reverse("figures:indicators_set_up", args=["dartford"]))
    assert "Hate crime by strand" in client.get(here).content.decode()
    assert "Add an indicator" not in sign_in(world.kent).get(here).content.decode()


def test_the_missing_are_listed_chosen_and_exported(world, add, sign_in):
    add(starts_on=datetime.date(2026, 4, 1))
    here = reverse("figures:gaps", args=["dartford"])
    client = sign_in(world.kent)
    assert "April to June 2026" in client.get(here).content.decode()
    assert "No word from them yet" in client.get(here).content.decode()
    assert "owes no figure" in client.get(f"{here}?agency=nobody").content.decode()
    file = client.get(f"{here}?format=csv").content.decode()
    assert "Hate crime,Kent County Council,April to June 2026" in file
