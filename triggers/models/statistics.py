"""The statutory figures as they were published (2014 Act, section 104(9))."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core import clock
from core.history import History
from membership.models import Partnership
from triggers.models.parts import ProcedureQuerySet


class PublishedYearQuerySet(ProcedureQuerySet):
    """Years that were published."""

    def visible_to(self, user: object) -> "PublishedYearQuerySet":
        """For everybody: published however small."""
        return self


class PublishedYear(models.Model):
    """The four figures of a year as published. What was not published is empty, never zero."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    starts_on = models.DateField("from")
    ends_on = models.DateField("to, that day included")
    applications = models.PositiveIntegerField(null=True, blank=True)
    threshold_not_met = models.PositiveIntegerField(null=True, blank=True)
    reviews = models.PositiveIntegerField(null=True, blank=True)
    reviews_with_recommendations = models.PositiveIntegerField(null=True, blank=True)
    source = models.CharField("where it was published", max_length=300, blank=True)
    differs_because = models.CharField(
        "why the cases give other numbers", max_length=300, blank=True
    )
    corrected_because = models.CharField("why it was corrected", max_length=300, blank=True)
    published_at = models.DateTimeField(default=clock.now, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    history = History()

    objects = PublishedYearQuerySet.as_manager()

    class Meta:
        ordering = ["partnership", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "starts_on"], name="triggers_published_year_once"
            ),
            models.CheckConstraint(
                name="triggers_published_year_dates", condition=Q(ends_on__gt=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on.year}/{self.ends_on.year % 100:02}"
