"""Countywide services and groups that the partnership keeps contact with."""

import uuid

from django.conf import settings
from django.db import models

from core import clock
from core.constraints import starts_before_it_ends
from core.history import History
from membership.models.partnerships import OfPartnershipQuerySet, Partnership


class Representation(models.Model):
    """A countywide service or group, and who represents the partnership there (purpose 5)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="representations")
    body = models.CharField("countywide service or group", max_length=160)
    purpose = models.CharField("what it does", max_length=300, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="who represents the partnership",
    )  # fmt: skip
    contact_name = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_telephone = models.CharField(max_length=40, blank=True)
    starts_on = models.DateField("since")
    ends_on = models.DateField("until", null=True, blank=True)
    history = History()

    objects = OfPartnershipQuerySet.as_manager()

    class Meta:
        ordering = ["body"]
        constraints = [starts_before_it_ends(name="membership_representation_dates")]

    def __str__(self) -> str:
        return self.body


class RepresentationReport(models.Model):
    """What came back to the board from a countywide body."""

    representation = models.ForeignKey(Representation, models.CASCADE, related_name="reports")
    on = models.DateField("date")
    text = models.TextField("what came back")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.representation}, {self.on:%-d %B %Y}"
