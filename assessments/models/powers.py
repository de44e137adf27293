"""The powers of the Anti-social Behaviour, Crime and Policing Act 2014 and their successors.

Powers, their limits and who may use them are dated data, never code: the Crime and Policing Act
2026 is moving them. How often they were used is observed as indicators (``PowerIndicator``).
"""

import uuid
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from assessments.models.parts import WorkingQuerySet
from core import clock
from core.constraints import starts_before_it_ends
from core.history import History
from documents.models import Document
from figures.models import Indicator
from membership import standing
from membership.models import Agency, DatedQuerySet, Partnership


class PowerQuerySet(DatedQuerySet):
    """Powers: the law is public, and the same for all partnerships."""

    def visible_to(self, user: Any) -> Self:
        """For everybody."""
        return self

    def of(self, partnership: Any) -> Self:
        """Shared by all partnerships."""
        return self


class Power(models.Model):
    """A power by which anti-social behaviour is dealt with, from a day to a day."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    what = models.TextField("what it does")
    who = models.CharField("who may use it", max_length=300)
    law = models.CharField("Act and section", max_length=200)
    source_url = models.URLField(blank=True)
    verified = models.BooleanField("checked against the Act", default=False)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    position = models.PositiveSmallIntegerField(default=0)
    starts_on = models.DateField("in force from")
    ends_on = models.DateField("until", null=True, blank=True)
    history = History()

    objects = PowerQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        constraints = [starts_before_it_ends(name="assessments_power_dates")]

    def __str__(self) -> str:
        return self.name


class PowerLimit(models.Model):
    """A limit of a power for a time: how long, how much, from what age on."""

    power = models.ForeignKey(Power, models.CASCADE, related_name="limits")
    name = models.CharField("what is limited", max_length=120)
    value = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    words = models.CharField("in words", max_length=200)
    source = models.CharField("Act and section", max_length=200)
    verified = models.BooleanField("checked against the Act", default=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = PowerQuerySet.as_manager()

    class Meta:
        ordering = ["name", "-starts_on"]
        constraints = [starts_before_it_ends(name="assessments_limit_dates")]

    def __str__(self) -> str:
        return f"{self.name}: {self.words}"


class PowerIndicator(models.Model):
    """The indicator by which a partnership counts the use of a power, or breaches of it."""

    indicator = models.OneToOneField(Indicator, models.CASCADE, related_name="of_power")
    power = models.ForeignKey(Power, models.PROTECT, related_name="counted")

    def __str__(self) -> str:
        return f"{self.indicator}"


class OrderState(models.TextChoices):
    """How far an order is. Whether it has run out follows from its dates."""

    CONSULTING = "consulting", "Being consulted on"
    MADE = "made", "Made"
    DISCHARGED = "discharged", "Discharged"


class OrderQuerySet(WorkingQuerySet):
    """Orders."""

    def public(self) -> Self:
        """Those that the law has published: made, and about a place, not about a person."""
        return self.filter(state=OrderState.MADE, shown_to_public=True)

    def visible_to(self, user: Any) -> Self:
        """Public ones to everybody, the others to who works in the partnership."""
        public = Q(state=OrderState.MADE, shown_to_public=True)
        return self.filter(public | Q(partnership__in=standing.working(user)))


class Order(models.Model):
    """An order in force in a place: a public spaces protection order, closure or dispersal.

    ``ends_on`` is the first day on which it no longer holds. ``outline`` is polygons of rings of
    [longitude, latitude], drawn on the map with the wards in ``area_codes``. Orders about a person
    are not kept here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="orders")
    power = models.ForeignKey(Power, models.PROTECT, related_name="orders")
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=160)
    place = models.CharField("where it holds", max_length=300)
    area_codes = ArrayField(models.CharField(max_length=9), default=list, blank=True)
    outline = models.JSONField(default=list, blank=True)
    terms = models.TextField("what it forbids or requires")
    penalty = models.CharField("penalty for a breach", max_length=200, blank=True)
    made_by = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=OrderState, default=OrderState.CONSULTING)
    starts_on = models.DateField("in force from", null=True, blank=True)
    ends_on = models.DateField("first day without it", null=True, blank=True)
    extends = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="extended_by"
    )
    consulted_from = models.DateField(null=True, blank=True)
    consulted_until = models.DateField(null=True, blank=True)
    consulted_whom = models.TextField("who was consulted", blank=True)
    consulted_found = models.TextField("what they said", blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    source_url = models.URLField("where it is published", blank=True)
    shown_to_public = models.BooleanField(default=True)
    ended_because = models.CharField("why it was discharged", max_length=300, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    history = History()

    objects = OrderQuerySet.as_manager()

    class Meta:
        ordering = ["ends_on", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "slug"],
                name="assessments_order_slug",
                violation_error_message="There is an order of that name already.",
            ),
            models.CheckConstraint(
                name="assessments_order_dates",
                condition=Q(state="consulting")
                | Q(state="discharged", starts_on__isnull=True, ends_on__isnull=True)
                | Q(starts_on__isnull=False, ends_on__isnull=False, ends_on__gt=F("starts_on")),
                violation_error_message="An order that is made has a first and a last day.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("assessments:order", args=[self.partnership.slug, self.slug])
