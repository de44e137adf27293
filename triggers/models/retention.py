"""What is kept how long: legal holds, and the record that a case was removed."""

from django.conf import settings
from django.db import models

from core import clock
from core.constraints import both_or_neither
from triggers.models.applications import Application
from triggers.models.parts import CaseQuerySet, OfCase


class Hold(OfCase):
    """A legal hold: nothing of the case is removed while it lasts."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="holds")
    reason = models.CharField(max_length=300)
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    lifted_because = models.CharField(max_length=300, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        constraints = [both_or_neither("lifted_at", "lifted_by", name="triggers_hold_lifted")]

    def __str__(self) -> str:
        return "Legal hold"


class Erasure(OfCase):
    """That what a case held about people was approved for removal, by whom, and then removed.

    ``rows`` are how many of each record went, once it is done.
    """

    application = models.OneToOneField(Application, models.PROTECT, related_name="erasure")
    at = models.DateTimeField("approved at", default=clock.now, editable=False)
    done_at = models.DateTimeField(null=True, blank=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    rows = models.JSONField(default=dict, help_text="How many rows of each table")

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return "Removal"
