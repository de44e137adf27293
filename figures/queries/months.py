"""Months and periods: as dates of the first day, as keys, and in words."""

import datetime
import re

from core.dates import MONTHS

_KEY = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


def later(month: datetime.date, by: int = 1) -> datetime.date:
    """The month so many months later, or earlier if negative; as its first day."""
    years, number = divmod(month.year * 12 + month.month - 1 + by, 12)
    return datetime.date(years, number + 1, 1)


def months(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """Every month of a period, both ends included; none if it ends before it begins."""
    length = (last.year - first.year) * 12 + last.month - first.month + 1
    return [later(first, number) for number in range(length)]


def key(month: datetime.date) -> str:
    """2025-09."""
    return f"{month.year:04}-{month.month:02}"


def parse(text: str) -> datetime.date:
    """The month of ``2025-09``. Raises ``ValueError`` for anything else."""
    found = _KEY.fullmatch(text.strip())
    if not found or not 1 <= int(found[2]) <= 12 or not 1900 <= int(found[1]) <= 2999:
        raise ValueError(f"“{text}” is not a month like 2025-09")
    return datetime.date(int(found[1]), int(found[2]), 1)


def name(month: datetime.date) -> str:
    """September 2025."""
    return f"{MONTHS[month.month]} {month.year}"


def short(month: datetime.date) -> str:
    """Sep."""
    return MONTHS[month.month][:3]


def period(first: datetime.date, last: datetime.date) -> str:
    """September 2025; July to September 2025; October 2024 to September 2025."""
    if first == last:
        return name(first)
    start = MONTHS[first.month] if first.year == last.year else name(first)
    return f"{start} to {name(last)}"


def runs(held: list[datetime.date]) -> list[tuple[datetime.date, datetime.date]]:
    """Months that follow one another, as periods."""
    found: list[tuple[datetime.date, datetime.date]] = []
    for month in sorted(held):
        if found and later(found[-1][1]) == month:
            found[-1] = (found[-1][0], month)
        else:
            found.append((month, month))
    return found


def listed(some: list[datetime.date]) -> str:
    """October to December 2024, and March 2025."""
    return joined([period(*each) for each in runs(some)])


def joined(words: list[str]) -> str:
    """One, two and three."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
