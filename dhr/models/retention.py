"""What is kept how long: legal holds, and the record that a review was removed."""

from django.conf import settings
from django.db import models

from core import clock
from core.constraints import both_or_neither
from dhr.models.parts import OfReview, ReviewQuerySet
from dhr.models.reviews import Review


class Hold(OfReview):
    """A legal hold: nothing of the review is removed while it lasts."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="holds")
    reason = models.CharField(max_length=300)
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    lifted_because = models.CharField(max_length=300, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        constraints = [both_or_neither("lifted_at", "lifted_by", name="dhr_hold_lifted")]

    def __str__(self) -> str:
        return "Legal hold"


class Erasure(OfReview):
    """That an officer approved that what a review held goes; once ``done_at``, that it went, and
    how many rows it was."""

    review = models.OneToOneField(Review, models.PROTECT, related_name="erasure")
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)
    rows = models.JSONField(default=dict, help_text="How many rows of each table")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return "Removal"
