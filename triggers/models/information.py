"""What bodies are asked and answer, and what the applicant corrects before the panel sits."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from actions.models import Request
from core import clock
from core.constraints import both_or_neither
from core.history import History
from membership import standing
from membership.models import Agency, Role
from triggers.models.applications import Application, Complaint
from triggers.models.parts import CaseQuerySet, OfCase, answers_for


class InformationQuerySet(CaseQuerySet):
    """What bodies were asked."""

    def visible_to(self, user: Any) -> Self:
        """To the case's officers, and to those who answer for the body: its own only.

        Others who sit on the case see it in the panel's pack, once that is made.
        """
        officers = [seat.group_id for seat in standing.seats(user) if seat.role == Role.OFFICER]
        return self.filter(Q(application__group__in=officers) | answers_for(user))


class InformationRequest(OfCase):
    """Information on a case that one body is asked for. Its life is the linked request's.

    ``anybody`` says that the body has nobody on the standing panel, so that whoever sits for it
    in the partnership may answer. The draft of an answer is the body's alone: ``sent_on`` is empty
    until it is sent, and again while it is changed after it was sent back. ``taken_by`` is the
    officer who writes down an answer that came another way.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(
        Application, models.CASCADE, related_name="information_requests"
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    request = models.OneToOneField(Request, models.PROTECT, related_name="+")
    anybody = models.BooleanField(default=False)
    questions = models.TextField("what is asked besides", blank=True)
    known = models.BooleanField("the body knows of this trouble", null=True, blank=True)
    summary = models.TextField("what the body did, in sum", blank=True)
    risk = models.TextField("risk as the body sees it", blank=True)
    offers = models.TextField("what the body can do", blank=True)
    withheld = models.TextField("what is not given, and the law that says so", blank=True)
    sent_on = models.DateField("answered on", null=True, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="officer who wrote it down",
    )  # fmt: skip
    version = models.PositiveIntegerField(default=1, editable=False)
    history = History()

    objects = InformationQuerySet.as_manager()

    class Meta:
        ordering = ["application", "agency__name"]

    def __str__(self) -> str:
        return "Information for a case review"

    @property
    def begun_by_body(self) -> bool:
        """The body has written something itself that it has not sent."""
        return self.version > 1 and self.taken_by_id is None and self.sent_on is None


class ChronologyEntry(models.Model):
    """One line of a body's own record: when, what, and what was done about it."""

    information = models.ForeignKey(InformationRequest, models.CASCADE, related_name="entries")
    on = models.DateField("date")
    at = models.TimeField("time", null=True, blank=True)
    what = models.TextField("what was recorded")
    done = models.TextField("what was done", blank=True)
    source_reference = models.CharField("reference", max_length=80, blank=True)
    complaint = models.ForeignKey(
        Complaint, models.SET_NULL, null=True, blank=True, related_name="entries",
        verbose_name="the complaint that it is about",
    )  # fmt: skip
    reported_on = models.DateField("reported to the body on", null=True, blank=True)
    history = History()

    class Meta:
        ordering = ["on", "at", "id"]
        verbose_name_plural = "chronology entries"

    def __str__(self) -> str:
        return "Line of a chronology"


class MisfitKind(models.TextChoices):
    """Where accounts do not fit together."""

    DATE = "date", "Dates differ"
    UNKNOWN = "unknown", "The body has no record"
    UNLISTED = "unlisted", "Not on the applicant’s list"
    SILENT = "silent", "Nothing was done for a long time"


class Misfit(OfCase):
    """What an officer said about a contradiction or a gap: settled, and how."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="misfits")
    kind = models.CharField(max_length=12, choices=MisfitKind)
    key = models.CharField(max_length=80, editable=False)
    settled = models.CharField("what was found out", max_length=300)
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "kind", "key"], name="triggers_misfit_once"
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class CorrectionAnswer(models.TextChoices):
    """What was done with a correction."""

    WAITING = "waiting", "To be answered"
    TAKEN = "taken", "Taken over"
    NOTED = "noted", "Goes to the panel as the applicant’s words"


class ListCorrection(OfCase):
    """What the applicant says of the list of incidents before the panel sits.

    Of one complaint, or (without one) of something that is missing.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="corrections")
    complaint = models.ForeignKey(
        Complaint, models.CASCADE, null=True, blank=True, related_name="corrections"
    )
    text = models.TextField("what is wrong or missing")
    at = models.DateTimeField(default=clock.now, editable=False)
    answer = models.CharField(
        max_length=8, choices=CorrectionAnswer, default=CorrectionAnswer.WAITING
    )
    remark = models.CharField("reason", max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            both_or_neither(
                "answered_at", "answered_by", name="triggers_correction_answered_at_and_by"
            )
        ]

    def __str__(self) -> str:
        return "Correction of the list of incidents"
