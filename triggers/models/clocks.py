"""Clocks of a case: by when each step is to be done. The date first set always stands."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.clock import now
from core.history import History
from triggers.models.parts import CaseQuerySet, OfCase


class ClockStage(models.TextChoices):
    """The steps that have a clock, in their order."""

    ACKNOWLEDGE = "acknowledge", "Acknowledged"
    INFORMATION = "information", "Information in"
    THRESHOLD = "threshold", "Threshold decided"
    PANEL = "panel", "Panel held"
    OUTCOME = "outcome", "Outcome letter"
    RESPONSES = "responses", "Answers to recommendations"
    APPEAL = "appeal", "Last day to appeal"
    HEARING = "hearing", "Appeal heard"


class CountedFrom(models.TextChoices):
    """The moment from which a clock counts."""

    RECEIPT = "receipt", "the application"
    DECISION = "decision", "the threshold decision"
    PANEL = "panel", "the panel"
    OUTCOME = "outcome", "the outcome letter"
    APPEAL = "appeal", "the appeal"


class Clock(OfCase):
    """One clock of a case. ``first_due_on`` is never changed; a delay sets ``due_on`` beside it.

    ``says`` is the setting as it was when the clock began: "2 working days from the application".
    ``occurrence`` tells a second turn apart, as after a decision that was reversed.
    """

    application = models.ForeignKey("triggers.Application", models.CASCADE, related_name="clocks")
    stage = models.CharField(max_length=12, choices=ClockStage)
    occurrence = models.PositiveSmallIntegerField(default=1)
    starts_on = models.DateField("counted from")
    first_due_on = models.DateField("first due")
    due_on = models.DateField("now due")
    working = models.BooleanField(default=True)
    days = models.PositiveSmallIntegerField()
    says = models.CharField(max_length=120)
    done_on = models.DateField("done on", null=True, blank=True)
    stopped_because = models.CharField("why it no longer runs", max_length=300, blank=True)
    stopped_on = models.DateField(null=True, blank=True)
    history = History()

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["application", "first_due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "stage", "occurrence"], name="triggers_clock_once"
            ),
            models.CheckConstraint(
                name="triggers_clock_dates", condition=Q(first_due_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="triggers_clock_due",
                condition=Q(due_on__gte=F("first_due_on")),
                violation_error_message="The new date must not be before the one first set.",
            ),
            models.CheckConstraint(
                name="triggers_clock_done_or_stopped",
                condition=Q(done_on__isnull=True) | Q(stopped_on__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                "first_due_on", condition=Q(done_on=None, stopped_on=None),
                name="triggers_clock_running",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.get_stage_display()

    @property
    def runs(self) -> bool:
        """Neither done nor stopped."""
        return self.done_on is None and self.stopped_on is None

    def late(self, on: datetime.date) -> bool:
        """Past the date first set, and not done by it."""
        return (self.done_on or on) > self.first_due_on and self.stopped_on is None


class Delay(OfCase):
    """That a clock will not be kept: the reason, and the date set beside the first."""

    clock = models.ForeignKey(Clock, models.CASCADE, related_name="delays")
    due_on = models.DateField()
    reason = models.CharField("reason, in words the applicant may read", max_length=300)
    at = models.DateTimeField(default=now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.due_on:%-d %B %Y}"

    @property
    def application(self) -> object:
        """The case of its clock."""
        return self.clock.application
