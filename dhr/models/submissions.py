"""The way to publication: the Quality Assurance Panel, what it said, what was published."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core import clock
from core.history import History
from dhr.models.parts import OfReview, ReviewQuerySet
from dhr.models.reviews import Review
from documents.models import Document, Publication


class Feedback(models.TextChoices):
    """What the Home Office's Quality Assurance Panel said."""

    WAITING = "waiting", "Waits for the answer"
    CLEARED = "cleared", "Adequate, cleared to publish"
    CHANGES = "changes", "Adequate once changed; to be sent again"
    INADEQUATE = "inadequate", "Inadequate"


class Submission(OfReview):
    """A report as it was sent to the Quality Assurance Panel, and its answer.

    ``document`` is the overview report, a restricted paper of the review's group, by its version
    on that day (``sha256``).
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="overview report",
    )  # fmt: skip
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    changes = models.TextField("what was changed since the last time", blank=True)
    submitted_on = models.DateField("submitted on")
    feedback = models.CharField(max_length=10, choices=Feedback, default=Feedback.WAITING)
    feedback_on = models.DateField("answered on", null=True, blank=True)
    feedback_text = models.TextField("what the panel said", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    history = History()

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="dhr_submission_number"),
            models.CheckConstraint(
                name="dhr_submission_answered",
                condition=Q(feedback="waiting", feedback_on=None)
                | (~Q(feedback="waiting") & Q(feedback_on__gte=F("submitted_on"))),
                violation_error_message="The answer cannot be before the report was sent.",
            ),
        ]

    def __str__(self) -> str:
        return f"Submission {self.number}"


class PublishedReport(OfReview):
    """That a report was published, on the clearance of which submission, until when.

    A database trigger refuses one whose submission was not cleared. ``remove_on`` is the day from
    which it leaves the site.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="published_reports")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    publication = models.OneToOneField(
        Publication, models.PROTECT, null=True, blank=True, related_name="+",
        help_text="None where the partnership that leads the review published it.",
    )  # fmt: skip
    elsewhere_url = models.URLField("where it stands, if published elsewhere", blank=True)
    published_on = models.DateField()
    remove_on = models.DateField("to leave the site on")
    removed_on = models.DateField(null=True, blank=True)
    removed_because = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    history = History()

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-published_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="dhr_published_somewhere",
                condition=(Q(publication__isnull=False) & Q(elsewhere_url=""))
                | (Q(publication=None) & ~Q(elsewhere_url="")),
            ),
            models.CheckConstraint(
                name="dhr_published_removed",
                condition=Q(removed_on=None) | Q(removed_on__gte=F("published_on")),
            ),
        ]

    def __str__(self) -> str:
        return "Published report"
