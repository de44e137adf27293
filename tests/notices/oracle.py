"""Working days by another's reckoning: the ``holidays`` library for England, no code of ours."""

import datetime
from functools import cache

import holidays

DAY = datetime.timedelta(days=1)
ENGLAND = holidays.country_holidays("GB", subdiv="ENG", years=range(2019, 2036))


@cache
def works(day):
    """Whether offices are open."""
    return day.weekday() < 5 and day not in ENGLAND


@cache
def workday(day, count):
    """The working day that many working days after or before a day; zero: that day or the next."""
    if count == 0:
        return day if works(day) else workday(day, 1)
    step = DAY if count > 0 else -DAY
    for _ in range(abs(count)):
        day += step
        while not works(day):
            day += step
    return day
