"""The clocks of a case: the day of the event is day 0, and the first date stands."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from audit.models import Entry
from core import clock
from core.permissions import Refused
from core.workflow import Wrong
from notices.workflow import calendar_days
from tests.notices.oracle import workday
from tests.triggers.conftest import DAY
from triggers.models import (
    Clock,
    ClockSetting,
    ClockStage,
    CountedFrom,
    Recommendation,
)
from triggers.queries import timing
from triggers.workflow import clocks
from triggers.workflow import settings as laid_down
from triggers.workflow.procedures import CLOCKS

DATE = datetime.date


def at(day, hour=9):
    return clock.told_at(clock.london(day, datetime.time(hour)))


def of(case, stage):
    return Clock.objects.get(application=case, stage=stage)


@pytest.fixture
def monday(request):
    """A case that came on the Monday of the pages that were drawn: 2 November 2026."""
    with at(DATE(2026, 11, 2)):
        return request.getfixturevalue("case")


def test_five_years_of_days_agree_with_the_holidays_library():
    day, wrong = DATE(2024, 1, 1), []
    while day <= DATE(2028, 12, 31):
        for number, working, _ in CLOCKS.values():
            expected = workday(day, number) if working else day + number * DAY
            if clocks.due(day, number, working=working) != expected:
                wrong.append((day, number))
        day += DAY
    assert wrong == []


def test_the_dates_are_those_of_the_pages_that_were_drawn(monday):
    due = {each.stage: each.first_due_on for each in Clock.objects.filter(application=monday)}
    assert due == {
        "acknowledge": DATE(2026, 11, 4), "information": DATE(2026, 11, 20),
        "threshold": DATE(2026, 12, 1), "panel": DATE(2026, 12, 10),
    }  # fmt: skip


def test_an_event_begins_its_clocks_once_and_the_first_date_stands(world, monday):
    assert clocks.begin(monday, CountedFrom.RECEIPT, DATE(2026, 11, 9), by=world.officer) == []
    made = clocks.begin(monday, CountedFrom.PANEL, DATE(2026, 12, 10), by=world.officer)
    assert [(each.stage, each.first_due_on) for each in made] == [("outcome", DATE(2026, 12, 21))]


def test_answers_to_recommendations_have_a_clock_only_where_there_are_any(world, monday):
    begun = clocks.begin(monday, CountedFrom.OUTCOME, DATE(2026, 12, 14), by=world.officer)
    assert {each.stage for each in begun} == {"appeal"}
    Recommendation.objects.create(
        application=monday, number=1, text="Mend the door", agency=world.council
    )
    begun = clocks.begin(monday, CountedFrom.OUTCOME, DATE(2026, 12, 14), by=world.officer)
    assert [(each.stage, each.first_due_on) for each in begun] == [("responses", DATE(2027, 1, 11))]


def test_a_clock_keeps_the_setting_that_held_on_its_first_day(world, procedure, request):
    laid_down.set_clock(
        world.partnership, stage=ClockStage.ACKNOWLEDGE, days=5, working=False,
        counted_from=CountedFrom.RECEIPT, starts_on=DATE(2026, 11, 3), by=world.officer,
    )  # fmt: skip
    with at(DATE(2026, 11, 2)):
        before = request.getfixturevalue("case")
    assert of(before, "acknowledge").says == "2 working days from the application"
    settings = ClockSetting.objects.filter(stage="acknowledge").on(DATE(2026, 11, 3))
    assert settings.get().words == "5 days from the application"


def test_a_bank_holiday_proclaimed_in_time_is_no_working_day(world, procedure, request):
    with at(DATE(2026, 10, 30)):
        calendar_days.proclaim(
            world.partnership, day=DATE(2026, 11, 3), name="Day of thanks", by=world.officer
        )
    with at(DATE(2026, 11, 2)):
        case = request.getfixturevalue("case")
    assert of(case, "acknowledge").first_due_on == DATE(2026, 11, 5)


def test_a_delay_stands_beside_the_first_date_with_its_reason(world, monday):
    with at(DATE(2026, 11, 19)):
        information = of(monday, "information")
        clocks.put_off(
            information, due_on=DATE(2026, 11, 27), reason="One body asked for a week",
            by=world.officer,
        )  # fmt: skip
        information.refresh_from_db()
        assert (information.first_due_on, information.due_on) == (
            DATE(2026, 11, 20), DATE(2026, 11, 27),
        )  # fmt: skip
        said = timing.shown(monday, world.officer)
        assert said.stages[1].note == "First due 20 November. Now by 27 November"
        assert said.delays[0][1].reason == "One body asked for a week"
    assert information.late(DATE(2026, 11, 23))
    entry = Entry.objects.get(verb="set a later date in")
    assert "week" not in str(entry.detail)


@pytest.mark.parametrize(
    ("due_on", "reason", "field"),
    [
        (DATE(2026, 11, 19), "Why", "due_on"),
        (DATE(2026, 11, 20), "Why", "due_on"),
        (DATE(2026, 11, 27), " ", "reason"),
    ],
)
def test_a_delay_is_later_than_the_first_date_and_says_why(world, monday, due_on, reason, field):
    with at(DATE(2026, 11, 10)), pytest.raises(ValidationError) as refused:
        clocks.put_off(of(monday, "information"), due_on=due_on, reason=reason, by=world.officer)
    assert list(refused.value.message_dict) == [field]


def test_a_late_clock_gets_no_new_date_in_the_past(world, monday):
    with at(DATE(2026, 11, 30)), pytest.raises(ValidationError) as refused:
        clocks.put_off(
            of(monday, "information"), due_on=DATE(2026, 11, 27), reason="Why", by=world.officer
        )
    assert "today or in the future" in refused.value.message_dict["due_on"][0]


def test_what_is_done_runs_no_longer_and_late_stays_late(world, monday):
    clocks.finish(monday, ClockStage.ACKNOWLEDGE, DATE(2026, 11, 6), by=world.officer)
    done = of(monday, "acknowledge")
    assert done.late(DATE(2027, 1, 1))
    assert clocks.finish(monday, ClockStage.ACKNOWLEDGE, DATE(2026, 11, 9), by=None) is None
    with pytest.raises(Wrong):
        clocks.put_off(done, due_on=DATE(2027, 1, 1), reason="Why", by=world.officer)


def test_a_clock_is_stopped_with_a_reason_by_the_cases_officers_only(world, monday):
    panel = of(monday, "panel")
    with pytest.raises(ValidationError):
        clocks.call_off(panel, because=" ", by=world.officer)
    for other in (world.chair, world.administrator, world.stranger):
        with pytest.raises(Refused):
            clocks.call_off(panel, because="They are away", by=other)
        with pytest.raises(Refused):
            clocks.put_off(panel, due_on=DATE(2027, 1, 1), reason="Why", by=other)
    clocks.call_off(panel, because="They are away until spring", by=world.officer)
    panel.refresh_from_db()
    assert panel.stopped_because == "They are away until spring"


def test_the_page_says_which_day_it_is_and_what_is_late(world, monday):
    with at(DATE(2026, 11, 3)):
        clocks.finish(monday, ClockStage.ACKNOWLEDGE, DATE(2026, 11, 3), by=world.officer)
    with at(DATE(2026, 11, 24)):
        said = timing.shown(monday, world.officer)
    assert said.today == "Today is day 16 of 28."
    assert [(each.label, each.note, each.state) for each in said.stages] == [
        ("Acknowledged", "3 November, day 1 of 2", "done"),
        ("Information in", "Was due 20 November, day 14", "late"),
        ("Threshold decided", "by 1 December, day 21", ""),
        ("Panel held", "by 10 December, day 28", ""),
        ("Outcome letter", "within 7 working days of the panel", ""),
    ]
