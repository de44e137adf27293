"""Who is at a meeting, and which interests they declare there."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

import membership.standing
from core import clock
from core.constraints import both_or_neither
from core.history import History
from core.markings import Marking
from meetings.models.items import Item
from meetings.models.meetings import Meeting, OfMeeting
from membership.models import Agency, Interest, Partnership, Seat


class Presence(models.TextChoices):
    """How somebody stood to a meeting."""

    EXPECTED = "expected", "Has not said"
    COMING = "coming", "Coming"
    PRESENT = "present", "Present"
    APOLOGIES = "apologies", "Apologies"
    SUBSTITUTED = "substituted", "Apologies, substitute sent"
    SUBSTITUTE = "substitute", "Present as substitute"
    IN_ATTENDANCE = "in_attendance", "In attendance"
    ABSENT = "absent", "Absent"


HERE = (Presence.PRESENT, Presence.SUBSTITUTE, Presence.IN_ATTENDANCE)


class Attendance(models.Model):
    """One person at one meeting, for which agency. The name stays as it was on the day."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="attendance")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=120)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    post = models.CharField(max_length=120, blank=True)
    presence = models.CharField(max_length=16, choices=Presence, default=Presence.EXPECTED)
    substitute_for = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="substitutes"
    )
    arrived_at = models.TimeField(null=True, blank=True)
    left_at = models.TimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    history = History()

    class Meta:
        ordering = ["agency__name", "name"]
        verbose_name_plural = "attendance"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat"], name="meetings_attendance_seat"),
            models.CheckConstraint(
                name="meetings_attendance_substitute",
                condition=Q(substitute_for__isnull=True) | Q(presence="substitute"),
                violation_error_message="A substitute cannot send a substitute.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.agency.short_name}: {self.get_presence_display()}"


class DeclarationQuerySet(models.QuerySet):
    """Declarations of interest."""

    def of(self, partnership: Partnership | None) -> Self:
        """Those of this partnership, with what their rules ask."""
        found = self.filter(meeting__group__partnership=partnership)
        return found.select_related("meeting__group__partnership", "item", "interest", "person")

    def visible_to(self, user: Any) -> Self:
        """Their groups' declarations and their own.

        What touches a restricted item, or is sensitive, is behind the sharing gate.
        """
        open_ones = (Q(item__isnull=True) | Q(item__marking=Marking.OFFICIAL)) & (
            Q(interest__isnull=True) | Q(interest__sensitive=False)
        )
        behind = Q(meeting__group__in=membership.standing.cleared(user))
        found = self.filter(meeting__group__in=membership.standing.groups(user))
        return found.filter(open_ones | behind | Q(person=user.pk))

    def standing(self) -> Self:
        """Those that have not been taken back."""
        return self.filter(withdrawn_at__isnull=True)


class Declaration(OfMeeting, models.Model):
    """An interest that somebody declares in a meeting's business, on one item or on none by name.

    Who is ``recused`` neither sees nor decides the item: no words, papers, decisions or actions of
    it, on any page or in any file. ``text`` is what the minutes say of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="declarations")
    item = models.ForeignKey(
        Item, models.CASCADE, null=True, blank=True, related_name="declarations"
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    interest = models.ForeignKey(
        Interest, models.PROTECT, null=True, blank=True, related_name="declarations",
        verbose_name="interest in the register",
    )  # fmt: skip
    text = models.CharField("what was declared", max_length=300)
    recused = models.BooleanField("takes no part in the item", default=False)
    declared_at = models.DateTimeField(default=clock.now, editable=False)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    history = History()

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        ordering = ["declared_at"]
        constraints = [
            models.CheckConstraint(
                name="meetings_declaration_recused_from",
                condition=Q(recused=False) | Q(item__isnull=False),
                violation_error_message="Say from which item the person withdraws.",
            ),
            models.UniqueConstraint(
                fields=["item", "person"],
                condition=Q(withdrawn_at__isnull=True),
                name="meetings_declaration_once",
                violation_error_message="This person has already declared an interest in the item.",
            ),
            both_or_neither(
                "withdrawn_at", "withdrawn_by", name="meetings_declaration_withdrawn_at_and_by"
            ),
        ]

    def __str__(self) -> str:
        return f"Declaration of {self.person}"

    @property
    def sensitive(self) -> bool:
        """Whether its words are for its person and the officers alone."""
        return bool(self.interest and self.interest.sensitive)

    @property
    def restricted(self) -> bool:
        """Whether the public rendition of the minutes says nothing of it."""
        return self.sensitive or bool(self.item and self.item.restricted)
