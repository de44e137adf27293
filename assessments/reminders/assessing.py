"""Reminders of assessments that are adopted and wait to be published or approved."""

import datetime
from typing import Any

from django.db.models import DateField, ExpressionWrapper, F, QuerySet, Value
from django.db.models.functions import Cast

from assessments.models import Assessment, AssessmentStatus
from core.reminders import CHAIR, OFFICERS, Rung, address, as_text, reminder

PUBLISHES = "Terms of reference: the partnership will publish an annual Strategic Assessment"
SLUGS = {"partnership": "partnership__slug", "slug": "slug"}
FORTNIGHT, WEEK = datetime.timedelta(days=14), datetime.timedelta(days=7)


def _subjects(field: str, within: datetime.timedelta, text: str, **waits: bool) -> QuerySet[Any]:
    due = ExpressionWrapper(Cast(field, DateField()) + Value(within), output_field=DateField())
    found = Assessment.objects.filter(status=AssessmentStatus.ADOPTED, **waits)
    return found.annotate(day=Cast(due, DateField())).values(
        "group", "partnership", subject=as_text("pk"), due=F("day"), text=Value(text),
        url=address("assessments:assessment", **SLUGS), since=Cast(field, DateField()),
    )  # fmt: skip


@reminder(
    "assessment-to-publish", title="Strategic Assessment to publish",
    ladder=(Rung(-4, OFFICERS), Rung(1, OFFICERS), Rung(10, CHAIR)), source=PUBLISHES,
)  # fmt: skip
def to_publish(on: datetime.date) -> QuerySet[Any]:
    """Adopted a fortnight ago, and nobody has asked for its publication."""
    text = "The Strategic Assessment is adopted and not yet published"
    return _subjects("frozen_at", FORTNIGHT, text, asked_at__isnull=True)


@reminder(
    "assessment-approval", title="Strategic Assessment to approve",
    ladder=(Rung(0, CHAIR), Rung(0, OFFICERS), Rung(7, CHAIR)), source=PUBLISHES,
)  # fmt: skip
def to_approve(on: datetime.date) -> QuerySet[Any]:
    """Its publication was asked for a week ago, and nobody has answered."""
    text = "The publication of the Strategic Assessment waits for a second person"
    return _subjects("asked_at", WEEK, text, asked_at__isnull=False)
