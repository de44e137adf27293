"""The list of a year, the dates, and a meeting's own page."""

import datetime

import pytest
import time_machine
from django.urls import reverse

from core import clock
from core.markings import Marking
from meetings.models import Item, ItemKind, Meeting, Status
from meetings.workflow import agenda, attendance, schedule
from membership.models import Seat, Signature
from tests.meetings import held
from tests.meetings.held import address, words
from tests.world import person, seat

TEN, NOON = datetime.time(10), datetime.time(12)
PLACE = {"starts_at": TEN, "ends_at": NOON, "venue": "Civic Centre", "online": False}
DECEMBER = datetime.date(2026, 12, 9)
CANARY = "CANARYrestricted"


@pytest.fixture(autouse=True)
def november():
    """It is Tuesday 24 November 2026."""
    with time_machine.travel(datetime.datetime(2026, 11, 24, 9, tzinfo=datetime.UTC), tick=False):
        yield


@pytest.fixture
def meeting(world):
    """The board's meeting on 9 December, its agenda a draft."""
    return schedule.schedule(world.board, on=DECEMBER, **PLACE, by=world.officer)


# ---- the list -----------------------------------------------------------------------------------

LIST = "/dartford/meetings/"


def test_an_empty_year_says_what_to_do_first(world, sign_in):
    page = words(sign_in(world.officer).get(LIST))
    assert "No meetings in 2026/27 yet." in page
    assert reverse("meetings:schedule", args=["dartford", "board"]) in page
    page = words(sign_in(world.kent).get(LIST))
    assert "The officers set the dates of the year" in page
    assert "Set dates" not in page


def test_the_next_meeting_comes_first_and_past_ones_say_how_far_they_are(world, sign_in, meeting):
    march = schedule.schedule(world.board, on=datetime.date(2027, 3, 10), **PLACE, by=world.officer)
    Meeting.objects.create(
        group=world.board, slug="board-2026-09-16", on=datetime.date(2026, 9, 16), year=2026,
        number=1, status=Status.WITH_CHAIR, created_by=world.officer, **PLACE,
    )  # fmt: skip
    page = words(sign_in(world.kent).get(LIST))
    assert "Next: Board meeting, 9 December 2026" in page
    assert page.index("9 December 2026") < page.index("10 March 2027") < page.index("16 September")
    assert "Minutes with the chair" in page
    assert march.get_absolute_url() in page


def test_a_draft_whose_day_has_passed_is_shown_as_not_opened(world, sign_in):
    Meeting.objects.create(
        group=world.board, slug="old", on=datetime.date(2026, 11, 23), year=2026, number=1,
        created_by=world.officer, **PLACE,
    )  # fmt: skip
    assert "Not opened" in words(sign_in(world.kent).get(LIST))


def test_only_meetings_of_ones_own_groups_are_listed(world, sign_in, meeting):
    schedule.schedule(world.dvacs_group, on=DECEMBER, meant=True, **PLACE, by=world.officer)
    assert "DVACS" not in words(sign_in(world.kent).get(LIST))
    assert "Board meeting" not in words(sign_in(world.dvacs).get(LIST))
    page = words(sign_in(world.officer).get(LIST))
    assert "DVACS meeting" in page
    assert "Board meeting" in page
    page = words(sign_in(world.officer).get(f"{LIST}?group=dvacs"))
    assert "Board meeting" not in page


@pytest.mark.parametrize(
    "query", ["year=1", "year=20266", "year=²²²²", "group=nobody", "year=abcd"]
)
def test_an_address_that_makes_no_sense_shows_this_year(world, sign_in, meeting, query):
    response = sign_in(world.kent).get(f"{LIST}?{query}")
    assert response.status_code == 200
    assert "Meetings 2026/27" in words(response)


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_list_runs_the_same_queries_however_many_meetings(
    world, sign_in, django_assert_num_queries, number
):
    for days in range(number):
        Meeting.objects.create(
            group=world.board, slug=f"m{days}", on=DECEMBER + datetime.timedelta(days=days),
            year=2026, number=days, created_by=world.officer, **PLACE,
        )  # fmt: skip
    client = sign_in(world.officer)
    client.get(LIST)  # the first visit keeps the session alive
    with django_assert_num_queries(6):
        assert client.get(LIST).status_code == 200


def test_who_has_no_seat_on_a_group_that_meets_is_refused(world, sign_in):
    assert sign_in(world.commissioner).get(LIST).status_code == 403
    assert sign_in(world.guest).get(LIST).status_code == 403
    assert sign_in(world.stranger).get(LIST).status_code == 403


# ---- setting dates ------------------------------------------------------------------------------

SCHEDULE = "/dartford/meetings/dates/board/?year=2026"


def posted(**more):
    return {
        "starts_at": "10am", "ends_at": "noon", "venue": "Civic Centre",
        "day_2": "9 December 2026", "day_3": "10 March 2027",
    } | more  # fmt: skip


def test_the_year_is_proposed_and_can_be_set_on_one_page(world, sign_in):
    client = sign_in(world.officer)
    page = words(client.get(SCHEDULE))
    assert 'value="9 December 2026"' in page
    assert "This quarter is over." in page
    response = client.post(SCHEDULE, posted(), follow=True)
    assert "2 dates are set, and everybody on the group has been told." in words(response)
    assert list(Meeting.objects.order_by("on").values_list("on", "venue")) == [
        (DECEMBER, "Civic Centre"), (datetime.date(2027, 3, 10), "Civic Centre")
    ]  # fmt: skip


def test_what_stands_already_is_shown_and_not_asked_again(world, sign_in, meeting):
    page = words(sign_in(world.officer).get(SCHEDULE))
    assert meeting.get_absolute_url() in page
    assert 'name="day_2"' not in page
    assert 'value="Civic Centre"' in page


def test_a_bank_holiday_is_refused_beside_its_date_until_it_is_ticked(world, sign_in):
    client = sign_in(world.officer)
    wrong = posted(day_2="25 December 2026", venue="The old library")
    response = client.post(SCHEDULE, wrong)
    page = words(response)
    assert "25 December 2026 is no working day: Christmas Day." in page
    assert 'href="#id_day_2"' in page
    assert 'name="meant_2"' in page
    assert 'name="meant_3"' not in page
    assert 'value="The old library"' in page
    assert 'value="10 March 2027"' in page
    assert Meeting.objects.count() == 0
    client.post(SCHEDULE, wrong | {"meant_2": "on"})
    assert Meeting.objects.count() == 2


def test_a_clock_change_sunday_is_refused_until_it_is_ticked_and_keeps_its_wall_time(
    world, sign_in
):
    client = sign_in(world.officer)
    page = words(client.post(SCHEDULE, posted(day_3="28 March 2027")))
    assert "28 March 2027 is no working day: Sunday." in page
    client.post(SCHEDULE, posted(day_3="28 March 2027", meant_3="on"))
    meeting = Meeting.objects.get(on=datetime.date(2027, 3, 28))
    assert (meeting.starts_at, meeting.begins_at.hour) == (TEN, 9)


@pytest.mark.parametrize(("field", "value", "says"), [
    ("day_2", "1 October 2026", "The date must be today or later"),
    ("day_2", "9 December 2027", "The date must be from 1 May 2026 to 30 April 2027"),
    ("day_3", "9 December 2026", "9 December 2026 is there twice"),
    ("day_2", "31 February 2027", "must be a real date"),
    ("day_2", "12 December", "must be a real date"),
    ("starts_at", "half ten", "Starts must be a time like"),
    ("ends_at", "9am", "The meeting must end after it starts"),
    ("venue", " ", "Enter where the meeting is"),
])  # fmt: skip
def test_each_mistake_is_said_at_its_field(world, sign_in, field, value, says):
    response = sign_in(world.officer).post(SCHEDULE, posted(**{field: value}))
    assert response.status_code == 200
    page = words(response)
    assert page.count(says) == 2
    assert f'href="#id_{field}"' in page
    assert Meeting.objects.count() == 0


def test_nothing_given_is_said(world, sign_in):
    page = words(sign_in(world.officer).post(SCHEDULE, posted(day_2="", day_3="")))
    assert "Give at least one date" in page


def test_a_clash_with_another_group_is_shown(world, sign_in):
    schedule.schedule(world.dvacs_group, on=DECEMBER, **PLACE, by=world.officer)
    page = words(sign_in(world.officer).post(SCHEDULE, posted()))
    assert "DVACS meets on 9 December 2026 too." in page


def test_two_tabs_cannot_set_the_same_day_twice(world, sign_in):
    client = sign_in(world.officer)
    client.post(SCHEDULE, posted())
    page = words(client.post(SCHEDULE, posted(day_extra="9 December 2026")))
    assert "Board already meets on 9 December 2026" in page
    assert Meeting.objects.count() == 2


def test_dates_of_a_group_that_one_does_not_run_are_refused(world, sign_in):
    assert sign_in(world.kent).get(SCHEDULE).status_code == 403
    assert sign_in(world.officer).get("/dartford/meetings/dates/ocg/").status_code == 403
    assert sign_in(world.stranger).get(SCHEDULE).status_code == 404
    assert sign_in(world.officer).get("/gravesham/meetings/dates/board/").status_code == 404


# ---- moving and cancelling ----------------------------------------------------------------------


def moving(meeting, **more):
    return {
        "on_day": "16", "on_month": "12", "on_year": "2026", "starts_at": "10am",
        "ends_at": "noon", "venue": "Civic Centre", "reason": "The chamber is taken",
        "stamp": meeting.stamp,
    } | more  # fmt: skip


def test_an_officer_moves_a_meeting(world, sign_in, meeting):
    client = sign_in(world.officer)
    assert "9 December 2026" in words(client.get(address("move_date", meeting)))
    response = client.post(address("move_date", meeting), moving(meeting), follow=True)
    assert "It is now on Wednesday 16 December 2026." in words(response)


def test_a_bad_day_is_said_at_the_date_and_the_reason_is_kept(world, sign_in, meeting):
    response = sign_in(world.officer).post(
        address("move_date", meeting), moving(meeting, on_day="25", reason="Since all are here")
    )
    page = words(response)
    assert "25 December 2026 is no working day: Christmas Day." in page
    assert "Since all are here" in page


def test_a_stale_tab_does_not_move_it_back(world, sign_in, meeting):
    client = sign_in(world.officer)
    client.post(address("move_date", meeting), moving(meeting))
    response = client.post(address("move_date", meeting), moving(meeting, on_day="17"))
    assert response.status_code == 409
    page = words(response)
    assert "Somebody else has just moved this meeting." in page
    assert 'value="17"' in page
    fresh = Meeting.objects.get()
    assert fresh.stamp in page
    assert fresh.on == datetime.date(2026, 12, 16)


def test_an_officer_cancels_a_meeting_and_the_page_says_why(world, sign_in, meeting):
    client = sign_in(world.officer)
    page = words(client.post(address("cancel", meeting), {"reason": ""}))
    assert "Enter the reason why the meeting is cancelled" in page or "Enter" in page
    response = client.post(address("cancel", meeting), {"reason": "Snow is forecast"}, follow=True)
    page = words(response)
    assert "This meeting was cancelled on 24 November 2026." in page
    assert "Snow is forecast" in page
    response = client.get(address("cancel", meeting), follow=True)
    assert "The meeting has already been cancelled." in words(response)


# ---- the meeting's own page ---------------------------------------------------------------------


def test_an_officer_sees_the_next_verb_and_what_is_missing(world, sign_in, meeting):
    page = words(sign_in(world.officer).get(meeting.get_absolute_url()))
    assert "Board meeting, 9 December 2026" in page
    assert "Draft agenda" in page
    assert "now, publish by 2 December" in page
    assert "Next: publish the agenda" in page
    assert "No paper yet for items" in page
    assert address("publish_agenda", meeting) in page
    assert "Edit or reorder" in page


def test_a_member_sees_what_is_theirs(world, sign_in, meeting):
    page = words(sign_in(world.kent).get(meeting.get_absolute_url()))
    assert "Next: say if you are coming" in page
    for name in ("publish_agenda", "agenda", "attendance", "move_date", "cancel"):
        assert address(name, meeting) not in page
    attendance.say(meeting, presence="coming", by=world.kent)
    agenda.publish(meeting, by=world.officer)
    page = words(sign_in(world.kent).get(meeting.get_absolute_url()))
    assert "Next: read the papers for 9 December 2026" in page
    assert "You: coming." in page
    assert "Change your answer" in page


def test_strangers_do_not_learn_that_it_is_there(world, sign_in, meeting):
    for who in (world.stranger, world.dvacs, world.scrutiny, world.leaver, world.guest):
        assert sign_in(who).get(meeting.get_absolute_url()).status_code == 404
    assert sign_in(world.officer).get("/gravesham/meetings/board-2026-12-09/").status_code == 404


def test_who_fails_the_gate_sees_titles_with_the_reason_and_no_papers(
    world, sign_in, meeting, send_paper
):
    item = meeting.items.get(kind=ItemKind.DVACS)
    send_paper(item, title=CANARY, marking=Marking.SENSITIVE)
    Item.objects.filter(pk=item.pk).update(note="CANARYnote")
    page = words(sign_in(world.watch).get(meeting.get_absolute_url()))
    assert "DVACS update" in page
    assert "Neighbourhood Watch has no current signature" in page
    assert "safety@example.test" in page
    assert "CANARY" not in page
    page = words(sign_in(world.kent).get(meeting.get_absolute_url()))
    assert CANARY in page
    assert "CANARYnote" in page
    Signature.objects.filter(agency=world.county).update(ends_on=clock.today())
    assert CANARY not in words(sign_in(world.kent).get(meeting.get_absolute_url()))


def test_a_restricted_paper_of_an_open_item_stays_unnamed_to_who_fails_the_gate(
    world, sign_in, meeting, send_paper
):
    send_paper(meeting.items.get(kind=ItemKind.FUNDING), title=CANARY, marking=Marking.SENSITIVE)
    page = words(sign_in(world.watch).get(meeting.get_absolute_url()))
    assert CANARY not in page
    assert "Paper A: withheld from you" in page


def test_no_answer_to_come_from_who_holds_no_seat(world, sign_in, meeting):
    Seat.objects.filter(pk=world.officer_board_seat.pk).delete()
    page = words(sign_in(world.officer).get(meeting.get_absolute_url()))
    assert address("say", meeting) not in page


def test_the_side_says_who_is_coming_and_who_takes_the_chair(world, sign_in, meeting):
    attendance.say(meeting, presence="apologies", by=world.chair)
    attendance.say(meeting, presence="coming", by=world.vice)
    page = words(sign_in(world.kent).get(meeting.get_absolute_url()))
    assert (
        "The chair, Sage Holloway, has sent apologies. The vice-chair, Linden Shah, takes the "
        "meeting, and the minutes will say so." in page
    )
    assert "1 of 3 statutory partners have said that they are coming." in page
    assert "Kent County Council: has not said" in page


def test_what_was_done_is_told_without_titles(world, sign_in, meeting):
    agenda.add_item(
        meeting, title=CANARY, marking=Marking.SENSITIVE, minutes_allowed=5, by=world.officer
    )
    page = words(sign_in(world.kent).get(meeting.get_absolute_url()))
    assert "Hazel Okafor set the date" in page
    assert "Hazel Okafor added item" in page


@pytest.mark.parametrize("number", [15, 150])
def test_the_page_runs_the_same_few_queries_however_long_the_agenda(
    world, sign_in, meeting, django_assert_max_num_queries, number
):
    Item.objects.filter(meeting=meeting).delete()
    Item.objects.bulk_create(
        Item(meeting=meeting, title=f"Item {place}", position=place, lead=world.vice)
        for place in range(1, number + 1)
    )
    for name in range(number // 3):
        seat(person(f"Member {name}"), world.board, world.county)
    client = sign_in(world.officer)
    client.get(LIST)  # the first visit keeps the session alive
    with django_assert_max_num_queries(8):
        assert client.get(meeting.get_absolute_url()).status_code == 200


# A published one needs its renditions: test_a_published_meeting_leads_to_its_minutes.
STATES = [status for status in Status if status not in (Status.CANCELLED, Status.PUBLISHED)]


@pytest.mark.parametrize("status", STATES)
@pytest.mark.parametrize("who", ["officer", "chair", "kent", "watch"])
def test_every_state_has_its_page_for_everybody(world, sign_in, meeting, status, who):
    fields = {"status": status, "agenda_published_by": world.officer}
    if status != Status.SCHEDULED:
        Meeting.objects.update(agenda_published_at=clock.now(), **fields)
    page = words(sign_in(getattr(world, who)).get(meeting.get_absolute_url()))
    assert 'id="next"' in page
    assert page.count("<h1") == 1


@pytest.mark.pdf
def test_a_published_meeting_leads_to_its_minutes(world, sign_in):
    meeting = held.agreed(world)
    with held.at(held.DECEMBER, 12):
        held.published(world, meeting)
    page = words(sign_in(world.kent).get(meeting.get_absolute_url()))
    assert "The minutes are published" in page
    assert "/dartford/public/" in page
    assert "The restricted minutes (PDF)" in page
    page = words(sign_in(world.watch).get(meeting.get_absolute_url()))
    assert "Read the public minutes" in page
    assert "The restricted minutes (PDF)" not in page


def test_the_day_itself_offers_to_open_the_meeting(world, sign_in, meeting):
    agenda.publish(meeting, by=world.officer)
    with time_machine.travel(datetime.datetime(2026, 12, 9, 9, tzinfo=datetime.UTC)):
        page = words(sign_in(world.officer).get(meeting.get_absolute_url()))
    assert "Next: open the meeting" in page
    assert address("open", meeting) in page


def test_history_shows_what_changed(world, sign_in, meeting):
    schedule.move(meeting, on=datetime.date(2026, 12, 16), **PLACE, reason="Snow", by=world.officer)
    page = words(sign_in(world.kent).get(address("history", meeting)))
    assert "16 December 2026" in page
    assert "Hazel Okafor" in page


# ---- the public agenda --------------------------------------------------------------------------

PUBLIC = "/dartford/public/meetings/board-2026-12-09/"


def test_a_draft_agenda_is_not_public(client, meeting):
    assert client.get(PUBLIC).status_code == 404


def test_the_public_agenda_holds_the_open_part_without_a_gap(world, client, meeting, send_paper):
    send_paper(meeting.items.get(kind=ItemKind.FUNDING), title="Bids this year", public=True)
    send_paper(meeting.items.get(kind=ItemKind.FUNDING), title=CANARY)
    send_paper(meeting.items.get(kind=ItemKind.HORIZON), title=CANARY, marking=Marking.SENSITIVE)
    agenda.add_item(
        meeting, title=CANARY, marking=Marking.SENSITIVE, minutes_allowed=5, note=CANARY,
        lead_words=CANARY, by=world.officer,
    )  # fmt: skip
    agenda.publish(meeting, by=world.officer)
    response = client.get(PUBLIC)
    page = words(response)
    assert response.status_code == 200
    assert "Paper A: Bids this year" in page
    assert "/documents/" not in page
    assert CANARY not in page
    for word in ("DVACS", "OCG", "estricted", "SENSITIVE", "omicide"):
        assert word not in page
    count = meeting.items.filter(marking=Marking.OFFICIAL).count()
    assert f'inline">{count}</td>' in page
    assert f'inline">{count + 1}</td>' not in page


def test_only_the_boards_agenda_is_public(world, client):
    meeting = schedule.schedule(world.dvacs_group, on=DECEMBER, **PLACE, by=world.officer)
    agenda.publish(meeting, by=world.officer)
    assert client.get("/dartford/public/meetings/dvacs-2026-12-09/").status_code == 404


def test_a_cancelled_meeting_says_so_in_public_without_the_reason(world, client, meeting):
    agenda.publish(meeting, by=world.officer)
    schedule.cancel(meeting, reason="Somebody is ill", by=world.officer)
    page = words(client.get(PUBLIC))
    assert "This meeting was cancelled." in page
    assert "ill" not in page.replace("will", "").split("<main")[1].split("</main>")[0]
