"""What a meeting decides and asks for, and what rests on its decisions."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from actions.models import Action
from core import clock
from core.history import History
from core.markings import Marking
from meetings.models.items import Item, OfItem
from meetings.models.meetings import SHOWN_MINUTES
from membership import standing
from membership.models import Group, Partner, Partnership, Role, Seat


class DecisionQuerySet(models.QuerySet):
    """Decisions."""

    def of(self, partnership: Partnership | None) -> Self:
        """Those of this partnership, with their items, meetings and groups at hand."""
        found = self.filter(item__meeting__group__partnership=partnership)
        return found.select_related("item__meeting__group__partnership")

    def visible_to(self, user: Any) -> Self:
        """Those of their groups' minutes that they read by now; restricted ones behind the gate.

        Officers and chairs read minutes before they are cleared. Who withdrew from an item sees
        nothing of what it decided.
        """
        open_ones = Q(marking=Marking.OFFICIAL, item__marking=Marking.OFFICIAL)
        shown = Q(item__meeting__status__in=SHOWN_MINUTES)
        found = self.filter(item__meeting__group__in=standing.groups(user))
        found = found.filter(shown | Q(item__meeting__group__in=_reads_drafts(user)))
        found = found.filter(open_ones | Q(item__meeting__group__in=standing.cleared(user)))
        return found.exclude(item__in=standing.barred(user, "items"))


def _reads_drafts(user: Any) -> set[uuid.UUID]:
    """Keys of the groups whose officer, chair or vice-chair a person is."""
    seats = standing.seats(user)
    serves = [each["id"] for seat in seats if seat.role == Role.OFFICER for each in seat.reach]
    chairs = {seat.group_id for seat in seats if seat.role in (Role.CHAIR, Role.VICE_CHAIR)}
    return {uuid.UUID(key) for key in serves} | chairs


class Decision(OfItem, models.Model):
    """What the group resolved, numbered year/meeting/number, such as 2026-27/3/2."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(Item, models.CASCADE, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField("what was decided")
    marking = models.CharField(max_length=12, choices=Marking, default=Marking.OFFICIAL)
    made_at = models.DateTimeField(default=clock.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="recorded by"
    )
    strategic = models.BooleanField(
        "sets strategic direction", default=False, help_text="Purpose 1 of the terms of reference"
    )
    moved_by = models.CharField("proposed by", max_length=120, blank=True)
    votes_for = models.PositiveSmallIntegerField("for", null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField("against", null=True, blank=True)
    votes_abstained = models.PositiveSmallIntegerField("abstained", null=True, blank=True)
    dissent = models.TextField("who asked that their dissent be recorded", blank=True)
    history = History()

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                name="meetings_decision_votes",
                condition=Q(
                    votes_for__isnull=True, votes_against__isnull=True, votes_abstained__isnull=True
                )
                | Q(
                    votes_for__isnull=False,
                    votes_against__isnull=False,
                    votes_abstained__isnull=False,
                ),
                violation_error_message="Enter all three counts of the vote, or none.",
            )
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """Its page in the register."""
        return reverse("meetings:decision", args=[self.group.partnership.slug, self.pk])

    @property
    def reference(self) -> str:
        """Year, meeting and number: 2026-27/3/2."""
        meeting = self.item.meeting
        year = f"{meeting.year}-{(meeting.year + 1) % 100:02}"
        return f"{year}/{meeting.number}/{self.number}"

    @property
    def restricted(self) -> bool:
        """Whether it stays out of the public rendition: by itself or with its item."""
        return Marking.SENSITIVE in (self.marking, self.item.marking)


class OutcomeState(models.TextChoices):
    """How far a decision has been carried out."""

    UNDER_WAY = "under_way", "Under way"
    ACHIEVED = "achieved", "Carried out"
    NOT_ACHIEVED = "not_achieved", "Not carried out"
    REPLACED = "replaced", "Replaced by a later decision"


class Outcome(models.Model):
    """What became of a decision: one that sets strategic direction is followed to its end."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="outcomes")
    state = models.CharField(max_length=14, choices=OutcomeState)
    text = models.TextField("what has come of it")
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.get_state_display()


class MinutedAction(models.Model):
    """An action that a meeting made, at an item."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="actions")
    action = models.OneToOneField(Action, models.PROTECT, related_name="minuted")

    class Meta:
        ordering = ["action__reference"]

    def __str__(self) -> str:
        return str(self.action)


class Office(models.TextChoices):
    """The two offices that are reviewed each year (terms of reference, Governance)."""

    CHAIR = "chair", "Chair"
    VICE_CHAIR = "vice_chair", "Vice-chair"


class ChairReview(models.Model):
    """The yearly review of chair or vice-chair, minuted as a decision of the group."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="chair_reviews")
    year = models.PositiveSmallIntegerField("year in which the municipal year begins")
    office = models.CharField(max_length=12, choices=Office)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="chair_reviews")
    seat = models.ForeignKey(
        Seat, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="who holds the office from now on",
    )  # fmt: skip
    reviewed_at = models.DateTimeField(default=clock.now, editable=False)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    history = History()

    class Meta:
        ordering = ["-year", "office"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "year", "office"],
                name="meetings_chair_review_once",
                violation_error_message="This office has already been reviewed this year.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_office_display()}, {self.year}"


class Admission(models.Model):
    """An organisation that joined as agreed by the board: the decision behind its place."""

    partner = models.OneToOneField(Partner, models.PROTECT, related_name="admission")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="admissions")

    def __str__(self) -> str:
        return f"{self.partner}, by {self.decision}"
