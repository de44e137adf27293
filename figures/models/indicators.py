"""Indicators that public data does not hold, and what agencies observe of them.

Domestic abuse, hate crime by strand, Prevent referrals, use of ASB powers and others: each with
its definition, source agency, period and geography. Figures that agencies supply may be small
enough to identify somebody; ``suppress_below`` says from what count on they are shown.
"""

import uuid
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core import clock
from core.constraints import both_or_neither, starts_before_it_ends
from core.history import History
from core.markings import Marked, Marking
from membership import standing
from membership.models import Agency, DatedQuerySet, Partnership, Theme


class Frequency(models.TextChoices):
    """How often a figure is due."""

    MONTH = "month", "Each month"
    QUARTER = "quarter", "Each quarter"
    YEAR = "year", "Each year"


class Better(models.TextChoices):
    """Which way is better: more reports need not be bad."""

    LOWER = "lower", "Lower is better"
    HIGHER = "higher", "Higher is better"
    NEITHER = "neither", "Neither: it needs explaining"


class Standing(models.TextChoices):
    """How firm a figure is."""

    PROVISIONAL = "provisional", "Provisional"
    AUDITED = "audited", "Audited"


class IndicatorQuerySet(DatedQuerySet):
    """Indicators."""

    def of(self, partnership: Partnership | None) -> Self:
        """Those of this partnership, with their agencies and themes."""
        return self.filter(partnership=partnership).select_related("source_agency", "theme")

    def visible_to(self, user: Any) -> Self:
        """Those of the partnerships that a person works in: what is measured is no secret there."""
        return self.filter(partnership__in=standing.working(user))


class Indicator(Marked, models.Model):
    """What is measured, by whom, how often, for which area, and for whose eyes.

    ``breakdowns`` are the parts that an agency gives beside the whole (strands of hate crime), and
    ``adds_up`` says whether these make up the whole. ``used_for`` is the word of a room above that
    reads it for itself, such as ``powers``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="indicators")
    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=160)
    definition = models.TextField()
    unit = models.CharField(max_length=40, default="incidents")
    source = models.CharField("who asks for it", max_length=200, blank=True)
    source_agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="indicators", verbose_name="agency that supplies it"
    )
    theme = models.ForeignKey(
        Theme, models.SET_NULL, null=True, blank=True, related_name="indicators"
    )
    frequency = models.CharField(max_length=8, choices=Frequency, default=Frequency.QUARTER)
    by_ward = models.BooleanField("given for each ward", default=False)
    breakdowns = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    adds_up = models.BooleanField("the parts add up to the whole", default=True)
    marking = models.CharField(max_length=12, choices=Marking, default=Marking.OFFICIAL)
    suppress_below = models.PositiveSmallIntegerField("counts below this are not shown", default=5)
    better = models.CharField(max_length=8, choices=Better, default=Better.NEITHER)
    used_for = models.CharField(max_length=24, blank=True, editable=False)
    position = models.PositiveSmallIntegerField(default=0)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    history = History()

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "slug"],
                name="figures_indicator_slug",
                violation_error_message="There is an indicator of that name already.",
            ),
            starts_before_it_ends(name="figures_indicator_dates"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page: definition, source and every figure."""
        return reverse("figures:indicator", args=[self.partnership.slug, self.slug])


class Break(models.Model):
    """That a series cannot be compared with itself across a day, and why."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="breaks")
    since = models.DateField("not comparable with what was before")
    because = models.CharField(max_length=300)
    said_at = models.DateTimeField(default=clock.now, editable=False)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["since"]

    def __str__(self) -> str:
        return f"Not comparable since {self.since:%-d %B %Y}"


class ObservationQuerySet(models.QuerySet):
    """Observations."""

    def of(self, partnership: Partnership | None) -> Self:
        """Those of this partnership."""
        return self.filter(indicator__partnership=partnership)

    def holding(self) -> Self:
        """Those that no later one has replaced."""
        return self.filter(replaced_at__isnull=True)

    def visible_to(self, user: Any) -> Self:
        """In full: to who works in the partnership; restricted ones only behind the gate.

        Everybody else reads what ``figures.queries`` makes of them, with small counts suppressed.
        """
        working = standing.working(user)
        signed = {
            seat.group.partnership_id
            for seat in standing.seats(user)
            if seat.signed and seat.group.partnership_id in working
        }
        open_ones = Q(indicator__marking=Marking.OFFICIAL)
        return self.filter(
            Q(indicator__partnership__in=working)
            & (open_ones | Q(indicator__partnership__in=signed))
        )


class Observation(models.Model):
    """One figure: of an indicator, for a period, an area and a part of it, by whom.

    An empty ``area_code`` is the whole partnership, an empty ``breakdown`` the whole indicator.
    ``ends_on`` is the first day after the period. A figure sent again replaces the one before,
    which is kept.
    """

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="observations")
    starts_on = models.DateField()
    ends_on = models.DateField()
    area_code = models.CharField("GSS code of a ward", max_length=9, blank=True)
    breakdown = models.CharField(max_length=60, blank=True)
    value = models.DecimalField(max_digits=14, decimal_places=2)
    standing = models.CharField(max_length=12, choices=Standing, default=Standing.PROVISIONAL)
    note = models.CharField(max_length=300, blank=True)
    returned_in = models.ForeignKey(
        "figures.FiguresReturn", models.PROTECT, null=True, blank=True,
        related_name="observations",
    )  # fmt: skip
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True, blank=True)
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ObservationQuerySet.as_manager()

    class Meta:
        ordering = ["indicator", "starts_on", "area_code", "breakdown"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "starts_on", "area_code", "breakdown"],
                condition=Q(replaced_at__isnull=True),
                name="figures_observation_one_holds",
            ),
            models.CheckConstraint(
                name="figures_observation_period", condition=Q(ends_on__gt=F("starts_on"))
            ),
            models.CheckConstraint(
                name="figures_observation_not_negative",
                condition=Q(value__gte=0),
                violation_error_message="A count cannot be below zero.",
            ),
            both_or_neither("replaced_at", "replaced_by", name="figures_observation_replaced"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.starts_on}: {self.value}"


class KnownGap(models.Model):
    """That a figure is missing for a period, in the words of the agency that owes it.

    That it is missing follows from there being none; this says why, and when it will come.
    """

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="gaps")
    starts_on = models.DateField("period, as its first day")
    reason = models.CharField(max_length=300)
    expected_on = models.DateField("expected on", null=True, blank=True)
    said_at = models.DateTimeField(default=clock.now, editable=False)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "starts_on"], name="figures_gap_once")
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: missing from {self.starts_on:%-d %B %Y}"
