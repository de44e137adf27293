"""Minutes on their way: partners' reviews and corrections, redactions, approval, later notes."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.constraints import both_or_neither
from core.history import History
from core.markings import Marking
from documents.models import Publication
from meetings.models.items import Item, OfItem
from meetings.models.meetings import Meeting
from membership import standing
from membership.models import Agency, Partnership


class Review(models.Model):
    """That a member has looked at the draft minutes, and when they said that they were done."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="reviews")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    looked_at = models.DateTimeField(default=clock.now, editable=False)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["looked_at"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="meetings_review_once")
        ]

    def __str__(self) -> str:
        return f"Review by {self.person}"


class ItemAgreement(models.Model):
    """That a member agrees with the minutes of one item, as its ``version`` has them."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="agreements")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    agreed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "person"], name="meetings_agreement_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} agrees"


class CorrectionState(models.TextChoices):
    """What became of a suggested correction."""

    OPEN = "open", "Open"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


class CorrectionQuerySet(models.QuerySet):
    """Corrections."""

    def of(self, partnership: Partnership | None) -> Self:
        """Those of this partnership."""
        found = self.filter(item__meeting__group__partnership=partnership)
        return found.select_related("item__meeting__group__partnership", "person", "agency")

    def visible_to(self, user: Any) -> Self:
        """Those of the groups on which a person sits; their words open as the item does."""
        return self.filter(item__meeting__group__in=standing.groups(user))

    def open(self) -> Self:
        """Those not yet answered."""
        return self.filter(state=CorrectionState.OPEN)


class Correction(OfItem, models.Model):
    """A change to draft minutes that a member suggests, anchored to the words it would replace.

    ``original`` is the paragraph as it stood in ``version`` of the item (empty: a new paragraph
    after ``paragraph``), ``suggestion`` what should stand there (empty: nothing).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(Item, models.CASCADE, related_name="corrections")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField("version of the item that it was made on")
    paragraph = models.PositiveSmallIntegerField("which paragraph, counted from 1")
    original = models.TextField(blank=True)
    suggestion = models.TextField(blank=True)
    reason = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=12, choices=CorrectionState, default=CorrectionState.OPEN)
    adopted = models.TextField("what was put in its place", blank=True)
    answer = models.CharField("the officer’s reason", max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(default=clock.now, editable=False)
    history = History()

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["item", "paragraph", "made_at"]
        constraints = [
            both_or_neither("answered_at", "answered_by", name="meetings_correction_answered")
        ]

    def __str__(self) -> str:
        return f"Correction to item {self.item.number}"


class Remark(models.Model):
    """What somebody says about a suggested correction."""

    correction = models.ForeignKey(Correction, models.CASCADE, related_name="remarks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField()
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return f"Remark of {self.person}"


class LaterNote(models.Model):
    """A dated note on minutes that have been agreed: nobody edits those, a mistake is noted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="later_notes")
    item = models.ForeignKey(
        Item, models.CASCADE, null=True, blank=True, related_name="later_notes"
    )
    marking = models.CharField(max_length=12, choices=Marking, default=Marking.OFFICIAL)
    text = models.TextField()
    made_at = models.DateTimeField(default=clock.now, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    history = History()

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return f"Note of {self.made_at:%-d %B %Y}"


class Redaction(models.Model):
    """Why a passage, or all that is restricted of an item, stays out of the public rendition.

    ``passage`` is the SHA-256 of the words within ``[[`` and ``]]``, empty for the whole item: the
    log says where, how much and why without the words themselves.
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="redactions")
    passage = models.CharField(max_length=64, blank=True)
    words = models.PositiveIntegerField("how many words")
    reason = models.CharField(max_length=300)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    history = History()

    class Meta:
        ordering = ["item", "made_at"]
        constraints = [
            models.UniqueConstraint(fields=["item", "passage"], name="meetings_redaction_once")
        ]

    def __str__(self) -> str:
        return f"Redaction in item {self.item.number}"


class PublicationRequest(models.Model):
    """That one officer asks, and another person approves, that minutes with something restricted
    in them go out. ``digest`` is of the public rendition that was seen: another one needs another.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="publication_requests")
    digest = models.CharField("SHA-256 of the public text", max_length=64)
    replaces = models.ForeignKey(
        Publication, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="the publication that it corrects",
    )  # fmt: skip
    correction_note = models.CharField("what was corrected", max_length=300, blank=True)
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved = models.BooleanField(null=True, blank=True)
    note = models.CharField("why it was not approved", max_length=300, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            both_or_neither("answered_at", "answered_by", name="meetings_request_answered"),
            models.CheckConstraint(
                name="meetings_request_two_people",
                condition=Q(answered_by__isnull=True)
                | ~Q(approved=True)
                | ~Q(answered_by=models.F("asked_by")),
                violation_error_message="Somebody else must approve this.",
            ),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(answered_at__isnull=True),
                name="meetings_request_one_open",
                violation_error_message="The publication of these minutes is already asked for.",
            ),
        ]

    def __str__(self) -> str:
        return f"Publication of {self.meeting}"
