"""The review procedure: what the law sets, with dates, and what a partnership sets within it.

All limits are dated data, never code: the Crime and Policing Act 2026 is moving them.
"""

import calendar
import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from core.constraints import never_two_at_once, starts_before_it_ends
from core.dates import count
from core.history import History
from membership.models import Agency, DatedQuerySet, Group, Partnership
from triggers.models.clocks import ClockStage, CountedFrom
from triggers.models.parts import DatedProcedureQuerySet, ProcedureQuerySet

MONTHS = [(number, calendar.month_name[number]) for number in range(1, 13)]


class ShownName(models.TextChoices):
    """Which of the two names a partnership shows to the public."""

    CASE_REVIEW = "case_review", "ASB case review"
    TRIGGER = "trigger", "Community Trigger"
    BOTH = "both", "ASB case review (Community Trigger)"


class RuleQuerySet(DatedQuerySet):
    """Versions of the law."""

    def visible_to(self, user: Any) -> Self:
        """For everybody: the law is public."""
        return self

    def of(self, partnership: Any) -> Self:
        """The same for all partnerships."""
        return self


class Rule(models.Model):
    """A version of the law's own limits, in force from a day (2014 Act, section 104).

    Both periods *begin with* the day itself: of a month from 15 March the last day is 14 April.
    """

    name = models.CharField("Act and section", max_length=200)
    report_within = models.PositiveSmallIntegerField("months to report the behaviour")
    apply_within = models.PositiveSmallIntegerField("months to apply after the complaint")
    complaints_at_most = models.PositiveSmallIntegerField("most complaints a procedure may ask for")
    source_url = models.URLField(blank=True)
    remark = models.CharField(max_length=300, blank=True)
    verified = models.BooleanField("checked against the Act", default=False)
    starts_on = models.DateField("in force from")
    ends_on = models.DateField("until", null=True, blank=True)

    objects = RuleQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            starts_before_it_ends(name="triggers_rule_dates"),
            never_two_at_once(
                name="triggers_one_rule", message="Another version of the law holds at that time."
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Procedure(models.Model):
    """What a partnership has laid down about its reviews (Schedule 4, Part 1).

    ``group`` is the standing panel: who may be asked onto a case's panel sits on it, its officers
    take new cases, and its protocol covers every case. ``complaints_needed`` may be fewer than
    the law's most, never more.
    """

    partnership = models.OneToOneField(
        Partnership, models.CASCADE, primary_key=True, related_name="case_review_procedure"
    )
    group = models.OneToOneField(Group, models.PROTECT, related_name="+", verbose_name="panel")
    shown_name = models.CharField(max_length=12, choices=ShownName, default=ShownName.BOTH)
    is_open = models.BooleanField("takes applications online", default=True)
    complaints_needed = models.PositiveSmallIntegerField(default=3)
    contact_name = models.CharField("who to ask (a team, no person)", max_length=120)
    contact_email = models.EmailField("email", blank=True)
    contact_telephone = models.CharField("telephone", max_length=40, blank=True)
    contact_address = models.TextField("postal address", blank=True)
    other_ways = models.TextField("other ways to apply", blank=True)
    exit_url = models.URLField(
        "where “Exit this page” leads", default="https://www.bbc.co.uk/weather"
    )
    appeal_to = models.CharField(
        "who hears an appeal", max_length=160, blank=True,
        default="an officer of another community safety partnership",
    )  # fmt: skip
    commissioner_contact = models.TextField("how to reach the commissioner’s office", blank=True)
    draft_days = models.PositiveSmallIntegerField("days that a draft is kept", default=30)
    year_starts_in = models.PositiveSmallIntegerField(
        "month in which a year of figures begins", default=4, choices=MONTHS
    )
    keep_years = models.PositiveSmallIntegerField("years that a closed case is kept", default=6)
    text = models.TextField("the procedure, for the public", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    history = History()

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="triggers_procedure_complaints",
                condition=Q(complaints_needed__gte=1, complaints_needed__lte=3),
                violation_error_message="The law lets a partnership ask for 1, 2 or 3 complaints.",
            ),
            models.CheckConstraint(
                name="triggers_procedure_days",
                condition=Q(draft_days__gte=1, keep_years__gte=1),
                violation_error_message="This must be at least 1.",
            ),
        ]

    def __str__(self) -> str:
        return f"Case review procedure, {self.partnership}"


class AdditionKind(models.TextChoices):
    """What else a partnership lets meet the threshold, besides the number of complaints."""

    HOUSEHOLDS = "households", "Several homes complain of similar behaviour at one place"
    HATE = "hate", "The behaviour is driven by hate"
    VULNERABLE = "vulnerable", "The victim is vulnerable or at risk"


class LocalAddition(models.Model):
    """A local rule by which the threshold is met too, with where it stands written.

    ``number`` is how many homes; for the other kinds, how many qualifying complaints must be there.
    """

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=AdditionKind)
    number = models.PositiveSmallIntegerField(default=1)
    source = models.CharField("where it stands", max_length=300)
    starts_on = models.DateField("from")
    ends_on = models.DateField("until", null=True, blank=True)
    history = History()

    objects = DatedProcedureQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "starts_on"]
        constraints = [
            starts_before_it_ends(name="triggers_addition_dates"),
            never_two_at_once(
                "partnership", "kind", name="triggers_one_addition",
                message="There is a rule of this kind at that time already. End it first.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def words(self) -> str:
        """The rule in a sentence, with its number."""
        if self.kind == AdditionKind.HOUSEHOLDS:
            return f"{count(self.number, 'home')} complain of similar behaviour at one place"
        if not self.number:
            return f"{self.get_kind_display()}, whatever else is true"
        return f"{self.get_kind_display()}, with {count(self.number, 'qualifying complaint')}"


class ClockSetting(models.Model):
    """By when a partnership wants a step done: days, working or calendar, from another step."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    stage = models.CharField(max_length=12, choices=ClockStage)
    days = models.PositiveSmallIntegerField()
    working = models.BooleanField("working days", default=True)
    counted_from = models.CharField(max_length=12, choices=CountedFrom)
    source = models.CharField("where it stands", max_length=300, blank=True)
    starts_on = models.DateField("from")
    ends_on = models.DateField("until", null=True, blank=True)
    history = History()

    objects = DatedProcedureQuerySet.as_manager()

    class Meta:
        ordering = ["stage", "starts_on"]
        constraints = [
            starts_before_it_ends(name="triggers_clock_setting_dates"),
            never_two_at_once(
                "partnership", "stage", name="triggers_one_clock_setting",
                message="This clock is set for that time already. End the other setting first.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_stage_display()}: {self.length}"

    @property
    def length(self) -> str:
        """Its days: 2 working days."""
        return count(self.days, "working day" if self.working else "day")

    @property
    def words(self) -> str:
        """Its days and from what they count: 2 working days from the application."""
        return f"{self.length} from {CountedFrom(self.counted_from).label}"


class BodyKind(models.TextChoices):
    """What makes it a body to which a complaint counts (2014 Act, section 105)."""

    COUNCIL = "council", "District council, or county council where there is none"
    POLICE = "police", "Police"
    HEALTH = "health", "Integrated care board (before July 2022: clinical commissioning group)"
    HOUSING = "housing", "Local provider of social housing that was co-opted"


class RelevantBody(models.Model):
    """A body that takes part in reviews here, and a complaint to which counts, from a day."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=BodyKind)
    also_reports = models.CharField(
        "what the public calls it", max_length=160, blank=True,
        help_text="Such as “the council’s noise team”. Shown beside its name.",
    )  # fmt: skip
    starts_on = models.DateField("from")
    ends_on = models.DateField("until", null=True, blank=True)
    history = History()

    objects = DatedProcedureQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "agency__name"]
        verbose_name_plural = "relevant bodies"
        constraints = [
            starts_before_it_ends(name="triggers_body_dates"),
            never_two_at_once(
                "partnership", "agency", name="triggers_one_body",
                message="This body takes part at that time already.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.agency.name

    def counted_on(self, day: datetime.date) -> bool:
        """Whether a complaint made to it on that day counts; it may have ended since."""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)
