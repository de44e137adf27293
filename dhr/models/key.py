"""The key of pseudonyms: who is who. It never leaves the panel."""

from django.db import models

from core import clock
from core.sealed import SealedTextField
from dhr.models.parts import OfReview, ReviewQuerySet
from dhr.models.reviews import Review


class KeyRole(models.TextChoices):
    """Who somebody is in a review."""

    DIED = "died", "Who died"
    OTHER_PERSON = "other_person", "The person suspected or responsible"
    CHILD = "child", "Child"
    FAMILY = "family", "Family or friend"
    WORKER = "worker", "Somebody who worked with them"
    PLACE = "place", "A place or an address"


class KeyEntry(OfReview):
    """One pseudonym and the names behind it, sealed. No history is kept: a name that was wrong
    goes for good.

    ``names`` holds, one on each line, every name and spelling that a text could hold.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="key")
    pseudonym = models.CharField(max_length=80)
    role = models.CharField(max_length=12, choices=KeyRole)
    names = SealedTextField("names and spellings, one on each line")
    changed_at = models.DateTimeField(default=clock.now, editable=False)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["review", "pseudonym"]
        verbose_name_plural = "key"
        constraints = [
            models.UniqueConstraint(fields=["review", "pseudonym"], name="dhr_key_pseudonym")
        ]

    def __str__(self) -> str:
        return self.pseudonym
