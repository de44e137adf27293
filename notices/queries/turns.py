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

from core import remember
from membership.models import Partnership
from notices.default_cycles import SAID_ELSEWHERE
from notices.models import Every, Turn

SOON = datetime.timedelta(days=90)

# How long one turn of a duty lies after the one before it.
APART = {
    Every.QUARTER: datetime.timedelta(days=91),
    Every.YEAR: datetime.timedelta(days=365),
    Every.THREE_YEARS: datetime.timedelta(days=1095),
}


def near(partnership: Partnership, on: datetime.date) -> list[Turn]:
    """Turns that are overdue, or due within ninety days, soonest first; remembered in a request.

    Those of which a room speaks better are left out: it does so itself.
    """
    turns = Turn.objects.of(partnership).filter(done_on=None, due_on__lte=on + SOON)
    told = turns.exclude(cycle__key__in=SAID_ELSEWHERE).select_related("cycle__partnership")
    found = told.order_by("due_on")
    return remember.once(("turns", partnership.pk, on), lambda: list(found))


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
