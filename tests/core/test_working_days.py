"""Working days against another's reckoning, and days proclaimed since the list was made."""

import datetime

import pytest

from core import clock, remember, working_days
from tests.notices.oracle import workday, works

DATE = datetime.date
OFFSETS = (-20, -5, -1, 0, 1, 10)


def test_every_day_from_2024_to_2030_and_six_offsets_agree_with_the_holidays_library():
    day, wrong = DATE(2024, 1, 1), []
    with remember.during():
        while day <= DATE(2030, 12, 31):
            if working_days.is_working_day(day) != works(day):
                wrong.append(day)
            for offset in OFFSETS:
                if working_days.add_working_days(day, offset) != workday(day, offset):
                    wrong.append((day, offset))
            day += working_days.DAY

    assert wrong == []


@pytest.mark.parametrize("year", range(2019, 2029))
def test_the_list_has_no_gap_beside_what_the_act_gives(year):
    """What is worked out for later years is what the list says, but for days proclaimed once."""
    listed = {day for day in working_days.listed() if day.year == year}
    once = {
        2020: {DATE(2020, 5, 4), DATE(2020, 5, 8)},
        2022: {DATE(2022, 5, 30), DATE(2022, 6, 2), DATE(2022, 6, 3), DATE(2022, 9, 19)},
        2023: {DATE(2023, 5, 8)},
    }

    assert listed ^ {day for day, _ in working_days.expected(year)} == once.get(year, set())


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (DATE(2024, 2, 28), 1, DATE(2024, 2, 29)),
        (DATE(2024, 2, 29), 1, DATE(2024, 3, 1)),
        (DATE(2025, 2, 28), 1, DATE(2025, 3, 3)),
        (DATE(2027, 3, 25), 1, DATE(2027, 3, 30)),  # over Easter and the clock going forward
        (DATE(2026, 10, 23), 1, DATE(2026, 10, 26)),  # over the clock going back
        (DATE(2027, 12, 24), 1, DATE(2027, 12, 29)),  # substitute days
    ],
)
def test_leap_days_clock_changes_and_substitute_days(day, count, expected):
    assert working_days.add_working_days(day, count) == expected
    assert working_days.working_days_between(day, expected) == count


@pytest.mark.parametrize(
    ("day", "utc"), [(DATE(2027, 3, 28), 7), (DATE(2026, 10, 25), 8), (DATE(2026, 10, 24), 7)]
)
def test_eight_in_the_morning_is_londons_on_both_sides_of_a_clock_change(day, utc):
    assert clock.london(day, datetime.time(8)).hour == utc


def test_an_hour_that_happens_twice_is_its_first():
    twice = clock.london(DATE(2026, 10, 25), datetime.time(1, 30))

    assert twice.isoformat() == "2026-10-25T00:30:00+00:00"


def test_proclaimed_days_count_everywhere_and_are_asked_for_once_in_a_request(monkeypatch):
    asked = []
    coronation, taken_back = DATE(2027, 6, 14), DATE(2027, 5, 31)

    def told():
        asked.append(1)
        return {coronation: "Coronation", taken_back: ""}

    monkeypatch.setattr(working_days, "proclaimed", [told])
    with remember.during():
        assert not working_days.is_working_day(coronation)
        assert working_days.why_not_working(coronation) == "Coronation"
        assert working_days.is_working_day(taken_back)
        assert working_days.add_working_days(DATE(2027, 6, 11), 1) == DATE(2027, 6, 15)

    assert len(asked) == 1


def test_less_than_twelve_months_are_left_from_new_year_on():
    assert working_days.known_until() == DATE(2028, 12, 31)
    assert working_days.short_from() == DATE(2028, 1, 1)
