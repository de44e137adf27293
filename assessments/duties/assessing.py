"""How the Strategic Assessment shows by itself that the year's duty was done."""

from typing import Any

from django.db.models import DateField, ExpressionWrapper, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast

from assessments.models import Assessment
from core.registries import proves
from core.reminders import address
from notices.models import Every
from notices.queries.turns import APART


@proves("strategic-assessment")
def strategic_assessment(turns: QuerySet[Any]) -> QuerySet[Any]:
    """The day on which the assessment of the year before the due date was published.

    Its twelve months ended in the twelve months before the day first set.
    """
    year = Value(APART[Every.YEAR])
    earliest = ExpressionWrapper(F("first_due_on") - year, output_field=DateField())
    published = Assessment.objects.filter(
        partnership=OuterRef("cycle__partnership"), publication__isnull=False,
        ends_on__gt=OuterRef("earliest"), ends_on__lte=OuterRef("first_due_on"),
    ).order_by("publication__published_at")  # fmt: skip
    day = published.annotate(day=Cast("publication__published_at", DateField())).values("day")
    return turns.annotate(earliest=earliest).annotate(
        found_on=Subquery(day[:1], output_field=DateField()),
        found_url=address("assessments:assessments", partnership="cycle__partnership__slug"),
    )
