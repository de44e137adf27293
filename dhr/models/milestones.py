"""By when each step of a review is to be done. The date first set always stands."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core import clock
from core.history import History
from dhr.models.parts import OfReview, ReviewQuerySet
from dhr.models.reviews import Proceeding, Review


class Step(models.TextChoices):
    """The steps of a review, in their order. The first and the report have dates by guidance."""

    DECIDE = "decide", "Decide whether to hold a review"
    TELL_HOME_OFFICE = "tell_home_office", "Tell the Home Office of the decision"
    TELL_FAMILY = "tell_family", "Tell the family"
    CHAIR = "chair", "Appoint an independent chair"
    TERMS = "terms", "Agree the terms of reference"
    FIRST_MEETING = "first_meeting", "First meeting of the panel"
    INFORMATION = "information", "Have all information in"
    REPORT = "report", "Complete the overview report"
    SUBMIT = "submit", "Submit to the Quality Assurance Panel"
    FEEDBACK = "feedback", "The Quality Assurance Panel’s answer"
    PUBLISH = "publish", "Publish"
    COPIES = "copies", "Send the copies"
    PLAN = "plan", "All actions signed off"
    REMOVE = "remove", "Take the report off the site"


class Milestone(OfReview):
    """One step with its date. ``first_due_on`` is never changed; a delay sets ``due_on`` beside.

    ``says`` is the rule as it was when the date was set: "6 months from the decision". ``legal``
    says that the date comes from the law or its guidance, not from the panel's own plan.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="milestones")
    step = models.CharField(max_length=16, choices=Step)
    occurrence = models.PositiveSmallIntegerField(default=1)
    legal = models.BooleanField(default=False)
    starts_on = models.DateField("counted from", null=True, blank=True)
    first_due_on = models.DateField("first due")
    due_on = models.DateField("now due")
    says = models.CharField(max_length=160, blank=True)
    done_on = models.DateField("done on", null=True, blank=True)
    stopped_on = models.DateField(null=True, blank=True)
    stopped_because = models.CharField("why it no longer runs", max_length=300, blank=True)
    history = History()

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["review", "first_due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "step", "occurrence"], name="dhr_milestone_once"
            ),
            models.CheckConstraint(
                name="dhr_milestone_dates",
                condition=Q(starts_on=None) | Q(first_due_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="dhr_milestone_due",
                condition=Q(due_on__gte=F("first_due_on")),
                violation_error_message="The new date must not be before the one first set.",
            ),
            models.CheckConstraint(
                name="dhr_milestone_done_or_stopped",
                condition=Q(done_on__isnull=True) | Q(stopped_on__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                "first_due_on", condition=Q(done_on=None, stopped_on=None),
                name="dhr_milestone_running",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.get_step_display()

    @property
    def runs(self) -> bool:
        """Neither done nor stopped."""
        return self.done_on is None and self.stopped_on is None

    def late(self, on: datetime.date) -> bool:
        """Past the date first set, and not done by it."""
        return (self.done_on or on) > self.first_due_on and self.stopped_on is None


class DelayQuerySet(ReviewQuerySet):
    """Delays, by their milestone's review."""

    path = "milestone__review__"


class Delay(OfReview):
    """That a date will not be kept: the reason, the date beside the first, and the day on which
    the Home Office was told."""

    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="delays")
    due_on = models.DateField()
    reason = models.CharField("reason, without names", max_length=300)
    proceeding = models.ForeignKey(
        Proceeding, models.SET_NULL, null=True, blank=True, related_name="delays",
        verbose_name="what it waits for",
    )  # fmt: skip
    home_office_told_on = models.DateField("Home Office told on", null=True, blank=True)
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = DelayQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.due_on:%-d %B %Y}"

    @property
    def review(self) -> Review:
        """The review of its milestone."""
        return self.milestone.review
