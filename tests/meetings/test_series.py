"""The series of a group's meetings, and the pages of the list of a year."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.models import Meeting
from meetings.workflow import minutes, schedule
from tests.meetings import held
from tests.meetings.held import DECEMBER, MARCH, SEPTEMBER, at

DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def day():
    with at(DECEMBER, 16):
        yield


@pytest.fixture
def url(world):
    return reverse("meetings:series", args=["dartford", "board"])


def more(world, first, last, year=2025):
    Meeting.objects.bulk_create(
        Meeting(
            group=world.board, slug=f"old-{number}", on=datetime.date(2020, 1, 1) + number * DAY,
            starts_at=datetime.time(10), ends_at=datetime.time(12), venue="Civic Centre",
            year=year, number=number, status="published" if number % 2 else "held",
            created_by=world.officer, restricted_minutes=None,
        )
        for number in range(first, last)
        if not number % 2
    )  # fmt: skip


def test_each_meeting_has_its_counts_as_far_as_one_may_see(world, sign_in, url):
    meeting = held.held(world)
    with at(SEPTEMBER):
        held.decided(held.performance(meeting), "Publish the figures.", world.officer)
        held.decided(held.reviews(meeting), "CANARY", world.officer, restricted=True)
        held.asked(held.performance(meeting), "Tell the parishes", world.county, world.officer)
        held.asked(held.reviews(meeting), "CANARY", world.county, world.officer, restricted=True)
        minutes.send_to_chair(meeting, acknowledged=True, by=world.officer)
    with at(SEPTEMBER, 16):
        minutes.clear(meeting, by=world.chair)
    schedule.schedule(world.board, on=MARCH, **held.PLACE, by=world.officer)

    def counts(person):
        page = sign_in(person).get(url)
        return [(row[0].decided, row[0].asked, row[0].still_open) for row in page.context["rows"]]

    assert counts(world.kent) == [(0, 0, 0), (2, 2, 2)]
    assert counts(world.watch) == [(0, 0, 0), (1, 1, 1)]
    page = sign_in(world.watch).get(url).content.decode()
    assert "The next is on" in page
    assert "10 March 2027" in page
    assert "Draft minutes" in page
    assert "Chair: Sage Holloway" in page
    assert "CANARY" not in page


def test_minutes_not_cleared_yet_count_for_officers_only(world, sign_in, url):
    meeting = held.held(world)
    with at(SEPTEMBER):
        held.decided(held.performance(meeting), "Publish the figures.", world.officer)
    assert sign_in(world.kent).get(url).context["rows"][0][0].decided == 0
    assert sign_in(world.officer).get(url).context["rows"][0][0].decided == 1
    assert "Draft minutes" not in sign_in(world.kent).get(url).content.decode()


def test_who_may_see_a_series(world, sign_in, url):
    assert "No meetings yet." in sign_in(world.kent).get(url).content.decode()
    for person, status in ((world.dvacs, 403), (world.scrutiny, 403), (world.stranger, 404)):
        assert sign_in(person).get(url).status_code == status
    nowhere = reverse("meetings:series", args=["dartford", "nowhere"])
    assert sign_in(world.officer).get(nowhere).status_code == 404


def test_a_long_series_has_pages_and_asks_the_same(world, sign_in, url):
    client = sign_in(world.kent)
    more(world, 0, 2)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    more(world, 2, 120)
    with CaptureQueriesContext(connection) as many:
        page = client.get(url)
    assert len(page.context["rows"]) == 20
    assert page.context["page"].paginator.num_pages == 3
    assert len(few) == len(many)
    assert len(client.get(url, {"page": "3"}).context["rows"]) == 20
    assert client.get(url, {"page": "nonsense"}).status_code == 200


def test_the_list_of_a_year_has_pages_too(world, sign_in):
    more(world, 0, 240)
    listed = reverse("meetings:list", args=["dartford"])
    client = sign_in(world.kent)
    first = client.get(listed, {"year": "2025"})
    assert len(first.context["past"]) == 50
    last = client.get(listed, {"year": "2025", "page": "3"})
    assert len(last.context["past"]) == 20
    assert client.get(listed, {"year": "2025", "page": "99"}).status_code == 200
    assert "Next<span" in first.content.decode()


def test_the_next_meeting_is_on_the_first_page_alone(world, sign_in):
    schedule.schedule(world.board, on=MARCH, **held.PLACE, by=world.officer)
    more(world, 0, 120, year=2026)
    listed = reverse("meetings:list", args=["dartford"])
    client = sign_in(world.kent)
    assert "Next: Board meeting, 10 March 2027" in client.get(listed).content.decode()
    second = client.get(listed, {"page": "2"})
    assert second.context["page"].number == 2
    assert "Next: Board meeting" not in second.content.decode()
