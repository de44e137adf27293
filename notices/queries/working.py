"""Working days inside a statement: the day so many of them before or after a date."""

from typing import Any

from django.db.models import Case, F, OuterRef, Subquery, Value, When

from notices.models import CalendarDay


def days_before(field: str, days: Any) -> Subquery:
    """The working day that many working days before the date of a field; ``days`` an expression
    of the same row.
    """
    return _day(field, -1, days)


def days_after(field: str, days: Any) -> Subquery:
    """The working day that many working days after the date of a field."""
    return _day(field, 1, days)


def _day(field: str, sign: int, days: Any) -> Subquery:
    # Going back from a day off, the working day before it is the first: see core.working_days.
    number: Any = F("number")
    if sign < 0:
        number = number + Case(When(working=False, then=Value(1)), default=Value(0))
    day = CalendarDay.objects.filter(day=OuterRef(OuterRef(field))).order_by()
    base = Subquery(day.values(base=number)[:1])
    outer = OuterRef(days) if isinstance(days, str) else Value(days)
    found = CalendarDay.objects.filter(working=True, number=base + Value(sign) * outer)
    return Subquery(found.order_by().values("day")[:1])
