"""Turns of duties, and the time in which each was to be done."""

import datetime
from typing import Any

from django.db.models import (
    Case,
    DateField,
    ExpressionWrapper,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest

from notices.models import Every, Turn

# How long one turn of a duty lies after the one before it.
APART = {
    Every.QUARTER: datetime.timedelta(days=91),
    Every.YEAR: datetime.timedelta(days=365),
    Every.THREE_YEARS: datetime.timedelta(days=1095),
}


def with_since(turns: QuerySet[Turn]) -> QuerySet[Any]:
    """Turns with ``since``: the day on which the turn before was due, or done if that was later."""
    before = Turn.objects.filter(
        cycle=OuterRef("cycle"), first_due_on__lt=OuterRef("first_due_on")
    ).order_by("-first_due_on")
    without = Case(
        *(
            When(
                cycle__every=every,
                then=ExpressionWrapper(F("first_due_on") - Value(apart), output_field=DateField()),
            )
            for every, apart in APART.items()
        ),
        output_field=DateField(),
    )
    due = Subquery(before.values("first_due_on")[:1])
    done = Subquery(before.values("done_on")[:1])
    return turns.annotate(since=Greatest(Coalesce(due, without), done))
