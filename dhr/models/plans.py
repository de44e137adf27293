"""Recommendations and the action plan, in the columns of the Home Office's template."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from actions.models import Action
from core import clock
from core.constraints import both_or_neither
from core.history import History
from dhr.models.parts import OfReview, ReviewQuerySet
from dhr.models.reviews import Part, Review
from documents.models import Content
from membership import standing
from membership.models import Agency, Partnership


class LearningTheme(models.Model):
    """A theme by which lessons are coded, the same in every review: dated data, from a file."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    about = models.CharField("what belongs to it", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class Scope(models.TextChoices):
    """How far a recommendation reaches, as in the template."""

    LOCAL = "local", "Local"
    REGIONAL = "regional", "Regional"
    NATIONAL = "national", "National"


class Recommendation(OfReview):
    """What a review recommends. ``text`` names nobody: agencies, the board and the public read it.

    ``early`` is learning that is acted on before publication. ``repeats`` is an earlier
    recommendation with the same lesson, of any review.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey(Review, models.CASCADE, related_name="recommendations")
    number = models.PositiveSmallIntegerField()
    text = models.TextField("recommendation, naming nobody")
    scope = models.CharField(max_length=8, choices=Scope, default=Scope.LOCAL)
    themes = models.ManyToManyField(LearningTheme, blank=True, related_name="recommendations")
    early = models.BooleanField("to be acted on before publication", default=False)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="agency from whose own review it comes",
    )  # fmt: skip
    repeats = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="repeated_by",
        verbose_name="the same lesson before",
    )  # fmt: skip
    removed_because = models.CharField("why it was taken off", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    history = History(m2m_fields=[themes])

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["review", "number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="dhr_recommendation_number"),
            models.CheckConstraint(
                name="dhr_recommendation_not_own_repeat",
                condition=Q(repeats=None) | ~Q(repeats=F("id")),
            ),
        ]

    def __str__(self) -> str:
        return f"Recommendation {self.number}"


class PlanItemQuerySet(models.QuerySet):
    """Items of action plans."""

    def of(self, partnership: Partnership | None) -> Self:
        """Those delivered in this partnership, and those of a review that it holds."""
        held = Q(recommendation__review__partnership=partnership)
        return self.filter(Q(partnership=partnership) | held)

    def visible_to(self, user: Any) -> Self:
        """To those who sit on the review, or on the part of it that the item belongs to."""
        groups = standing.groups(user)
        return self.filter(Q(recommendation__review__group__in=groups) | Q(part__group__in=groups))


class PlanItem(models.Model):
    """A line of the plan: what is to be done, by whom, by when, and what came of it.

    ``partnership`` is where it is delivered; ``part`` that partnership's part in the review, where
    it is not the one that holds it. An agency of ours has an action in the one register, which
    holds owner, dates and progress; ``outside`` is a body that is in no partnership here, and
    ``outside_said`` what it answered. ``target_on`` is the date first agreed and always stands.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField()
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="+")
    part = models.ForeignKey(Part, models.PROTECT, null=True, blank=True, related_name="items")
    text = models.CharField("action to take", max_length=300)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="lead agency"
    )
    outside = models.CharField("other body", max_length=160, blank=True)
    outside_said = models.TextField("what the other body answered", blank=True)
    outside_said_on = models.DateField("answered on", null=True, blank=True)
    milestones = models.TextField("key milestones", blank=True)
    target_on = models.DateField("target date")
    completed_on = models.DateField("completed on", null=True, blank=True)
    outcome = models.TextField("outcome", blank=True)
    action = models.OneToOneField(Action, models.PROTECT, null=True, blank=True, related_name="+")
    signed_off_at = models.DateTimeField(null=True, blank=True)
    signed_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    sign_off_remark = models.TextField("what the sign-off rests on", blank=True)
    removed_because = models.CharField("why it was taken off", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    history = History()

    objects = PlanItemQuerySet.as_manager()

    class Meta:
        ordering = ["recommendation", "number"]
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "number"], name="dhr_item_number"),
            models.CheckConstraint(
                name="dhr_item_for_one_body",
                condition=Q(agency__isnull=False, outside="") | (Q(agency=None) & ~Q(outside="")),
                violation_error_message="Choose an agency, or name another body.",
            ),
            both_or_neither("signed_off_at", "signed_off_by", name="dhr_item_signed_off_at_by"),
            models.CheckConstraint(
                name="dhr_item_signed_off_complete",
                condition=Q(signed_off_at=None) | Q(completed_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Action {self.recommendation.number}.{self.number}"

    @property
    def review(self) -> Review:
        """The review of its recommendation."""
        return self.recommendation.review

    @property
    def group(self) -> Any:
        """Who may know of it: the part's own group, or the review's."""
        return self.part.group if self.part else self.review.group

    @property
    def group_id(self) -> Any:
        """The key of that group."""
        return self.part.group_id if self.part else self.review.group_id


class Difference(models.TextChoices):
    """Whether what was done made the difference that it was meant to make."""

    YES = "yes", "Yes, and it is shown"
    PARTLY = "partly", "Partly"
    NO = "no", "No"
    UNKNOWN = "unknown", "It cannot be told yet"


class DifferenceCheck(OfReview):
    """A later look at an item that was signed off: did it make the difference, and how is that
    known? One that was not is followed by another."""

    item = models.ForeignKey(PlanItem, models.CASCADE, related_name="checks")
    first_due_on = models.DateField("to be checked by")
    checked_on = models.DateField(null=True, blank=True)
    difference = models.CharField(max_length=8, choices=Difference, blank=True)
    found = models.TextField("how it is known", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    history = History()

    class Meta:
        ordering = ["item", "first_due_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="dhr_check_made",
                condition=Q(checked_on=None, difference="", by=None)
                | (Q(checked_on__isnull=False, by__isnull=False) & ~Q(difference="")),
            )
        ]

    def __str__(self) -> str:
        return "Check of the difference made"

    @property
    def review(self) -> Review:
        """The review of its item."""
        return self.item.review


class PlanFile(OfReview):
    """A plan that came back as a file: shown as differences, then taken over or put away.

    ``differences`` is what its preview showed, row by row, and what is taken over if nothing has
    changed in between.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey(Review, models.CASCADE, related_name="plan_files")
    content = models.ForeignKey(Content, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=160)
    differences = models.JSONField(default=list)
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taken_over_at = models.DateTimeField(null=True, blank=True)
    put_away_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                name="dhr_plan_file_ended_once",
                condition=Q(taken_over_at=None) | Q(put_away_at=None),
            )
        ]

    def __str__(self) -> str:
        return "Plan that came back"
