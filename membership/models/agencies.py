"""The bodies that people come from, and the posts in them."""

import uuid

from django.db import models

from core.constraints import starts_before_it_ends
from core.history import History
from membership.models.dated import DatedQuerySet


class AgencyKind(models.TextChoices):
    """What sort of body it is. The five responsible authorities come first (CDA 1998 s.5)."""

    POLICE = "police", "Police"
    DISTRICT = "district", "District or borough council"
    COUNTY = "county", "County council"
    UNITARY = "unitary", "Unitary council"
    HEALTH = "health", "NHS body"
    PROBATION = "probation", "Probation"
    FIRE = "fire", "Fire and rescue"
    COMMISSIONER = "commissioner", "Police and crime commissioner"
    VOLUNTARY = "voluntary", "Voluntary or community body"
    HOUSING = "housing", "Housing provider"
    OTHER = "other", "Other"


class Agency(models.Model):
    """A body, under the name it had while it lasted. A successor is another row, from a date."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=160)
    short_name = models.CharField("name in tables", max_length=60)
    slug = models.SlugField(
        max_length=80,
        unique=True,
        error_messages={"unique": "There is an agency of this name already."},
    )
    kind = models.CharField(max_length=20, choices=AgencyKind)
    statutory_basis = models.CharField(
        max_length=200, blank=True, help_text="The law that makes it a responsible authority"
    )
    starts_on = models.DateField("existed from")
    ends_on = models.DateField("until", null=True, blank=True)
    succeeds = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors"
    )
    history = History()

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"
        constraints = [starts_before_it_ends(name="membership_agency_dates")]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A post within an agency, which outlives whoever holds it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="posts")
    title = models.CharField(max_length=120)
    starts_on = models.DateField("existed from")
    ends_on = models.DateField("until", null=True, blank=True)
    history = History()

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["agency__name", "title"]
        constraints = [
            starts_before_it_ends(name="membership_post_dates"),
            models.UniqueConstraint(
                fields=["agency", "title"],
                name="membership_post_once",
                violation_error_message="This agency already has a post of that title.",
            ),
        ]

    def __str__(self) -> str:
        return self.title
