"""What a theme holds in one place, and the weekly reports of tensions in communities."""

import datetime
import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from actions.models import Action
from assessments.models.parts import PartQuerySet
from core import clock
from core.constraints import both_or_neither
from core.history import History
from core.markings import Marked, Marking
from documents.models import Document
from membership import standing
from membership.models import Agency, Group, Partnership, Theme

# From this level on a report is shown to the board.
RAISED = 4


class ThemeAction(models.Model):
    """An action that belongs to a theme."""

    WHOLE = "theme"

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="action_links")
    action = models.ForeignKey(Action, models.CASCADE, related_name="theme_links")

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["theme", "action"], name="assessments_theme_action")
        ]

    def __str__(self) -> str:
        return f"{self.theme}: {self.action}"


class ThemePaper(models.Model):
    """A paper that belongs to a theme, such as its plan."""

    WHOLE = "theme"

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="paper_links")
    document = models.ForeignKey(Document, models.CASCADE, related_name="theme_links")
    plan = models.BooleanField("is the theme's plan", default=False)

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["theme", "document"], name="assessments_theme_paper")
        ]

    def __str__(self) -> str:
        return f"{self.theme}: {self.document}"


class TensionReportQuerySet(models.QuerySet):
    """Tension reports."""

    def of(self, partnership: Partnership | None) -> Self:
        """Those of this partnership."""
        return self.filter(partnership=partnership).select_related("agency", "group")

    def visible_to(self, user: Any) -> Self:
        """To their group, behind the gate while restricted; to whoever reported it."""
        groups = Q(group__in=standing.groups(user))
        open_ones = Q(marking=Marking.OFFICIAL) | Q(group__in=standing.cleared(user))
        own = Q(reported_by=user.pk, partnership__in=standing.working(user))
        return self.filter((groups & open_ones) | own)


class TensionReport(Marked, models.Model):
    """A week's tension in a community: what was Experienced, Evidenced, or is Potential.

    ``level`` goes from 1, none, to 6, disorder; from ``RAISED`` on the board is shown it.
    Restricted by default. ``week`` is a Monday.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="tensions")
    group = models.ForeignKey(
        Group, models.PROTECT, related_name="tensions", verbose_name="who may see it"
    )
    week = models.DateField("week, as its Monday")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    community = models.CharField("community or place", max_length=160)
    theme = models.ForeignKey(
        Theme, models.SET_NULL, null=True, blank=True, related_name="tensions"
    )
    experienced = models.TextField("what people have experienced", blank=True)
    evidenced = models.TextField("what evidence shows", blank=True)
    potential = models.TextField("what may come", blank=True)
    level = models.PositiveSmallIntegerField()
    source = models.CharField("where it comes from", max_length=200, blank=True)
    response = models.TextField("what is being done", blank=True)
    marking = models.CharField(max_length=12, choices=Marking, default=Marking.SENSITIVE)
    reported_at = models.DateTimeField(default=clock.now, editable=False)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    shown_at = models.DateTimeField("shown to the board", null=True, blank=True)
    shown_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField("no longer a tension", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    history = History()

    objects = TensionReportQuerySet.as_manager()

    class Meta:
        ordering = ["-week", "-level"]
        constraints = [
            models.CheckConstraint(
                name="assessments_tension_level",
                condition=Q(level__gte=1, level__lte=6),
                violation_error_message="The level is from 1 to 6.",
            ),
            models.CheckConstraint(
                name="assessments_tension_monday",
                condition=Q(week__iso_week_day=1),
                violation_error_message="A week begins on its Monday.",
            ),
            models.CheckConstraint(
                name="assessments_tension_says",
                condition=~Q(experienced="", evidenced="", potential=""),
                violation_error_message="Say what was experienced, evidenced, or may come.",
            ),
            both_or_neither("shown_at", "shown_by", name="assessments_tension_shown"),
            both_or_neither("closed_at", "closed_by", name="assessments_tension_closed"),
        ]

    def __str__(self) -> str:
        return f"Tension report, week of {self.week:%-d %B %Y}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("assessments:tension", args=[self.partnership.slug, self.pk])

    @property
    def raised(self) -> bool:
        """High enough for the board."""
        return self.level >= RAISED

    @property
    def last_day(self) -> datetime.date:
        """The Sunday of its week."""
        return self.week + datetime.timedelta(days=6)
