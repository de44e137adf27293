"""Database constraints that several rooms need, with messages a person understands."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q


def both_or_neither(first: str, second: str, *, name: str) -> models.CheckConstraint:
    """A moment and its person (``closed_at``, ``closed_by``) stand together or not at all."""
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
        | Q(**{f"{first}__isnull": False, f"{second}__isnull": False}),
    )


def starts_before_it_ends(*, name: str) -> models.CheckConstraint:
    """``starts_on`` is not after ``ends_on``, the first day on which a thing no longer holds."""
    return models.CheckConstraint(
        name=name,
        condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
        violation_error_message="The end must be on or after the start.",
    )


class DateRange(Func):
    """Postgres' ``daterange(from, to)``: the first day is within, the end day is not."""

    function = "DATERANGE"
    output_field = DateRangeField()


def never_two_at_once(
    *fields: str, name: str, message: str, condition: Q | None = None
) -> ExclusionConstraint:
    """No two rows with the same ``fields`` hold on the same day."""
    held = DateRange("starts_on", "ends_on", RangeBoundary())
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((field, RangeOperators.EQUAL) for field in fields),
            (held, RangeOperators.OVERLAPS),
        ],
        condition=condition,
        violation_error_message=message,
    )
