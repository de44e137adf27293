"""When a notice goes out by email, as its reader wishes and as offices are open.

At once on a working day from eight in the morning; what comes earlier, on a weekend or on a bank
holiday waits for the next such morning, unless it is urgent. Those who want their mail together
get it at eight on each working day, or on the first of each week.
"""

import datetime
from typing import Any

from core import clock, working_days
from notices.models import How
from notices.queries.wishes import EVENT

MORNING = datetime.time(8)
DAY = datetime.timedelta(days=1)

# Where a statement has the kind of what it tells; for all that is no reminder, one key holds.
KIND = "%(kind)s"
EVENTS = f"'{EVENT}'"


def next_morning(at: datetime.datetime) -> datetime.datetime:
    """Eight o'clock in London on the first working day on which that has not passed."""
    day = at.astimezone(clock.LONDON).date()
    if at > clock.london(day, MORNING):
        day += DAY
    return clock.london(working_days.next_working_day(day), MORNING)


def next_week(at: datetime.datetime) -> datetime.datetime:
    """Eight o'clock in London on the first working day of a week, if that has not passed."""
    day = at.astimezone(clock.LONDON).date()
    monday = day - day.weekday() * DAY
    morning = next_morning(clock.london(monday, MORNING))
    return morning if at <= morning else next_morning(clock.london(monday + 7 * DAY, MORNING))


def office_hours(at: datetime.datetime) -> datetime.datetime:
    """This moment, or the next morning if this is before eight or on no working day."""
    day = at.astimezone(clock.LONDON).date()
    if working_days.is_working_day(day) and at >= clock.london(day, MORNING):
        return at
    return next_morning(clock.london(day, MORNING))


def moments(at: datetime.datetime, *, urgent: bool = False) -> dict[str, Any]:
    """The moment of each way of being told, which a statement chooses from."""
    return {
        "each": at if urgent else office_hours(at),
        "daily": next_morning(at),
        "weekly": next_week(at),
    }


def parts(statutory: bool, urgent: bool, key: str = KIND) -> dict[str, str]:
    """The pieces of SQL that turn a person's wish into a time: ``how``, digest and moment.

    Who has wished nothing gets each reminder by itself, and what merely happened together, once a
    day. A statutory one comes by itself, or once a day to whoever wants reminders so; an urgent
    one always by itself.
    """
    own = f"SELECT p.how FROM notices_preference p WHERE p.person_id = person.id AND p.kind = {key}"  # noqa: S608
    others = "SELECT p.how FROM notices_preference p WHERE p.person_id = person.id AND p.kind = ''"
    wish = f"SELECT COALESCE(({own}), ({others}), '{How.EACH}')"
    if key != KIND:
        wish = f"SELECT COALESCE(({own}), '{How.DAILY}')"
    if statutory:
        wish = f"SELECT CASE WHEN w.how = 'daily' THEN 'daily' ELSE 'each' END FROM ({wish}) AS w (how)"  # noqa: E501, S608
    if urgent:
        keep = "'each'" if statutory else "CASE WHEN w.how = 'never' THEN w.how ELSE 'each' END"
        wish = f"SELECT {keep} FROM ({wish}) AS w (how)"  # noqa: S608
    return {
        "how": f"SELECT h.how FROM ({wish}) AS h (how)",  # noqa: S608
        "digest": "CASE WHEN wish.how IN ('daily', 'weekly') THEN wish.how ELSE '' END",
        "send_after": "CASE wish.how WHEN 'daily' THEN %(daily)s::timestamptz"
        " WHEN 'weekly' THEN %(weekly)s::timestamptz ELSE %(each)s::timestamptz END",
    }
