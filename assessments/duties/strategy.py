"""How the strategy shows by itself that the year's duties were done.

A turn belongs to the edition of the year in which it falls due: the refresh by the end of March is
that of the April after, and the copies of April are of the edition that has just begun.
"""

from typing import Any

from django.db.models import DateField, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce, ExtractYear

from assessments.models import Edition
from core.registries import proves
from core.reminders import address


@proves("strategy-refresh")
def refreshed(turns: QuerySet[Any]) -> QuerySet[Any]:
    """The meeting that adopted the edition of the year."""
    return _found(turns, Coalesce("decision__item__meeting__on", "adopted_on"), frozen_at=False)


@proves("three-year-strategy")
def next_strategy(turns: QuerySet[Any]) -> QuerySet[Any]:
    """The day on which the first edition of the next strategy was published."""
    return _found(turns, _published(), publication=False, number=1)


@proves("strategy-to-pcc")
def sent(turns: QuerySet[Any]) -> QuerySet[Any]:
    """The day on which the copy of the year's edition went to the commissioner."""
    return _found(turns, F("commissioner_sent_on"))


@proves("public-summary")
def summary(turns: QuerySet[Any]) -> QuerySet[Any]:
    """The day on which the year's edition was published, with its leaflet."""
    return _found(turns, _published(), publication=False)


def _published() -> Cast:
    return Cast("publication__published_at", DateField())


def _found(
    turns: QuerySet[Any], day: Any, number: int | None = None, **empty: bool
) -> QuerySet[Any]:
    """Turns with the day of the edition of their year; ``empty`` says which fields are not."""
    given = {f"{name}__isnull": value for name, value in empty.items()}
    if number is not None:
        given["number"] = number  # type: ignore[assignment]
    editions = Edition.objects.filter(
        strategy__partnership=OuterRef("cycle__partnership"), year=OuterRef("of_year"), **given
    )
    days = editions.annotate(day=day).filter(day__isnull=False).values("day")
    return turns.annotate(of_year=ExtractYear("first_due_on")).annotate(
        found_on=Subquery(days[:1], output_field=DateField()),
        found_url=address("assessments:strategies", partnership="cycle__partnership__slug"),
    )
