import datetime

import pytest

from core import dates

UTC = datetime.UTC
D = datetime.date


def at(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_dates_are_written_in_full_in_short_and_with_their_day():
    day = D(2027, 1, 6)
    assert dates.longdate(day) == "6 January 2027"
    assert dates.shortdate(D(2026, 12, 2)) == "2 Dec"
    assert dates.daydate(D(2026, 12, 9)) == "Wednesday 9 December 2026"


def test_a_table_leaves_out_this_year():
    assert dates.tabledate(D(2026, 12, 9), D(2026, 1, 1)) == "9 December"
    assert dates.tabledate(D(2027, 1, 6), D(2026, 1, 1)) == "6 January 2027"


@pytest.mark.parametrize(
    ("moment", "day", "clock"),
    [
        ("2026-12-09T10:00", "9 December 2026", "10am"),
        ("2026-07-31T23:30", "1 August 2026", "12.30am"),
        # The clocks go forward at 1am on 28 March 2027: the hour from 1am does not exist.
        ("2027-03-28T00:59", "28 March 2027", "12.59am"),
        ("2027-03-28T01:00", "28 March 2027", "2am"),
        # They go back at 2am on 25 October 2026: the hour from 1am comes twice.
        ("2026-10-25T00:30", "25 October 2026", "1.30am"),
        ("2026-10-25T01:30", "25 October 2026", "1.30am"),
        ("2026-10-24T23:00", "25 October 2026", "midnight"),
        ("2026-10-25T23:59", "25 October 2026", "11.59pm"),
    ],
)
def test_a_moment_is_told_by_the_clock_of_london(moment, day, clock):
    assert dates.longdate(at(moment)) == day
    assert dates.clock(at(moment)) == clock
    assert dates.moment(at(moment)) == f"{day}, {clock}"


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [(0, 0, "midnight"), (0, 5, "12.05am"), (10, 30, "10.30am"), (12, 0, "noon"),
     (12, 15, "12.15pm"), (13, 0, "1pm"), (23, 59, "11.59pm")],
)  # fmt: skip
def test_times_are_written_as_people_say_them(hour, minute, words):
    assert dates.clock(datetime.time(hour, minute)) == words


def test_days_are_counted_by_the_calendar_across_a_clock_change():
    assert dates.days_between(D(2027, 3, 27), D(2027, 3, 29)) == 2
    assert dates.in_days(at("2027-03-28T23:30"), D(2027, 3, 28)) == "tomorrow"


@pytest.mark.parametrize(
    ("day", "words"),
    [(22, "2 days late"), (23, "1 day late"), (24, "today"), (25, "tomorrow"), (27, "in 3 days")],
)
def test_how_far_off_a_date_is(day, words):
    assert dates.in_days(D(2026, 11, day), D(2026, 11, 24)) == words


@pytest.mark.parametrize(
    ("due", "today", "tone"),
    [
        (D(2026, 11, 23), D(2026, 11, 24), "late"),
        (D(2026, 11, 27), D(2026, 11, 24), "due"),
        (D(2026, 11, 30), D(2026, 11, 24), ""),
        (D(2026, 11, 30), D(2026, 11, 25), "due"),
        (D(2026, 12, 31), D(2026, 12, 24), "due"),
        (D(2026, 12, 31), D(2026, 12, 23), ""),
        (D(2027, 12, 9), D(2026, 11, 24), ""),
    ],
)
def test_due_means_within_three_working_days(due, today, tone):
    assert dates.nearness(due, today).tone == tone


@pytest.mark.parametrize(
    "text", ["10 March 2027", "10/3/2027", "10.03.2027", "2027-03-10", " 10 mar  2027 "]
)
def test_a_date_is_read_however_it_is_typed(text):
    assert dates.parse_date(text) == D(2027, 3, 10)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tomorrow",
        "10 March",
        "10 March 27",
        "31 2 2027",
        "10 13 2027",
        "10 ma 2027x",
        "٣ 3 2027",
    ],
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011
        dates.parse_date(text)


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [("10am", 10, 0), ("10 AM", 10, 0), ("10:00", 10, 0), ("10.00", 10, 0), ("14:30", 14, 30),
     ("2.30pm", 14, 30), ("2:30 p.m.", 14, 30), ("02:30", 2, 30), ("noon", 12, 0),
     ("12am", 0, 0), ("12.15pm", 12, 15), ("midnight", 0, 0), ("9.15", 9, 15)],
)  # fmt: skip
def test_a_time_is_read_however_it_is_typed(text, hour, minute):
    assert dates.parse_clock(text) == datetime.time(hour, minute)


@pytest.mark.parametrize("text", ["", "ten", "10", "2.30", "25:00", "10:75", "13pm", "0am", "10.5"])
def test_what_is_no_time_or_could_be_either_half_of_the_day_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011
        dates.parse_clock(text)


def test_every_time_that_is_written_can_be_read_back():
    for minutes in range(24 * 60):
        time = datetime.time(*divmod(minutes, 60))
        assert dates.parse_clock(dates.clock(time)) == time


@pytest.mark.parametrize(
    ("text", "number"), [("1", 1), ("12", 12), ("dec", 12), ("Sept", 9), (" MARCH ", 3)]
)
def test_a_month_is_a_number_or_a_name(text, number):
    assert dates.month_number(text) == number


@pytest.mark.parametrize("text", ["0", "13", "", "ma", "marsh", "decembers"])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011
        dates.month_number(text)
