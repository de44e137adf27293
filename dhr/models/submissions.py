"""The way to publication: the Quality Assurance Panel, what it said, what was published."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core import clock
from core.constraints import both_or_neither
from core.history import History
from dhr.models.parts import OfReview, ReviewQuerySet
from dhr.models.reviews import Review
from documents.models import Content, Document, Publication


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


class Rendition(OfReview):
    """The public form of a cleared report, as it waits to be published: its PDF and its summary.

    ``prepared_by`` made it; somebody else reads it and publishes it, or puts it away. What of it
    was published stands in the publication, for good.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="renditions")
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="+")
    title = models.CharField("title for the public", max_length=160)
    about = models.TextField("what the public reads on the page")
    report = models.ForeignKey(
        Content, models.PROTECT, related_name="+", verbose_name="public overview report"
    )
    summary = models.ForeignKey(
        Content, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="executive summary",
    )  # fmt: skip
    correction_note = models.CharField("what was corrected", max_length=300, blank=True)
    prepared_at = models.DateTimeField(default=clock.now, editable=False)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField("published or put away at", null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    put_away_because = models.CharField(max_length=300, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-prepared_at", "-id"]
        constraints = [
            both_or_neither("ended_at", "ended_by", name="dhr_rendition_ended"),
            models.UniqueConstraint(
                fields=["review"], condition=Q(ended_at=None), name="dhr_rendition_one_waits"
            ),
        ]

    def __str__(self) -> str:
        return "Public report"


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
    summary = models.OneToOneField(
        Publication, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="executive summary",
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
