"""Working days as a table, so that a statement can count them; and days proclaimed since the list.

A migration fills the table. Each tick compares it with the list and writes it anew where the list
has changed; whoever proclaims a day writes it at once.
"""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Max, Min, Q

from audit import workflow as audit
from core import clock, history, remember, working_days
from core.dates import longdate
from core.permissions import can, require
from membership.models import Partnership
from notices.models import CalendarDay, ProclaimedDay

YEARS_AFTER = 3  # that the table goes on after the list, with the bank holidays to be expected
WEEKEND = Q(day__iso_week_day__gte=6)


def span() -> tuple[datetime.date, datetime.date]:
    """The first and the last day of the table."""
    last = working_days.known_until()
    return working_days.known_from(), last.replace(year=last.year + YEARS_AFTER)


def refresh() -> bool:
    """Bring the table into line with the list and what was proclaimed; whether it was not."""
    holidays = working_days.bank_holidays()
    if _stands(holidays):
        return False
    first, last = span()
    rows = [
        CalendarDay(day=day, working=works, number=number)
        for day, works, number in working_days.numbered(first, last, holidays)
    ]
    with transaction.atomic():
        CalendarDay.objects.exclude(day__range=(first, last)).delete()
        CalendarDay.objects.bulk_create(
            rows, batch_size=2000, update_conflicts=True, unique_fields=["day"],
            update_fields=["working", "number"],
        )  # fmt: skip
    return True


def _stands(holidays: working_days.Holidays) -> bool:
    first, last = span()
    there = CalendarDay.objects.aggregate(
        first=Min("day"), last=Max("day"), days=Count("day"),
        wrong=Count("day", filter=WEEKEND & Q(working=True)),
    )  # fmt: skip
    whole = {"first": first, "last": last, "days": (last - first).days + 1, "wrong": 0}
    if there != whole:
        return False
    closed = CalendarDay.objects.filter(~WEEKEND, working=False).values_list("day", flat=True)
    wanted = {day for day in holidays if day.weekday() < 5 and first <= day <= last}
    return set(closed) == wanted


@transaction.atomic
def proclaim(
    partnership: Partnership, *, day: datetime.date, name: str, holiday: bool = True, by: Any
) -> ProclaimedDay:
    """Enter a bank holiday that was proclaimed, or with ``holiday`` false one that is none.

    It counts for every partnership of this installation. Raises ``ValidationError`` where it
    would change nothing: a day that is a holiday or a weekend already, or no holiday to begin with.
    """
    require(can(by, "proclaim days", partnership))
    if ProclaimedDay.objects.filter(day=day).exists():
        raise ValidationError({"day": f"{longdate(day)} has been entered already"})
    _refuse_needless(day, holiday)
    entered = ProclaimedDay(
        day=day, name=name.strip(), holiday=holiday, entered_at=clock.now(), entered_by=by
    )
    history.save(entered, by=by)
    verb = "proclaimed a bank holiday" if holiday else "took back a bank holiday"
    audit.record(verb, entered, by=by, partnership=partnership, detail={"day": day.isoformat()})
    _count_anew()
    return entered


def _refuse_needless(day: datetime.date, holiday: bool) -> None:
    first, last = span()
    if not first <= day <= last:
        raise ValidationError(
            {"day": f"Enter a day from {longdate(first)} to {longdate(last)}"}
        )  # fmt: skip
    listed = working_days.bank_holidays().get(day)
    if holiday and listed:
        raise ValidationError({"day": f"{longdate(day)} is a bank holiday already: {listed}"})
    if holiday and day.weekday() >= 5:
        raise ValidationError(
            {"day": f"{longdate(day)} is a {day:%A}. Enter the weekday on which it is kept instead"}
        )
    if not holiday and not listed:
        raise ValidationError({"day": f"{longdate(day)} is no bank holiday"})


@transaction.atomic
def withdraw(entered: ProclaimedDay, *, partnership: Partnership, by: Any) -> None:
    """Remove what was entered: the list holds again for that day."""
    require(can(by, "proclaim days", partnership))
    day = entered.day
    audit.record(
        "removed a proclaimed day", entered, by=by, partnership=partnership,
        detail={"day": day.isoformat()},
    )  # fmt: skip
    history.remove(entered, by=by)
    _count_anew()


def _count_anew() -> None:
    remember.forget()
    refresh()
