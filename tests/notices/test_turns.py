"""Duties that come round: their turns, moved, done, ended, and found to be done."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.permissions import Refused
from core.workflow import Wrong
from membership.models import Partnership
from notices.default_cycles import DEFAULTS, REFRESH, STRATEGY
from notices.models import Cycle, Turn
from notices.workflow import cycles, turns
from tests.meetings.held import at

DAY = datetime.date
NOVEMBER = DAY(2026, 11, 23)
OWN = {
    "title": "Publish a newsletter", "source": "Decided by the board", "owner": "officers",
    "every": "year", "month": 3, "day": 1, "starts_on": NOVEMBER,
}  # fmt: skip


@pytest.fixture
def ahead(world):
    """The small partnership with its duties laid, on 23 November 2026."""
    with at(NOVEMBER):
        turns.look_ahead(NOVEMBER)
        yield world


def due(partnership, key):
    """The due dates of a duty, as they stand."""
    found = Turn.objects.filter(cycle__partnership=partnership, cycle__key=key)
    return [turn.due_on for turn in found.order_by("due_on")]


def turn_of(world, key, on=None):
    found = Turn.objects.of(world.partnership).filter(cycle__key=key)
    return found.get(first_due_on=on) if on else found.order_by("first_due_on").first()


# ---- made ahead ---------------------------------------------------------------------------------


def test_a_partnership_begins_with_the_duties_of_the_law_and_the_terms_of_reference(ahead):
    titles = set(ahead.partnership.cycles.values_list("title", flat=True))

    assert titles == {each.title for each in DEFAULTS}
    assert all(cycle.source for cycle in ahead.partnership.cycles.all())


def test_a_quarterly_duty_is_due_at_the_end_of_each_quarter(ahead):
    assert due(ahead.partnership, "quarterly-meeting")[:5] == [
        DAY(2026, 12, 31), DAY(2027, 3, 31), DAY(2027, 6, 30), DAY(2027, 9, 30), DAY(2027, 12, 31),
    ]  # fmt: skip


def test_the_last_day_of_february_is_the_28th_but_for_leap_years(ahead):
    assert due(ahead.partnership, "scrutiny")[:3] == [
        DAY(2027, 2, 28), DAY(2028, 2, 29), DAY(2029, 2, 28)
    ]  # fmt: skip


def test_a_new_strategy_takes_the_place_of_its_refresh(ahead):
    assert due(ahead.partnership, STRATEGY) == [DAY(2027, 3, 31), DAY(2030, 3, 31)]
    assert due(ahead.partnership, REFRESH) == [DAY(2028, 3, 31), DAY(2029, 3, 31)]


def test_this_municipal_year_and_the_next_are_always_laid(ahead):
    for day in (DAY(2027, 4, 30), DAY(2027, 5, 1), DAY(2028, 8, 1)):
        turns.look_ahead(day)
        for cycle in ahead.partnership.cycles.all():
            assert due(ahead.partnership, cycle.key)[-1] >= DAY(day.year + 2, day.month, day.day)


def test_looking_ahead_twice_makes_nothing_twice(ahead):
    number = Turn.objects.count()

    assert turns.look_ahead(NOVEMBER) == 0
    assert Turn.objects.count() == number


def test_a_year_that_starts_in_another_month_has_its_own_dates(world):
    Partnership.objects.filter(pk=world.gravesham.pk).update(municipal_year_starts=1)
    turns.look_ahead(NOVEMBER)

    assert due(world.gravesham, "meeting-dates")[0] == DAY(2026, 12, 31)
    assert due(world.gravesham, "chair-review")[0] == DAY(2027, 3, 31)
    assert due(world.partnership, "meeting-dates")[0] == DAY(2027, 4, 30)
    assert due(world.partnership, "chair-review")[0] == DAY(2027, 6, 30)


def test_looking_ahead_asks_no_more_for_many_partnerships(ahead):
    with CaptureQueriesContext(connection) as few:
        turns.look_ahead(NOVEMBER)
    for number in range(30):
        Partnership.objects.create(name=f"P {number}", place="P", slug=f"p-{number}")
    turns.look_ahead(NOVEMBER)
    with CaptureQueriesContext(connection) as many:
        turns.look_ahead(NOVEMBER)

    assert len(few) == len(many) == 4  # two of them a savepoint


# ---- moved and done -----------------------------------------------------------------------------


def test_a_moved_turn_keeps_its_first_date_and_the_reason(ahead):
    turn = turn_of(ahead, "strategic-assessment")
    turns.move(turn, due_on=DAY(2027, 2, 26), reason="Figures come late", by=ahead.officer)
    turn.refresh_from_db()

    assert (turn.first_due_on, turn.due_on) == (DAY(2027, 1, 31), DAY(2027, 2, 26))
    assert turn.moved_because == "Figures come late"
    assert turn.history.first().history_user == ahead.officer


@pytest.mark.parametrize(
    ("due_on", "reason", "field"),
    [
        (DAY(2027, 2, 26), " ", "reason"),
        (DAY(2027, 1, 31), "The same day", "due_on"),
        (DAY(2037, 1, 31), "Never", "due_on"),
    ],
)
def test_a_move_without_sense_is_refused(ahead, due_on, reason, field):
    turn = turn_of(ahead, "strategic-assessment")
    with pytest.raises(ValidationError) as refused:
        turns.move(turn, due_on=due_on, reason=reason, by=ahead.officer)

    assert field in refused.value.message_dict


def test_done_and_undone(ahead):
    turn = turn_of(ahead, "public-summary")
    turns.mark_done(turn, on=NOVEMBER, where="/dartford/public/", by=ahead.officer)
    with pytest.raises(Wrong):
        turns.mark_done(turn, on=NOVEMBER, by=ahead.officer)
    with pytest.raises(Wrong):
        turns.move(turn, due_on=DAY(2027, 6, 1), reason="Later", by=ahead.officer)
    turns.undo_done(turn, by=ahead.officer)
    turn.refresh_from_db()

    assert (turn.done_on, turn.done_by, turn.evidence) == (None, None, "")


def test_nothing_is_done_in_the_future(ahead):
    turn = turn_of(ahead, "public-summary")
    with pytest.raises(ValidationError) as refused:
        turns.mark_done(turn, on=DAY(2026, 11, 24), by=ahead.officer)

    assert "on" in refused.value.message_dict


@pytest.mark.parametrize("who", ["chair", "kent", "scrutiny", "administrator", "stranger"])
def test_only_officers_of_the_partnership_touch_the_calendar(ahead, who):
    person, turn = getattr(ahead, who), turn_of(ahead, "public-summary")
    with pytest.raises(Refused):
        turns.mark_done(turn, on=NOVEMBER, by=person)
    with pytest.raises(Refused):
        cycles.add(ahead.partnership, **OWN, by=person)


# ---- duties -------------------------------------------------------------------------------------


def test_an_own_duty_is_added_with_its_dates(ahead):
    cycle = cycles.add(ahead.partnership, **OWN, by=ahead.officer)
    again = cycles.add(ahead.partnership, **OWN, by=ahead.officer)

    assert due(ahead.partnership, cycle.key)[:2] == [DAY(2027, 3, 1), DAY(2028, 3, 1)]
    assert again.key != cycle.key


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", " "), ("source", ""), ("month", 13), ("day", 0), ("every", "week"),
     ("owner", "nobody"), ("starts_on", DAY(1066, 10, 14))],
)  # fmt: skip
def test_a_duty_without_sense_is_refused_at_the_field(ahead, field, value):
    with pytest.raises(ValidationError) as refused:
        cycles.add(ahead.partnership, **OWN | {field: value}, by=ahead.officer)

    assert field in refused.value.message_dict


def changed(cycle, **other):
    names = ("title", "source", "owner", "every", "month", "day", "starts_on")
    return {name: getattr(cycle, name) for name in names} | other


def test_a_changed_duty_gets_new_dates_but_what_was_touched_stays(ahead):
    cycle = ahead.partnership.cycles.get(key="case-review-figures")
    first, second, *_ = cycle.turns.order_by("first_due_on")
    turns.move(second, due_on=DAY(2028, 8, 1), reason="Known already", by=ahead.officer)
    cycles.change(cycle, **changed(cycle, month=9), reason="Figures come later", by=ahead.officer)

    assert due(ahead.partnership, cycle.key)[:3] == [
        DAY(2028, 8, 1),
        DAY(2029, 9, 30),
        DAY(2030, 9, 30),
    ] or due(ahead.partnership, cycle.key)[0] == DAY(2027, 9, 30)
    assert not Turn.objects.filter(pk=first.pk).exists()


def test_a_change_needs_a_reason(ahead):
    cycle = ahead.partnership.cycles.get(key="case-review-figures")
    with pytest.raises(ValidationError) as refused:
        cycles.change(cycle, **changed(cycle, month=9), reason="", by=ahead.officer)

    assert "reason" in refused.value.message_dict


def test_an_ended_duty_leaves_the_calendar_and_comes_back_when_resumed(ahead):
    cycle = ahead.partnership.cycles.get(key="performance-report")
    cycles.end(cycle, on=DAY(2027, 1, 1), reason="The committee asked for it", by=ahead.officer)
    turns.look_ahead(NOVEMBER)

    assert due(ahead.partnership, cycle.key) == []
    with pytest.raises(Wrong):
        cycles.end(cycle, on=DAY(2027, 1, 1), reason="Again", by=ahead.officer)

    cycles.resume(cycle, by=ahead.officer)

    assert due(ahead.partnership, cycle.key)[0] == DAY(2027, 7, 31)


def test_moving_the_strategy_moves_the_years_without_a_refresh(ahead):
    cycle = ahead.partnership.cycles.get(key=STRATEGY)
    start = changed(cycle, starts_on=DAY(2028, 1, 1))
    cycles.change(cycle, **start, reason="In force since 2025", by=ahead.officer)

    assert due(ahead.partnership, STRATEGY)[0] == DAY(2028, 3, 31)
    assert due(ahead.partnership, REFRESH)[:2] == [DAY(2027, 3, 31), DAY(2029, 3, 31)]


def test_ending_a_duty_is_not_undone_by_the_next_tick(ahead):
    cycle = ahead.partnership.cycles.get(key="public-summary")
    cycles.end(cycle, on=NOVEMBER, reason="Not ours", by=ahead.officer)
    turns.look_ahead(DAY(2027, 11, 23))

    assert Cycle.objects.filter(partnership=ahead.partnership, key="public-summary").count() == 1
    assert due(ahead.partnership, "public-summary") == []
