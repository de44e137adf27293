"""Attendance over time: words and counts, who is missing twice running, bodies that succeed."""

import csv
import datetime
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Entry
from core.registries import duties, work
from meetings.models import Attendance, Meeting, Presence
from meetings.queries import attending
from membership.models import Agency, Partner
from tests import world as worlds
from tests.meetings.held import DECEMBER, JUNE, MARCH, SEPTEMBER, at

DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def day():
    with at(MARCH):
        yield


@pytest.fixture
def url(world):
    return reverse("meetings:attendance_record", args=["dartford", "board"])


@pytest.fixture
def meet(world):
    """A meeting that was held, with who was there: ``meet(JUNE, {world.police: "present"})``."""

    def meet(on, there, group=None, year=2026, **more):
        group = group or world.board
        meeting = Meeting.objects.create(
            group=group, slug=f"{group.slug}-{on}", on=on, starts_at=datetime.time(10),
            ends_at=datetime.time(12), venue="Civic Centre", year=year, number=on.month,
            created_by=world.officer, status=more.get("status", "with_partners"),
        )  # fmt: skip
        for agency, presence in there.items():
            Attendance.objects.create(
                meeting=meeting, name=f"Somebody of {agency.short_name}", agency=agency,
                presence=presence, recorded_by=world.officer,
            )  # fmt: skip
        return meeting

    return meet


@pytest.fixture
def three(world, meet):
    """Three meetings: the police are there, come by substitute, send apologies; the county less."""
    w = world
    meet(JUNE, {w.council: "present", w.police: "present", w.county: "present"})
    meet(SEPTEMBER, {w.council: "present", w.police: "substitute", w.county: "apologies"})
    meet(DECEMBER, {w.council: "present", w.police: "apologies", w.county: "absent"})


def lines(record):
    return {line.agency.short_name: [cell.word for cell in line.cells] for line in record.lines}


def read_csv(response):
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


# ---- words and counts ---------------------------------------------------------------------------


def test_each_agency_has_a_word_for_each_meeting_and_counts(world, three):
    record = attending.record(world.board, MARCH)
    assert lines(record) == {
        "Dartford Borough Council": ["Present", "Present", "Present"],
        "Kent County Council": ["Present", "Apologies", "Absent"],
        "Kent Police": ["Present", "Substitute", "Apologies"],
    }
    police = next(line for line in record.lines if line.agency == world.police)
    assert police.counts == [1, 1, 1, 0]
    assert police.represented == "2 of 3"
    assert record.represented == [3, 2, 1]


def test_one_who_came_is_enough_and_people_in_attendance_do_not_count(world, meet):
    meeting = meet(JUNE, {world.police: "apologies", world.watch_body: "in_attendance"})
    Attendance.objects.create(
        meeting=meeting, name="Linden Shah", agency=world.police, presence="present",
        recorded_by=world.officer,
    )  # fmt: skip
    record = attending.record(world.board, MARCH)
    assert lines(record)["Kent Police"] == ["Present"]
    assert "Neighbourhood Watch" not in lines(record)
    police = next(line for line in record.lines if line.agency == world.police)
    assert police.cells[0].names == ("Linden Shah",)


def test_names_stay_as_they_were_on_the_day(world, sign_in, url, meet):
    meet(JUNE, {world.police: "present"})
    world.vice.name = "Somebody Else"
    world.vice.save()
    assert "Somebody of Kent Police" in sign_in(world.kent).get(url).content.decode()


def test_nobody_sat_for_a_statutory_partner_and_nobody_expects_others(world, meet):
    meet(JUNE, {world.police: "present", world.watch_body: "present"})
    meet(SEPTEMBER, {world.police: "present"})
    found = lines(attending.record(world.board, MARCH))
    assert found["Kent County Council"] == ["No seat", "No seat"]
    assert found["Neighbourhood Watch"] == ["Present", ""]


def test_what_is_not_recorded_is_not_called_missing(world, meet):
    meet(SEPTEMBER, {world.police: Presence.COMING})
    meet(DECEMBER, {world.police: Presence.EXPECTED})
    record = attending.record(world.board, MARCH)
    assert lines(record)["Kent Police"] == ["Not recorded", "Not recorded"]
    assert world.police not in {line.agency for line in record.flagged}


def test_cancelled_and_coming_meetings_are_left_out(world, meet):
    meet(JUNE, {world.police: "present"}, status="cancelled")
    meet(SEPTEMBER, {world.police: "present"}, status="scheduled")
    assert attending.record(world.board, MARCH).meetings == []


# ---- a body and its successor -------------------------------------------------------------------


def test_a_body_and_its_successor_are_one_line_with_both_names(world, sign_in, url, meet):
    ccg = worlds.agency("Kent CCG", "health")
    icb = Agency.objects.create(
        name="Kent ICB", short_name="Kent ICB", slug="kent-icb", kind="health",
        starts_on=SEPTEMBER, succeeds=ccg,
    )  # fmt: skip
    Partner.objects.create(
        partnership=world.partnership, agency=ccg, statutory=True, starts_on=worlds.LONG_AGO,
        ends_on=SEPTEMBER,
    )  # fmt: skip
    Partner.objects.create(
        partnership=world.partnership, agency=icb, statutory=True, starts_on=SEPTEMBER
    )
    meet(JUNE, {ccg: "apologies"})
    meet(SEPTEMBER, {icb: "absent"})
    record = attending.record(world.board, MARCH)
    line = next(line for line in record.lines if line.agency == icb)
    assert [cell.word for cell in line.cells] == ["Apologies", "Absent"]
    assert line.before == ("Kent CCG",)
    assert line.running
    page = sign_in(world.kent).get(url).content.decode()
    assert "before: Kent CCG" in page
    names = [each["Agency then"] for each in read_csv(
        sign_in(world.kent).get("/dartford/meetings/of/board/attendance/csv/", {"by": "person"})
    )]  # fmt: skip
    assert names == ["Kent CCG", "Kent ICB"]


# ---- missing twice running ----------------------------------------------------------------------


def test_a_statutory_partner_missing_twice_running_is_flagged_everywhere(
    world, sign_in, url, three
):
    assert [line.agency for line in attending.record(world.board, MARCH).flagged] == [world.county]
    page = sign_in(world.kent).get(url).content.decode()
    assert "Missing twice running" in page
    assert "1 statutory partner was missing at the last two." in page
    owed = [each for each in duties.gather(world.partnership, MARCH) if each.state == "gap"]
    said = [each.why for each in owed if each.what == "Kent County Council at the board"]
    assert said == ["Nobody spoke for it on 16 September 2026 and 9 December 2026."]
    asked = [each.what for each in work.gather(world.officer, MARCH)]
    assert "Ask Kent County Council why nobody came to two meetings" in asked
    for person in (world.kent, world.chair, world.dvacs, world.stranger):
        assert not [each for each in work.gather(person, MARCH) if "why nobody" in each.what]


def test_a_substitute_or_one_meeting_between_ends_the_run(world, meet):
    meet(JUNE, {world.county: "absent", world.police: "present", world.council: "present"})
    meet(SEPTEMBER, {world.county: "substitute", world.police: "absent", world.council: "present"})
    meet(DECEMBER, {world.county: "absent", world.police: "present", world.council: "present"})
    assert attending.record(world.board, MARCH).flagged == []
    assert attending.missing_twice(world.partnership, MARCH) == []
    owed = [each for each in duties.gather(world.partnership, MARCH) if "represented" in each.what]
    assert [each.state for each in owed if "statutory partner is" in each.what] == ["met"]


def test_an_earlier_run_is_told_but_flags_nobody_now(world, sign_in, url, meet):
    for on, presence in ((JUNE, "absent"), (SEPTEMBER, "absent"), (DECEMBER, "present")):
        meet(on, dict.fromkeys((world.county, world.police, world.council), presence))
    record = attending.record(world.board, MARCH)
    assert record.flagged == []
    assert "Missing on 17 June 2026 and 16 September 2026" in (
        sign_in(world.kent).get(url).content.decode()
    )


def test_todays_meeting_flags_nobody_until_it_is_over(world, meet):
    meet(SEPTEMBER, {world.county: "absent"})
    meet(MARCH, {world.county: "absent"}, status="held")
    assert world.county not in {each.agency for each in attending.missing_twice(
        world.partnership, MARCH
    )}  # fmt: skip
    later = attending.missing_twice(world.partnership, MARCH + DAY)
    assert world.county in {each.agency for each in later}


def test_subgroups_and_voluntary_bodies_owe_nothing(world, meet):
    for on in (JUNE, SEPTEMBER):
        meet(on, {world.watch_body: "absent", world.police: "present", world.council: "present",
                  world.county: "present"})  # fmt: skip
        meet(on, {world.police: "absent"}, group=world.dvacs_group)
    assert attending.missing_twice(world.partnership, MARCH) == []
    assert attending.record(world.dvacs_group, MARCH).flagged == []


# ---- the page and its files ---------------------------------------------------------------------


def test_a_year_or_the_last_eight_are_shown(world, sign_in, url, meet):
    for number in range(10):
        meet(datetime.date(2025, 5, 7) + number * DAY, {world.police: "present"}, year=2025)
    meet(JUNE, {world.police: "present"})
    client = sign_in(world.kent)
    assert len(client.get(url).context["record"].meetings) == 8
    assert len(client.get(url, {"year": "2025"}).context["record"].meetings) == 10
    assert len(client.get(url, {"year": "2026"}).context["record"].meetings) == 1


@pytest.mark.parametrize("year", ["1066", "99999", "x", "2027"])
def test_a_year_that_makes_no_sense_is_said_to_be_wrong(world, sign_in, url, three, year):
    page = sign_in(world.kent).get(url, {"year": year})
    assert page.status_code == 200
    assert "There is a problem" in page.content.decode()
    assert page.context["record"].lines == []
    assert sign_in(world.kent).get(f"{url}csv/", {"year": year}).status_code == 400


def test_nothing_held_says_what_to_expect(world, sign_in, url):
    assert "No meeting has been held yet." in sign_in(world.kent).get(url).content.decode()
    assert sign_in(world.kent).get(f"{url}csv/").status_code == 200


def test_the_files_hold_words_counts_and_people(world, sign_in, url, three):
    client = sign_in(world.kent)
    by_agency = read_csv(client.get(f"{url}csv/"))
    county = next(each for each in by_agency if each["Agency"] == "Kent County Council")
    assert county["2026-06-17"] == "Present"
    assert (county["Present"], county["Apologies"], county["Absent"]) == ("1", "1", "1")
    assert county["Represented at"] == "1 of 3"
    assert county["Missing twice running"] == "16 September 2026 and 9 December 2026"
    by_person = read_csv(client.get(f"{url}csv/", {"by": "person"}))
    assert len(by_person) == 9
    assert by_person[0]["Name"] == "Somebody of Dartford Borough Council"
    assert Entry.objects.filter(verb="downloaded the attendance of").count() == 2


def test_who_may_read_it(world, sign_in, url, three):
    for person in (world.officer, world.chair, world.kent, world.watch):
        assert sign_in(person).get(url).status_code == 200
    for person, status in ((world.dvacs, 403), (world.scrutiny, 403), (world.stranger, 404)):
        assert sign_in(person).get(url).status_code == status
    nowhere = reverse("meetings:attendance_record", args=["dartford", "nowhere"])
    assert sign_in(world.officer).get(nowhere).status_code == 404
    ocg = reverse("meetings:attendance_record", args=["dartford", "ocg"])
    assert sign_in(world.ocg).get(ocg).status_code == 200


def test_eight_meetings_and_many_agencies_ask_no_more(world, sign_in, url, meet):
    client = sign_in(world.kent)
    meet(JUNE, {world.police: "present"})
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    bodies = [worlds.agency(f"Body {number}", "voluntary") for number in range(30)]
    for number in range(6):
        meet(SEPTEMBER + number * DAY, dict.fromkeys(bodies, "present"))
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(few) == len(many)
