"""The themes of a partnership's work, each with who leads it."""

import uuid
from typing import Any, Self

from django.db import models
from django.urls import reverse

from core.constraints import starts_before_it_ends
from core.history import History
from membership import standing
from membership.models.agencies import Agency, Post
from membership.models.partnerships import OfPartnershipQuerySet, Partnership


class ThemeQuerySet(OfPartnershipQuerySet):
    """Themes."""

    def visible_to(self, user: Any) -> Self:
        """Those of the partnerships in which a person works."""
        return self.filter(partnership__in=standing.working(user))


class Theme(models.Model):
    """A line of work that the terms of reference name, such as domestic abuse, and its lead."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="themes")
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    about = models.TextField("what it covers", blank=True)
    source = models.CharField("who asks for it", max_length=200, blank=True)
    lead = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="lead agency",
    )  # fmt: skip
    lead_post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="lead post"
    )
    position = models.PositiveSmallIntegerField(default=0)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    history = History()

    objects = ThemeQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "slug"],
                name="membership_theme_slug",
                violation_error_message="There is a theme of that name already.",
            ),
            starts_before_it_ends(name="membership_theme_dates"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page, with everything of it in one place."""
        return reverse("assessments:theme", args=[self.partnership.slug, self.slug])
