"""Dates and times as people here write and say them, always by the clock of London."""

import calendar
import datetime
import re
from dataclasses import dataclass

from core import working_days
from core.clock import LONDON

MONTHS = tuple(calendar.month_name)
DAYS = tuple(calendar.day_name)

# What people type for a month, by its first three letters.
_MONTH_NUMBERS = {name[:3].lower(): number for number, name in enumerate(MONTHS) if number}

_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:[.:](?P<minute>\d{2}))?\s*(?P<half>[ap]\.?m\.?)?", re.ASCII
)
_WORDS = {
    "noon": datetime.time(12),
    "midday": datetime.time(12),
    "12 noon": datetime.time(12),
    "midnight": datetime.time(0),
}

SOON = 3  # working days within which something is due, and shown so


def london_date(value: datetime.date) -> datetime.date:
    """The day that a date or a moment falls on in London."""
    if isinstance(value, datetime.datetime):
        return (value.astimezone(LONDON) if value.tzinfo else value).date()
    return value


def london_time(value: datetime.datetime | datetime.time) -> datetime.time:
    """The time that a London clock shows at a moment; a plain time is one already."""
    if isinstance(value, datetime.datetime):
        return (value.astimezone(LONDON) if value.tzinfo else value).time()
    return value


def longdate(value: datetime.date) -> str:
    """6 January 2027."""
    day = london_date(value)
    return f"{day.day} {MONTHS[day.month]} {day.year}"


def shortdate(value: datetime.date) -> str:
    """2 Dec, for a side list only."""
    day = london_date(value)
    return f"{day.day} {MONTHS[day.month][:3]}"


def daydate(value: datetime.date) -> str:
    """Wednesday 9 December 2026."""
    day = london_date(value)
    return f"{DAYS[day.weekday()]} {longdate(day)}"


def tabledate(value: datetime.date, today: datetime.date) -> str:
    """9 December in this year's tables, 9 December 2025 in others."""
    day = london_date(value)
    return f"{day.day} {MONTHS[day.month]}" if day.year == today.year else longdate(day)


def clock(value: datetime.datetime | datetime.time) -> str:
    """10am, 10.30am, noon, midnight."""
    time = london_time(value)
    if time.minute == 0 and time.hour in (0, 12):
        return "noon" if time.hour else "midnight"
    half = "am" if time.hour < 12 else "pm"
    hour = time.hour % 12 or 12
    return f"{hour}.{time.minute:02}{half}" if time.minute else f"{hour}{half}"


def moment(value: datetime.datetime) -> str:
    """6 January 2027, 10.30am."""
    return f"{longdate(value)}, {clock(value)}"


def days_between(start: datetime.date, end: datetime.date) -> int:
    """Calendar days from one to the other; below zero when the end lies before the start."""
    return (london_date(end) - london_date(start)).days


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day of the month so many months later; its last day, where it has no such day.

    31 January and one month is 28 February, or 29 in a leap year.
    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def count(number: int, noun: str) -> str:
    """1 day, 2 days."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def in_days(value: datetime.date, today: datetime.date) -> str:
    """In 3 days, tomorrow, today, 2 days late: to stand beside the date, never instead of it."""
    days = days_between(today, value)
    if days < 0:
        return f"{count(-days, 'day')} late"
    return ("today", "tomorrow")[days] if days < 2 else f"in {days} days"


@dataclass(frozen=True, slots=True)
class Nearness:
    """How a due date stands: its tone (``late``, ``due`` or nothing) and its words."""

    tone: str
    says: str


def nearness(due: datetime.date, today: datetime.date) -> Nearness:
    """Late when the day has passed, due within three working days, else neither."""
    says = in_days(due, today)
    if london_date(due) < today:
        return Nearness("late", says)
    near = days_between(today, due) <= 2 * SOON + 7
    soon = near and working_days.working_days_between(today, london_date(due)) <= SOON
    return Nearness("due" if soon else "", says)


def month_number(text: str) -> int:
    """12 from 12, dec or December. Raises ``ValueError`` for anything else."""
    text = text.strip().lower()
    if text.isascii() and text.isdigit():
        number = int(text)
    else:
        number = _MONTH_NUMBERS.get(text[:3], 0)
        if not MONTHS[number].lower().startswith(text):
            number = 0
    if not 1 <= number <= 12:
        raise ValueError(f"not a month: {text}")
    return number


def parse_date(text: str) -> datetime.date:
    """A date from 10 March 2027, 10/3/2027, 10.3.2027 or 2027-03-10.

    Raises ``ValueError`` for anything else, and for a year of two figures.
    """
    parts = [part for part in re.split(r"[\s/.,-]+", text.strip()) if part]
    if len(parts) != 3:
        raise ValueError(f"not a date: {text}")
    if len(parts[0]) == 4:
        parts.reverse()
    day, month, year = parts
    if not re.fullmatch(r"\d{1,2} [12]\d{3}", f"{day} {year}", re.ASCII):
        raise ValueError(f"not a day and a year: {text}")
    return datetime.date(int(year), month_number(month), int(day))


def parse_clock(text: str) -> datetime.time:
    """A time from 10am, 10:00, 10.00, 14:30, 2.30pm, noon or midnight.

    Raises ``ValueError`` for anything else; so does 2.30, which may be either half of the day
    (02.30 is the night's).
    """
    text = " ".join(text.lower().split())
    if text in _WORDS:
        return _WORDS[text]
    match = _CLOCK.fullmatch(text)
    if match is None:
        raise ValueError(f"not a time: {text}")
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(f"not an hour of half a day: {text}")
        return datetime.time(hour % 12 + (12 if match["half"].startswith("p") else 0), minute)
    if match["minute"] is None or (hour < 7 and len(match["hour"]) == 1):
        raise ValueError(f"morning or afternoon: {text}")
    return datetime.time(hour, minute)
