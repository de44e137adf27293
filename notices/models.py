"""Who is told what: in the application, exactly once per person, subject and occurrence."""

from typing import Any, Self

from django.conf import settings
from django.db import models

from core import clock
from membership.models import Partnership


class NoticeQuerySet(models.QuerySet):
    """Notices."""

    def visible_to(self, user: Any) -> Self:
        """A notice is its recipient's alone."""
        return self.filter(recipient=user) if user.is_authenticated else self.none()

    def of(self, partnership: Partnership | None) -> Self:
        """Those of this partnership, or all where none is meant."""
        return self.filter(partnership=partnership) if partnership else self

    def unread(self) -> Self:
        """Those not yet opened."""
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """One thing that one person is told. ``occurrence`` tells repeats of the same kind apart."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    occurrence = models.CharField(max_length=60, blank=True)
    text = models.CharField(max_length=300)
    url = models.CharField(max_length=300)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id", "recipient", "occurrence"],
                name="notices_notice_once",
            )
        ]
        indexes = [
            models.Index(
                "recipient", condition=models.Q(read_at__isnull=True), name="notices_unread"
            )
        ]

    def __str__(self) -> str:
        return self.text
