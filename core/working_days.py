"""Working days in England and Wales: Monday to Friday, but for bank holidays.

The bank holidays are GOV.UK's list (``core/facts/bank-holidays.csv``).
"""

import csv
import datetime
from functools import cache
from pathlib import Path

FACTS = Path(__file__).parent / "facts" / "bank-holidays.csv"
DAY = datetime.timedelta(days=1)


@cache
def bank_holidays() -> dict[datetime.date, str]:
    """Each bank holiday that is known, with its name."""
    with FACTS.open(encoding="utf-8") as lines:
        return {
            datetime.date.fromisoformat(line["date"]): line["name"]
            for line in csv.DictReader(lines)
        }


def known_until() -> datetime.date:
    """The last day of the last year for which bank holidays are known."""
    return datetime.date(max(bank_holidays()).year, 12, 31)


def is_working_day(day: datetime.date) -> bool:
    """Whether offices are open on this day."""
    return day.weekday() < 5 and day not in bank_holidays()


def why_not_working(day: datetime.date) -> str:
    """Why this is no working day: "Sunday" or the bank holiday's name; empty if it is one."""
    if day in bank_holidays():
        return bank_holidays()[day]
    return "" if day.weekday() < 5 else f"{day:%A}"


def add_working_days(day: datetime.date, count: int) -> datetime.date:
    """The working day that many working days after (or, if negative, before) this day.

    Zero gives the day itself, or the next working day where it is none.
    """
    step = DAY if count >= 0 else -DAY
    while count == 0 and not is_working_day(day):
        day += DAY
    while count:
        day += step
        if is_working_day(day):
            count -= 1 if step is DAY else -1
    return day


def working_days_between(start: datetime.date, end: datetime.date) -> int:
    """How many working days come after ``start``, up to and with ``end``; negative if earlier."""
    if end < start:
        return -working_days_between(end, start)
    days = (start + DAY * offset for offset in range(1, (end - start).days + 1))
    return sum(is_working_day(day) for day in days)


def next_working_day(day: datetime.date) -> datetime.date:
    """This day, or the first working day after it."""
    return add_working_days(day, 0)
