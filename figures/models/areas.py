"""Areas of statistics: districts, wards and LSOAs, each with its vintage, people and outline.

Reference data, shared by all partnerships. Which districts are a partnership's own is said with
dates in ``membership.PartnershipArea``; the community safety partnership that ONS still counts by
(``District.csp_code``) may be another, and is kept apart.
"""

from typing import Any, Self

from django.db import models
from django.db.models import Q


class PublicQuerySet(models.QuerySet):
    """Reference data and public figures."""

    def visible_to(self, user: Any) -> Self:
        """For everybody: these are published by others."""
        return self

    def of(self, partnership: Any) -> Self:
        """Shared by all partnerships."""
        return self


class District(models.Model):
    """A local authority district, with the areas that national statistics put it in."""

    code = models.CharField("GSS code", max_length=9, primary_key=True)
    name = models.CharField(max_length=80)
    vintage = models.PositiveSmallIntegerField("year of the list it stands in")
    csp_code = models.CharField("statistical CSP area", max_length=9, blank=True)
    csp_name = models.CharField(max_length=120, blank=True)
    police_force_area = models.CharField(max_length=9, blank=True)
    police_force_area_name = models.CharField(max_length=80, blank=True)

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["police_force_area"], name="figures_district_force")]

    def __str__(self) -> str:
        return self.name


class Ward(models.Model):
    """An electoral ward of a district, as drawn in the year of its vintage."""

    code = models.CharField("GSS code", max_length=9, primary_key=True)
    name = models.CharField(max_length=80)
    vintage = models.PositiveSmallIntegerField()
    district = models.ForeignKey(District, models.PROTECT, related_name="wards")

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Lsoa(models.Model):
    """A lower layer super output area of the 2011 or 2021 census, or of both.

    ``ward`` is the one that it fits best (ONS' own table). A 2011 area that was split or merged
    has one only where all that became of it lies in one ward.
    """

    code = models.CharField("GSS code", max_length=9, primary_key=True)
    name = models.CharField(max_length=80)
    in_2011 = models.BooleanField()
    in_2021 = models.BooleanField()
    district = models.ForeignKey(District, models.PROTECT, related_name="lsoas")
    ward = models.ForeignKey(Ward, models.PROTECT, null=True, blank=True, related_name="lsoas")

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="figures_lsoa_vintage", condition=Q(in_2011=True) | Q(in_2021=True)
            )
        ]

    def __str__(self) -> str:
        return self.name


class LsoaChange(models.Model):
    """What became of a 2011 area in 2021: U the same, S split, M merged, X irregular."""

    before = models.ForeignKey(Lsoa, models.CASCADE, related_name="became")
    after = models.ForeignKey(Lsoa, models.CASCADE, related_name="came_from")
    kind = models.CharField(max_length=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["before", "after"], name="figures_lsoa_change_once"),
            models.CheckConstraint(
                name="figures_lsoa_change_kind", condition=Q(kind__in=["U", "S", "M", "X"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before_id} {self.kind} {self.after_id}"


class Population(models.Model):
    """How many people live in an area, by whose count and of when. The newest is used for rates."""

    area_code = models.CharField("GSS code of district, ward or LSOA", max_length=9)
    source = models.CharField(max_length=120)
    year = models.PositiveSmallIntegerField()
    residents = models.PositiveIntegerField()
    households = models.PositiveIntegerField(null=True, blank=True)

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["area_code", "-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["area_code", "year", "source"], name="figures_population_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.area_code}, {self.year}: {self.residents}"


class Outline(models.Model):
    """A ward or LSOA drawn: polygons of rings of [longitude, latitude] (WGS84)."""

    area_code = models.CharField("GSS code", max_length=9, primary_key=True)
    district = models.ForeignKey(District, models.CASCADE, related_name="outlines")
    layer = models.CharField(max_length=8)
    vintage = models.PositiveSmallIntegerField()
    polygons = models.JSONField()
    source = models.CharField(max_length=200)

    objects = PublicQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="figures_outline_layer", condition=Q(layer__in=["ward", "lsoa"])
            )
        ]

    def __str__(self) -> str:
        return self.area_code
