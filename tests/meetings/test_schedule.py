"""Setting, moving and cancelling dates."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError

from audit.models import Entry
from core import clock
from core.permissions import Refused
from core.workflow import Wrong
from meetings.models import Attendance, ItemKind, Meeting, Status
from meetings.workflow import attendance, schedule
from notices.models import Notice

TEN, NOON = datetime.time(10), datetime.time(12)
PLACE = {
    "starts_at": TEN, "ends_at": NOON, "venue": "Council Chamber, Civic Centre", "online": True
}  # fmt: skip
JUNE = datetime.date(2026, 6, 17)
SEPTEMBER = datetime.date(2026, 9, 16)
DECEMBER = datetime.date(2026, 12, 9)
MARCH = datetime.date(2027, 3, 10)


@pytest.fixture(autouse=True)
def may(request):
    """It is the first of May 2026."""
    with time_machine.travel(datetime.datetime(2026, 5, 1, 9, tzinfo=datetime.UTC), tick=False):
        yield


def set_date(world, on=DECEMBER, group=None, **more):
    return schedule.schedule(group or world.board, on=on, **PLACE | more, by=world.officer)


def wrong_fields(refused):
    return set(refused.value.message_dict)


# ---- proposing ----------------------------------------------------------------------------------


def days(world, year=2026):
    return [each.on for each in schedule.propose_year(world.board, year, by=world.officer)]


def test_a_year_is_proposed_with_one_working_day_in_each_quarter(world):
    proposals = schedule.propose_year(world.board, 2026, by=world.officer)
    assert [each.on for each in proposals] == [
        datetime.date(2026, 6, 10), datetime.date(2026, 9, 9), datetime.date(2026, 12, 9), MARCH
    ]  # fmt: skip
    assert (proposals[0].first, proposals[0].last) == (
        datetime.date(2026, 5, 1), datetime.date(2026, 6, 30)
    )  # fmt: skip


def test_proposals_follow_last_years_meetings_52_weeks_later(world):
    for on in (JUNE, SEPTEMBER, DECEMBER, MARCH):
        set_date(world, on)
    year = datetime.timedelta(weeks=52)
    assert days(world, 2027) == [JUNE + year, SEPTEMBER + year, DECEMBER + year, MARCH + year]


def test_a_quarter_that_has_its_meeting_gets_no_proposal(world):
    meeting = set_date(world, SEPTEMBER)
    proposal = schedule.propose_year(world.board, 2026, by=world.officer)[1]
    assert proposal.on is None
    assert proposal.meetings == (meeting,)


def test_a_proposal_leaves_out_bank_holidays_and_clashes(world):
    # 52 weeks after this meeting is Tuesday 27 December 2022's like: 28 December 2026, a holiday.
    Meeting.objects.create(
        group=world.board, slug="old", on=datetime.date(2025, 12, 29), year=2025, number=1,
        created_by=world.officer, **PLACE,
    )  # fmt: skip
    proposal = schedule.propose_year(world.board, 2026, by=world.officer)[2]
    assert proposal.on == datetime.date(2026, 12, 21)
    assert "28 December 2026" in proposal.note
    set_date(world, datetime.date(2026, 12, 21), group=world.dvacs_group)
    proposal = schedule.propose_year(world.board, 2026, by=world.officer)[2]
    assert proposal.on == datetime.date(2026, 12, 14)


def test_a_past_quarter_is_not_proposed(world):
    with time_machine.travel(datetime.datetime(2026, 11, 24, tzinfo=datetime.UTC)):
        proposals = schedule.propose_year(world.board, 2026, by=world.officer)
    assert [each.on for each in proposals][:2] == [None, None]
    assert proposals[0].note == "This quarter is over."
    assert proposals[2].on == datetime.date(2026, 12, 9)


def test_a_municipal_year_may_start_in_another_month(world):
    world.partnership.municipal_year_starts = 4
    world.board.partnership = world.partnership
    proposals = schedule.propose_year(world.board, 2026, by=world.officer)
    assert proposals[0].first == datetime.date(2026, 4, 1)
    assert proposals[3].last == datetime.date(2027, 3, 31)


def test_a_panel_that_one_may_not_know_of_is_no_clash(world):
    other = set_date(world, DECEMBER, group=world.dvacs_group)
    assert schedule.objections(world.board, DECEMBER, by=world.officer) == [
        "DVACS meets on 9 December 2026 too."
    ]
    assert schedule.objections(world.board, DECEMBER, by=world.ocg) == []
    assert schedule.objections(world.board, DECEMBER, by=world.officer, but=other) == []


# ---- setting ------------------------------------------------------------------------------------


def test_a_date_that_is_set_tells_the_group_and_no_one_else(world):
    meeting = set_date(world)
    assert meeting.slug == "board-2026-12-09"
    assert (meeting.year, meeting.number, meeting.status) == (2026, 1, Status.SCHEDULED)
    told = Notice.objects.filter(kind="meeting-date-set")
    assert {notice.recipient for notice in told} == {
        world.chair, world.vice, world.kent, world.watch
    }  # fmt: skip
    assert told[0].text == "The Board meets on Wednesday 9 December 2026, 10am."
    assert Entry.objects.filter(verb="set the date of", subject_id=str(meeting.pk)).count() == 1


def test_a_year_is_set_in_one_go_and_told_once(world):
    meetings = schedule.schedule_year(
        world.board, days=[MARCH, JUNE, DECEMBER, SEPTEMBER], **PLACE, by=world.officer
    )
    assert [meeting.on for meeting in meetings] == [JUNE, SEPTEMBER, DECEMBER, MARCH]
    assert [meeting.number for meeting in meetings] == [1, 2, 3, 4]
    assert {meeting.year for meeting in meetings} == {2026}
    assert Notice.objects.filter(recipient=world.kent).count() == 1


def test_numbers_and_minutes_follow_the_dates_whatever_the_order_of_setting(world):
    december = set_date(world, DECEMBER)
    june = set_date(world, JUNE)
    december.refresh_from_db()
    assert (june.number, december.number) == (1, 2)
    assert december.items.filter(kind=ItemKind.MINUTES).count() == 0
    september = set_date(world, SEPTEMBER)
    assert september.items.get(kind=ItemKind.MINUTES).title == "Minutes of 17 June 2026"


def test_the_first_meeting_of_the_year_reviews_the_chair(world):
    meetings = schedule.schedule_year(
        world.board, days=[JUNE, SEPTEMBER], **PLACE, by=world.officer
    )
    reviewing = [m.items.filter(kind=ItemKind.CHAIR_REVIEW).exists() for m in meetings]
    assert reviewing == [True, False]


def test_leads_come_from_the_seats(world):
    leads = {item.kind: item.lead for item in set_date(world).items.all()}
    assert leads[ItemKind.APOLOGIES] == world.chair
    assert leads[ItemKind.FUNDING] == world.officer
    assert leads[ItemKind.PERFORMANCE] == world.vice
    assert leads[ItemKind.OCG] == world.ocg


def test_items_are_numbered_through_with_the_restricted_part_last(world):
    items = list(set_date(world).items.order_by("number"))
    assert [item.number for item in items] == list(range(1, len(items) + 1))
    restricted = [item.restricted for item in items]
    assert restricted == sorted(restricted)


def test_only_officers_set_dates(world):
    for person in (world.chair, world.kent, world.stranger, world.guest):
        with pytest.raises(Refused):
            schedule.schedule(world.board, on=DECEMBER, **PLACE, by=person)


@pytest.mark.parametrize(("on", "says"), [
    (datetime.date(2026, 12, 25), "Christmas Day"),
    (datetime.date(2026, 12, 5), "Saturday"),
    (datetime.date(2026, 10, 25), "Sunday"),
    (datetime.date(2031, 1, 6), "Bank holidays are known until"),
])  # fmt: skip
def test_a_day_that_is_no_working_day_needs_to_be_meant(world, on, says):
    with pytest.raises(ValidationError, match=says) as refused:
        set_date(world, on)
    assert wrong_fields(refused) == {"on"}
    assert set_date(world, on, meant=True).on == on


def test_a_clash_needs_to_be_meant(world):
    set_date(world, group=world.dvacs_group)
    with pytest.raises(ValidationError, match="DVACS meets on 9 December 2026 too"):
        set_date(world)
    assert set_date(world, meant=True)


def test_a_date_in_the_past_is_refused_even_if_meant(world):
    with pytest.raises(ValidationError, match="today or later"):
        set_date(world, datetime.date(2026, 4, 30), meant=True)


def test_two_meetings_of_a_group_on_one_day_are_refused(world):
    set_date(world)
    with pytest.raises(ValidationError, match="already meets") as refused:
        set_date(world, meant=True)
    assert wrong_fields(refused) == {"on"}


def test_a_meeting_must_end_after_it_starts(world):
    with pytest.raises(ValidationError) as refused:
        set_date(world, ends_at=TEN)
    assert wrong_fields(refused) == {"ends_at"}


def test_a_meeting_has_a_place_or_is_online(world):
    with pytest.raises(ValidationError) as refused:
        set_date(world, venue=" ", online=False)
    assert wrong_fields(refused) == {"venue"}
    assert set_date(world, venue="", online=True)


@pytest.mark.parametrize(("on", "offset"), [
    (datetime.date(2027, 3, 28), 1), (datetime.date(2026, 10, 25), 0),
    (datetime.date(2027, 3, 27), 0), (datetime.date(2026, 10, 24), 1),
])  # fmt: skip
def test_times_are_what_the_clock_on_the_wall_shows(world, on, offset):
    meeting = set_date(world, on, meant=True)
    meeting.refresh_from_db()
    assert meeting.starts_at == TEN
    assert meeting.begins_at == datetime.datetime(
        on.year, on.month, on.day, 10 - offset, tzinfo=datetime.UTC
    )
    assert meeting.begins_at.astimezone(clock.LONDON).time() == TEN
    assert meeting.length == 120


def test_an_hour_that_the_clocks_skip_is_refused(world):
    with pytest.raises(ValidationError, match="clocks go forward") as refused:
        set_date(world, datetime.date(2027, 3, 28), starts_at=datetime.time(1, 30), meant=True)
    assert wrong_fields(refused) == {"starts_at"}


def test_a_cancelled_meetings_day_can_be_used_again(world):
    schedule.cancel(set_date(world), reason="Snow", by=world.officer)
    assert set_date(world).slug == "board-2026-12-09-2"


# ---- moving -------------------------------------------------------------------------------------


def move(world, meeting, **more):
    asked = {"on": meeting.on, "reason": "The chamber is taken", **PLACE} | more
    return schedule.move(meeting, **asked, by=more.pop("by", world.officer))


def test_a_moved_meeting_keeps_its_address_and_everybody_is_told(world):
    meeting = set_date(world)
    moved = move(world, meeting, on=datetime.date(2026, 12, 16))
    assert (moved.on, moved.slug) == (datetime.date(2026, 12, 16), "board-2026-12-09")
    notice = Notice.objects.get(kind="meeting-moved", recipient=world.kent)
    assert "meeting of 9 December 2026 is now on Wednesday 16 December 2026" in notice.text
    entry = Entry.objects.get(verb="moved the date of")
    assert entry.detail["was"].startswith("2026-12-09 10:00")
    assert moved.history.latest().history_change_reason == "The chamber is taken"


def test_moving_asks_people_again(world):
    meeting = set_date(world)
    attendance.say(meeting, presence="substituted", substitute_name="Fern Doyle", by=world.kent)
    move(world, meeting, venue="Library")
    assert Attendance.objects.count() == 2
    move(world, Meeting.objects.get(), on=datetime.date(2026, 12, 16))
    assert Attendance.objects.count() == 0


def test_the_next_agenda_names_the_moved_date(world):
    december, march = schedule.schedule_year(
        world.board, days=[DECEMBER, MARCH], **PLACE, by=world.officer
    )
    move(world, december, on=datetime.date(2026, 12, 16))
    item = march.items.get(kind=ItemKind.MINUTES)
    assert item.title == "Minutes of 16 December 2026"


def test_an_officers_own_title_for_the_minutes_stays(world):
    december, march = schedule.schedule_year(
        world.board, days=[DECEMBER, MARCH], **PLACE, by=world.officer
    )
    march.items.filter(kind=ItemKind.MINUTES).update(title="Last minutes")
    move(world, december, on=datetime.date(2026, 12, 16))
    assert march.items.get(kind=ItemKind.MINUTES).title == "Last minutes"


def test_moving_after_publication_is_possible(world):
    meeting = set_date(world)
    Meeting.objects.update(
        status=Status.AGENDA_PUBLISHED, agenda_published_at=clock.now(),
        agenda_published_by=world.officer,
    )  # fmt: skip
    assert move(world, meeting, on=datetime.date(2026, 12, 16)).status == "agenda_published"


def test_moving_needs_a_reason_and_a_good_day(world):
    meeting = set_date(world)
    with pytest.raises(ValidationError) as refused:
        move(world, meeting, on=datetime.date(2026, 12, 25), reason=" ")
    assert wrong_fields(refused) == {"on", "reason"}
    with pytest.raises(ValidationError) as refused:
        move(world, meeting, reason="x" * 301)
    assert wrong_fields(refused) == {"reason"}


def test_a_day_that_was_meant_stays_good_when_only_the_room_changes(world):
    meeting = set_date(world, datetime.date(2026, 12, 5), meant=True)
    assert move(world, meeting, venue="Library").venue == "Library"


def test_two_officers_moving_at_once_do_not_undo_one_another(world):
    meeting = set_date(world)
    move(world, meeting, on=datetime.date(2026, 12, 16), stamp=meeting.stamp)
    with pytest.raises(Wrong, match="Somebody else has just moved"):
        move(world, meeting, on=datetime.date(2026, 12, 8), stamp=meeting.stamp)


@pytest.mark.parametrize("status", [
    Status.HELD, Status.WITH_CHAIR, Status.WITH_PARTNERS, Status.AGREED, Status.CANCELLED,
])  # fmt: skip
def test_a_meeting_that_was_held_or_cancelled_is_not_moved_or_cancelled(world, status):
    meeting = set_date(world)
    Meeting.objects.update(status=status)
    with pytest.raises(Wrong):
        move(world, meeting, on=datetime.date(2026, 12, 16))
    with pytest.raises(Wrong):
        schedule.cancel(meeting, reason="Snow", by=world.officer)


def test_only_officers_move_and_cancel(world):
    meeting = set_date(world)
    for person in (world.chair, world.kent, world.stranger):
        with pytest.raises(Refused):
            schedule.move(meeting, on=MARCH, **PLACE, reason="Because", by=person)
        with pytest.raises(Refused):
            schedule.cancel(meeting, reason="Because", by=person)


# ---- cancelling ---------------------------------------------------------------------------------


def test_a_cancelled_meeting_keeps_its_agenda_and_everybody_is_told(world):
    meeting = set_date(world)
    count = meeting.items.count()
    cancelled = schedule.cancel(meeting, reason="Snow", by=world.officer)
    assert (cancelled.status, cancelled.cancel_reason) == (Status.CANCELLED, "Snow")
    assert cancelled.items.count() == count
    assert Notice.objects.filter(kind="meeting-cancelled").count() == 4
    assert Entry.objects.filter(verb="cancelled").count() == 1


def test_a_cancelled_meeting_is_not_cancelled_twice(world):
    meeting = set_date(world)
    schedule.cancel(meeting, reason="Snow", by=world.officer)
    with pytest.raises(Wrong, match="already been cancelled"):
        schedule.cancel(meeting, reason="Snow", by=world.officer)


def test_cancelling_needs_a_reason(world):
    with pytest.raises(ValidationError) as refused:
        schedule.cancel(set_date(world), reason="", by=world.officer)
    assert wrong_fields(refused) == {"reason"}


def test_the_next_meeting_takes_over_the_number_the_minutes_and_the_chair_review(world):
    june, september, december = schedule.schedule_year(
        world.board, days=[JUNE, SEPTEMBER, DECEMBER], **PLACE, by=world.officer
    )
    schedule.cancel(june, reason="Snow", by=world.officer)
    september.refresh_from_db()
    assert september.number == 1
    kinds = {item.kind for item in september.items.all()}
    assert ItemKind.CHAIR_REVIEW in kinds
    assert ItemKind.MINUTES not in kinds
    assert december.items.get(kind=ItemKind.MINUTES).title == "Minutes of 16 September 2026"
    assert not december.items.filter(kind=ItemKind.CHAIR_REVIEW).exists()


def test_a_meeting_that_was_held_keeps_its_number(world):
    june = set_date(world, JUNE)
    Meeting.objects.filter(pk=june.pk).update(
        status=Status.HELD, opened_at=clock.now(), opened_by=world.officer
    )
    set_date(world, datetime.date(2026, 5, 20))
    june.refresh_from_db()
    assert june.number == 1
    assert set(Meeting.objects.values_list("number", flat=True)) == {1, 2}
