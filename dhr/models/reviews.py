"""A review of a death: by pseudonym only. Who decided, who chairs, what it looks at, who was told.

No record here holds the name of anybody who died, of their family or of who is suspected; those
stand in ``KeyEntry`` alone, sealed.
"""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core import clock
from core.constraints import never_two_at_once, starts_before_it_ends
from core.history import History
from dhr.models.parts import OfReview, ReviewQuerySet
from membership import standing
from membership.models import Agency, Group, Partnership


class Stage(models.TextChoices):
    """How far a review is."""

    NOTIFIED = "notified", "To decide"
    NO_REVIEW = "no_review", "No review"
    UNDER_WAY = "under_way", "Under way"
    SUBMITTED = "submitted", "With the Quality Assurance Panel"
    RETURNED = "returned", "To change and submit again"
    CLEARED = "cleared", "Cleared to publish"
    PUBLISHED = "published", "Published, plan watched"
    CLOSED = "closed", "Closed"


OPEN = tuple(each for each in Stage if each not in (Stage.NO_REVIEW, Stage.CLOSED))


class Lead(models.TextChoices):
    """Who commissions the review."""

    HERE = "here", "This partnership"
    ELSEWHERE = "elsewhere", "Another partnership"


class DeathReviewQuerySet(ReviewQuerySet):
    """Reviews."""

    path = ""


class Review(models.Model):
    """A review, known by its reference and a pseudonym.

    ``group`` is its need-to-know list from the day of the notification. Where it is led elsewhere,
    ``led_by`` says by whom, and what is kept here is this partnership's part in it: what its
    agencies supply, and the actions delivered here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="death_reviews")
    group = models.OneToOneField(Group, models.PROTECT, related_name="death_review", editable=False)
    reference = models.CharField(max_length=20, editable=False)
    pseudonym = models.CharField(
        "name under which the review is known", max_length=80,
        help_text="A pseudonym that the family agrees to, or a plain word. Never a real name.",
    )  # fmt: skip
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.NOTIFIED)
    lead = models.CharField("led by", max_length=10, choices=Lead, default=Lead.HERE)
    led_by = models.CharField("the other partnership", max_length=160, blank=True)
    led_reference = models.CharField("its reference for the review", max_length=40, blank=True)
    notified_on = models.DateField("notified on")
    notified_by = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="notified by",
    )  # fmt: skip
    circumstances = models.TextField(
        "what is known, without names", blank=True,
        help_text="As few words as the decision needs.",
    )  # fmt: skip
    reopened_on = models.DateField(null=True, blank=True, editable=False)
    reopened_because = models.TextField(blank=True)
    closed_on = models.DateField(null=True, blank=True, editable=False)
    closed_because = models.TextField(blank=True)
    erased_on = models.DateField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    history = History()

    objects = DeathReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-notified_on", "-reference"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "reference"], name="dhr_review_reference"
            ),
            models.CheckConstraint(
                name="dhr_review_led",
                condition=Q(lead="here", led_by="") | (Q(lead="elsewhere") & ~Q(led_by="")),
                violation_error_message="Say which other partnership leads the review.",
            ),
            models.CheckConstraint(
                name="dhr_review_closed",
                condition=Q(stage="closed", closed_on__isnull=False)
                | (~Q(stage="closed") & Q(closed_on=None)),
            ),
            models.CheckConstraint(
                name="dhr_review_erased", condition=Q(erased_on=None) | Q(stage="closed")
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """The page of the review."""
        return reverse("dhr:review", args=[self.partnership.slug, self.reference])

    @property
    def is_open(self) -> bool:
        """Something is still to be done or watched."""
        return self.stage in OPEN

    @property
    def led_here(self) -> bool:
        """This partnership commissions it."""
        return self.lead == Lead.HERE


class DeathKind(models.TextChoices):
    """How somebody died, as far as the definition asks."""

    HOMICIDE = "homicide", "Apparently killed by another person"
    SUICIDE = "suicide", "Apparent suicide, where abuse gives concern"
    OTHER = "other", "Another death where abuse may have had a part"


class Relation(models.TextChoices):
    """Who the other person was to who died (2004 Act, section 9(1))."""

    PARTNER = "partner", "Intimate partner"
    FORMER = "former", "Former intimate partner"
    RELATIVE = "relative", "Relative"
    HOUSEHOLD = "household", "Member of the same household"
    UNKNOWN = "unknown", "Not known yet"


class Death(OfReview):
    """One death of the review, by pseudonym. A review may hold two."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="deaths")
    number = models.PositiveSmallIntegerField()
    pseudonym = models.CharField(max_length=80)
    died_on = models.DateField("died on", null=True, blank=True)
    kind = models.CharField(max_length=10, choices=DeathKind)
    relation = models.CharField(max_length=10, choices=Relation, default=Relation.UNKNOWN)
    elsewhere = models.CharField("where, if outside this area", max_length=160, blank=True)
    history = History()

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["review", "number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="dhr_death_number"),
            models.UniqueConstraint(fields=["review", "pseudonym"], name="dhr_death_pseudonym"),
        ]

    def __str__(self) -> str:
        return f"Death {self.number}"


class Outcome(models.TextChoices):
    """What is decided on a notification."""

    REVIEW = "review", "Hold a review"
    NO_REVIEW = "no_review", "Hold no review"
    OTHER = "other", "Another statutory review does it"


class Decision(OfReview):
    """Whether a review is held: reasons, who decided, when. The latest one stands.

    The chair of the partnership decides (guidance of 2016). A decision that was reversed stays.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField("decision", max_length=10, choices=Outcome)
    reasons = models.TextField()
    decided_by = models.CharField("who decided, by post", max_length=160)
    decided_on = models.DateField()
    reversed_because = models.TextField("why the earlier decision is reversed", blank=True)
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="dhr_decision_number"),
            models.CheckConstraint(
                name="dhr_decision_reversed", condition=Q(number=1) | ~Q(reversed_because="")
            ),
        ]

    def __str__(self) -> str:
        return f"Decision {self.number}"


class Chair(OfReview):
    """Who chairs the review, from a day to a day; a chair who resigns leaves their term behind.

    ``independence`` is their statement that they have no part in the case nor in its agencies.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="chairs")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    independence = models.TextField("statement of independence")
    starts_on = models.DateField("from")
    ends_on = models.DateField("until", null=True, blank=True)
    ended_because = models.CharField("why it ended", max_length=300, blank=True)
    history = History()

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            starts_before_it_ends(name="dhr_chair_dates"),
            never_two_at_once(
                "review", name="dhr_one_chair", message="Somebody chairs the review at that time."
            ),
            models.CheckConstraint(
                name="dhr_chair_ended", condition=Q(ends_on=None) | ~Q(ended_because="")
            ),
        ]

    def __str__(self) -> str:
        return "Independent chair"


class ConflictCheck(OfReview):
    """What somebody said when asked whether they are free to sit on the review."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="conflict_checks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    free = models.BooleanField("has no part in the case")
    said = models.TextField("what they said", blank=True)
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return "Conflict check"


class Terms(OfReview):
    """Terms of reference, version by version, with the dates that the review looks at."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="terms")
    number = models.PositiveSmallIntegerField("version")
    text = models.TextField("terms of reference")
    scope_from = models.DateField("looks at events from")
    scope_to = models.DateField("to")
    changed_because = models.CharField("why they were changed", max_length=300, blank=True)
    agreed_on = models.DateField("agreed by the panel on", null=True, blank=True)
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name_plural = "terms"
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="dhr_terms_number"),
            models.CheckConstraint(
                name="dhr_terms_scope", condition=Q(scope_from__lte=F("scope_to")),
                violation_error_message="The first day must not be after the last.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Terms of reference, version {self.number}"


class ProceedingKind(models.TextChoices):
    """What runs beside a review."""

    CRIMINAL = "criminal", "Criminal proceedings"
    CORONER = "coroner", "Coroner’s inquest"
    CHILD = "child", "Child safeguarding practice review"
    ADULT = "adult", "Safeguarding adult review"
    CONDUCT = "conduct", "Police conduct investigation"
    MENTAL_HEALTH = "mental_health", "Mental health homicide review"
    OTHER = "other", "Another process"


class Proceeding(OfReview):
    """A parallel proceeding: from when to when, and what it means for the review."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="proceedings")
    kind = models.CharField(max_length=16, choices=ProceedingKind)
    contact = models.CharField("who to ask, by post", max_length=160, blank=True)
    effect = models.TextField("what it means for the review", blank=True)
    starts_on = models.DateField("since")
    expected_on = models.DateField("expected to end", null=True, blank=True)
    ends_on = models.DateField("ended", null=True, blank=True)
    result = models.TextField("how it ended, without names", blank=True)
    history = History()

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [starts_before_it_ends(name="dhr_proceeding_dates")]

    def __str__(self) -> str:
        return self.get_kind_display()


class Whom(models.TextChoices):
    """Who is told of a step, or is sent a copy."""

    HOME_OFFICE = "home_office", "Home Office"
    FAMILY = "family", "Family"
    CORONER = "coroner", "Coroner"
    POLICE = "police", "Police"
    COMMISSIONER = "commissioner", "Domestic Abuse Commissioner"
    SECRETARY = "secretary", "Secretary of State"
    PCC = "pcc", "Police and Crime Commissioner’s office"
    AGENCIES = "agencies", "Agencies of the review"
    OTHER = "other", "Somebody else"


class About(models.TextChoices):
    """What somebody is told."""

    DECISION = "decision", "The decision"
    PANEL = "panel", "The chair, the panel and the terms of reference"
    DELAY = "delay", "A delay"
    REPORT = "report", "The report"
    CLEARANCE = "clearance", "The Quality Assurance Panel’s answer"
    PUBLICATION = "publication", "The publication"
    OTHER = "other", "Something else"


class Told(OfReview):
    """That somebody was told, of what, when and how. Names nobody."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="told")
    whom = models.CharField(max_length=12, choices=Whom)
    about = models.CharField(max_length=12, choices=About)
    on = models.DateField()
    how = models.CharField(
        "how, and what they said", max_length=300, blank=True,
        help_text="Such as “by letter, through their advocate”. No names.",
    )  # fmt: skip
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    history = History()

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-id"]
        verbose_name_plural = "told"

    def __str__(self) -> str:
        return f"{self.get_whom_display()} told"


class PartQuerySet(ReviewQuerySet):
    """Parts of other partnerships: by the part's own group, or the review's."""

    path = ""

    def visible_to(self, user: Any) -> Self:
        """To those who sit on the part, and to those who sit on the review."""
        groups = standing.groups(user)
        return self.filter(Q(group__in=groups) | Q(review__group__in=groups))


class Part(models.Model):
    """The part that another partnership has in a review: actions delivered there.

    Its own group is the need-to-know list of the part; who sits there sees the part's items and
    what the part's agencies are asked, not the review.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey(Review, models.CASCADE, related_name="parts")
    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="parts_in_death_reviews"
    )
    group = models.OneToOneField(Group, models.PROTECT, related_name="+", editable=False)
    reference = models.CharField(max_length=20, editable=False)
    purpose = models.TextField("what they need to know, without names", blank=True)
    starts_on = models.DateField("from")
    ends_on = models.DateField("until", null=True, blank=True)
    history = History()

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["review", "partnership__name"]
        constraints = [
            models.UniqueConstraint(fields=["review", "partnership"], name="dhr_part_once"),
            models.UniqueConstraint(fields=["partnership", "reference"], name="dhr_part_reference"),
            starts_before_it_ends(name="dhr_part_dates"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """The page of the part, in the other partnership."""
        return reverse("dhr:part", args=[self.partnership.slug, self.reference])
