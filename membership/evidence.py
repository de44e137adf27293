"""How membership shows by itself that the yearly reviews of sharing were done.

A review is that a next review date was set, which lies after the turn's own date.
"""

import datetime
from typing import Any

from django.db.models import (
    DateField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast

from core.registries import proves
from core.reminders import address
from membership.models import SharingAgreement, SharingProtocol

LATE = datetime.timedelta(days=300)  # a late review counts for the turn it is late for


@proves("agreement-review")
def agreement_reviewed(turns: QuerySet[Any]) -> QuerySet[Any]:
    """When the agreement's next review was set to a day after the turn's."""
    return _reviewed(turns, _of_agreement())


@proves("protocol-reviews")
def protocols_reviewed(turns: QuerySet[Any]) -> QuerySet[Any]:
    """When the last of the protocols in force got a next review after the turn's day."""
    waiting = SharingProtocol.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=OuterRef("first_due_on")),
        group__partnership=OuterRef("cycle__partnership"),
        review_on__lte=OuterRef("first_due_on"),
    ).order_by()  # fmt: skip
    return _reviewed(turns.exclude(Exists(waiting) & Q(done_on=None)), _of_protocols(), last=True)


def _of_agreement() -> QuerySet[Any]:
    records = SharingAgreement.history.model.objects
    return records.filter(partnership=OuterRef("cycle__partnership"))


def _of_protocols() -> QuerySet[Any]:
    records = SharingProtocol.history.model.objects
    return records.filter(group__partnership=OuterRef("cycle__partnership"))


def _reviewed(turns: QuerySet[Any], records: QuerySet[Any], *, last: bool = False) -> QuerySet[Any]:
    """Turns with the day on which a review date after theirs was set, in the turn's own time."""
    before = records.model.objects.filter(
        id=OuterRef("id"), review_on=OuterRef("review_on"), history_id__lt=OuterRef("history_id")
    ).order_by()  # fmt: skip
    latest = ExpressionWrapper(
        OuterRef("first_due_on") + Value(LATE), output_field=DateTimeField()
    )  # fmt: skip
    set_on = (
        records.annotate(day=Cast("history_date", DateField()))
        .filter(~Exists(before), review_on__gt=OuterRef("first_due_on"))
        .filter(day__gt=OuterRef("since"), day__lte=latest)
        .order_by("-day" if last else "day")
    )
    slug = "cycle__partnership__slug"
    return turns.annotate(
        found_on=Subquery(set_on.values("day")[:1]),
        found_url=address("membership:sharing", partnership=slug),
    )
