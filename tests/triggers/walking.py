"""An oracle for periods of months that knows no arithmetic of months: it walks day by day.

A period of so many months that begins with a day ends before the first day that bears the same
number in the month so many months on; where no day of that month does, before the month after it.
"""

import datetime

DAY = datetime.timedelta(days=1)


def last_day(first: datetime.date, months: int) -> datetime.date:
    """Walk from the first day until the period is over; the day before was its last."""
    day, turned = first, 0
    while True:
        following = day + DAY
        turned += following.month != day.month
        if turned > months or (turned == months and following.day >= first.day):
            return day
        day = following
