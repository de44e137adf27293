"""Requests for information: asked of an agency, answered with a return, checked, chased.

One mechanism for every room: quarterly figures, case reviews, death reviews and scrutiny each
link to a request and build none of their own.
"""

import datetime
import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core import clock
from core.constraints import both_or_neither
from core.history import History
from core.markings import Marked, Marking
from documents.models import Document, served_by
from membership import standing, succession
from membership.models import Agency, Group, GroupKind, Partnership, Post, Role, Seat


class RequestStatus(models.TextChoices):
    """How far a request is. Lateness is not a state: it follows from the first due date."""

    ASKED = "asked", "Asked"
    ANSWERED = "answered", "Answered, to be checked"
    SENT_BACK = "sent_back", "Sent back"
    ACCEPTED = "accepted", "Accepted"
    WITHDRAWN = "withdrawn", "Withdrawn"


WAITING = (RequestStatus.ASKED, RequestStatus.SENT_BACK)

# Seats whose holders answer for their agency, and the groups on which these are.
ANSWERING = (Role.CHAIR, Role.VICE_CHAIR, Role.MEMBER, Role.OFFICER)
WORKING = (GroupKind.BOARD, GroupKind.SUBGROUP, GroupKind.SECRETARIAT)


def answers(seat: Seat) -> bool:
    """Whether who holds this seat answers for its agency: scrutiny and advisers do not."""
    return seat.role in ANSWERING and seat.group.kind in WORKING and seat.agency_id is not None


def may_answer(seat: Seat) -> bool:
    """Whether who holds this seat may answer for its agency: on a panel, where it was named."""
    panel = seat.role in ANSWERING and seat.group.kind == GroupKind.PANEL
    return answers(seat) or (panel and seat.agency_id is not None)


def asked_of(user: Any) -> Q:
    """What is asked of the agencies for which this person answers.

    A restricted request opens to people of an agency that has signed the sharing agreement. What
    was asked of a body that has ended since is its successor's.
    """
    found, today = Q(pk__in=[]), clock.today()
    for seat in filter(may_answer, standing.seats(user)):
        named = Q(through=seat.group_id)
        own = succession.lineage({seat.agency_id}, today)
        theirs = Q(agency__in=own, partnership=seat.group.partnership_id)
        theirs &= named | Q(through=None) if answers(seat) else named
        found |= theirs if seat.signed else theirs & Q(marking=Marking.OFFICIAL)
    return found


class RequestQuerySet(models.QuerySet):
    """Requests for information."""

    def of(self, partnership: Partnership | None) -> Self:
        """Those of this partnership."""
        return self.filter(partnership=partnership)

    def visible_to(self, user: Any) -> Self:
        """To the officers and the chair of the group that asks, and to the agency that is asked.

        Another agency's return is nobody else's business. A restricted one opens to people of an
        agency that has signed the sharing agreement.
        """
        seats = standing.seats(user)
        chaired = {s.group_id for s in seats if s.role in (Role.CHAIR, Role.VICE_CHAIR)}
        asking = {uuid.UUID(key) for key in served_by(user)} | chaired
        open_ones = Q(marking=Marking.OFFICIAL) | Q(group__in=standing.cleared(user))
        found = self.filter((Q(group__in=asking) & open_ones) | asked_of(user))
        barred = standing.barred(user, "requests")
        return found.exclude(pk__in=barred) if barred else found

    def waiting(self) -> Self:
        """Those not yet answered, or sent back."""
        return self.filter(status__in=WAITING)

    def late(self, on: datetime.date) -> Self:
        """Not answered, and past the date first set."""
        return self.waiting().filter(first_due_on__lt=on)


class Request(Marked, models.Model):
    """Information asked of a body, by when, and what became of it.

    ``group`` is who asks. ``through`` is the group whose members of the agency answer; without
    one it is whoever sits for the agency. ``kind`` is the word of the room that asks
    (``figures``). The date first set is never changed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="requests")
    group = models.ForeignKey(
        Group, models.PROTECT, related_name="requests", verbose_name="who asks"
    )
    reference = models.CharField(max_length=20, editable=False)
    kind = models.CharField(max_length=24, default="information")
    subject = models.CharField("what is asked for", max_length=200)
    detail = models.TextField(blank=True)
    marking = models.CharField(max_length=12, choices=Marking, default=Marking.OFFICIAL)
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="requests", verbose_name="who is asked"
    )
    through = models.ForeignKey(
        Group, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="group whose members answer",
    )  # fmt: skip
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField(max_length=12, choices=RequestStatus, default=RequestStatus.ASKED)
    first_due_on = models.DateField("first due")
    due_on = models.DateField("now due")
    moved_because = models.CharField("why the date was moved", max_length=300, blank=True)
    answer_url = models.CharField(
        "page on which it is answered, if not its own", max_length=300, blank=True, editable=False
    )
    raised_url = models.CharField(
        "page that it is asked for", max_length=300, blank=True, editable=False
    )
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_because = models.CharField("why it was withdrawn", max_length=300, blank=True)
    escalated_at = models.DateTimeField("told to the chair", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    history = History()

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["first_due_on", "reference"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "reference"], name="actions_request_reference"
            ),
            both_or_neither("closed_at", "closed_by", name="actions_request_closed_at_and_by"),
            models.CheckConstraint(
                name="actions_request_closed_is_closed",
                condition=Q(closed_at__isnull=True, status__in=[*WAITING, "answered"])
                | Q(closed_at__isnull=False, status__in=["accepted", "withdrawn"]),
            ),
            models.CheckConstraint(
                name="actions_request_due",
                condition=Q(due_on__gte=F("first_due_on")),
                violation_error_message="The new date must not be before the one first set.",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "status", "first_due_on"], name="actions_request_asked")
        ]

    def __str__(self) -> str:
        return self.reference if self.restricted else f"{self.reference}: {self.subject}"

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("actions:request", args=[self.partnership.slug, self.reference])

    @property
    def is_open(self) -> bool:
        """Neither accepted nor withdrawn."""
        return self.closed_at is None


class Return(models.Model):
    """What an agency answered, once or again; and what the officer who checked it said."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="returns")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    accepted = models.BooleanField(null=True)
    remark = models.TextField("what the check found", blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="actions_return_number"),
            both_or_neither("checked_at", "checked_by", name="actions_return_checked_at_and_by"),
        ]

    def __str__(self) -> str:
        return f"Return {self.number}"


class Chase(models.Model):
    """That somebody was reminded of a request by hand, and whom that reached."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="chases")
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    audience = models.CharField(max_length=12)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"Chased {self.at:%-d %B %Y}"
