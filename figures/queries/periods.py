"""The months, quarters and years for which agencies give figures, and when these are due.

Quarters are those of the calendar, as the Crime and Disorder (Prescribed Information) Regulations
2007 (SI 2007/1831) have them; years run from 1 April. A period ends on the first day after it.
"""

import datetime
from dataclasses import dataclass

from figures.models import Frequency
from figures.queries.months import later, months, period

LENGTH = {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.YEAR: 12}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From a day to the day after its last."""

    starts_on: datetime.date
    ends_on: datetime.date

    @property
    def last_month(self) -> datetime.date:
        """Its last month, as that month's first day."""
        return later(self.ends_on, -1)

    @property
    def words(self) -> str:
        """July to September 2026."""
        return period(self.starts_on, self.last_month)

    @property
    def due_on(self) -> datetime.date:
        """The last day of the period that follows, but of a year's the next quarter's."""
        length = len(months(self.starts_on, self.last_month))
        return later(self.ends_on, min(length, 3)) - datetime.timedelta(days=1)

    def __str__(self) -> str:
        return self.words


def holding(day: datetime.date, frequency: str) -> Period:
    """The period of this length in which a day lies."""
    length = LENGTH[Frequency(frequency)]
    first = datetime.date(day.year, day.month, 1)
    begins = 4 if length == 12 else 1
    start = later(first, -((first.month - begins) % length))
    return Period(start, later(start, length))


def before(day: datetime.date, frequency: str) -> Period:
    """The last period that was over on this day."""
    current = holding(day, frequency)
    return holding(current.starts_on - datetime.timedelta(days=1), frequency)


def between(first: datetime.date, last: datetime.date, frequency: str) -> list[Period]:
    """Every period that begins in this time."""
    found = holding(first, frequency)
    if found.starts_on < first:
        found = holding(found.ends_on, frequency)
    periods = []
    while found.starts_on <= last:
        periods.append(found)
        found = holding(found.ends_on, frequency)
    return periods
