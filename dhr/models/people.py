"""Why somebody was put on a review or taken off it."""

from django.conf import settings
from django.db import models

from core import clock
from dhr.models.parts import OfReview, ReviewQuerySet
from dhr.models.reviews import Review


class SeatReason(OfReview):
    """The reason for which somebody was put on the review's list, or taken off it."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="seat_reasons")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    put_on = models.BooleanField()
    reason = models.CharField(max_length=300)
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return "Put on" if self.put_on else "Taken off"
