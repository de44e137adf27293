"""Calendars: private feeds by their address, a file per meeting, and what neither ever says."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from audit.models import Entry
from core import clock
from core.markings import Marking
from core.permissions import Refused
from core.workflow import Wrong
from meetings import calendars
from meetings.models import CalendarFeed, Item, Meeting
from meetings.workflow import feeds, schedule
from membership.models import GroupKind
from notices.models import Notice
from tests import world as worlds
from tests.meetings import held
from tests.meetings.held import DECEMBER, MARCH, NOVEMBER, PLACE, at

LONDON = ZoneInfo("Europe/London")
CANARY = "CANARYrestricted"


@pytest.fixture(autouse=True)
def day():
    with at(NOVEMBER, 9):
        yield


@pytest.fixture
def meeting(world):
    """The board's meeting of 9 December."""
    return schedule.schedule(world.board, on=DECEMBER, **PLACE, by=world.officer)


@pytest.fixture
def subscribe(world):
    """Where a person's feed is: ``subscribe(world.kent)``."""
    return lambda person: f"/calendar/{feeds.make(by=person)}.ics"


def events(response):
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def moved(meeting, by, **changes):
    place = {**PLACE, "online": False, "on": meeting.on, "reason": "The room is taken"}
    return schedule.move(meeting, **{**place, **changes}, by=by)


# ---- what an entry says -------------------------------------------------------------------------


def test_an_entry_is_right_by_the_clock_of_london_and_links_back(world, meeting, subscribe):
    response = Client().get(subscribe(world.kent))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = events(response)
    assert event["SUMMARY"] == "Dartford Board meeting"
    assert event["LOCATION"] == "Council Chamber"
    assert event["UID"] == f"{meeting.pk}@localhost"
    assert event["SEQUENCE"] == 0
    assert event["STATUS"] == "CONFIRMED"
    assert event["URL"].endswith(meeting.get_absolute_url())
    assert event["URL"].startswith("http")
    assert event.decoded("DTSTART") == datetime.datetime(2026, 12, 9, 10, tzinfo=LONDON)
    assert event.decoded("DTEND") - event.decoded("DTSTART") == datetime.timedelta(hours=2)
    assert event.decoded("DTSTAMP") == event.decoded("LAST-MODIFIED")


def test_both_changes_of_the_clocks_are_told(world, subscribe):
    days = [
        datetime.date(2027, 3, 26), datetime.date(2027, 3, 30),  # the Friday and Tuesday around
        datetime.date(2027, 10, 29), datetime.date(2027, 11, 2),
    ]  # fmt: skip
    for on in days:
        schedule.schedule(world.board, on=on, **PLACE, meant=True, by=world.officer)
    calendar = Calendar.from_ical(Client().get(subscribe(world.kent)).content)
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/London"
    told = zone.to_tz(lookup_tzid=False)  # as the file alone has it, not the program's own table
    for on, event in zip(days, calendar.walk("VEVENT"), strict=True):
        assert event["DTSTART"].params["TZID"] == "Europe/London"
        wall = event.decoded("DTSTART").replace(tzinfo=None)
        assert wall == datetime.datetime.combine(on, datetime.time(10))
        assert wall.replace(tzinfo=told).utcoffset() == wall.replace(tzinfo=LONDON).utcoffset()
        assert event.decoded("DTSTART").astimezone(datetime.UTC) == clock.london(
            on, datetime.time(10)
        )


def test_every_last_sunday_since_1996_is_one_of_ours():
    calendar = Calendar.from_ical(calendars.feed([], name="Meetings"))
    (zone,) = calendar.walk("VTIMEZONE")
    told = zone.to_tz(lookup_tzid=False)
    noon = datetime.datetime(1997, 1, 1, 12)  # noqa: DTZ001 - as a wall clock has it
    while noon.year < 2038:
        assert noon.replace(tzinfo=told).utcoffset() == noon.replace(tzinfo=LONDON).utcoffset()
        noon += datetime.timedelta(days=3)


def test_an_entry_never_says_what_is_on_the_agenda(world, sign_in, meeting, subscribe):
    Item.objects.filter(meeting=meeting, marking=Marking.SENSITIVE).update(
        title=CANARY, note=CANARY
    )
    Item.objects.filter(meeting=meeting).update(minute=CANARY, note=CANARY)
    for address, client in (
        (subscribe(world.officer), Client()),
        (reverse("meetings:ics", args=["dartford", meeting.slug]), sign_in(world.officer)),
        ("/dartford/public/calendar.ics", Client()),
        (f"/dartford/public/meetings/{meeting.slug}/calendar.ics", Client()),
    ):
        response = client.get(address)
        assert CANARY not in response.content.decode()
        assert events(response)


def test_a_panel_is_only_a_meeting(world, sign_in, subscribe):
    panel = worlds.group(world.partnership, "Hawthorn case", GroupKind.PANEL)
    worlds.seat(world.kent, panel, world.county)
    Meeting.objects.create(
        group=panel, slug="hawthorn-case-2026-12-01", on=datetime.date(2026, 12, 1),
        starts_at=datetime.time(9), ends_at=datetime.time(10), venue="Room 2", year=2026, number=1,
        created_by=world.kent,
    )  # fmt: skip
    response = Client().get(subscribe(world.kent))
    assert [event["SUMMARY"] for event in events(response)] == ["Meeting"]
    assert "awthorn" not in response.content.decode()
    address = reverse("meetings:ics", args=["dartford", "hawthorn-case-2026-12-01"])
    one = sign_in(world.kent).get(address)
    assert "awthorn" not in one.content.decode() + one["Content-Disposition"]
    assert sign_in(world.officer).get(address).status_code == 404


def test_what_people_type_breaks_no_line(world, subscribe):
    venue = "Hall; room 2, \\upstairs\nBEGIN:VEVENT " + "ä" * 100
    meeting = schedule.schedule(
        world.board, on=DECEMBER, **{**PLACE, "venue": "Hall"}, by=world.officer
    )
    Meeting.objects.filter(pk=meeting.pk).update(venue=venue)
    response = Client().get(subscribe(world.kent))
    (event,) = events(response)
    assert event["LOCATION"] == venue
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))


# ---- moved and cancelled ------------------------------------------------------------------------


def test_a_move_keeps_the_uid_and_raises_the_sequence(world, meeting, subscribe):
    address = subscribe(world.kent)
    (before,) = events(Client().get(address))
    with at(NOVEMBER, 10):
        moved(meeting, world.officer, on=datetime.date(2026, 12, 16))
        (after,) = events(Client().get(address))
        moved(meeting, world.officer, on=datetime.date(2026, 12, 16), venue="Library")
        (again,) = events(Client().get(address))
    assert before["UID"] == after["UID"] == again["UID"]
    assert [each["SEQUENCE"] for each in (before, after, again)] == [0, 1, 2]
    assert after.decoded("DTSTART").date() == datetime.date(2026, 12, 16)
    assert again["LOCATION"] == "Library"
    assert after.decoded("LAST-MODIFIED") > before.decoded("LAST-MODIFIED")


def test_a_move_after_the_agenda_is_out_tells_everybody_and_keeps_it(world, subscribe, send_paper):
    meeting = held.announced(world, DECEMBER)
    address = subscribe(world.kent)
    moved(meeting, world.officer, on=datetime.date(2026, 12, 16))
    (event,) = events(Client().get(address))
    assert event["SEQUENCE"] == 1
    told = set(
        Notice.objects.filter(kind="meeting-moved").values_list("recipient__name", flat=True)
    )
    assert {"Bryony Clarke", "Sage Holloway", "Linden Shah", "Ash Pemberton"} <= told
    meeting.refresh_from_db()
    assert meeting.status == "agenda_published"


def test_a_cancelled_meeting_leaves_the_feed_and_keeps_its_papers(
    world, sign_in, subscribe, send_paper
):
    with at(NOVEMBER, 9):
        meeting = schedule.schedule(world.board, on=DECEMBER, **PLACE, by=world.officer)
    send_paper(held.performance(meeting))
    address = subscribe(world.kent)
    assert len(events(Client().get(address))) == 1
    schedule.cancel(meeting, reason="No quorum", by=world.officer)
    assert events(Client().get(address)) == []
    assert meeting.items.filter(papers__isnull=False).count() == 1
    one = sign_in(world.kent).get(reverse("meetings:ics", args=["dartford", meeting.slug]))
    calendar = Calendar.from_ical(one.content)
    assert calendar["METHOD"] == "CANCEL"
    (event,) = calendar.walk("VEVENT")
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    assert event["ORGANIZER"] == "mailto:safety@example.test"
    assert "No quorum" not in one.content.decode()


def test_a_meeting_as_a_file_is_to_be_added(world, sign_in, meeting):
    address = reverse("meetings:ics", args=["dartford", meeting.slug])
    one = sign_in(world.watch).get(address)
    assert Calendar.from_ical(one.content)["METHOD"] == "PUBLISH"
    assert one["Content-Disposition"] == 'attachment; filename="board-2026-12-09.ics"'
    page = sign_in(world.watch).get(meeting.get_absolute_url()).content.decode()
    assert address in page
    assert sign_in(world.dvacs).get(address).status_code == 404
    assert Client().get(address).status_code == 302


# ---- whose feed ---------------------------------------------------------------------------------


def test_a_feed_holds_the_meetings_of_ones_groups_from_a_year_back(world, meeting, subscribe):
    schedule.schedule(
        world.dvacs_group, on=MARCH, **PLACE, meant=True, by=world.officer
    )  # fmt: skip
    for on in (datetime.date(2025, 11, 24), datetime.date(2025, 11, 23)):
        Meeting.objects.create(
            group=world.board, slug=f"board-{on}", on=on, starts_at=datetime.time(10),
            ends_at=datetime.time(12), venue="Civic Centre", year=2025, number=1,
            created_by=world.officer,
        )  # fmt: skip

    def days(person):
        return [each.decoded("DTSTART").date() for each in events(Client().get(subscribe(person)))]

    assert days(world.kent) == [datetime.date(2025, 11, 24), DECEMBER]
    assert days(world.officer) == [datetime.date(2025, 11, 24), DECEMBER, MARCH]
    assert days(world.dvacs) == [MARCH]
    assert days(world.scrutiny) == days(world.guest) == days(world.stranger) == []


def test_a_seat_that_ends_empties_the_feed(world, meeting, subscribe):
    address = subscribe(world.kent)
    assert len(events(Client().get(address))) == 1
    world.kent_seat.ends_on = NOVEMBER
    world.kent_seat.save()
    assert events(Client().get(address)) == []


def test_an_address_that_is_wrong_replaced_removed_or_of_a_closed_account_is_404(
    world, meeting, subscribe
):
    first = subscribe(world.kent)
    assert Client().get(first).status_code == 200
    stamp = feeds.stamp_of(CalendarFeed.objects.get())
    with at(NOVEMBER, 10):
        second = f"/calendar/{feeds.make(by=world.kent, stamp=stamp)}.ics"
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    world.kent.is_active = False
    world.kent.save()
    assert Client().get(second).status_code == 404
    world.kent.is_active = True
    world.kent.save()
    feeds.remove(by=world.kent, stamp=feeds.stamp_of(CalendarFeed.objects.get()))
    assert Client().get(second).status_code == 404
    for wrong in ("/calendar/x.ics", f"/calendar/{'x' * 5000}.ics"):
        assert Client().get(wrong).status_code == 404


def test_only_the_digest_is_kept_and_the_record_says_no_secret(world, sign_in):
    client = sign_in(world.kent)
    page = client.post(reverse("calendar:make"), {"stamp": ""})
    address = page.context["address"]
    secret = address.rsplit("/", 1)[1].removesuffix(".ics")
    assert len(secret) >= 43
    kept = CalendarFeed.objects.get()
    assert secret not in (kept.secret, *map(str, Entry.objects.values_list("detail", flat=True)))
    assert address in page.content.decode()
    assert address not in client.get(reverse("calendar:page")).content.decode()
    assert Client().get(address.removeprefix("http://localhost:8000")).status_code == 200


def test_a_form_sent_twice_replaces_nothing_twice(world, sign_in):
    client = sign_in(world.kent)
    client.post(reverse("calendar:make"), {"stamp": ""})
    kept = CalendarFeed.objects.get().secret
    again = client.post(reverse("calendar:make"), {"stamp": ""}, follow=True)
    assert "has changed since you opened this page" in again.content.decode()
    stale = client.post(reverse("calendar:remove"), {"stamp": "12"}, follow=True)
    assert "has changed since you opened this page" in stale.content.decode()
    assert CalendarFeed.objects.get().secret == kept
    stamp = client.get(reverse("calendar:page")).context["stamp"]
    gone = client.post(reverse("calendar:remove"), {"stamp": stamp}, follow=True)
    assert "leads nowhere any more" in gone.content.decode()
    with pytest.raises(Wrong):
        feeds.remove(by=world.kent)


def test_nobody_makes_a_feed_without_signing_in(world):
    assert Client().get(reverse("calendar:page")).status_code == 302
    assert Client().post(reverse("calendar:make")).status_code == 302
    assert not CalendarFeed.objects.exists()
    with pytest.raises(Refused):
        feeds.make(by=AnonymousUser())


def test_the_page_says_when_the_feed_was_last_read(world, sign_in, subscribe):
    client = sign_in(world.kent)
    assert "You have no calendar address yet" in client.get("/calendar/").content.decode()
    address = subscribe(world.kent)
    assert "Not yet." in client.get("/calendar/").content.decode()
    Client().get(address)
    assert "24 November 2026, 9am" in client.get("/calendar/").content.decode()
    with at(NOVEMBER, 9, 30):
        Client().get(address)  # within the hour nothing is written
        assert "24 November 2026, 9am" in sign_in(world.kent).get("/calendar/").content.decode()
    with at(NOVEMBER, 11):
        Client().get(address)
        assert "24 November 2026, 11am" in sign_in(world.kent).get("/calendar/").content.decode()


# ---- polling ------------------------------------------------------------------------------------


def test_whoever_asks_again_is_told_that_nothing_has_changed(world, meeting, subscribe):
    address = subscribe(world.kent)
    first = Client().get(address)
    again = Client().get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert Client().get(
        address, headers={"if-modified-since": first["Last-Modified"]}
    ).status_code == 304  # fmt: skip
    with at(NOVEMBER, 10):
        moved(meeting, world.officer, on=datetime.date(2026, 12, 16))
        changed = Client().get(address, headers={"if-none-match": first["ETag"]})
        assert changed.status_code == 200
        dated = {"if-modified-since": first["Last-Modified"]}
        assert Client().get(address, headers=dated).status_code == 200
    assert first["Cache-Control"] == "private, no-cache"
    assert Client().head(address).status_code == 200


def test_a_feed_asks_the_same_of_one_meeting_and_of_fifty(world, meeting, subscribe):
    address = subscribe(world.kent)
    Client().get(address)
    with CaptureQueriesContext(connection) as few:
        Client().get(address)
    for number in range(50):
        on = datetime.date(2027, 1, 4) + number * datetime.timedelta(days=1)
        Meeting.objects.create(
            group=world.board, slug=f"board-{on}", on=on, starts_at=datetime.time(10),
            ends_at=datetime.time(12), venue="Civic Centre", year=2026, number=2 + number,
            created_by=world.officer,
        )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        assert len(events(Client().get(address))) == 51
    assert len(few) == len(many) <= 4


# ---- for everybody ------------------------------------------------------------------------------


def test_the_public_calendar_holds_the_boards_dates_alone(world, meeting):
    schedule.schedule(world.dvacs_group, on=MARCH, **PLACE, meant=True, by=world.officer)
    response = Client().get("/dartford/public/calendar.ics")
    (event,) = events(response)
    assert event["URL"].endswith("/dartford/public/")  # its agenda is not out
    assert "DVACS" not in response.content.decode()
    assert "/dartford/public/calendar.ics" in Client().get("/dartford/public/").content.decode()
    assert Client().get("/nowhere/public/calendar.ics").status_code == 404


def test_a_public_file_leads_to_the_public_agenda(world):
    meeting = held.announced(world, DECEMBER)
    address = f"/dartford/public/meetings/{meeting.slug}/calendar.ics"
    (event,) = events(Client().get(address))
    assert event["URL"].endswith(f"/dartford/public/meetings/{meeting.slug}/")
    agenda = Client().get(f"/dartford/public/meetings/{meeting.slug}/").content.decode()
    assert address in agenda
    dvacs = schedule.schedule(world.dvacs_group, on=MARCH, **PLACE, meant=True, by=world.officer)
    nowhere = f"/dartford/public/meetings/{dvacs.slug}/calendar.ics"
    assert Client().get(nowhere).status_code == 404
