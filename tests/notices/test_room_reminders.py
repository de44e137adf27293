"""The reminders of every room: moved duties, words that give nothing away, one statement each."""

import datetime

import pytest

from actions.models import Action, DueDate
from core import clock, reminders
from core.markings import Marking
from meetings.workflow import schedule
from notices.models import Notice, Turn
from notices.queries import due, scheduled
from notices.workflow import calendar_days, ledger, turns
from tests.meetings.held import DECEMBER, PLACE, at

DATE = datetime.date
NOVEMBER = DATE(2026, 11, 23)


@pytest.fixture
def ahead(world):
    with at(NOVEMBER):
        calendar_days.refresh()
        turns.look_ahead(NOVEMBER)
    return world


def tick(day):
    with at(day, 9):
        return ledger.materialise(clock.now())


def told(kind, person=None):
    found = Notice.objects.filter(kind=kind).order_by("due_on", "step")
    return [each.due_on for each in (found.filter(recipient=person) if person else found)]


@pytest.mark.parametrize("kind", sorted(reminders.reminders))
def test_every_kind_can_be_asked_and_says_who_asks_it(ahead, kind):
    reminder = reminders.reminders[kind]
    if due.statement(reminder, NOVEMBER) is not None:
        ledger.write(reminder, clock.london(NOVEMBER, datetime.time(9)))

    assert reminder.source
    assert reminder.ladder


def test_a_duty_moved_after_its_reminder_is_told_anew_for_its_new_date_only(ahead):
    turn = Turn.objects.of(ahead.partnership).get(
        cycle__key="public-summary", first_due_on=DATE(2027, 4, 30)
    )
    first = DATE(2027, 4, 9)  # fifteen working days before, over no bank holiday
    tick(first)
    assert told("duty-public-summary", ahead.officer) == [DATE(2027, 4, 30)]

    with at(DATE(2027, 4, 12)):
        turns.move(turn, due_on=DATE(2027, 6, 30), reason="It waits", by=ahead.officer)
    tick(DATE(2027, 4, 13))
    tick(DATE(2027, 5, 4))  # when the first date would have been late
    assert told("duty-public-summary", ahead.officer) == [DATE(2027, 4, 30)]

    tick(DATE(2027, 6, 9))
    both = [DATE(2027, 4, 30), DATE(2027, 6, 30)]
    assert told("duty-public-summary", ahead.officer) == both


def test_what_is_done_is_not_reminded_of(ahead):
    turn = Turn.objects.of(ahead.partnership).get(
        cycle__key="public-summary", first_due_on=DATE(2027, 4, 30)
    )
    with at(NOVEMBER):
        turns.mark_done(turn, on=NOVEMBER, by=ahead.officer)
    tick(DATE(2027, 6, 1))

    assert told("duty-public-summary", ahead.officer) == []


def test_a_duty_of_the_chairs_is_told_to_the_chair(ahead):
    cycle = ahead.partnership.cycles.get(key="public-summary")
    type(cycle).objects.filter(pk=cycle.pk).update(owner="chair")
    tick(DATE(2027, 4, 9))

    assert told("duty-public-summary", ahead.chair) == [DATE(2027, 4, 30)]
    assert told("duty-public-summary", ahead.officer) == []


def test_a_restricted_action_is_its_reference_and_climbs_the_ladder(ahead):
    action = Action.objects.create(
        group=ahead.board, partnership=ahead.partnership, reference="A-2026-001",
        text="Visit the canary", marking=Marking.SENSITIVE, owner=ahead.county, made_on=NOVEMBER,
        first_due_on=DATE(2026, 12, 9), due_on=DATE(2026, 12, 9), raised_in="Board meeting",
        created_by=ahead.officer,
    )  # fmt: skip
    with at(NOVEMBER):
        DueDate.objects.create(action=action, due_on=action.due_on, set_by=ahead.officer)
    for day in (DATE(2026, 12, 2), DATE(2026, 12, 9), DATE(2026, 12, 14), DATE(2026, 12, 23)):
        tick(day)

    assert told("action-due", ahead.kent) == [DATE(2026, 12, 9)] * 4
    assert told("action-due", ahead.chair) == []
    tick(DATE(2027, 1, 11))
    assert told("action-due", ahead.chair) == [DATE(2026, 12, 9)]
    assert not Notice.objects.filter(text__icontains="canary").exists()
    assert {each.text for each in Notice.objects.filter(kind="action-due")} == {
        "Action A-2026-001 is due. Say how far it is."
    }


def test_an_alarm_when_less_than_twelve_months_of_bank_holidays_are_left(ahead):
    tick(DATE(2027, 12, 31))
    assert told("bank-holidays-end", ahead.officer) == []

    tick(DATE(2028, 1, 4))
    assert told("bank-holidays-end", ahead.officer) == [DATE(2028, 1, 1)]


def test_a_quarter_with_a_meeting_set_will_be_spoken_of_after_its_day_at_the_soonest(ahead):
    with at(NOVEMBER):
        schedule.schedule(ahead.board, on=DECEMBER, **PLACE, by=ahead.officer)
        lines = scheduled.coming(ahead.officer, ahead.partnership, NOVEMBER, kind="quarter-unmet")
    days = [each.day for each in lines if each.due.year == 2026]

    assert days
    assert min(days) > DECEMBER
