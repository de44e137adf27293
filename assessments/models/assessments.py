"""The yearly Strategic Assessment: sections, evidence, consultation and scores.

Its content is that of SI 2007/1830 regulation 6. One text has a restricted and a public edition:
words between ``[[`` and ``]]`` are restricted (``core.markings``), and figures of restricted or
suppressed indicators never enter the public one.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from assessments.models.parts import PartQuerySet, WorkingQuerySet
from core import clock
from core.constraints import both_or_neither
from core.history import History
from core.markings import Marked, Marking, OpenPart
from documents.models import Document, Publication
from meetings.models import Decision
from membership.models import Agency, Group, Partnership, Theme


class AssessmentStatus(models.TextChoices):
    """How far an assessment is."""

    DRAFTING = "drafting", "Being drafted"
    READY = "ready", "Before the board"
    ADOPTED = "adopted", "Adopted"
    PUBLISHED = "published", "Published"


class AssessmentQuerySet(WorkingQuerySet):
    """Strategic assessments."""


class Assessment(models.Model):
    """A Strategic Assessment of any twelve months; Dartford's run from October to September.

    ``figures`` holds every figure of the text by its key, once for each edition, frozen at
    adoption, and ``sources`` the files and returns that they came from (name, hash, date). Until
    then both are empty and figures are read as they stand. ``months_missing`` are months that were
    not held when it was frozen. ``asked_*`` is the question whether it may be published, of the
    very words with the digest ``asked_digest``, while somebody else has to approve it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="assessments")
    group = models.ForeignKey(
        Group, models.PROTECT, related_name="assessments", verbose_name="board that adopts it"
    )
    title = models.CharField(max_length=160)
    slug = models.SlugField(max_length=60)
    starts_on = models.DateField("first day of the twelve months")
    ends_on = models.DateField("first day after them")
    status = models.CharField(
        max_length=10, choices=AssessmentStatus, default=AssessmentStatus.DRAFTING
    )
    weights = models.JSONField("weights of the scoring", default=dict, blank=True)
    figures = models.JSONField(default=dict, blank=True, editable=False)
    sources = models.JSONField(default=list, blank=True, editable=False)
    months_missing = models.JSONField(default=list, blank=True, editable=False)
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="assessments",
        verbose_name="decision that adopted it",
    )  # fmt: skip
    paper = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="restricted edition, as a paper of the board",
    )  # fmt: skip
    publication = models.ForeignKey(
        Publication, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="public edition",
    )  # fmt: skip
    asked_digest = models.CharField("what was checked", max_length=64, blank=True, editable=False)
    asked_at = models.DateTimeField("asked to be published", null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    history = History(excluded_fields=["figures", "sources"])

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "slug"],
                name="assessments_assessment_slug",
                violation_error_message="There is an assessment of these months already.",
            ),
            models.CheckConstraint(
                name="assessments_assessment_months",
                condition=Q(starts_on__day=1, ends_on__day=1, ends_on__gt=F("starts_on")),
                violation_error_message="It runs from the first day of a month, for twelve months.",
            ),
            both_or_neither("frozen_at", "frozen_by", name="assessments_assessment_frozen"),
            both_or_neither("asked_at", "asked_by", name="assessments_assessment_asked"),
            models.CheckConstraint(
                name="assessments_assessment_adopted",
                condition=Q(status__in=["drafting", "ready"])
                | Q(decision__isnull=False, frozen_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page: how far each section is, and what comes next."""
        return reverse("assessments:assessment", args=[self.partnership.slug, self.slug])

    @property
    def frozen(self) -> bool:
        """Whether its figures no longer change."""
        return self.frozen_at is not None


class Section(models.Model):
    """A section of an assessment: what the system drafted, and what the analyst wrote.

    ``drafted`` lists the sentences that the figures allow, each ``{"rule", "facts", "text"}``; a
    test can falsify every one. ``text`` is the analyst's, with restricted passages between
    brackets; ``open_text`` is the same without them, and all that the public edition reads.
    """

    WHOLE = "assessment"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="sections")
    key = models.SlugField(max_length=40)
    position = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=160)
    source = models.CharField("who asks for it", max_length=200, blank=True)
    theme = models.ForeignKey(Theme, models.SET_NULL, null=True, blank=True, related_name="+")
    drafted = models.JSONField(default=list, blank=True)
    text = models.TextField("what the analyst says", blank=True)
    open_text = models.GeneratedField(
        expression=OpenPart("text"), output_field=models.TextField(), db_persist=True
    )
    left_out = models.JSONField(
        "figures that the analyst leaves out, by key", default=list, blank=True
    )
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    history = History(excluded_fields=["open_text"])

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "key"], name="assessments_section_key"),
            both_or_neither("done_at", "done_by", name="assessments_section_done"),
        ]

    def __str__(self) -> str:
        return self.heading

    def get_absolute_url(self) -> str:
        """The page on which it is written."""
        args = [self.assessment.partnership.slug, self.assessment.slug, self.key]
        return reverse("assessments:section", args=args)

    @property
    def partnership(self) -> Partnership:
        """The partnership of its assessment."""
        return self.assessment.partnership

    @property
    def group_id(self) -> uuid.UUID:
        """The board's key, for the rules."""
        return self.assessment.group_id


class EvidenceState(models.TextChoices):
    """What became of what a partner sent in."""

    OFFERED = "offered", "To be read"
    USED = "used", "Used"
    SET_ASIDE = "set_aside", "Not used"


class Evidence(Marked, models.Model):
    """What a partner knows that figures do not say, sent in for a section."""

    WHOLE = "assessment"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="evidence")
    section = models.ForeignKey(
        Section, models.SET_NULL, null=True, blank=True, related_name="evidence"
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    text = models.TextField("what you know")
    source = models.CharField("where it comes from", max_length=200)
    marking = models.CharField(max_length=12, choices=Marking, default=Marking.OFFICIAL)
    state = models.CharField(max_length=10, choices=EvidenceState, default=EvidenceState.OFFERED)
    answer = models.CharField("what the analyst says to it", max_length=300, blank=True)
    offered_at = models.DateTimeField(default=clock.now, editable=False)
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    history = History()

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["-offered_at"]
        verbose_name_plural = "evidence"
        constraints = [
            both_or_neither("answered_at", "answered_by", name="assessments_evidence_answered")
        ]

    def __str__(self) -> str:
        return f"Evidence of {self.agency}"

    @property
    def partnership(self) -> Partnership:
        """The partnership of its assessment."""
        return self.assessment.partnership

    @property
    def group_id(self) -> uuid.UUID:
        """The board's key, for the rules."""
        return self.assessment.group_id


class ConsultationFinding(models.Model):
    """What the public said: how it was asked, when, how many answered, and what was found."""

    WHOLE = "assessment"

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="consultation")
    title = models.CharField("consultation", max_length=160)
    method = models.CharField("how people were asked", max_length=200)
    starts_on = models.DateField("from")
    ends_on = models.DateField("until")
    respondents = models.PositiveIntegerField("how many answered", null=True, blank=True)
    finding = models.TextField("what was found")
    theme = models.ForeignKey(Theme, models.SET_NULL, null=True, blank=True, related_name="+")
    history = History()

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["-ends_on"]
        constraints = [
            models.CheckConstraint(
                name="assessments_consultation_dates",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="It cannot end before it begins.",
            )
        ]

    def __str__(self) -> str:
        return self.title


class ThreatScore(models.Model):
    """How grave a threat is, factor by factor from 0 to 4; the weights stand in the assessment.

    Modelled on how partnerships rank priorities (management of risk in law enforcement): harm to
    people, likelihood, and how able the partnership is to deal with it.
    """

    WHOLE = "assessment"

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="scores")
    name = models.CharField("threat", max_length=120)
    theme = models.ForeignKey(Theme, models.SET_NULL, null=True, blank=True, related_name="+")
    scores = models.JSONField(default=dict)
    why = models.TextField("why it is scored so", blank=True)
    scored_at = models.DateTimeField(default=clock.now, editable=False)
    scored_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    history = History()

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "name"],
                name="assessments_score_once",
                violation_error_message="This threat has been scored already.",
            )
        ]

    def __str__(self) -> str:
        return self.name
