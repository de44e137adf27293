"""What agencies are asked for and answer: their duty to give information (2004 Act, section 9)."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from actions.models import Request
from core import clock
from core.history import History
from dhr.models.parts import OfReview, ReviewQuerySet
from dhr.models.reviews import Review
from documents.models import Document
from membership import standing, succession
from membership.models import Agency, GroupKind, Role


def answers_for(user: Any) -> Q:
    """What is asked of a body whose people this person is among.

    Its people on the standing panel; where it has none there (``anybody``), whoever sits for it on
    the board or a subgroup. What was asked of a body that has ended since is its successor's.
    """
    found, today = Q(pk__in=[]), clock.today()
    for seat in standing.seats(user):
        if seat.agency_id is None or seat.role == Role.ADVISER:
            continue
        own = succession.lineage({seat.agency_id}, today)
        theirs = Q(agency__in=own, review__partnership=seat.group.partnership_id)
        if seat.group.kind == GroupKind.PANEL:
            panel = "review__partnership__death_review_arrangement__group"
            found |= theirs & Q(**{panel: seat.group_id})
        elif seat.group.kind in (GroupKind.BOARD, GroupKind.SUBGROUP):
            found |= theirs & Q(anybody=True)
    return found


class InformationKind(models.TextChoices):
    """What an agency is asked for."""

    SECURE = "secure", "Secure its records"
    CHRONOLOGY = "chronology", "Chronology"
    IMR = "imr", "Individual management review"
    SUMMARY = "summary", "Short summary report"


class InformationQuerySet(ReviewQuerySet):
    """What agencies were asked."""

    def visible_to(self, user: Any) -> Self:
        """To those who sit on the review, and to those who answer for the agency: its own only."""
        return self.filter(Q(review__group__in=standing.groups(user)) | answers_for(user))


class InformationRequest(OfReview):
    """One thing that one agency is asked for. Its life is the linked request's.

    ``anybody`` says that the agency has nobody on the standing panel. What it writes is its own
    until it is sent: ``sent_on`` is empty until then, and again while it is mended.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey(Review, models.CASCADE, related_name="information_requests")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=InformationKind)
    request = models.OneToOneField(Request, models.PROTECT, related_name="+")
    anybody = models.BooleanField(default=False)
    questions = models.TextField("what is asked besides", blank=True)
    known = models.BooleanField("the agency knew somebody of this review", null=True, blank=True)
    secured_on = models.DateField("records secured on", null=True, blank=True)
    text = models.TextField("answer", blank=True)
    withheld = models.TextField("what is not given, and the law that says so", blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="report"
    )
    sent_on = models.DateField("answered on", null=True, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="officer who wrote it down",
    )  # fmt: skip
    version = models.PositiveIntegerField(default=1, editable=False)
    history = History()

    objects = InformationQuerySet.as_manager()

    class Meta:
        ordering = ["review", "agency__name", "kind"]

    def __str__(self) -> str:
        return "Information for a death review"

    @property
    def begun_by_agency(self) -> bool:
        """Whether somebody of the agency has written something of its answer."""
        return self.version > 1 and self.taken_by_id is None

    @property
    def of_file(self) -> bool:
        """Whether it is answered with a report."""
        return self.kind in (InformationKind.IMR, InformationKind.SUMMARY)


class Risk(models.TextChoices):
    """How an agency assessed the risk at a contact."""

    STANDARD = "standard", "Standard"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


class ChronologyLine(models.Model):
    """One line of an agency's chronology: when, who was seen, what happened, what was done.

    ``contact_with`` is another agency with which it says to have spoken: that one should have the
    contact too. ``who`` is by pseudonym or role.
    """

    information = models.ForeignKey(InformationRequest, models.CASCADE, related_name="lines")
    on = models.DateField("date")
    at = models.TimeField("time", null=True, blank=True)
    who = models.CharField("who was concerned", max_length=160, blank=True)
    what = models.TextField("what happened")
    done = models.TextField("what was decided or done", blank=True)
    contact_with = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="agency contacted",
    )  # fmt: skip
    contact_other = models.CharField("other body contacted", max_length=160, blank=True)
    risk = models.CharField("risk as assessed", max_length=8, choices=Risk, blank=True)
    source_reference = models.CharField("reference", max_length=80, blank=True)
    history = History()

    class Meta:
        ordering = ["on", "at", "id"]

    def __str__(self) -> str:
        return "Line of a chronology"


class QualityCheck(OfReview):
    """What the check of an agency's answer found, before it is taken or sent back."""

    information = models.ForeignKey(InformationRequest, models.CASCADE, related_name="checks")
    good = models.BooleanField("good enough")
    missing = models.JSONField("points that are not met", default=list, blank=True)
    remark = models.TextField(blank=True)
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return "Quality check"

    @property
    def review(self) -> Review:
        """The review of its request."""
        return self.information.review


class MisfitKind(models.TextChoices):
    """Where chronologies do not fit together."""

    CONTACT = "contact", "The other agency has no record of it"
    DATE = "date", "Dates differ"
    RISK = "risk", "Risk differs"
    SILENT = "silent", "Nothing was recorded for a long time"
    OUTSIDE = "outside", "Outside the dates that the review looks at"


class Misfit(OfReview):
    """What the panel said about a contradiction or a gap: settled, and how."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="misfits")
    kind = models.CharField(max_length=8, choices=MisfitKind)
    key = models.CharField(max_length=120, editable=False)
    settled = models.CharField("what was found out", max_length=300)
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "kind", "key"], name="dhr_misfit_once")
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
