"""An application for a review: who asks, for whom, what was complained of, how it hurts.

``Application`` itself holds nothing about a person, and so stays for the figures when the rest is
removed after the time that the procedure sets.
"""

import uuid
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core import clock
from core.history import History
from figures.models import Ward
from membership.models import Group, Partnership
from triggers.models.parts import CaseQuerySet, OfCase
from triggers.models.procedures import RelevantBody

MOST_COMPLAINTS = 500


class Stage(models.TextChoices):
    """How far a case is. Whether the threshold was met is another fact, kept apart."""

    DRAFT = "draft", "Being filled in"
    RECEIVED = "received", "Threshold to decide"
    REVIEW = "review", "Panel to hold"
    OUTCOME = "outcome", "Outcome to send"
    MONITORING = "monitoring", "Recommendations watched"
    NO_REVIEW = "no_review", "No review"
    WITHDRAWN = "withdrawn", "Withdrawn"
    CLOSED = "closed", "Closed"


OPEN = (Stage.RECEIVED, Stage.REVIEW, Stage.OUTCOME, Stage.MONITORING, Stage.NO_REVIEW)


class Channel(models.TextChoices):
    """How the application came."""

    ONLINE = "online", "Online"
    TELEPHONE = "telephone", "By telephone"
    POST = "post", "By post"
    IN_PERSON = "in_person", "In person"


class OnBehalf(models.TextChoices):
    """Who asks: the victim or any other person (2014 Act, section 104(1))."""

    SELF = "self", "The victim"
    KNOWN = "known", "Somebody who knows the victim"
    WORK = "work", "Somebody who helps the victim in their work"
    SEVERAL = "several", "One of several homes"


class Topic(models.TextChoices):
    """What the trouble is about, for learning; several may be true."""

    NOISE = "noise", "Noise"
    THREATS = "threats", "Threats or harassment"
    DAMAGE = "damage", "Damage or graffiti"
    DRUGS = "drugs", "Drugs or alcohol"
    VEHICLES = "vehicles", "Vehicles"
    GATHERING = "gathering", "Groups gathering"
    RUBBISH = "rubbish", "Rubbish or fly-tipping"
    ANIMALS = "animals", "Animals"
    FIRE = "fire", "Fire setting"
    OTHER = "other", "Something else"


class ApplicationQuerySet(CaseQuerySet):
    """Applications, drafts included."""

    path = ""

    def submitted(self) -> Self:
        """Those that were sent in."""
        return self.exclude(stage=Stage.DRAFT)

    def open(self) -> Self:
        """Those in which something is still to be done or watched."""
        return self.filter(stage__in=OPEN)


class Application(models.Model):
    """A case: one application and what becomes of it.

    ``group`` is its need-to-know list, from the moment it is sent in. ``link_number`` is part of
    the private link; another number and the old link opens nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="applications")
    group = models.OneToOneField(
        Group, models.PROTECT, null=True, blank=True, related_name="application", editable=False
    )
    reference = models.CharField(max_length=20, blank=True, editable=False)
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.DRAFT)
    channel = models.CharField(max_length=12, choices=Channel, default=Channel.ONLINE)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="officer who wrote it down",
    )  # fmt: skip
    on_behalf = models.CharField(max_length=8, choices=OnBehalf, blank=True)
    topics = ArrayField(models.CharField(max_length=12, choices=Topic), default=list, blank=True)
    ward = models.ForeignKey(Ward, models.PROTECT, null=True, blank=True, related_name="+")
    households = models.PositiveSmallIntegerField("homes that complain", default=1)
    link_number = models.PositiveIntegerField(default=1, editable=False)
    begun_at = models.DateTimeField(default=clock.now, editable=False)
    saved_at = models.DateTimeField(default=clock.now, editable=False)
    draft_ends_on = models.DateField("draft is kept until", null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    received_on = models.DateField("applied on", null=True, blank=True)
    acknowledged_on = models.DateField(null=True, blank=True)
    list_sent_on = models.DateField("list of incidents sent", null=True, blank=True)
    list_agreed_on = models.DateField("list of incidents agreed", null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    outcome_note = models.CharField("what was learned", max_length=300, blank=True)
    repeats = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="repeated_by",
        verbose_name="an earlier case of the same person",
    )  # fmt: skip
    applicant_is_complained_of = models.BooleanField(
        "the person complained of seems to apply", default=False
    )
    erased_on = models.DateField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    history = History()

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-begun_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "reference"], name="triggers_application_reference",
                condition=~Q(reference=""),
            ),
            models.CheckConstraint(
                name="triggers_application_sent",
                condition=Q(stage="draft", received_at=None, received_on=None, reference="",
                            group=None)
                | (~Q(stage="draft") & Q(received_at__isnull=False, received_on__isnull=False,
                                         group__isnull=False)
                & ~Q(reference="")),
            ),
            models.CheckConstraint(
                name="triggers_application_closed",
                condition=Q(closed_on__isnull=False, stage__in=["closed", "withdrawn"])
                | Q(closed_on=None) & ~Q(stage__in=["closed", "withdrawn"]),
            ),
            models.CheckConstraint(
                name="triggers_application_erased",
                condition=Q(erased_on=None) | Q(closed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="triggers_application_not_own_repeat",
                condition=Q(repeats=None) | ~Q(repeats=F("id")),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["partnership", "received_on"], name="triggers_application_year"),
            models.Index(
                "draft_ends_on", condition=Q(stage="draft"), name="triggers_application_drafts"
            ),
        ]

    def __str__(self) -> str:
        return self.reference or "Draft application"

    def get_absolute_url(self) -> str:
        """The page of the case."""
        return reverse("triggers:case", args=[self.partnership.slug, self.reference])

    @property
    def is_open(self) -> bool:
        """Something is still to be done or watched."""
        return self.stage in OPEN

    @property
    def asks_bodies(self) -> bool:
        """Bodies may still be asked what they know: until the panel has finished."""
        return self.stage in (Stage.RECEIVED, Stage.REVIEW)


class PartyKind(models.TextChoices):
    """Who a person is in a case."""

    VICTIM = "victim", "Victim"
    APPLICANT = "applicant", "Applicant"


class Way(models.TextChoices):
    """A way in which somebody may be safely reached."""

    EMAIL = "email", "Email"
    TELEPHONE = "telephone", "Telephone call"
    TEXT = "text", "Text message"
    POST = "post", "Letter"
    OTHER = "other", "Through somebody they trust"


class Party(OfCase):
    """The victim, or who applies for them: name, and how to reach them without harm.

    Every letter and email follows ``way``; no other address is ever written to. ``address`` and
    ``postcode`` are where letters may safely go; where the trouble is stands in ``Impact``.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="parties")
    kind = models.CharField(max_length=12, choices=PartyKind)
    name = models.CharField(max_length=160, blank=True)
    organisation = models.CharField(max_length=160, blank=True)
    relation = models.CharField("how they know the victim", max_length=160, blank=True)
    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    way = models.CharField("safe way to reach them", max_length=12, choices=Way, blank=True)
    way_detail = models.CharField("through whom", max_length=300, blank=True)
    times = models.CharField("safe times", max_length=300, blank=True)
    never = models.CharField("what we must never do", max_length=300, blank=True)
    messages_are_safe = models.BooleanField("safe to leave a message", default=False)
    language = models.CharField(max_length=80, blank=True)
    interpreter = models.BooleanField(default=False)
    access_needs = models.TextField(blank=True)
    contact_checked_on = models.DateField("contact checked with them", null=True, blank=True)
    history = History()

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["application", "-kind"]
        verbose_name_plural = "parties"
        constraints = [
            models.UniqueConstraint(fields=["application", "kind"], name="triggers_party_once")
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Consent(OfCase):
    """What the victim said about somebody else's asking for them. The latest one stands.

    ``given`` is nothing while they could not be asked; ``how`` then says why.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="consents")
    given = models.BooleanField(null=True)
    how = models.CharField("how it was given or refused", max_length=300)
    said_on = models.DateField()
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-said_on", "-at", "-id"]

    def __str__(self) -> str:
        if self.given is None:
            return "Consent not asked yet"
        return "Consent given" if self.given else "Consent refused"


class Complaint(OfCase):
    """Trouble that was complained of: what happened, when; to whom it was reported, when.

    ``happened_on`` is the last day of the behaviour that was complained of. ``told_nobody`` says
    that it was not reported. ``added_by`` is the officer who added it from a body's record or the
    applicant's correction. One that was taken off the list keeps its number and the reason.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="complaints")
    number = models.PositiveSmallIntegerField()
    what = models.TextField("what happened", blank=True)
    where = models.CharField("where", max_length=300, blank=True)
    happened_on = models.DateField("when it happened", null=True, blank=True)
    went_on_from = models.DateField("since when, if it went on", null=True, blank=True)
    day_is_sure = models.BooleanField("the day is sure", default=True)
    told_nobody = models.BooleanField("not reported to anybody", default=False)
    reported_on = models.DateField("when it was reported", null=True, blank=True)
    body = models.ForeignKey(
        RelevantBody, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="to whom it was reported",
    )  # fmt: skip
    other_body = models.CharField("somebody else", max_length=160, blank=True)
    report_reference = models.CharField("reference of the report", max_length=80, blank=True)
    response = models.TextField("what they did about it", blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    removed_because = models.CharField("why it was taken off", max_length=300, blank=True)
    history = History()

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["application", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "number"], name="triggers_complaint_number"
            ),
            models.CheckConstraint(
                name="triggers_complaint_went_on",
                condition=Q(went_on_from=None) | Q(happened_on=None)
                | Q(went_on_from__lte=F("happened_on")),
                violation_error_message="It must have begun before it ended.",
            ),
            models.CheckConstraint(
                name="triggers_complaint_reported_after",
                condition=Q(reported_on=None) | Q(happened_on=None)
                | Q(reported_on__gte=F("happened_on")),
                violation_error_message="It cannot have been reported before it happened.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Complaint {self.number}"

    @property
    def complete(self) -> bool:
        """Everything is told that the threshold asks for."""
        told = self.what and self.happened_on and self.reported_on
        return bool(told and (self.body_id or self.other_body))


class Voice(models.TextChoices):
    """How the victim wants to be heard by the panel."""

    IN_PERSON = "in_person", "To speak to the panel"
    IN_WRITING = "in_writing", "To write to the panel"
    ADVOCATE = "advocate", "To send somebody who speaks for them"
    NO = "no", "Not to take part"


class Impact(OfCase):
    """Where the trouble is, how it hurts, what makes it worse, and what the victim wants."""

    application = models.OneToOneField(
        Application, models.CASCADE, primary_key=True, related_name="impact"
    )
    place = models.CharField("where the trouble is", max_length=300, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    feels = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    harm = models.TextField("how it affects them", blank=True)
    vulnerable = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    vulnerability = models.TextField("what makes it worse", blank=True)
    hate = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    unsafe_now = models.BooleanField("feels in danger now", null=True, blank=True)
    wishes = models.TextField("what should happen", blank=True)
    voice = models.CharField("taking part", max_length=12, choices=Voice, blank=True)
    advocate = models.CharField("who speaks for them", max_length=200, blank=True)
    history = History()

    objects = CaseQuerySet.as_manager()

    def __str__(self) -> str:
        return "How it affects the victim"


class EqualityAnswers(models.Model):
    """Answers about equality, kept apart: nothing leads from them to a case.

    Not even a day is kept, only the quarter in which they were given.
    """

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    quarter_starts_on = models.DateField()
    age_band = models.CharField(max_length=16, blank=True)
    sex = models.CharField(max_length=16, blank=True)
    gender_same = models.CharField(max_length=16, blank=True)
    ethnicity = models.CharField(max_length=24, blank=True)
    disability = models.CharField(max_length=16, blank=True)
    religion = models.CharField(max_length=24, blank=True)
    orientation = models.CharField(max_length=24, blank=True)

    class Meta:
        ordering = ["quarter_starts_on"]
        verbose_name_plural = "equality answers"

    def __str__(self) -> str:
        return "Equality answers"


class CaseLinkQuerySet(models.QuerySet):
    """Links between cases."""

    def of(self, partnership: Partnership | None) -> Self:
        """Those of this partnership."""
        return self.filter(first__partnership=partnership)

    def visible_to(self, user: Any) -> Self:
        """Only to officers who sit on both: neither applicant learns of the other."""
        known = Application.objects.visible_to(user)
        return self.filter(first__in=known, second__in=known)


class CaseLink(models.Model):
    """Two cases about the same trouble. Letters are kept apart."""

    first = models.ForeignKey(Application, models.CASCADE, related_name="+")
    second = models.ForeignKey(Application, models.CASCADE, related_name="+")
    why = models.CharField("what they share", max_length=300)
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = CaseLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="triggers_link_once"),
            models.CheckConstraint(
                name="triggers_link_two",
                condition=~Q(first=F("second")),
                violation_error_message="Choose another case.",
            ),
        ]

    def __str__(self) -> str:
        return "Link of two cases"
