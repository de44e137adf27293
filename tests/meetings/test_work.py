"""What meetings ask of people, what the partnership owes, and what the public may know."""

import datetime

import pytest
import time_machine

from core import clock, remember
from core.markings import Marking
from meetings import duties, public, work, work_beforehand
from meetings.models import ChairReview, Decision, Item, ItemKind, Meeting, Status
from meetings.workflow import agenda, attendance, schedule

PLACE = {
    "starts_at": datetime.time(10), "ends_at": datetime.time(12), "venue": "Civic Centre"
}  # fmt: skip
TODAY = datetime.date(2026, 11, 24)
DECEMBER = datetime.date(2026, 12, 9)


@pytest.fixture(autouse=True)
def november():
    """It is Tuesday 24 November 2026."""
    with time_machine.travel(datetime.datetime(2026, 11, 24, 9, tzinfo=datetime.UTC), tick=False):
        yield


@pytest.fixture
def meeting(world):
    return schedule.schedule(world.board, on=DECEMBER, **PLACE, by=world.officer)


def past(world, on, **more):
    return Meeting.objects.create(
        group=world.board, slug=f"board-{on}", on=on, year=2026, number=1,
        created_by=world.officer, **PLACE | {"status": Status.HELD} | more,
    )  # fmt: skip


def whats(entries):
    return [each.what for each in entries]


# ---- my work ------------------------------------------------------------------------------------


def test_the_officer_is_to_publish_the_agenda(world, meeting):
    found = list(work.officers_work(world.officer, TODAY))
    assert whats(found) == ["Publish the agenda of the Board meeting of 9 December 2026"]
    assert found[0].due == datetime.date(2026, 12, 2)
    assert "papers still to come" in found[0].why
    assert list(work.officers_work(world.kent, TODAY)) == []


def test_a_meeting_far_off_is_no_work_yet(world):
    schedule.schedule(world.board, on=datetime.date(2027, 3, 10), **PLACE, by=world.officer)
    assert list(work.officers_work(world.officer, TODAY)) == []
    assert list(work.say_if_coming(world.kent, TODAY)) == []


@pytest.mark.parametrize(("status", "says"), [
    (Status.AGENDA_PUBLISHED, "Open the Board meeting"),
    (Status.HELD, "Finish the minutes"), (Status.AGREED, "Publish the minutes"),
    (Status.WITH_CHAIR, None), (Status.WITH_PARTNERS, None),
])  # fmt: skip
def test_each_state_has_its_work(world, status, says):
    past(world, TODAY, status=status, agreed_at=clock.now(), agreed_by=world.officer)
    found = whats(work.officers_work(world.officer, TODAY))
    assert found[0].startswith(says) if says else found == []


def test_members_are_asked_until_they_have_said(world, meeting):
    assert whats(work.say_if_coming(world.kent, TODAY)) == [
        "Say if you are coming to the Board meeting"
    ]
    attendance.say(meeting, presence="apologies", by=world.kent)
    assert list(work.say_if_coming(world.kent, TODAY)) == []
    assert list(work.say_if_coming(world.dvacs, TODAY)) == []


def test_leads_are_asked_for_their_papers(world, meeting):
    found = whats(work_beforehand.papers_to_send(world.vice, TODAY))
    performance = meeting.items.get(kind=ItemKind.PERFORMANCE)
    assert f"Paper expected by 27 November 2026 for item {performance.number}" in found
    assert list(work_beforehand.papers_to_send(world.officer, TODAY)) == []


def test_what_comes_needs_nobody(world, meeting):
    found = list(work.coming_up(world.kent, TODAY))
    assert [(each.what, each.needs) for each in found] == [("Board meeting", "nobody")]


@pytest.mark.parametrize("number", [1, 30])
def test_work_runs_the_same_queries_however_many_meetings(
    world, django_assert_max_num_queries, number
):
    for days in range(number):
        past(world, TODAY - datetime.timedelta(days=days))
    with remember.during(), django_assert_max_num_queries(2):
        list(work.officers_work(world.officer, TODAY))


# ---- what is owed -------------------------------------------------------------------------------


def owed(source, world, on=TODAY):
    return {each.what: each.state for each in source(world.partnership, on)}


def test_a_quarter_without_a_meeting_is_a_gap_and_one_gone_by_is_overdue(world):
    assert owed(duties.quarterly_meetings, world) == {
        "A board meeting in the last quarter": "overdue",
        "A board meeting in this quarter": "gap",
    }


def test_a_meeting_set_is_due_and_one_held_is_met(world, meeting):
    past(world, datetime.date(2026, 9, 16))
    assert owed(duties.quarterly_meetings, world) == {"A board meeting in this quarter": "due"}
    Meeting.objects.filter(pk=meeting.pk).update(status=Status.HELD)
    assert owed(duties.quarterly_meetings, world) == {"A board meeting in this quarter": "met"}


def test_an_agenda_is_due_then_overdue_then_out(world, meeting):
    assert owed(duties.agendas_due, world) == {"Agenda for 9 December 2026": "due"}
    late = datetime.date(2026, 12, 3)
    assert owed(duties.agendas_due, world, late) == {"Agenda for 9 December 2026": "overdue"}
    assert owed(duties.agendas_due, world, datetime.date(2026, 11, 1)) == {}
    agenda.publish(meeting, by=world.officer)
    assert owed(duties.agendas_due, world, late) == {}


def test_the_chairs_review_is_a_gap_then_due_then_overdue_then_met(world):
    what = "Review of the Board’s chair and vice-chair for 2026/27"
    assert owed(duties.chair_reviews, world) == {what: "gap"}
    meeting = schedule.schedule(world.board, on=DECEMBER, **PLACE, by=world.officer)
    assert owed(duties.chair_reviews, world) == {what: "due"}
    assert owed(duties.chair_reviews, world, datetime.date(2026, 12, 10)) == {what: "overdue"}
    decision = Decision.objects.create(
        item=meeting.items.first(), number=1, text="Sage stays", made_by=world.officer
    )
    for office in ("chair", "vice_chair"):
        ChairReview.objects.create(
            group=world.board, year=2026, office=office, decision=decision,
            reviewed_by=world.officer,
        )  # fmt: skip
        state = "met" if office == "vice_chair" else "overdue"
        assert owed(duties.chair_reviews, world, datetime.date(2026, 12, 10)) == {what: state}


def test_next_years_dates_are_due_three_months_before(world, meeting):
    assert owed(duties.next_years_dates, world) == {}
    assert owed(duties.next_years_dates, world, datetime.date(2027, 2, 10)) == {
        "Board dates for 2027/28": "due"
    }
    assert owed(duties.next_years_dates, world, datetime.date(2027, 5, 10)) == {
        "Board dates for 2027/28": "overdue"
    }


def test_every_duty_names_its_source_and_leads_somewhere(world, meeting, client):
    for source in (duties.quarterly_meetings, duties.chair_reviews, duties.agendas_due):
        for each in source(world.partnership, TODAY):
            assert each.source
            assert each.url.startswith("/dartford/")


# ---- the public ---------------------------------------------------------------------------------


def test_the_public_learns_the_boards_dates_and_no_agenda_before_it_is_out(world, meeting):
    schedule.schedule(world.dvacs_group, on=DECEMBER, meant=True, **PLACE, by=world.officer)
    found = public.upcoming_public(world.partnership, TODAY)
    assert [(each.on, each.url) for each in found] == [(DECEMBER, "")]
    assert list(public.agendas(world.partnership, "")) == []
    agenda.publish(meeting, by=world.officer)
    found = public.upcoming_public(world.partnership, TODAY)
    assert found[0].url == "/dartford/public/meetings/board-2026-12-09/"


def test_public_search_never_looks_into_the_restricted_part(world, meeting):
    Item.objects.filter(kind=ItemKind.FUNDING).update(title="Winter grants")
    Item.objects.filter(marking=Marking.SENSITIVE).update(title="Canary wharf")
    agenda.publish(meeting, by=world.officer)
    found = list(public.agendas(world.partnership, "winter GRANTS"))
    assert [each.title for each in found] == ["Agenda: Board meeting, Wednesday 9 December 2026"]
    assert list(public.agendas(world.partnership, "canary")) == []
    assert list(public.agendas(world.gravesham, "")) == []


def test_a_cancelled_meeting_leaves_the_public_lists(world, meeting):
    agenda.publish(meeting, by=world.officer)
    schedule.cancel(meeting, reason="Snow", by=world.officer)
    assert public.upcoming_public(world.partnership, TODAY) == []
    assert list(public.agendas(world.partnership, "")) == []
