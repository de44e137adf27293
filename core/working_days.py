"""Working days in England and Wales: Monday to Friday, but for bank holidays.

The bank holidays are GOV.UK's list (``core/facts/bank-holidays.csv``); after its last year, those
that the Banking and Financial Dealings Act 1971 and custom give every year, until the list says
otherwise. Days proclaimed since, or taken back, come from ``proclaimed``, which a room above fills.
"""

import csv
import datetime
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

from core import remember

FACTS = Path(__file__).parent / "facts" / "bank-holidays.csv"
DAY = datetime.timedelta(days=1)
WEEK = 7 * DAY
EXPECTED_YEARS = 15  # after the list's last, for which bank holidays are worked out

Holidays = Mapping[datetime.date, str]

# Each gives days with the name of the bank holiday, or nothing for one that was taken back.
proclaimed: list[Callable[[], Holidays]] = []

ASKED = "bank holidays"  # the name under which a request remembers them


@cache
def listed() -> dict[datetime.date, str]:
    """Each bank holiday of GOV.UK's list, with its name."""
    with FACTS.open(encoding="utf-8") as lines:
        return {
            datetime.date.fromisoformat(line["date"]): line["name"]
            for line in csv.DictReader(lines)
        }


def known_from() -> datetime.date:
    """The first day of the first year of the list."""
    return datetime.date(min(listed()).year, 1, 1)


def known_until() -> datetime.date:
    """The last day of the last year for which bank holidays are known."""
    return datetime.date(max(listed()).year, 12, 31)


def short_from() -> datetime.date:
    """The first day on which less than twelve months of the list are left."""
    last = known_until()
    return last.replace(year=last.year - 1) + DAY


@cache
def listed_and_expected() -> dict[datetime.date, str]:
    """The list, and what may be expected of the years after it."""
    last = known_until().year
    coming = (dict(expected(last + number)) for number in range(1, EXPECTED_YEARS + 1))
    return {**listed(), **{day: name for year in coming for day, name in year.items()}}


def bank_holidays() -> Holidays:
    """Each bank holiday with its name, as proclaimed to this day; remembered in a request."""
    return remember.once(ASKED, lambda: amended(*(source() for source in proclaimed)))


def amended(*changes: Holidays) -> Holidays:
    """The bank holidays with these changes: a name adds a day, an empty one takes it away."""
    if not any(changes):
        return listed_and_expected()
    days = dict(listed_and_expected())
    for each in changes:
        days.update(each)
    return {day: name for day, name in days.items() if name}


def expected(year: int) -> Iterator[tuple[datetime.date, str]]:
    """The bank holidays of a year that has not been announced, with their substitute days."""
    easter = _easter(year)
    yield from _substituted([(datetime.date(year, 1, 1), "New Year’s Day")])
    yield easter - 2 * DAY, "Good Friday"
    yield easter + DAY, "Easter Monday"
    yield _monday_from(datetime.date(year, 5, 1)), "Early May bank holiday"
    yield _monday_from(datetime.date(year, 5, 25)), "Spring bank holiday"
    yield _monday_from(datetime.date(year, 8, 25)), "Summer bank holiday"
    christmas = datetime.date(year, 12, 25)
    yield from _substituted([(christmas, "Christmas Day"), (christmas + DAY, "Boxing Day")])


def _substituted(days: list[tuple[datetime.date, str]]) -> Iterator[tuple[datetime.date, str]]:
    """Days that fall on a weekend are kept on the next weekdays that are free."""
    taken = {day for day, _ in days if day.weekday() < 5}
    for day, name in days:
        kept = day
        while kept.weekday() >= 5 or (kept != day and kept in taken):
            kept += DAY
        taken.add(kept)
        yield kept, name if kept == day else f"{name} (substitute day)"


def _monday_from(day: datetime.date) -> datetime.date:
    return day + DAY * (-day.weekday() % 7)


def _easter(year: int) -> datetime.date:
    """Easter Sunday of the Gregorian calendar (Calendar (New Style) Act 1750; Butcher's rule)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leaps, rest = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - moon + 15) % 30
    quarter, left = divmod(of_century, 4)
    sunday = (32 + 2 * rest + 2 * quarter - epact - left) % 7
    late = (golden + 11 * epact + 22 * sunday) // 451
    month, day = divmod(epact + sunday - 7 * late + 114, 31)
    return datetime.date(year, month, day + 1)


def is_working_day(day: datetime.date) -> bool:
    """Whether offices are open on this day."""
    return _works(day, bank_holidays())


def _works(day: datetime.date, holidays: Holidays) -> bool:
    return day.weekday() < 5 and day not in holidays


def why_not_working(day: datetime.date) -> str:
    """Why this is no working day: "Sunday" or the bank holiday's name; empty if it is one."""
    name = bank_holidays().get(day)
    return name or ("" if day.weekday() < 5 else f"{day:%A}")


def add_working_days(day: datetime.date, count: int) -> datetime.date:
    """The working day that many working days after (or, if negative, before) this day.

    Zero gives the day itself, or the next working day where it is none.
    """
    holidays = bank_holidays()
    step = DAY if count >= 0 else -DAY
    while count == 0 and not _works(day, holidays):
        day += DAY
    while count:
        day += step
        if _works(day, holidays):
            count -= 1 if step is DAY else -1
    return day


def working_days_between(start: datetime.date, end: datetime.date) -> int:
    """How many working days come after ``start``, up to and with ``end``; negative if earlier."""
    if end < start:
        return -working_days_between(end, start)
    holidays = bank_holidays()
    days = (start + DAY * offset for offset in range(1, (end - start).days + 1))
    return sum(_works(day, holidays) for day in days)


def next_working_day(day: datetime.date) -> datetime.date:
    """This day, or the first working day after it."""
    return add_working_days(day, 0)


def numbered(
    first: datetime.date, last: datetime.date, holidays: Holidays
) -> Iterator[tuple[datetime.date, bool, int]]:
    """Every day from the first to the last: whether it is worked, and how many were by then."""
    number = 0
    for offset in range((last - first).days + 1):
        day = first + DAY * offset
        works = _works(day, holidays)
        number += works
        yield day, works, number
