"""Reading what one is not on, for an hour, because two people found that it must be."""

import datetime
import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core import clock
from core.constraints import both_or_neither
from core.history import History
from membership import standing
from membership.models.partnerships import Partnership
from membership.models.seats import Seat

TO_AGREE = datetime.timedelta(hours=24)
OPENS_FOR = datetime.timedelta(minutes=60)


class EmergencyReadingQuerySet(models.QuerySet):
    """What was asked."""

    def of(self, partnership: Partnership | None) -> Self:
        """In this partnership."""
        return self.filter(partnership=partnership)

    def visible_to(self, user: Any) -> Self:
        """To those who may ask and agree: officers, and who chairs the board."""
        return self.filter(partnership__in=standing.in_emergencies(user))


class EmergencyReading(models.Model):
    """That somebody asked to read the record of a panel on which they do not sit, and what came.

    They name its ``reference``; nothing here or on its page tells whether there is such a record.
    ``seat`` is the seat of an hour that it opened, where there is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="emergency_readings")
    reference = models.CharField(max_length=20)
    reason = models.CharField("why it must be read now", max_length=300)
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    refused_because = models.CharField("why not", max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    seat = models.OneToOneField(
        Seat, models.SET_NULL, null=True, blank=True, related_name="emergency", editable=False
    )
    history = History()

    objects = EmergencyReadingQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            both_or_neither("agreed_at", "agreed_by", name="membership_emergency_agreed"),
            both_or_neither("refused_at", "refused_by", name="membership_emergency_refused"),
            models.CheckConstraint(
                name="membership_emergency_two_people",
                condition=Q(agreed_by=None) | ~Q(agreed_by=F("asked_by")),
                violation_error_message="Somebody else must agree.",
            ),
            models.CheckConstraint(
                name="membership_emergency_one_answer",
                condition=Q(agreed_at=None) | Q(refused_at=None),
            ),
        ]

    def __str__(self) -> str:
        return "Emergency reading"

    @property
    def until(self) -> datetime.datetime | None:
        """When it ends, or ended."""
        if self.agreed_at is None:
            return None
        return min(filter(None, [self.agreed_at + OPENS_FOR, self.ended_at]))

    @property
    def state(self) -> str:
        """``waiting``, ``open``, ``over``, ``refused`` or ``lapsed`` at this moment."""
        if self.refused_at:
            return "refused"
        if self.until:
            return "open" if clock.now() < self.until else "over"
        return "waiting" if clock.now() < self.asked_at + TO_AGREE else "lapsed"
