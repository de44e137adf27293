"""The threshold: each complaint's own tests, what they suggest, and what an officer decided."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core import clock
from core.history import History
from triggers.models.applications import Application, Complaint
from triggers.models.parts import CaseQuerySet, OfCase
from triggers.models.procedures import RelevantBody, Rule


class Basis(models.TextChoices):
    """Why the threshold is met, or not."""

    COMPLAINTS = "complaints", "Enough qualifying complaints"
    LOCAL = "local", "A local rule of the partnership"
    WEIGHED = "weighed", "Persistence, harm and the response, weighed"


class ThresholdCheck(OfCase):
    """One working-out of the threshold, kept as it was shown: what counted, under which law."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="checks")
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    rule = models.ForeignKey(Rule, models.PROTECT, related_name="+")
    needed = models.PositiveSmallIntegerField("qualifying complaints needed")
    counted = models.PositiveSmallIntegerField("complaints that qualify")
    basis = models.CharField("suggests met by", max_length=12, choices=Basis, blank=True)
    local_reason = models.CharField(max_length=300, blank=True)
    says = models.TextField("in words")

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return "Threshold worked out"


class ComplaintTest(models.Model):
    """One complaint's tests: each yes or no with the last day that counted, and the reason.

    Both days are kept as they were when it was tested, so that what was shown can be shown again.
    """

    check_of = models.ForeignKey(ThresholdCheck, models.CASCADE, related_name="tests")
    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="tests")
    number = models.PositiveSmallIntegerField()
    happened_on = models.DateField(null=True)
    reported_on = models.DateField(null=True)
    body = models.ForeignKey(RelevantBody, models.PROTECT, null=True, related_name="+")
    reported_in_time = models.BooleanField(null=True)
    last_day_to_report = models.DateField(null=True)
    applied_in_time = models.BooleanField(null=True)
    last_day_to_apply = models.DateField(null=True)
    to_relevant_body = models.BooleanField(null=True)
    counts = models.BooleanField()
    reason = models.CharField(max_length=300)
    rule = models.CharField("rule and its version", max_length=300)

    class Meta:
        ordering = ["check_of", "number"]
        constraints = [
            models.CheckConstraint(
                name="triggers_test_counts",
                condition=Q(counts=False)
                | Q(reported_in_time=True, applied_in_time=True, to_relevant_body=True),
            )
        ]

    def __str__(self) -> str:
        return f"Test of complaint {self.number}"


class ThresholdDecision(OfCase):
    """What an officer decided: whether it is met, and whether a review is held, with reasons.

    Both are facts of their own: a review may be held below the threshold. With enough qualifying
    complaints the law leaves no choice, and the database knows it. A later decision stands in the
    place of the one before it, and says why.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="decisions")
    number = models.PositiveSmallIntegerField(default=1)
    check_made = models.ForeignKey(ThresholdCheck, models.PROTECT, related_name="+")
    counted = models.PositiveSmallIntegerField()
    needed = models.PositiveSmallIntegerField()
    met = models.BooleanField("threshold met")
    basis = models.CharField(max_length=12, choices=Basis, blank=True)
    review = models.BooleanField("a review is held")
    persistence = models.TextField("how persistent it is", blank=True)
    harm = models.TextField("harm done or feared", blank=True)
    response = models.TextField("whether the response was adequate", blank=True)
    reason = models.TextField("reason, in words the applicant will read")
    reversed_because = models.TextField("why the decision before was changed", blank=True)
    decided_on = models.DateField()
    decided_at = models.DateTimeField(default=clock.now, editable=False)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    history = History()

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["application", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "number"], name="triggers_decision_number"
            ),
            models.CheckConstraint(
                name="triggers_decision_no_choice",
                condition=Q(counted__lt=F("needed")) | Q(met=True),
                violation_error_message="With that many qualifying complaints the law leaves no "
                "choice: the threshold is met (2014 Act, section 104(4)).",
            ),
            models.CheckConstraint(
                name="triggers_decision_met_is_reviewed",
                condition=Q(met=False) | Q(review=True),
                violation_error_message="Where the threshold is met, a review must be held.",
            ),
        ]

    def __str__(self) -> str:
        return "Threshold decision"
