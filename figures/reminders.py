"""Reminders of figures that an agency said would come."""

import datetime
from typing import Any

from django.db.models import DateField, Exists, F, OuterRef, QuerySet
from django.db.models.functions import Cast

from core.reminders import CHAIR, LEAD, OWNER, Rung, address, as_text, reminder, words
from figures.models import KnownGap, Observation


@reminder(
    "figure-expected", title="A missing figure is expected",
    ladder=(Rung(-3, OWNER), Rung(0, OWNER), Rung(5, LEAD), Rung(15, CHAIR)),
    source="Crime and Disorder Act 1998 s.17A; terms of reference, Information Sharing",
)  # fmt: skip
def figures_expected(on: datetime.date) -> QuerySet[Any]:
    """Known gaps, by the day on which the agency said that the figure would come."""
    came = Observation.objects.holding().filter(
        indicator=OuterRef("indicator"), starts_on=OuterRef("starts_on"), area_code="", breakdown=""
    )
    return KnownGap.objects.filter(~Exists(came), expected_on__isnull=False).values(
        partnership=F("indicator__partnership"), subject=as_text("pk"), due=F("expected_on"),
        since=Cast("said_at", DateField()), agency=F("indicator__source_agency"),
        text=words("A figure that was not available is expected. Give it, or say when it comes."),
        url=address("figures:gaps", partnership="indicator__partnership__slug"),
    )  # fmt: skip
