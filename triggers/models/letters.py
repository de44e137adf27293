"""Letters: what was written to whom, by the safe way only, kept as it went out."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.history import History
from documents.models import Content
from membership.models import Partnership
from triggers.models.applications import Application, PartyKind, Way
from triggers.models.parts import CaseQuerySet, OfCase, ProcedureQuerySet


class LetterKind(models.TextChoices):
    """The letters of a case, in the order in which they may be needed."""

    ACKNOWLEDGEMENT = "acknowledgement", "We have your application"
    CONSENT = "consent", "Asking the victim’s consent"
    LIST = "list", "The list of incidents to check"
    DELAY = "delay", "We will be late"
    MET = "met", "There will be a review"
    NOT_MET = "not_met", "There will be no review"
    INVITATION = "invitation", "The panel, and how to take part"
    OUTCOME = "outcome", "What the panel decided"
    RESPONSES = "responses", "What the bodies answered"
    APPEAL_TAKEN = "appeal_taken", "We have your appeal"
    APPEAL_RESULT = "appeal_result", "What became of your appeal"
    WITHDRAWN = "withdrawn", "You have withdrawn"
    CLOSED = "closed", "We have closed the case"
    OTHER = "other", "Another letter"


class LetterTemplate(models.Model):
    """A partnership's own words for a kind of letter; without one, the shipped words are used."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16, choices=LetterKind)
    heading = models.CharField(max_length=160)
    body = models.TextField()
    version = models.PositiveIntegerField(default=1, editable=False)
    history = History()

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "kind"], name="triggers_template_once")
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class LetterState(models.TextChoices):
    """How far a letter has got."""

    DRAFT = "draft", "Draft"
    WAITING = "waiting", "Waiting to go by email"
    TO_POST = "to_post", "To be posted or told by hand"
    SENT = "sent", "Sent"
    REFUSED = "refused", "The mail server refused it"


class Letter(OfCase):
    """A letter to the victim or to who applied for them.

    ``way`` and ``to`` are the safe contact as it was when the letter was made ready; the words are
    never changed once it has gone. ``told_how`` is what the officer did where it went by hand.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, models.CASCADE, related_name="letters")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16, choices=LetterKind)
    party = models.CharField("written to", max_length=12, choices=PartyKind)
    way = models.CharField(max_length=12, choices=Way)
    to = models.TextField("address", blank=True)
    heading = models.CharField(max_length=160)
    body = models.TextField()
    state = models.CharField(max_length=8, choices=LetterState, default=LetterState.DRAFT)
    content = models.ForeignKey(Content, models.PROTECT, null=True, blank=True, related_name="+")
    told_how = models.CharField("how it was sent or told", max_length=300, blank=True)
    written_at = models.DateTimeField(default=clock.now, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ready_at = models.DateTimeField(null=True, blank=True)
    ready_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField("what the mail server said", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["application", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "number"], name="triggers_letter_number"
            ),
            models.CheckConstraint(
                name="triggers_letter_sent",
                condition=~Q(state="sent") | Q(sent_at__isnull=False, content__isnull=False),
            ),
        ]
        indexes = [
            models.Index("ready_at", condition=Q(state="waiting"), name="triggers_letter_to_send")
        ]

    def __str__(self) -> str:
        return f"Letter {self.number}"
