"""What the rooms show by themselves: turns that are done without anybody saying so."""

import datetime

import pytest

from core.workflow import Wrong
from meetings.models import Meeting, Status
from membership.workflow import change_agreement
from notices.models import Turn
from notices.workflow import turns
from tests.meetings import held
from tests.meetings.held import DECEMBER, MARCH, at

DATE = datetime.date
NOVEMBER = DATE(2026, 11, 23)


@pytest.fixture
def ahead(world):
    with at(NOVEMBER):
        turns.look_ahead(NOVEMBER)
    return world


def turn_of(world, key, on=None):
    found = Turn.objects.of(world.partnership).filter(cycle__key=key).order_by("first_due_on")
    return found.get(first_due_on=on) if on else found.first()


def find(day):
    with at(day):
        while turns.find_done(day):
            pass


def test_a_meeting_held_in_the_quarter_is_the_quarterly_meeting(ahead):
    held.held(ahead, DECEMBER)
    find(DECEMBER)
    turn = turn_of(ahead, "quarterly-meeting")

    assert (turn.done_on, turn.done_by) == (DECEMBER, None)
    assert turn.evidence == "/dartford/meetings/"
    assert turn_of(ahead, "quarterly-meeting", DATE(2027, 3, 31)).done_on is None
    with pytest.raises(Wrong, match="found in the records"):
        turns.undo_done(turn, by=ahead.officer)


def test_a_meeting_of_the_next_quarter_does_not_make_good_for_this_one(ahead):
    held.held(ahead, MARCH)
    find(MARCH)

    assert turn_of(ahead, "quarterly-meeting").done_on is None
    assert turn_of(ahead, "quarterly-meeting", DATE(2027, 3, 31)).done_on == MARCH


def test_dates_set_for_the_coming_year_and_unset_again(ahead):
    with at(DATE(2027, 2, 1)):
        meeting = held.schedule.schedule(
            ahead.board, on=DATE(2027, 6, 16), **held.PLACE, by=ahead.officer
        )
    find(DATE(2027, 2, 2))
    assert turn_of(ahead, "meeting-dates").done_on == DATE(2027, 2, 1)

    Meeting.objects.filter(pk=meeting.pk).update(
        status=Status.CANCELLED, cancelled_at=meeting.created_at, cancelled_by=ahead.officer
    )
    find(DATE(2027, 2, 3))
    assert turn_of(ahead, "meeting-dates").done_on is None


def test_setting_the_agreements_next_review_is_its_review(ahead):
    turn = turn_of(ahead, "agreement-review")
    ahead.agreement.history.all().delete()
    ahead.agreement.review_on = turn.first_due_on
    with at(NOVEMBER):
        ahead.agreement.save()
    find(NOVEMBER)
    assert turn_of(ahead, "agreement-review").done_on is None

    with at(DATE(2027, 3, 20)):
        later = turn.first_due_on.replace(year=turn.first_due_on.year + 1)
        change_agreement(
            ahead.agreement, version="2027", review_on=later, ends_on=None, by=ahead.officer
        )
    find(DATE(2027, 3, 20))
    found = turn_of(ahead, "agreement-review")

    assert found.done_on == DATE(2027, 3, 20)
    assert found.evidence == "/dartford/sharing/"


def test_what_a_person_has_said_stands(ahead):
    with at(DECEMBER):
        turns.mark_done(turn_of(ahead, "quarterly-meeting"), on=DATE(2026, 12, 1), by=ahead.officer)
    held.held(ahead, DECEMBER)
    find(DECEMBER)

    assert turn_of(ahead, "quarterly-meeting").done_on == DATE(2026, 12, 1)
