"""Agencies' returns: asked, drafted, sent, corrected, and by whom they are seen."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from actions.models import Request, RequestStatus
from actions.workflow import requests
from core import clock
from core.markings import Marking
from core.permissions import Refused
from figures.models import FiguresReturn, Indicator, KnownGap, Observation
from figures.queries import indicators as read
from figures.queries import periods
from figures.queries import returns as queries
from figures.reminders import figures_expected
from figures.workflow import indicators, returns
from membership.models import Signature
from notices.models import Notice

NOW = "2026-10-05 10:00"
PARTS = ["Race", "Religion"]


@pytest.fixture
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def add(world, now):
    def add(name="Domestic abuse incidents", agency=None, **more):
        fields = {
            "definition": "As the police flag them.", "starts_on": datetime.date(2026, 7, 1),
            "source_agency": agency or world.county,
        }  # fmt: skip
        return indicators.add(world.partnership, name=name, by=world.officer, **{**fields, **more})

    return add


@pytest.fixture
def own(world, add):
    """The county council's return for July to September, of hate crime and of a secret count."""
    add("Hate crime", breakdowns=PARTS)
    add("Modern slavery", marking=Marking.SENSITIVE)
    (made,) = returns.ask(world.partnership, on=clock.today(), by=world.officer)
    return made


def draft(whole="14", race="10", religion="4", slavery="7"):
    return {
        "hate-crime||": {"value": whole},
        "hate-crime||Race": {"value": race},
        "hate-crime||Religion": {"value": religion},
        "modern-slavery||": {"value": slavery},
    }


def sent(own, by, **values):
    return returns.send(returns.save_draft(own, draft=draft(**values), by=by), by=by)


def address(own, name="return", *args):
    return reverse(f"figures:{name}", args=["dartford", own.pk, *args])


# ---- asking -------------------------------------------------------------------------------------


def test_each_agency_is_asked_once_by_the_end_of_the_next_quarter(world, own):
    assert own.agency == world.county
    assert (own.starts_on, own.ends_on) == (datetime.date(2026, 7, 1), datetime.date(2026, 10, 1))
    assert own.request.due_on == datetime.date(2026, 12, 31)
    assert own.request.kind == "figures"
    assert returns.ask(world.partnership, on=clock.today(), by=world.officer) == []


def test_the_tick_asks_from_the_first_working_day(world, add):
    add()
    for day, asked in [("2026-10-01", 1), ("2026-10-02", 0), ("2027-01-01", 0), ("2027-01-04", 1)]:
        with time_machine.travel(f"{day} 09:00"):
            assert returns.ask_everybody(clock.now()) == asked
    assert Request.objects.count() == 2


def test_what_begins_later_or_has_ended_is_not_asked_for(world, add):
    add("Later", starts_on=datetime.date(2026, 10, 1))
    ended = add("Ended", starts_on=datetime.date(2026, 4, 1))
    indicators.end(ended, on=datetime.date(2026, 8, 1), by=world.officer)
    assert returns.ask(world.partnership, on=clock.today(), by=world.officer) == []


def test_only_officers_ask(world, add):
    add()
    with pytest.raises(Refused):
        returns.ask(world.partnership, on=clock.today(), by=world.kent)


# ---- drafting and sending -----------------------------------------------------------------------


def test_a_draft_is_its_agencys_alone(world, own):
    returns.save_draft(own, draft=draft(), by=world.kent)
    for person in (world.officer, world.vice, world.chair, world.stranger):
        assert not FiguresReturn.objects.visible_to(person).exists()
        with pytest.raises(Refused):
            returns.save_draft(own, draft=draft(), by=person)
    sent(own, world.kent)
    assert FiguresReturn.objects.visible_to(world.officer).exists()
    assert not FiguresReturn.objects.visible_to(world.vice).exists()


def test_sent_figures_are_recorded_and_answer_the_request(world, own):
    sent(own, world.kent)
    series = read.series(Indicator.objects.get(slug="hate-crime"), audience="partner")
    assert {(each.part, each.value) for each in series.figures} == {
        ("", 14), ("Race", 10), ("Religion", 4),
    }  # fmt: skip
    assert series.figures[0].provisional
    own.request.refresh_from_db()
    assert own.request.status == RequestStatus.ANSWERED
    requests.accept(own.request, by=world.officer)


def test_a_figure_sent_again_replaces_the_one_before(world, own):
    sent(own, world.kent)
    with time_machine.travel("2026-10-09 10:00"):
        again = sent(own, world.kent, whole="15", race="11")
    rows = Observation.objects.filter(indicator__slug="hate-crime", breakdown="")
    assert [(row.value, row.replaced_by) for row in rows.order_by("recorded_at")] == [
        (14, world.kent), (15, None),
    ]  # fmt: skip
    # What did not change was not recorded again.
    assert Observation.objects.filter(breakdown="Religion").count() == 1
    assert again.version == 5
    assert Notice.objects.filter(kind="figures-corrected", recipient=world.officer).exists()


@pytest.mark.parametrize(
    ("values", "key", "says"),
    [
        ({"whole": ""}, "hate-crime||", "0 if there were none"),
        ({"whole": "<5"}, "hate-crime||", "Give the number itself"),
        ({"whole": "-3"}, "hate-crime||", "below nought"),
        ({"whole": "14.5"}, "hate-crime||", "whole number of incidents"),
        ({"whole": "14%"}, "hate-crime||", "not a share"),
        ({"whole": "many"}, "hate-crime||", "not a number"),
        ({"whole": "1,23"}, "hate-crime||", "not a number"),
        ({"whole": "NaN"}, "hate-crime||", "not a number"),
        ({"whole": "99999999999"}, "hate-crime||", "more than can be"),
        ({"whole": "١٤"}, "hate-crime||", "0 to 9"),
        ({"race": "9"}, "hate-crime", "The parts come to 13, the whole is 14"),
    ],
)
def test_what_cannot_be_is_said_beside_the_box(world, own, values, key, says):
    with pytest.raises(ValidationError) as wrong:
        sent(own, world.kent, **values)
    assert says in wrong.value.message_dict[key][0]
    assert not Observation.objects.exists()


@pytest.mark.parametrize(("typed", "means"), [("1,204", 1204), (" 12 ", 12), ("0", 0)])
def test_figures_are_read_as_people_type_them(typed, means):
    assert queries.parse(typed, "incidents") == means


def test_a_share_may_have_a_percent_sign_and_a_part():
    assert queries.parse("61.5%", "percent") == queries.parse("61.5", "percent")
    with pytest.raises(ValueError, match="100 percent"):
        queries.parse("101", "percent")


def test_an_unsigned_agency_gives_no_restricted_figures(world, own, sign_in):
    Signature.objects.filter(agency=world.county).delete()
    slugs = [each.indicator.slug for each in queries.sections(own, clock.today())]
    assert slugs == ["hate-crime"]
    page = sign_in(world.kent).get(address(own)).content.decode()
    assert "1 restricted indicator waits" in page
    assert "Modern slavery" not in page


# ---- gaps ---------------------------------------------------------------------------------------


def missing(expected="10 November 2026", reason="New system"):
    said = {"missing": "yes", "reason": reason, "expected": expected}
    return {**draft(), "modern-slavery||": {}, "modern-slavery": said}


def test_a_missing_figure_is_a_named_gap_that_closes_when_it_comes(world, own):
    returns.send(returns.save_draft(own, draft=missing(), by=world.kent), by=world.kent)
    (gap,) = read.gaps(world.partnership, clock.today(), audience="restricted")
    assert (gap.agency, gap.reason) == (world.county, "New system")
    assert gap.expected_on == datetime.date(2026, 11, 10)
    assert gap.late_days == 0
    (line,) = figures_expected(clock.today())
    assert line["agency"] == world.county.pk
    requests.accept(own.request, by=world.officer)

    sent(own, world.kent)
    assert read.gaps(world.partnership, clock.today(), audience="restricted") == []
    assert not KnownGap.objects.exists()
    assert not figures_expected(clock.today())


def test_what_nobody_gave_is_a_gap_once_it_is_late(world, add):
    add()
    assert read.gaps(world.partnership, datetime.date(2026, 12, 31), audience="restricted") == []
    (gap,) = read.gaps(world.partnership, datetime.date(2027, 1, 2), audience="restricted")
    assert (gap.late_days, gap.reason) == (2, "")


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"reason": ""}, "why it is not available"),
        ({"expected": ""}, "when it will come"),
        ({"expected": "soon"}, "as 10 March 2027"),
        ({"expected": "1 March 2026"}, "today or later"),
    ],
)
def test_a_gap_says_why_and_until_when(world, own, more, says):
    own = returns.save_draft(own, draft=missing(**more), by=world.kent)
    with pytest.raises(ValidationError) as wrong:
        returns.send(own, by=world.kent)
    assert says in wrong.value.message_dict["modern-slavery"][0]


def test_nothing_is_both_given_and_missing(world, own):
    both = {**missing(), "modern-slavery||": {"value": "7"}}
    own = returns.save_draft(own, draft=both, by=world.kent)
    with pytest.raises(ValidationError, match="Take one away"):
        returns.send(own, by=world.kent)


# ---- the pages ----------------------------------------------------------------------------------


def boxes(client, own):
    """What the form sends when nothing is typed."""
    form = client.get(address(own)).context["form"]
    return {name: form[name].value() or "" for name in form.fields if form[name].value()}


def test_a_partner_fills_in_saves_and_sends(world, own, sign_in):
    client = sign_in(world.kent)
    sends = boxes(client, own) | {"hate-crime-0": "14", "hate-crime-1": "10"}
    assert client.post(address(own), sends).status_code == 302
    page = client.get(address(own)).content.decode()
    assert 'value="14"' in page
    wrong = client.post(address(own), boxes(client, own) | {"send": "yes"}).content.decode()
    assert "Enter the figure, 0 if there were none" in wrong
    right = boxes(client, own) | {"hate-crime-2": "4", "modern-slavery-0": "7", "send": "yes"}
    assert client.post(address(own), right).status_code == 302
    assert "Correct a figure" in client.get(address(own)).content.decode()
    officer = sign_in(world.officer).get(address(own)).content.decode()
    assert "Correct a figure" not in officer
    assert ">10<" in officer


def test_a_stale_form_loses_nothing(world, own, sign_in):
    client = sign_in(world.kent)
    sends = boxes(client, own) | {"hate-crime-0": "14"}
    returns.save_draft(own, draft=draft(whole="15"), by=world.kent)
    page = client.post(address(own), sends)
    assert page.status_code == 409
    text = page.content.decode()
    assert 'value="14"' in text
    assert "The other saved 15" in text


def test_when_what_is_asked_changes_the_form_says_so(world, own, sign_in):
    client = sign_in(world.kent)
    sends = boxes(client, own) | {"hate-crime-0": "14"}
    hate = Indicator.objects.get(slug="hate-crime")
    indicators.change(hate, breakdowns=["Disability"], by=world.officer)
    page = client.post(address(own), sends)
    assert page.status_code == 409
    assert "Disability" in page.content.decode()
    assert not FiguresReturn.objects.get().draft


def test_restricted_figures_stay_closed_to_unsigned_officers(world, own, sign_in):
    sent(own, world.kent, slavery="7654")
    assert "7,654" in sign_in(world.officer).get(address(own)).content.decode()
    Signature.objects.filter(agency=world.council).delete()
    page = sign_in(world.officer).get(address(own)).content.decode()
    assert "7,654" not in page
    assert "7654" not in page


def test_the_list_of_returns_shows_ones_own(world, own, sign_in):
    url = reverse("figures:returns", args=["dartford"])
    assert "County" in sign_in(world.kent).get(url).content.decode()
    assert "There is no return that you can see" in sign_in(world.vice).get(url).content.decode()
    assert "Ask for July to September 2026" in sign_in(world.officer).get(url).content.decode()


def test_an_officer_asks_by_hand(world, add, sign_in):
    add()
    client = sign_in(world.officer)
    url = reverse("figures:returns_ask", args=["dartford"])
    assert "1 return asked for" in client.post(url, follow=True).content.decode()
    assert "has been asked already" in client.post(url, follow=True).content.decode()


# ---- periods ------------------------------------------------------------------------------------


def test_periods_and_the_days_by_which_they_are_due():
    day = datetime.date(2026, 2, 14)
    assert periods.holding(day, "month").words == "February 2026"
    assert periods.holding(day, "quarter").words == "January to March 2026"
    assert periods.holding(day, "year").words == "April 2025 to March 2026"
    assert periods.before(day, "quarter").due_on == datetime.date(2026, 3, 31)
    assert periods.holding(day, "month").due_on == datetime.date(2026, 3, 31)
    assert periods.holding(day, "year").due_on == datetime.date(2026, 6, 30)
    found = periods.between(datetime.date(2025, 11, 5), day, "quarter")
    assert [each.words for each in found] == ["January to March 2026"]
