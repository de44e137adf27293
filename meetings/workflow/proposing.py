"""Which days would do for a year's meetings, and what speaks against a day.

The terms of reference ask for a meeting in each quarter.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from core import clock, municipal, working_days
from core.dates import longdate
from meetings import queries
from meetings.models import Meeting, Status
from membership.models import Group

WEEK = datetime.timedelta(weeks=1)
WEDNESDAY = 2
NOTICE = datetime.timedelta(days=14)  # the soonest that a proposed date may be


@dataclass(frozen=True, slots=True)
class Proposal:
    """One quarter of a municipal year: what is set in it, or which day would do.

    ``on`` is nothing where the quarter is met already, or over. ``note`` says what to know.
    """

    first: datetime.date
    last: datetime.date
    on: datetime.date | None
    meetings: tuple[Meeting, ...] = ()
    note: str = ""


def propose_year(group: Group, year: int, *, by: Any) -> list[Proposal]:
    """A date in each calendar quarter of a municipal year: 52 weeks after last year's meeting.

    Where there was none, it is the second such weekday of the quarter's last month. A day that is
    no working day, or on which another group meets, gives way to the same weekday next to it.
    """
    start = municipal.year_start(year, group.partnership.municipal_year_starts)
    end = municipal.year_start(year + 1, group.partnership.municipal_year_starts)
    known = list(queries.meetings_of(group).filter(on__gte=start - 53 * WEEK, on__lt=end))
    proposals = []
    first, after = municipal.quarter(start)
    for _ in range(4):
        proposals.append(_proposal(group, max(first, start), min(after, end), known, by))
        first, after = municipal.quarter(after)
    return proposals


def _proposal(
    group: Group, first: datetime.date, after: datetime.date, known: list[Meeting], by: Any
) -> Proposal:
    last = after - working_days.DAY
    there = tuple(meeting for meeting in known if first <= meeting.on < after)
    if there:
        return Proposal(first, last, None, there)
    if last < clock.today():
        return Proposal(first, last, None, note="This quarter is over.")
    wanted = _wanted(first, after, known)
    day = _nearest(wanted, first, last, group, by)
    if day is None:
        return Proposal(first, last, None, note="No day left in this quarter suits. Choose one.")
    told = f"Moved from {longdate(wanted)}, which does not suit." if day != wanted else ""
    return Proposal(first, last, day, note=told)


def _wanted(first: datetime.date, after: datetime.date, known: list[Meeting]) -> datetime.date:
    for meeting in known:
        if first <= meeting.on + 52 * WEEK < after:
            return meeting.on + 52 * WEEK
    weekday = known[-1].on.weekday() if known else WEDNESDAY
    month = (after - working_days.DAY).replace(day=1)
    return month + working_days.DAY * ((weekday - month.weekday()) % 7) + WEEK


def _nearest(
    wanted: datetime.date, first: datetime.date, last: datetime.date, group: Group, by: Any
) -> datetime.date | None:
    """The wanted day, or the nearest same weekday of the quarter that nothing speaks against."""
    soonest = max(first, clock.today() + NOTICE)
    days = [wanted + WEEK * step for step in range(-13, 14)]
    days = [day for day in days if soonest <= day <= last]
    days.sort(key=lambda day: abs(day - wanted))
    return next((day for day in days if not objections(group, day, by=by)), None)


def objections(
    group: Group, on: datetime.date, *, by: Any, but: Meeting | None = None
) -> list[str]:
    """What speaks against a day, though a group may still choose it: no working day, or a clash.

    Only meetings that the person may see are named.
    """
    found = []
    why = working_days.why_not_working(on)
    if why:
        found.append(f"{longdate(on)} is no working day: {why}.")
    elif on > working_days.known_until():
        known = longdate(working_days.known_until())
        found.append(f"Bank holidays are known until {known} only.")
    others = Meeting.objects.visible_to(by).of(group.partnership).filter(on=on)
    others = others.exclude(status=Status.CANCELLED).exclude(group=group)
    if but is not None:
        others = others.exclude(pk=but.pk)
    found += [f"{other.group.name} meets on {longdate(on)} too." for other in others]
    return found
