"""The four statutory figures, counted from the cases, and as they were published.

2014 Act, section 104(9): at least every twelve months a partnership publishes how many
applications were made, how often the threshold was not met, how many reviews were held, and how
many of them led to recommendations. Each is counted in the year in which it happened. They are
published however small; what was never published is nothing, not nought.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Any

from django.db.models import Exists, OuterRef

from core import clock
from core.dates import london_date
from membership.models import Partnership
from triggers.models import (
    Application,
    Procedure,
    PublishedYear,
    Recommendation,
    Review,
    ThresholdDecision,
)

APRIL = 4
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Figures:
    """The four figures of a time. One that is not known is None."""

    applications: int | None
    threshold_not_met: int | None
    reviews: int | None
    reviews_with_recommendations: int | None

    def items(self) -> list[tuple[str, int | None]]:
        """Name and figure, in their order."""
        return [(each.name, getattr(self, each.name)) for each in fields(self)]


NAMES = tuple(each.name for each in fields(Figures))
LABELS = {
    "applications": "Applications",
    "threshold_not_met": "Threshold not met",
    "reviews": "Reviews held",
    "reviews_with_recommendations": "Reviews with recommendations",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that was published and that the cases now give otherwise."""

    name: str
    published: int
    counted: int

    @property
    def label(self) -> str:
        """What the figure is called."""
        return LABELS[self.name]


@dataclass(frozen=True, slots=True)
class Year:
    """A year of figures: as published, as the cases give it, and where the two differ.

    ``counted`` is nothing for a time before cases are kept here; ``since`` is the day from which
    they are, where that is within the year.
    """

    starts_on: datetime.date
    ends_on: datetime.date
    published: PublishedYear | None
    counted: Figures | None
    over: bool
    since: datetime.date | None = None

    @property
    def label(self) -> str:
        """2017-18."""
        return label(self.starts_on, self.ends_on)

    @property
    def shown(self) -> Figures | None:
        """The figures as published."""
        return as_published(self.published) if self.published else None

    @property
    def differences(self) -> list[Difference]:
        """Where what was published and the cases differ; what was not published cannot."""
        if self.shown is None or self.counted is None:
            return []
        return [
            Difference(name, said, now)
            for (name, said), (_, now) in zip(self.shown.items(), self.counted.items(), strict=True)
            if said is not None and now is not None and said != now
        ]

    @property
    def missing(self) -> list[str]:
        """What of a published year was not published, in words."""
        return [LABELS[name] for name, said in (self.shown.items() if self.shown else [])
                if said is None]  # fmt: skip


def label(starts_on: datetime.date, ends_on: datetime.date) -> str:
    """2017-18, or 2018 for a year within one calendar year."""
    if starts_on.year == ends_on.year:
        return str(starts_on.year)
    return f"{starts_on.year}-{ends_on.year % 100:02}"


def as_published(year: PublishedYear) -> Figures:
    """The figures of a published year."""
    return Figures(**{name: getattr(year, name) for name in NAMES})


def begins_in(partnership: Partnership) -> int:
    """The month in which a year of figures begins here."""
    found = Procedure.objects.of(partnership).values_list("year_starts_in", flat=True).first()
    return found or APRIL


def year_of(day: datetime.date, starts_in: int = APRIL) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of the year of figures to which a day belongs."""
    year = day.year if day.month >= starts_in else day.year - 1
    starts_on = datetime.date(year, starts_in, 1)
    return starts_on, starts_on.replace(year=year + 1) - DAY


# ---- counted from the cases ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Days:
    """The days on which what is counted happened, one for each case."""

    applications: list[datetime.date]
    threshold_not_met: list[datetime.date]
    reviews: list[datetime.date]
    reviews_with_recommendations: list[datetime.date]

    def within(self, starts_on: datetime.date, ends_on: datetime.date) -> Figures:
        """How many of each fall into a time, its last day included."""
        return Figures(**{
            name: sum(starts_on <= day <= ends_on for day in getattr(self, name))
            for name in NAMES
        })  # fmt: skip


def days(partnership: Partnership) -> Days:
    """When every case came, was decided below the threshold, and was reviewed.

    Of several decisions in a case the last one stands. Drafts are no applications; what was
    withdrawn was one. A review counts once its panel has sat.
    """
    cases = Application.objects.of(partnership).submitted()
    later = ThresholdDecision.objects.filter(
        application=OuterRef("application"), number__gt=OuterRef("number")
    ).order_by()
    decisions = ThresholdDecision.objects.of(partnership).filter(~Exists(later), met=False)
    reviews = Review.objects.of(partnership).filter(held_on__isnull=False)
    advice = Recommendation.objects.filter(application=OuterRef("pk")).order_by()
    led_to = reviews.filter(Exists(advice), finished_at__isnull=False)
    return Days(
        applications=list(_days(cases, "received_on")),
        threshold_not_met=list(_days(decisions, "decided_on")),
        reviews=list(_days(reviews, "held_on")),
        reviews_with_recommendations=list(_days(led_to, "held_on")),
    )


def _days(rows: Any, field: str) -> Iterator[datetime.date]:
    yield from rows.order_by().values_list(field, flat=True)


def figures(partnership: Partnership, starts_on: datetime.date, ends_on: datetime.date) -> Figures:
    """The four figures of a time as the cases give them, its last day included."""
    return days(partnership).within(starts_on, ends_on)


# ---- year by year -------------------------------------------------------------------------------


def years(partnership: Partnership, on: datetime.date | None = None) -> list[Year]:
    """Every year that was published, and every one since cases are kept here, the newest first."""
    today = on or clock.today()
    counted = days(partnership)
    first = kept_from(partnership, counted)

    def year(
        starts_on: datetime.date, ends_on: datetime.date, published: PublishedYear | None = None
    ) -> Year:
        kept = first is not None and ends_on >= first
        return Year(
            starts_on, ends_on, published,
            counted.within(starts_on, ends_on) if kept else None, over=ends_on < today,
            since=first if kept and first and first > starts_on else None,
        )  # fmt: skip

    rows = PublishedYear.objects.of(partnership).select_related("partnership")
    found = [year(each.starts_on, each.ends_on, each) for each in rows]
    taken = [(each.starts_on, each.ends_on) for each in found]
    for starts_on, ends_on in _since(first, today, begins_in(partnership)):
        if not any(starts_on <= last and began <= ends_on for began, last in taken):
            found.append(year(starts_on, ends_on))
    return sorted(found, key=lambda each: each.starts_on, reverse=True)


def kept_from(partnership: Partnership, counted: Days) -> datetime.date | None:
    """The day from which cases are kept here: when reviews were set up, or the first case."""
    set_up = Procedure.history.filter(partnership=partnership).order_by("history_date")
    began = [london_date(at) for at in set_up.values_list("history_date", flat=True)[:1]]
    return min([*began, *counted.applications], default=None)


def _since(
    first: datetime.date | None, today: datetime.date, starts_in: int
) -> Iterator[tuple[datetime.date, datetime.date]]:
    if first is None:
        return
    starts_on, ends_on = year_of(first, starts_in)
    while starts_on <= today:
        yield starts_on, ends_on
        starts_on, ends_on = year_of(ends_on + DAY, starts_in)


def year_called(partnership: Partnership, name: str) -> Year | None:
    """The year with this label, if there is one."""
    return next((each for each in years(partnership) if each.label == name), None)


def unpublished(partnership: Partnership, on: datetime.date) -> list[Year]:
    """Years that are over and were not published, the oldest first."""
    if not Procedure.objects.of(partnership).exists():
        return []
    return [each for each in years(partnership, on) if each.over and not each.published][::-1]


# ---- what was published before ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Earlier:
    """A year as it was published before it was corrected."""

    figures: Figures
    published_at: datetime.datetime
    corrected_because: str


def earlier(year: PublishedYear) -> list[Earlier]:
    """What a year said before each correction, the newest first; each with the reason given."""
    records = list(year.history.order_by("history_id"))
    return [
        Earlier(
            Figures(**{name: getattr(before, name) for name in NAMES}), before.published_at,
            after.corrected_because,
        )
        for before, after in pairwise(records)
        if any(getattr(before, name) != getattr(after, name) for name in NAMES)
    ][::-1]  # fmt: skip


# ---- as lines -----------------------------------------------------------------------------------

COLUMNS = ("year", *NAMES)


def lines(found: list[Year]) -> Iterator[list[str]]:
    """The published years, the oldest first; what was not published is empty."""
    for each in sorted(found, key=lambda each: each.starts_on):
        if each.shown is not None:
            numbers = ["" if said is None else str(said) for _, said in each.shown.items()]
            yield [each.label, *numbers]
