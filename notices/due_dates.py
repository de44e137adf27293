"""When a duty falls due: dates from a month, a day and how often, and nothing else."""

import calendar
import datetime
from collections.abc import Iterator
from itertools import count

from notices.models import Every

MONTHS = {Every.QUARTER: 3, Every.YEAR: 12, Every.THREE_YEARS: 36}


def on_day(year: int, month: int, day: int) -> datetime.date:
    """That day of the month, or its last where the month is shorter (29 February, 31 June)."""
    return datetime.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def due_dates(
    every: str, month: int, day: int, starts_on: datetime.date
) -> Iterator[datetime.date]:  # fmt: skip
    """The due dates of a duty without end, the first on or after the day on which it starts.

    A quarterly one is also due three, six and nine months after its month; a three-yearly one
    every third year after its first.
    """
    step = MONTHS[Every(every)]
    smaller = min(step, 12)
    months = starts_on.year * 12 - 12 + month - 1
    first = next(
        months + number for number in count(0, smaller)
        if _of_month(months + number, day) >= starts_on
    )  # fmt: skip
    for number in count(0, step):
        yield _of_month(first + number, day)


def _of_month(months: int, day: int) -> datetime.date:
    year, month = divmod(months, 12)
    return on_day(year, month + 1, day)
