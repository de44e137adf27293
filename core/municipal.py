"""Municipal years and quarters, which the meeting calendar follows."""

import datetime


def municipal_year(day: datetime.date, starts_in: int = 5) -> int:
    """The year in which the municipal year of this day began; ``starts_in`` is its first month."""
    return day.year if day.month >= starts_in else day.year - 1


def year_name(year: int) -> str:
    """A municipal year in words: 2026/27."""
    return f"{year}/{(year + 1) % 100:02}"


def year_start(year: int, starts_in: int = 5) -> datetime.date:
    """The first day of a municipal year."""
    return datetime.date(year, starts_in, 1)


def quarter(day: datetime.date) -> tuple[datetime.date, datetime.date]:
    """The first day of the calendar quarter of this day, and of the next."""
    first = datetime.date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    later = first + datetime.timedelta(days=100)
    return first, datetime.date(later.year, 3 * ((later.month - 1) // 3) + 1, 1)
