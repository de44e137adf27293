"""What is learned, for everybody: the learning library and its briefings. It names nobody."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core import clock
from core.history import History
from dhr.models.plans import LearningTheme, Recommendation
from documents.models import Publication
from membership import standing
from membership.models import Partnership


class LearningKind(models.TextChoices):
    """How learning is told."""

    LESSON = "lesson", "Lesson"
    BRIEFING = "briefing", "Learning briefing"


class LearningQuerySet(models.QuerySet):
    """Learning that was written, published or not."""

    def of(self, partnership: Partnership | None) -> Self:
        """That of this partnership."""
        return self.filter(partnership=partnership)

    def visible_to(self, user: Any) -> Self:
        """What is not published: to those who sit on the standing panel. The public reads the
        publications."""
        groups = standing.groups(user)
        return self.filter(partnership__death_review_arrangement__group__in=groups)


class Learning(models.Model):
    """A lesson or a briefing. It is linked to recommendations for those on the review only;
    what is published holds no word of which review it came from.

    ``checked_by`` is the second person, who read that it identifies nobody.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="learning")
    kind = models.CharField(max_length=8, choices=LearningKind, default=LearningKind.LESSON)
    title = models.CharField(max_length=160)
    happened = models.TextField("what was seen, in general words")
    matters = models.TextField("why it matters", blank=True)
    practice = models.TextField("what to do differently")
    where_to_read = models.TextField("where to read more", blank=True)
    themes = models.ManyToManyField(LearningTheme, blank=True, related_name="+")
    comes_from = models.ManyToManyField(Recommendation, blank=True, related_name="learning")
    made_at = models.DateTimeField(default=clock.now, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    publication = models.OneToOneField(
        Publication, models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    history = History()

    objects = LearningQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        verbose_name_plural = "learning"
        constraints = [
            models.CheckConstraint(
                name="dhr_learning_two_people",
                condition=Q(checked_by=None) | ~Q(checked_by=models.F("made_by")),
                violation_error_message="Somebody else than the writer must check it.",
            ),
            models.CheckConstraint(
                name="dhr_learning_published_checked",
                condition=Q(publication=None) | Q(checked_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page for those who write and read it before it is published."""
        return reverse("dhr:learning_one", args=[self.partnership.slug, self.pk])

    @property
    def name_in_record(self) -> str:
        """What the record that nobody can change calls it."""
        return str(self.get_kind_display())
