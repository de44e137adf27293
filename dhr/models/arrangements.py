"""What the law asks of a review, with dates, and what a partnership has laid down about its own."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from core.constraints import never_two_at_once, starts_before_it_ends
from core.history import History
from membership import standing
from membership.models import DatedQuerySet, Group, Partnership


class LawName(models.TextChoices):
    """What the law calls the review of a death."""

    DHR = "dhr", "Domestic homicide review"
    DARDR = "dardr", "Domestic abuse related death review"


class ShownName(models.TextChoices):
    """Which of the two names a partnership shows."""

    LAW = "law", "What the law calls it on the day"
    DHR = "dhr", LawName.DHR.label
    DARDR = "dardr", LawName.DARDR.label


class RuleQuerySet(DatedQuerySet):
    """Versions of the law."""

    def visible_to(self, user: Any) -> Self:
        """For everybody: the law is public."""
        return self

    def of(self, partnership: Any) -> Self:
        """The same for all partnerships."""
        return self


class Rule(models.Model):
    """A version of the law and its guidance, in force from a day.

    Domestic Violence, Crime and Victims Act 2004, section 9; multi-agency statutory guidance of
    2016. One without ``starts_on`` is passed and waits for the day of its commencement (Victims
    and Prisoners Act 2024, section 19).
    """

    name = models.CharField("Act and section", max_length=200)
    called = models.CharField("name of the review", max_length=5, choices=LawName)
    decide_within = models.PositiveSmallIntegerField("months to decide after notification")
    report_within = models.PositiveSmallIntegerField("months from the decision to the report")
    copy_to_commissioner = models.BooleanField("copy to the Domestic Abuse Commissioner")
    copy_to_secretary = models.BooleanField("copy to the Secretary of State")
    source_url = models.URLField(blank=True)
    remark = models.CharField(max_length=300, blank=True)
    verified = models.BooleanField("checked against the Act", default=False)
    starts_on = models.DateField("in force from", null=True, blank=True)
    ends_on = models.DateField("until", null=True, blank=True)

    objects = RuleQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            starts_before_it_ends(name="dhr_rule_dates"),
            never_two_at_once(
                name="dhr_one_rule", message="Another version of the law holds at that time.",
                condition=Q(starts_on__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class ArrangementQuerySet(models.QuerySet):
    """What partnerships have laid down."""

    def of(self, partnership: Partnership | None) -> Self:
        """That of this partnership."""
        return self.filter(partnership=partnership)

    def visible_to(self, user: Any) -> Self:
        """To everybody who works in the partnership."""
        return self.filter(partnership__in=standing.working(user))


class Arrangement(models.Model):
    """How a partnership holds its death reviews.

    ``group`` is the standing panel (in Kent, the DARDR steering group): who may be asked onto a
    review's panel sits on it, its officers take notifications, its protocol covers every review.
    """

    partnership = models.OneToOneField(
        Partnership, models.CASCADE, primary_key=True, related_name="death_review_arrangement"
    )
    group = models.OneToOneField(Group, models.PROTECT, related_name="+", verbose_name="panel")
    shown_name = models.CharField(max_length=5, choices=ShownName, default=ShownName.LAW)
    led_by = models.CharField(
        "who usually leads", max_length=160, blank=True,
        help_text="Where another partnership, such as the county’s, commissions the reviews.",
    )  # fmt: skip
    contact_name = models.CharField("who to ask (a team, no person)", max_length=120)
    contact_email = models.EmailField("email", blank=True)
    home_office = models.TextField("how to reach the Home Office’s team", blank=True)
    information_days = models.PositiveSmallIntegerField(
        "working days that a body has to answer", default=20
    )
    check_months = models.PositiveSmallIntegerField(
        "months until it is checked whether an action made the difference", default=6
    )
    site_years = models.PositiveSmallIntegerField("years that a report stays public", default=3)
    keep_years = models.PositiveSmallIntegerField("years that a closed review is kept", default=10)
    source = models.CharField("where these stand written", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    history = History()

    objects = ArrangementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="dhr_arrangement_numbers",
                condition=Q(information_days__gte=1, check_months__gte=1, site_years__gte=1,
                            keep_years__gte=1),
                violation_error_message="This must be at least 1.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Death reviews, {self.partnership}"

    def name_on(self, day: datetime.date) -> str:
        """What a review is called here on a day."""
        if self.shown_name != ShownName.LAW:
            return str(LawName(self.shown_name).label)
        rule = Rule.objects.on(day).filter(starts_on__isnull=False).first()
        return str(LawName(rule.called if rule else LawName.DHR).label)
