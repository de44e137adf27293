"""How meetings show by themselves that the year's duties of the board were done."""

from typing import Any

from django.db.models import (
    Count,
    DateField,
    ExpressionWrapper,
    F,
    IntegerField,
    Max,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, ExtractMonth, ExtractYear
from django.db.models.lookups import GreaterThanOrEqual

from core.registries import proves
from core.reminders import address
from meetings.models import AFTER, ChairReview, Meeting, Status
from membership.models import GroupKind

BOARD = {"group__partnership": OuterRef("cycle__partnership"), "group__kind": GroupKind.BOARD}


@proves("quarterly-meeting")
def quarterly_meeting(turns: QuerySet[Any]) -> QuerySet[Any]:
    """The first meeting that the board held in the quarter."""
    held = Meeting.objects.filter(
        **BOARD, status__in=AFTER, on__gt=OuterRef("since"), on__lte=OuterRef("first_due_on")
    ).order_by("on")  # fmt: skip
    return _found(turns, held.values("on")[:1])


@proves("meeting-dates")
def meeting_dates(turns: QuerySet[Any]) -> QuerySet[Any]:
    """The day on which the first date of the coming municipal year was set."""
    meetings = Meeting.objects.filter(**BOARD, year=OuterRef("of_year") + 1)
    made = meetings.exclude(status=Status.CANCELLED).order_by("created_at")
    day = made.annotate(day=Cast("created_at", DateField())).values("day")[:1]
    return _found(with_year(turns), day)


@proves("chair-review")
def chair_review(turns: QuerySet[Any]) -> QuerySet[Any]:
    """The meeting at which the second of the two offices was reviewed in the municipal year."""
    reviews = ChairReview.objects.filter(**BOARD, year=OuterRef("of_year")).order_by()
    both = reviews.values("group").annotate(
        offices=Count("office"), day=Max("decision__item__meeting__on")
    )
    return _found(with_year(turns), both.filter(offices=2).values("day")[:1])


def with_year(turns: QuerySet[Any]) -> QuerySet[Any]:
    """Turns with ``of_year``, the year in which the municipal year of their due date began."""
    begun: Any = GreaterThanOrEqual(
        ExtractMonth("first_due_on"), F("cycle__partnership__municipal_year_starts")
    )
    year = ExtractYear("first_due_on") - Value(1) + Cast(begun, IntegerField())
    return turns.annotate(of_year=ExpressionWrapper(year, output_field=IntegerField()))


def _found(turns: QuerySet[Any], day: QuerySet[Any]) -> QuerySet[Any]:
    return turns.annotate(
        found_on=Subquery(day, output_field=DateField()),
        found_url=address("meetings:list", partnership="cycle__partnership__slug"),
    )
