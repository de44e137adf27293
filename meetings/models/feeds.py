"""Private calendar feeds."""

from django.conf import settings
from django.db import models

from core import clock


class CalendarFeed(models.Model):
    """A person's own feed. Its address holds a secret, of which only the SHA-256 is kept."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed"
    )
    secret = models.CharField("SHA-256 of the secret", max_length=64, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField("last read", null=True, blank=True)

    def __str__(self) -> str:
        return f"Calendar of {self.person}"
