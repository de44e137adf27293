"""The register of actions. An action belongs to an agency and a post, so it survives leavers."""

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
from documents.models import Document
from membership import standing
from membership.models import Agency, Group, Partnership, Post


class Status(models.TextChoices):
    """How far an action is. Lateness is not a state: it follows from the first due date."""

    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    SAYS_DONE = "says_done", "Says done"
    DONE = "done", "Done"
    DROPPED = "dropped", "Dropped"


OPEN = (Status.NOT_STARTED, Status.IN_PROGRESS, Status.SAYS_DONE)


class ActionQuerySet(models.QuerySet):
    """Actions."""

    def of(self, partnership: Partnership | None) -> Self:
        """Those of this partnership."""
        return self.filter(partnership=partnership)

    def visible_to(self, user: Any) -> Self:
        """Their groups' actions; restricted ones behind the sharing gate.

        None of an item from which they withdrew because of an interest.
        """
        found = self.filter(group__in=standing.groups(user)).filter(
            Q(marking=Marking.OFFICIAL) | Q(group__in=standing.cleared(user))
        )
        barred = standing.barred(user, "actions")
        return found.exclude(pk__in=barred) if barred else found

    def open(self) -> Self:
        """Those not yet closed."""
        return self.filter(status__in=OPEN)

    def late(self, on: Any) -> Self:
        """Open and past the date first set, whatever has been agreed since."""
        return self.open().filter(first_due_on__lt=on)

    def owned_by(self, agencies: Any) -> Self:
        """Those that these agencies are to do, by the names they were given to."""
        return self.filter(owner__in=agencies)


class Action(Marked, models.Model):
    """Something that an agency's post is to do by a date. The date first set is never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(
        Group, models.PROTECT, related_name="actions", verbose_name="who may see it"
    )
    reference = models.CharField(max_length=20, editable=False)
    text = models.CharField("what is to be done", max_length=300)
    detail = models.TextField(blank=True)
    marking = models.CharField(max_length=12, choices=Marking, default=Marking.OFFICIAL)
    owner = models.ForeignKey(Agency, models.PROTECT, related_name="actions")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="actions")
    status = models.CharField(max_length=12, choices=Status, default=Status.NOT_STARTED)
    made_on = models.DateField("made on")
    first_due_on = models.DateField("first due")
    due_on = models.DateField("now due")
    times_moved = models.PositiveSmallIntegerField(default=0)
    raised_in = models.CharField("where it came from", max_length=250)
    raised_url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="actions")
    version = models.PositiveIntegerField(
        default=1, editable=False, help_text="Counts its changes, so that a stale form is noticed"
    )
    history = History()

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["first_due_on", "reference"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "reference"], name="actions_action_reference"
            ),
            models.CheckConstraint(
                name="actions_action_due_after_made",
                condition=Q(first_due_on__gte=F("made_on")) & Q(due_on__gte=F("made_on")),
                violation_error_message="An action cannot be due before it was made.",
            ),
            both_or_neither("closed_at", "closed_by", name="actions_action_closed_at_and_by"),
            models.CheckConstraint(
                name="actions_action_closed_is_closed",
                condition=Q(closed_at__isnull=True, status__in=OPEN)
                | (Q(closed_at__isnull=False) & ~Q(status__in=OPEN)),
            ),
        ]
        indexes = [
            models.Index(fields=["group", "status", "first_due_on"], name="actions_action_register")
        ]

    def __str__(self) -> str:
        # Names go into messages, notices and the audit: a restricted one is its reference alone.
        return self.reference if self.restricted else f"{self.reference}: {self.text}"

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("actions:detail", args=[self.partnership.slug, self.reference])

    @property
    def is_open(self) -> bool:
        """Not yet closed."""
        return self.status in OPEN


class Update(models.Model):
    """What has happened: told by the owner, with evidence where there is some.

    ``summary`` is the verb's own sentence (Reopened, Handed over to …), empty where a person only
    tells how far they are.
    """

    action = models.ForeignKey(Action, models.CASCADE, related_name="updates")
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    summary = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    status = models.CharField(max_length=12, choices=Status)
    evidence = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"Update {self.pk}"


class DueDate(models.Model):
    """A due date that an action has had, with the reason for moving it. The first has none."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="due_dates")
    due_on = models.DateField()
    set_at = models.DateTimeField(default=clock.now, editable=False)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-set_at", "-id"]

    def __str__(self) -> str:
        return f"{self.due_on:%-d %B %Y}"
