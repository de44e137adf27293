"""The governance calendar's pages, its file and its feed."""

import csv
import datetime
import io

import pytest
from icalendar import Calendar

from meetings.workflow import feeds
from notices.models import Turn
from notices.workflow import cycles, turns
from tests.meetings.held import at

DATE = datetime.date
NOVEMBER = DATE(2026, 11, 23)
CALENDAR = "/dartford/calendar/"


@pytest.fixture
def ahead(world):
    with at(NOVEMBER):
        turns.look_ahead(NOVEMBER)
        yield world


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def turn_of(world, key):
    found = Turn.objects.of(world.partnership).filter(cycle__key=key)
    return found.order_by("first_due_on").first()


def test_the_year_shows_every_duty_with_its_source_and_month(ahead, sign_in):
    words = page(sign_in(ahead.kent), CALENDAR)

    assert "Governance calendar 2026/27" in words
    for each in ("January 2027", "Publish the Strategic Assessment", "31 January 2027",
                 "Police and Justice Act 2006, section 19"):  # fmt: skip
        assert each in words


def test_scrutiny_reads_it_and_the_commissioners_office_does_not(ahead, sign_in):
    page(sign_in(ahead.scrutiny), CALENDAR)

    assert sign_in(ahead.commissioner).get(CALENDAR).status_code == 403
    assert sign_in(ahead.dvacs).get(CALENDAR).status_code == 403


def test_the_list_of_duties_says_when_in_words(ahead, sign_in):
    words = page(sign_in(ahead.kent), f"{CALENDAR}duties/")

    for each in ("Every year: end of January", "Every three years: end of March",
                 "Every quarter: end of March, June, September and December"):  # fmt: skip
        assert each in words
    assert "Add a duty" not in words


@pytest.mark.parametrize("year", ["abc", "1066", "99999", "20²7", ""])
def test_a_year_that_is_none_shows_this_one(ahead, sign_in, year):
    assert "2026/27</h1>" in page(sign_in(ahead.kent), f"{CALENDAR}?year={year}")


def test_states_and_years_are_chosen(ahead, sign_in):
    client = sign_in(ahead.officer)
    turns.mark_done(turn_of(ahead, "public-summary"), on=NOVEMBER, by=ahead.officer)
    done = page(client, f"{CALENDAR}?state=done")

    assert "Publish a summary of the strategy" in done
    assert "Publish the Strategic Assessment" not in done
    assert "No duty of this year stands so." in page(client, f"{CALENDAR}?state=overdue")
    assert "2027/28</h1>" in page(client, f"{CALENDAR}?year=2027")


def test_the_file_holds_the_year_and_disarms_formulas(ahead, sign_in):
    cycles.add(
        ahead.partnership, title="=1+1", source="Board", owner="officers", every="year", month=3,
        day=1, starts_on=NOVEMBER, by=ahead.officer,
    )  # fmt: skip
    response = sign_in(ahead.kent).get(f"{CALENDAR}?format=csv")
    lines = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))

    assert lines[0][:2] == ["due", "first due"]
    assert "'=1+1" in [line[3] for line in lines]


def test_the_same_queries_for_few_duties_and_many(ahead, sign_in, django_assert_num_queries):
    client = sign_in(ahead.kent)
    page(client, CALENDAR)
    with django_assert_num_queries(5):
        page(client, CALENDAR)
    for number in range(30):
        cycles.add(
            ahead.partnership, title=f"Duty {number}", source="Board", owner="officers",
            every="year", month=3, day=1, starts_on=NOVEMBER, by=ahead.officer,
        )  # fmt: skip
    with django_assert_num_queries(5):
        page(client, CALENDAR)


def test_an_officer_moves_a_date_and_is_told_what_is_wrong_with_one(ahead, sign_in):
    client, turn = sign_in(ahead.officer), turn_of(ahead, "strategic-assessment")
    address = f"{CALENDAR}{turn.pk}/move/"
    date = {"due_on_day": 26, "due_on_month": 2, "due_on_year": 2027}
    refused = client.post(address, date | {"reason": ""})
    client.post(address, date | {"reason": "Figures come late"})

    assert "Say why the date is moved" in refused.content.decode()
    words = page(client, f"{CALENDAR}{turn.pk}/")
    assert "Figures come late" in words
    assert "31 January 2027" in words
    assert "26 February 2027" in words


def test_done_shows_where_and_may_be_taken_back(ahead, sign_in):
    client, turn = sign_in(ahead.officer), turn_of(ahead, "strategic-assessment")
    date = {"on_day": 20, "on_month": 11, "on_year": 2026}
    client.post(f"{CALENDAR}{turn.pk}/done/", date | {"where": "https://example.test/report"})

    assert 'href="https://example.test/report"' in page(client, f"{CALENDAR}{turn.pk}/")
    again = client.post(f"{CALENDAR}{turn.pk}/done/", date, follow=True)
    assert "already" in again.content.decode()

    client.post(f"{CALENDAR}{turn.pk}/undo/")
    twice = client.post(f"{CALENDAR}{turn.pk}/undo/", follow=True)
    assert "This is not done." in twice.content.decode()


@pytest.mark.parametrize("where", ["javascript:alert(1)", "//evil.test/x", "minute 4.2"])
def test_evidence_that_is_no_address_is_words(ahead, sign_in, where):
    turn = turn_of(ahead, "strategic-assessment")
    turns.mark_done(turn, on=NOVEMBER, where=where, by=ahead.officer)

    assert f'href="{where}"' not in page(sign_in(ahead.kent), f"{CALENDAR}{turn.pk}/")


def test_an_officer_adds_changes_ends_and_resumes_a_duty(ahead, sign_in):
    client = sign_in(ahead.officer)
    form = {
        "title": "Send a newsletter", "source": "The board", "owner": "chair", "every": "quarter",
        "day": "31", "month": "2", "starts_on_day": 1, "starts_on_month": 12,
        "starts_on_year": 2026,
    }  # fmt: skip
    wrong = client.post(f"{CALENDAR}duties/add/", form | {"day": "32"})
    client.post(f"{CALENDAR}duties/add/", form)
    cycle = ahead.partnership.cycles.get(title="Send a newsletter")
    duty = f"{CALENDAR}duties/{cycle.pk}"

    assert wrong.status_code == 200
    assert not wrong.context["form"].is_valid()
    assert turn_of(ahead, cycle.key).due_on == DATE(2027, 2, 28)

    client.post(f"{duty}/change/", form | {"month": "1", "reason": "Sooner"})
    assert turn_of(ahead, cycle.key).due_on == DATE(2027, 1, 31)

    date = {"on_day": 1, "on_month": 12, "on_year": 2026}
    client.post(f"{duty}/end/", date | {"reason": "Nobody read it"})
    assert turn_of(ahead, cycle.key) is None

    client.post(f"{duty}/resume/")
    assert turn_of(ahead, cycle.key).due_on == DATE(2027, 1, 31)
    assert "Send a newsletter" in page(client, f"{CALENDAR}duties/")


def test_duties_near_are_work_for_who_sees_to_them(ahead, sign_in):
    turn = turn_of(ahead, "strategic-assessment")
    turns.move(turn, due_on=DATE(2026, 12, 4), reason="Sooner", by=ahead.officer)

    assert "Publish the Strategic Assessment" in page(sign_in(ahead.officer), "/")
    assert "Publish the Strategic Assessment" not in page(sign_in(ahead.kent), "/")
    assert "Publish the Strategic Assessment" in page(sign_in(ahead.kent), "/dartford/owed/")


def test_the_feed_holds_duties_for_those_who_may_read_them(ahead, client):
    def events(person):
        secret = feeds.make(by=person)
        response = client.get(f"/calendar/{secret}/duties.ics")
        assert response.status_code == 200
        return Calendar.from_ical(response.content).walk("VEVENT")

    turn = turn_of(ahead, "strategic-assessment")
    turns.move(turn, due_on=DATE(2027, 2, 26), reason="Figures come late", by=ahead.officer)
    found = {str(each["uid"]).partition("@")[0]: each for each in events(ahead.kent)}
    event = found[str(turn.pk)]

    assert event["summary"] == "Due: Publish the Strategic Assessment"
    assert event["dtstart"].dt == DATE(2027, 2, 26)
    assert event["sequence"] == 1
    assert events(ahead.commissioner) == []
    assert client.get("/calendar/nobodys/duties.ics").status_code == 404
