"""Who sits where, in which role, for whom, from when until when."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core import clock
from core.constraints import both_or_neither, never_two_at_once, starts_before_it_ends
from core.history import History
from membership.models.agencies import Agency, Post
from membership.models.dated import DatedQuerySet
from membership.models.groups import Group
from membership.models.partnerships import Partnership


class Role(models.TextChoices):
    """What a person does on a group. It means nothing without the group and the dates."""

    CHAIR = "chair", "Chair"
    VICE_CHAIR = "vice_chair", "Vice-chair"
    MEMBER = "member", "Member"
    OFFICER = "officer", "Officer"
    ADVISER = "adviser", "Adviser"


class SeatQuerySet(DatedQuerySet):
    """Seats."""

    def on(self, day: Any) -> Self:
        """Those held on this day; a seat of an hour only while it lasts."""
        return super().on(day).exclude(emergency_until__lte=clock.now())

    def of(self, partnership: Partnership | None) -> Self:
        """Those on groups of this partnership."""
        return self.filter(group__partnership=partnership)

    def visible_to(self, user: Any) -> Self:
        """Those on groups that this person may know of."""
        return self.filter(group__in=Group.objects.visible_to(user))

    def held_by(self, user: Any) -> Self:
        """This person's."""
        return self.filter(person=user)


class Seat(models.Model):
    """A person, in a group, in a role, for an agency, from a day to a day: all access follows.

    ``ends_on`` is the first day on which the seat is no longer held, so that ending it today
    ends its access at the next request, and a successor may start the same day. A seat that an
    emergency reading opens ends at a minute, ``emergency_until``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="seats")
    group = models.ForeignKey(Group, models.PROTECT, related_name="seats")
    role = models.CharField(max_length=12, choices=Role, default=Role.MEMBER)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="seats", verbose_name="for")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="seats")
    substitute_for = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="substitutes"
    )
    starts_on = models.DateField("from")
    ends_on = models.DateField("until", null=True, blank=True)
    emergency_until = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    history = History()

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["group__name", "person__name"]
        constraints = [
            starts_before_it_ends(name="membership_seat_dates"),
            both_or_neither("ended_at", "ended_by", name="membership_seat_ended_at_and_by"),
            never_two_at_once(
                "group",
                name="membership_one_chair",
                message="Another person chairs this group at that time. End that seat first.",
                condition=Q(role=Role.CHAIR),
            ),
            never_two_at_once(
                "group",
                name="membership_one_vice_chair",
                message="Another person is vice-chair at that time. End that seat first.",
                condition=Q(role=Role.VICE_CHAIR),
            ),
            never_two_at_once(
                "group", "person", "agency",
                name="membership_one_seat",
                message="This person already sits on the group for this agency at that time.",
                condition=Q(emergency_until=None),
            ),
            models.CheckConstraint(
                name="membership_seat_not_own_substitute",
                condition=Q(substitute_for__isnull=True) | ~Q(substitute_for=F("id")),
                violation_error_message="Nobody can be their own substitute.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.person}, {self.group.short_name}"

    @property
    def partnership(self) -> Partnership:
        """The partnership of its group."""
        return self.group.partnership
