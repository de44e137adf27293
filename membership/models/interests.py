"""The register of interests."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.constraints import starts_before_it_ends
from core.history import History
from membership import standing
from membership.models.dated import DatedQuerySet
from membership.models.partnerships import Partnership


class InterestKind(models.TextChoices):
    """What sort of interest it is."""

    EMPLOYMENT = "employment", "Employment, office or trade"
    BODY = "body", "Member or trustee of a body"
    CONTRACT = "contract", "Contract, land or money"
    CLOSE = "close", "Family or close friend"
    GIFT = "gift", "Gift or hospitality"
    OTHER = "other", "Another interest"


class InterestQuerySet(DatedQuerySet):
    """Interests."""

    def of(self, partnership: Partnership | None) -> Self:
        """Those in this partnership's register."""
        return self.filter(partnership=partnership).select_related("partnership", "person")

    def visible_to(self, user: Any) -> Self:
        """The register is for all who may read the directory; a sensitive entry is not.

        That one is its person's and the secretariat's.
        """
        secretariats = standing.secretariats(user)
        return self.filter(partnership__in=standing.directories(user)).filter(
            Q(sensitive=False) | Q(person=user.pk) | Q(partnership__in=secretariats)
        )


class Interest(models.Model):
    """Something outside a person's seat that could bear on the business of a partnership.

    ``about`` are the names that recall it on an agenda: of a body, a place or a scheme.
    ``sensitive`` entries, whose disclosure could put somebody at risk, are not shown to others.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="interests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="interests")
    kind = models.CharField(max_length=12, choices=InterestKind)
    text = models.CharField("what the interest is", max_length=300)
    about = models.CharField(
        "names that recall it", max_length=300, blank=True,
        help_text="Bodies, places or schemes, one after another with commas between",
    )  # fmt: skip
    sensitive = models.BooleanField("disclosing it could put somebody at risk", default=False)
    starts_on = models.DateField("since")
    ends_on = models.DateField("until", null=True, blank=True)
    declared_at = models.DateTimeField(default=clock.now, editable=False)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    history = History()

    objects = InterestQuerySet.as_manager()

    class Meta:
        ordering = ["person__name", "starts_on"]
        constraints = [starts_before_it_ends(name="membership_interest_dates")]

    def __str__(self) -> str:
        return f"Interest of {self.person}"
