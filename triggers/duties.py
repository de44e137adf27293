"""That the year's figures are published: what is owed, and how the system sees that it was done."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import DateField, ExpressionWrapper, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast
from django.urls import reverse

from core.dates import longdate
from core.registries import Owed, duties, proves
from core.reminders import address
from membership.models import Partnership
from notices.models import Every
from notices.queries.turns import APART
from triggers.models import PublishedYear
from triggers.queries import statistics

LAW = "Anti-social Behaviour, Crime and Policing Act 2014, section 104: at least every 12 months"
TWELVE_MONTHS = datetime.timedelta(days=365)


@proves("case-review-figures")
def figures_published(turns: QuerySet[Any]) -> QuerySet[Any]:
    """The day on which the year that ended within twelve months before it was published."""
    year = Value(APART[Every.YEAR])
    earliest = ExpressionWrapper(F("first_due_on") - year, output_field=DateField())
    published = PublishedYear.objects.filter(
        partnership=OuterRef("cycle__partnership"), ends_on__gt=OuterRef("earliest"),
        ends_on__lte=OuterRef("first_due_on"),
    ).order_by("published_at")  # fmt: skip
    day = published.annotate(day=Cast("published_at", DateField())).values("day")
    return turns.annotate(earliest=earliest).annotate(
        found_on=Subquery(day[:1], output_field=DateField()),
        found_url=address("triggers:public", partnership="cycle__partnership__slug"),
    )


@duties
def unpublished(partnership: Partnership, on: datetime.date) -> Iterator[Owed]:
    """Years of which nothing was published within the twelve months after their end."""
    for year in statistics.unpublished(partnership, on):
        due = year.ends_on + TWELVE_MONTHS
        if on > due:
            yield Owed(
                f"Publish the figures of case reviews of {year.label}", "overdue", LAW,
                reverse("triggers:figures_year", args=[partnership.slug, year.label]),
                f"The year ended on {longdate(year.ends_on)}.", due,
            )  # fmt: skip
