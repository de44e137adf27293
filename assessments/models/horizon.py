"""The horizon: changes of law and policy that are coming (terms of reference, purpose 7)."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse

from actions.models import Action
from assessments.models.parts import WorkingQuerySet
from core import clock
from core.constraints import both_or_neither
from core.history import History
from membership.models import Agency, Partnership, Post, Theme


class Level(models.TextChoices):
    """Where a change comes from."""

    NATIONAL = "national", "National"
    COUNTY = "county", "County"
    LOCAL = "local", "Local"


class Stage(models.TextChoices):
    """How far a change is."""

    PROPOSED = "proposed", "Proposed"
    DECIDED = "decided", "Decided, not yet in force"
    PARTLY = "partly", "Partly in force"
    IN_FORCE = "in_force", "In force"
    DROPPED = "dropped", "Dropped"


class PolicyChangeQuerySet(WorkingQuerySet):
    """Changes on the horizon."""


class PolicyChange(models.Model):
    """A change of law or policy: when it commences, what it touches here, who follows it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="policy_changes")
    title = models.CharField(max_length=160)
    level = models.CharField(max_length=8, choices=Level, default=Level.NATIONAL)
    what = models.TextField("what changes")
    touches = models.TextField("what it touches here", blank=True)
    themes = models.ManyToManyField(Theme, blank=True, related_name="policy_changes")
    source = models.CharField("where it is written", max_length=200)
    source_url = models.URLField(blank=True)
    verified = models.BooleanField("read at its source", default=False)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.PROPOSED)
    commences_on = models.DateField("commences on", null=True, blank=True)
    commences_words = models.CharField("if the day is not known", max_length=160, blank=True)
    owner = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="agency that follows it",
    )  # fmt: skip
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    look_again_on = models.DateField("look at it again on", null=True, blank=True)
    action = models.ForeignKey(
        Action, models.PROTECT, null=True, blank=True, related_name="prepares_for"
    )
    closed_because = models.CharField("what came of it", max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)
    history = History(m2m_fields=[themes])

    objects = PolicyChangeQuerySet.as_manager()

    class Meta:
        ordering = ["commences_on", "title"]
        constraints = [
            both_or_neither("closed_at", "closed_by", name="assessments_change_closed"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("assessments:policy_change", args=[self.partnership.slug, self.pk])
