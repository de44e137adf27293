"""The Community Safety Strategy: three years, refreshed yearly, each refresh an edition.

SI 2007/1830 regulations 10 and 11; a copy goes to the Police and Crime Commissioner (regulation
13A, SI 2012/2660).
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from actions.models import Action
from assessments.models.assessments import Assessment, Section
from assessments.models.parts import PartQuerySet, WorkingQuerySet
from core import clock
from core.constraints import both_or_neither, never_two_at_once, starts_before_it_ends
from core.history import History
from documents.models import Content, Publication
from figures.models import Better, CrimeType, Indicator
from meetings.models import Decision, Making
from membership.models import Agency, Group, Partnership, Post, Theme


class PoliceCrimePlan(models.Model):
    """A Police and Crime Plan of the force area, which strategies have regard to."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="police_plans")
    title = models.CharField(max_length=160)
    issued_by = models.CharField(max_length=160)
    source_url = models.URLField("where it is published", blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    history = History()

    objects = WorkingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on"]
        constraints = [starts_before_it_ends(name="assessments_police_plan_dates")]

    def __str__(self) -> str:
        return self.title


class PlanPriority(models.Model):
    """A priority of a Police and Crime Plan. One that no priority here serves is shown."""

    WHOLE = "plan"

    plan = models.ForeignKey(PoliceCrimePlan, models.CASCADE, related_name="priorities")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="assessments_plan_priority")
        ]

    def __str__(self) -> str:
        return self.title


class Strategy(models.Model):
    """A Community Safety Strategy: the years that it holds for, and what it follows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="strategies")
    group = models.ForeignKey(
        Group, models.PROTECT, related_name="strategies", verbose_name="board that adopts it"
    )
    title = models.CharField(max_length=160)
    slug = models.SlugField(max_length=60)
    starts_on = models.DateField("in force from")
    ends_on = models.DateField("first day after it")
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    history = History()

    objects = WorkingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on"]
        verbose_name_plural = "strategies"
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "slug"],
                name="assessments_strategy_slug",
                violation_error_message="There is a strategy of that name already.",
            ),
            starts_before_it_ends(name="assessments_strategy_dates"),
            never_two_at_once(
                "partnership",
                name="assessments_strategy_one_at_a_time",
                message="Another strategy holds for some of this time.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page, with the edition that holds."""
        return reverse("assessments:strategy", args=[self.partnership.slug, self.slug])


class EditionStatus(models.TextChoices):
    """How far an edition is."""

    DRAFT = "draft", "Draft"
    CONSULTED = "consulted", "Consulted on"
    ADOPTED = "adopted", "Adopted"
    PUBLISHED = "published", "Published"


class EditionQuerySet(PartQuerySet):
    """Editions of strategies."""


class Edition(models.Model):
    """A strategy as it stands for a year: the first edition, then each year's refresh.

    ``number`` 1 is the strategy itself. ``frozen`` holds, from adoption on, what measures and
    maps showed on that day; the PDF and the page are made of it for ever. One that was adopted
    before the partnership kept its meetings here has ``adopted_on`` instead of a decision.
    """

    WHOLE = "strategy"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField("year from whose April it holds")
    status = models.CharField(max_length=10, choices=EditionStatus, default=EditionStatus.DRAFT)
    assessment = models.ForeignKey(
        Assessment, models.PROTECT, null=True, blank=True, related_name="editions",
        verbose_name="Strategic Assessment that it rests on",
    )  # fmt: skip
    foreword = models.TextField(blank=True)
    foreword_by = models.CharField("who signs the foreword", max_length=160, blank=True)
    vision = models.TextField(blank=True)
    about = models.TextField("about the partnership", blank=True)
    resources = models.TextField("money and people", blank=True)
    consulted_from = models.DateField(null=True, blank=True)
    consulted_until = models.DateField(null=True, blank=True)
    consulted_how = models.TextField("how communities were asked", blank=True)
    consulted_found = models.TextField("what they said, and what changed because of it", blank=True)
    equality = models.TextField("equality note (Equality Act 2010 s.149)", blank=True)
    changes = models.TextField("what this refresh changes, and why", blank=True)
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="editions",
        verbose_name="decision that adopted it",
    )  # fmt: skip
    adopted_on = models.DateField("adopted on, before it was kept here", null=True, blank=True)
    adopted_where = models.CharField("where that can be read", max_length=200, blank=True)
    frozen = models.JSONField(default=dict, blank=True, editable=False)
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    publication = models.ForeignKey(
        Publication, models.PROTECT, null=True, blank=True, related_name="+"
    )
    leaflet = models.ForeignKey(Content, models.PROTECT, null=True, blank=True, related_name="+")
    commissioner_sent_on = models.DateField("copy sent to the commissioner", null=True, blank=True)
    commissioner_sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    commissioner_how = models.CharField("how it was sent", max_length=200, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)
    history = History(excluded_fields=["frozen"])

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "number"], name="assessments_edition_once"),
            models.UniqueConstraint(fields=["strategy", "year"], name="assessments_edition_year"),
            both_or_neither("frozen_at", "frozen_by", name="assessments_edition_frozen"),
            both_or_neither(
                "commissioner_sent_on", "commissioner_sent_by", name="assessments_edition_sent"
            ),
            models.CheckConstraint(
                name="assessments_edition_adopted",
                condition=Q(status__in=["draft", "consulted"])
                | Q(decision__isnull=False, frozen_at__isnull=False)
                | Q(adopted_on__isnull=False, frozen_at__isnull=False),
            ),
            models.CheckConstraint(
                name="assessments_edition_consulted",
                condition=Q(consulted_from__isnull=True)
                | Q(consulted_until__isnull=True)
                | Q(consulted_until__gte=F("consulted_from")),
                violation_error_message="It cannot end before it begins.",
            ),
        ]

    def __str__(self) -> str:
        return f"Refresh {self.year}" if self.number > 1 else f"First edition, {self.year}"

    def get_absolute_url(self) -> str:
        """Its page."""
        args = [self.strategy.partnership.slug, self.strategy.slug, self.year]
        return reverse("assessments:edition", args=args)

    @property
    def partnership(self) -> Partnership:
        """The partnership of its strategy."""
        return self.strategy.partnership

    @property
    def group_id(self) -> uuid.UUID:
        """The board's key, for the rules."""
        return self.strategy.group_id


class Priority(models.Model):
    """A priority of an edition: why, who answers for it, and where it comes from.

    ``descends_from`` is the priority of the edition before, or of the last strategy, that it
    carries on. Without owner, measure and evidence it cannot be adopted.
    """

    WHOLE = "edition__strategy"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="priorities")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    why = models.TextField("why it is a priority", blank=True)
    aim = models.TextField("what will be different", blank=True)
    owner = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="agency that answers for it",
    )  # fmt: skip
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    theme = models.ForeignKey(
        Theme, models.SET_NULL, null=True, blank=True, related_name="priorities"
    )
    descends_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="carried_on_by"
    )
    lineage = models.CharField("what became of the earlier one", max_length=300, blank=True)
    plan_priorities = models.ManyToManyField(
        PlanPriority, blank=True, related_name="served_by",
        verbose_name="priorities of the Police and Crime Plan that it serves",
    )  # fmt: skip
    history = History(m2m_fields=[plan_priorities])

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name_plural = "priorities"
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "number"],
                name="assessments_priority_number",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def partnership(self) -> Partnership:
        """The partnership of its strategy."""
        return self.edition.strategy.partnership

    @property
    def group_id(self) -> uuid.UUID:
        """The board's key, for the rules."""
        return self.edition.strategy.group_id


class PriorityEvidence(models.Model):
    """What shows that a priority is one: a section of an assessment, an indicator, or a source."""

    WHOLE = "priority__edition__strategy"

    priority = models.ForeignKey(Priority, models.CASCADE, related_name="evidence")
    section = models.ForeignKey(Section, models.PROTECT, null=True, blank=True, related_name="+")
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="+"
    )
    words = models.CharField("what it shows", max_length=300)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.words


class Objective(models.Model):
    """What is to be reached under a priority."""

    WHOLE = "priority__edition__strategy"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    priority = models.ForeignKey(Priority, models.CASCADE, related_name="objectives")
    number = models.PositiveSmallIntegerField()
    text = models.CharField("objective", max_length=300)
    history = History()

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["priority", "number"],
                name="assessments_objective_number",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def partnership(self) -> Partnership:
        """The partnership of its strategy."""
        return self.priority.edition.strategy.partnership

    @property
    def group_id(self) -> uuid.UUID:
        """The board's key, for the rules."""
        return self.priority.edition.strategy.group_id


class Measure(models.Model):
    """How an objective is measured: from a baseline to a target, by an indicator or a crime type.

    With neither, its figures are typed, and ``source`` says whose they are. ``baseline_from`` and
    ``baseline_until`` are first days of months, both within the baseline, which is then counted.
    """

    WHOLE = "objective__priority__edition__strategy"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    objective = models.ForeignKey(Objective, models.CASCADE, related_name="measures")
    name = models.CharField("what is measured", max_length=200)
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="measures"
    )
    crime_type = models.ForeignKey(
        CrimeType, models.PROTECT, null=True, blank=True, related_name="+"
    )
    source = models.CharField("whose figures", max_length=160, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    better = models.CharField(max_length=8, choices=Better, default=Better.LOWER)
    baseline = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    baseline_from = models.DateField("first month of the baseline", null=True, blank=True)
    baseline_until = models.DateField("last month of the baseline", null=True, blank=True)
    baseline_period = models.CharField("period of a typed baseline", max_length=80, blank=True)
    target = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    target_by = models.DateField(null=True, blank=True)
    why_no_target = models.CharField("why there is no target", max_length=300, blank=True)
    history = History()

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="assessments_measure_one_source",
                condition=Q(indicator__isnull=True) | Q(crime_type__isnull=True),
                violation_error_message="Choose an indicator or a crime type, not both.",
            ),
            both_or_neither(
                "baseline_from", "baseline_until", name="assessments_measure_baseline_months"
            ),
            models.CheckConstraint(
                name="assessments_measure_baseline_order",
                condition=Q(baseline_from__isnull=True)
                | Q(
                    baseline_until__gte=F("baseline_from"),
                    baseline_from__day=1,
                    baseline_until__day=1,
                ),
                violation_error_message="The last month of the baseline is before its first.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def partnership(self) -> Partnership:
        """The partnership of its strategy."""
        return self.objective.priority.edition.strategy.partnership

    @property
    def group_id(self) -> uuid.UUID:
        """The board's key, for the rules."""
        return self.objective.priority.edition.strategy.group_id


class DeliveryAction(models.Model):
    """An action of the one register that delivers an objective, with what it takes."""

    WHOLE = "objective__priority__edition__strategy"

    objective = models.ForeignKey(Objective, models.CASCADE, related_name="delivery")
    action = models.ForeignKey(Action, models.PROTECT, related_name="delivers")
    resources = models.CharField("what it takes", max_length=200, blank=True)
    partners = models.ManyToManyField(Agency, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["objective", "action"], name="assessments_delivery_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.action)


class FileKind(models.TextChoices):
    """What is made of an edition."""

    STRATEGY = "strategy", "The strategy"
    LEAFLET = "leaflet", "The summary leaflet"


class EditionFile(models.Model):
    """A PDF of an edition: asked for by a person, made by the worker, kept until asked for again.

    ``done`` of ``total`` steps tell how far it is; ``content`` is empty until it is ready.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="files")
    kind = models.CharField(max_length=10, choices=FileKind)
    state = models.CharField(max_length=12, choices=Making, default=Making.WAITING)
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=4)
    content = models.ForeignKey(Content, models.PROTECT, null=True, blank=True, related_name="+")
    file_name = models.CharField(max_length=160)
    problem = models.CharField("what went wrong", max_length=300, blank=True)
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = PartQuerySet.as_manager()

    WHOLE = "edition__strategy"

    class Meta:
        ordering = ["edition", "-kind"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind"], name="assessments_file_once"),
            models.CheckConstraint(
                name="assessments_file_ready",
                condition=~Q(state="ready") | Q(content__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.edition}"
