"""A community safety partnership, its area, and the agencies that are partners in it."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.constraints import never_two_at_once, starts_before_it_ends
from core.history import History
from membership import standing
from membership.models.agencies import Agency
from membership.models.dated import DatedQuerySet


class PartnershipQuerySet(models.QuerySet):
    """Partnerships."""

    def visible_to(self, user: Any) -> Self:
        """Every partnership is public: what it holds is not."""
        return self

    def seating(self, user: Any) -> Self:
        """Those in which this person holds a seat today."""
        return self.filter(pk__in={seat.group.partnership_id for seat in standing.seats(user)})


class Partnership(models.Model):
    """A community safety partnership (Crime and Disorder Act 1998 s.5) and its settings."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=160)
    place = models.CharField("place name", max_length=80, help_text="As in “a safer Dartford”")
    slug = models.SlugField(max_length=60, unique=True)
    police_force_area = models.CharField(max_length=9, blank=True, help_text="GSS code")
    contact_email = models.EmailField(blank=True)
    contact_telephone = models.CharField(max_length=40, blank=True)
    introduction = models.TextField(blank=True, help_text="What the public front page says")
    municipal_year_starts = models.PositiveSmallIntegerField(
        "month in which the municipal year starts", default=5
    )
    agenda_days = models.PositiveSmallIntegerField(
        "working days before a meeting by which its agenda is published", default=5
    )
    submission_days = models.PositiveSmallIntegerField(
        "working days before a meeting by which leads send in items and papers", default=8
    )
    clearance_days = models.PositiveSmallIntegerField(
        "working days in which the chair clears minutes", default=10
    )
    publication_days = models.PositiveSmallIntegerField(
        "working days in which agreed minutes are published", default=5
    )
    history = History()

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="membership_partnership_month",
                condition=Q(municipal_year_starts__gte=1, municipal_year_starts__lte=12),
                violation_error_message="The month must be from 1 to 12.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The public front page."""
        return reverse("dashboards:public", args=[self.slug])

    @property
    def partnership(self) -> "Partnership":
        """Itself, so that rules may ask any record for its partnership."""
        return self

    @property
    def partnership_id(self) -> uuid.UUID:
        """Its own key, for the same reason."""
        return self.pk


class PartnershipArea(models.Model):
    """A district that belongs to the partnership's area, for as long as it does."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="areas")
    gss_code = models.CharField("GSS code of the district", max_length=9)
    name = models.CharField(max_length=80)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [starts_before_it_ends(name="membership_area_dates")]

    def __str__(self) -> str:
        return self.name


class OfPartnershipQuerySet(DatedQuerySet):
    """Dated records that hold a partnership themselves."""

    def of(self, partnership: Partnership | None) -> Self:
        """Those of this partnership."""
        return self.filter(partnership=partnership)

    def visible_to(self, user: Any) -> Self:
        """Those of the partnerships whose directory this person may read."""
        return self.filter(partnership__in=standing.directories(user))


class Partner(models.Model):
    """An agency's place in a partnership, from a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="partners")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="partners")
    statutory = models.BooleanField("statutory partner", default=False)
    starts_on = models.DateField("joined on")
    ends_on = models.DateField("left on", null=True, blank=True)
    joined_because = models.CharField("how it joined", max_length=300, blank=True)
    joined_url = models.CharField(
        "where that was decided", max_length=300, blank=True, editable=False
    )
    liaison = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="designated liaison officer",
    )  # fmt: skip
    history = History()

    objects = OfPartnershipQuerySet.as_manager()

    class Meta:
        ordering = ["-statutory", "agency__name"]
        constraints = [
            starts_before_it_ends(name="membership_partner_dates"),
            never_two_at_once(
                "partnership", "agency",
                name="membership_partner_once",
                message="This agency is already in the partnership at that time.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.agency)
