"""The panel: who sits, what the victim said, what was found and recommended; appeals."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from actions.models import Action
from core import clock
from core.constraints import both_or_neither
from core.history import History
from meetings.models import Meeting
from membership import standing
from membership.models import Agency
from triggers.models.applications import Application, Voice
from triggers.models.parts import CaseQuerySet, OfCase, answers_for


class Review(OfCase):
    """The review of a case: its panel's meeting and what came of it in sum.

    The panel itself is the case's group; ``meeting`` goes through the meetings room.
    """

    application = models.OneToOneField(
        Application, models.CASCADE, primary_key=True, related_name="case_review"
    )
    meeting = models.ForeignKey(Meeting, models.SET_NULL, null=True, blank=True, related_name="+")
    pack_made_on = models.DateField("pack made", null=True, blank=True)
    held_on = models.DateField("panel held", null=True, blank=True)
    not_heard = models.CharField("why the victim was not heard", max_length=300, blank=True)
    summary = models.TextField("what the panel concluded", blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    history = History()

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            both_or_neither("finished_at", "finished_by", name="triggers_review_finished_at_by")
        ]

    def __str__(self) -> str:
        return "Review"


class ConflictCheck(OfCase):
    """What somebody said when asked whether they are free to sit on this panel."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="conflict_checks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    free = models.BooleanField("has no part in the case")
    said = models.TextField("what they said", blank=True)
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return "Conflict check"


class VoiceRecord(OfCase):
    """How the victim was heard by the panel, and what they said, in their words.

    Without ``by`` it came through the private link.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="voices")
    how = models.CharField(max_length=12, choices=Voice)
    on = models.DateField()
    words = models.TextField("what they said", blank=True)
    spoken_by = models.CharField("who spoke for them", max_length=200, blank=True)
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    history = History()

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return "The victim’s voice"

    @property
    def heard(self) -> str:
        """How they were heard, in words."""
        said = {
            Voice.IN_PERSON: "In person", Voice.IN_WRITING: "In writing",
            Voice.ADVOCATE: f"{self.spoken_by} spoke for them",
        }  # fmt: skip
        return said.get(Voice(self.how), "They chose not to take part")


class Finding(OfCase):
    """Something that the panel found, about a body or in general."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="findings")
    number = models.PositiveSmallIntegerField()
    text = models.TextField("what was found")
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="about"
    )
    history = History()

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["application", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "number"], name="triggers_finding_number"
            )
        ]

    def __str__(self) -> str:
        return f"Finding {self.number}"


class Response(models.TextChoices):
    """What a body said to a recommendation. It must have regard to it, not obey (s.104(8))."""

    WAITING = "waiting", "Waits for an answer"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined, with a reason"


class RecommendationQuerySet(CaseQuerySet):
    """Recommendations."""

    def visible_to(self, user: Any) -> Self:
        """To those who sit on the case; once it was sent, to its body's people."""
        on_case = Q(application__group__in=standing.groups(user))
        return self.filter(on_case | (Q(sent_on__isnull=False) & answers_for(user)))


class Recommendation(OfCase):
    """What the panel recommends to a body; once accepted, an action in the one register.

    ``text`` names no person: the body and the board read it. Due date, owner and progress live in
    the action.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="recommendations")
    number = models.PositiveSmallIntegerField()
    text = models.CharField("what is recommended, naming nobody", max_length=300)
    why = models.TextField(blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="to")
    anybody = models.BooleanField("whoever sits for the body may answer", default=False)
    due_on = models.DateField("to be done by", null=True, blank=True)
    sent_on = models.DateField("sent to the body", null=True, blank=True)
    response = models.CharField(max_length=8, choices=Response, default=Response.WAITING)
    response_reason = models.TextField("reason", blank=True)
    responded_on = models.DateField(null=True, blank=True)
    responded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    action = models.OneToOneField(Action, models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)
    history = History()

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["application", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "number"], name="triggers_recommendation_number"
            ),
            both_or_neither(
                "responded_on", "responded_by", name="triggers_recommendation_responded"
            ),
            models.CheckConstraint(
                name="triggers_recommendation_answered",
                condition=Q(response="waiting", responded_on=None)
                | (~Q(response="waiting") & Q(responded_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"Recommendation {self.number}"


class AppealKind(models.TextChoices):
    """What somebody who is dissatisfied asks for."""

    REVIEW = "review", "Another body to look at it again"
    COMMISSIONER = "commissioner", "A query to the commissioner’s office"


class AppealOutcome(models.TextChoices):
    """What became of an appeal."""

    WAITING = "waiting", "To be heard"
    UPHELD = "upheld", "Upheld"
    PARTLY = "partly", "Upheld in part"
    NOT_UPHELD = "not_upheld", "Not upheld"
    ANSWERED = "answered", "Answered"
    TOO_LATE = "too_late", "Not taken: after the last day"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Appeal(OfCase):
    """An appeal against the threshold decision or the review, or a query to the commissioner.

    One made after the last day is taken or refused with a reason; it is never lost.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="appeals")
    kind = models.CharField(max_length=12, choices=AppealKind)
    made_on = models.DateField()
    text = models.TextField("why they are not satisfied")
    late = models.BooleanField("after the last day", default=False)
    late_because = models.CharField("why it is taken, or not", max_length=300, blank=True)
    heard_by = models.CharField("who hears it", max_length=200, blank=True)
    sent_on = models.DateField("sent on to them", null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=AppealOutcome, default=AppealOutcome.WAITING)
    found = models.TextField("what was found", blank=True)
    decided_on = models.DateField(null=True, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=clock.now, editable=False)
    history = History()

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-made_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="triggers_appeal_decided",
                condition=Q(outcome="waiting", decided_on=None)
                | (~Q(outcome="waiting") & Q(decided_on__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
