"""Groups of people, and the places at their tables."""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.constraints import starts_before_it_ends
from core.history import History
from core.markings import Marking
from membership import standing
from membership.models.agencies import Agency, Post
from membership.models.dated import DatedQuerySet
from membership.models.partnerships import Partnership


class GroupKind(models.TextChoices):
    """What a group is for. Panels are need-to-know: nobody else learns that they exist."""

    BOARD = "board", "Board"
    SUBGROUP = "subgroup", "Subgroup"
    PANEL = "panel", "Panel"
    SECRETARIAT = "secretariat", "Secretariat"
    SCRUTINY = "scrutiny", "Scrutiny committee"
    SCRUTINEER = "scrutineer", "Grant scrutineer"
    ADMINISTRATION = "administration", "System administration"


class GroupQuerySet(DatedQuerySet):
    """Groups."""

    def of(self, partnership: Partnership | None) -> Self:
        """Those of this partnership."""
        return self.filter(partnership=partnership)

    def but_cases(self) -> Self:
        """Without the panels of single cases: who sits there stands on the case's own pages."""
        return self.exclude(kind=GroupKind.PANEL, reports_to__kind=GroupKind.PANEL)

    def seating(self, user: Any) -> Self:
        """Those on which this person sits today, or whose business their own group runs."""
        return self.filter(pk__in=standing.groups(user))

    def visible_to(self, user: Any) -> Self:
        """Those that this person may know of: a panel only by sitting on it."""
        known = ~Q(kind=GroupKind.PANEL) & Q(partnership__in=standing.directories(user))
        return self.filter(known | Q(pk__in=standing.groups(user)))


class Group(models.Model):
    """The board, a subgroup, a panel, the secretariat, the scrutiny committee: all are groups."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="groups")
    name = models.CharField(max_length=160)
    short_name = models.CharField(max_length=40)
    slug = models.SlugField(max_length=60)
    kind = models.CharField(max_length=20, choices=GroupKind)
    purpose = models.TextField(blank=True)
    administered_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="administers",
        help_text="The group whose officers run its business",
    )  # fmt: skip
    reports_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="reporting"
    )
    default_marking = models.CharField(max_length=12, choices=Marking, default=Marking.OFFICIAL)
    quorum = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Leave empty where the terms of reference set none"
    )
    chair_reviewed = models.BooleanField(
        "chair and vice-chair are reviewed each year", default=False
    )
    starts_on = models.DateField("set up on")
    ends_on = models.DateField("ended on", null=True, blank=True)
    history = History()

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "slug"],
                name="membership_group_slug",
                violation_error_message="The partnership already has a group at that address.",
            ),
            starts_before_it_ends(name="membership_group_dates"),
            models.UniqueConstraint(
                fields=["partnership"],
                condition=Q(kind=GroupKind.BOARD, ends_on__isnull=True),
                name="membership_one_board",
                violation_error_message="The partnership already has a board.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page in the directory."""
        return reverse("membership:group", args=[self.partnership.slug, self.slug])

    @property
    def group(self) -> "Group":
        """Itself, so that rules may ask any record for its group."""
        return self

    @property
    def group_id(self) -> uuid.UUID:
        """Its own key, for the same reason."""
        return self.pk

    def named_in_record(self, name: str, what: str) -> str:
        """What the record that nobody can change calls something of this group: “a paper”.

        A panel's matter may have to be removed one day, and the record outlives it: no titles.
        """
        return f"{what} of {self.short_name}" if self.kind == GroupKind.PANEL else name


class PlaceQuerySet(DatedQuerySet):
    """Places."""

    def of(self, partnership: Partnership | None) -> Self:
        """Those on groups of this partnership."""
        return self.filter(group__partnership=partnership)

    def visible_to(self, user: Any) -> Self:
        """Those on groups that this person may know of."""
        return self.filter(group__in=Group.objects.visible_to(user))


class Place(models.Model):
    """A place at the table that the group expects to be filled; empty, it is a vacancy."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="places")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="places")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="places")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    history = History()

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["agency__name", "post__title"]
        constraints = [starts_before_it_ends(name="membership_place_dates")]

    def __str__(self) -> str:
        return f"{self.post or 'A representative'}, {self.agency.short_name}"

    @property
    def partnership(self) -> Partnership:
        """The partnership of its group."""
        return self.group.partnership
