"""The meeting's life: its date, agenda, attendance, minutes, decisions and their publication."""

import datetime
import hashlib
import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from actions.models import Action
from core import clock
from core.constraints import both_or_neither
from core.history import History
from core.markings import Marking
from documents.models import Document, Publication
from membership import standing
from membership.models import Agency, Group, Partner, Partnership, Seat


class Status(models.TextChoices):
    """How far a meeting has got. Each step is one verb of the workflow."""

    SCHEDULED = "scheduled", "Draft agenda"
    AGENDA_PUBLISHED = "agenda_published", "Agenda published"
    HELD = "held", "Minutes being taken"
    WITH_CHAIR = "with_chair", "Minutes with the chair"
    WITH_PARTNERS = "with_partners", "Minutes with partners"
    AGREED = "agreed", "Minutes agreed"
    PUBLISHED = "published", "Minutes published"
    CANCELLED = "cancelled", "Cancelled"


BEFORE = (Status.SCHEDULED, Status.AGENDA_PUBLISHED)
DRAFT_MINUTES = (Status.HELD, Status.WITH_CHAIR)
AFTER = (
    Status.HELD, Status.WITH_CHAIR, Status.WITH_PARTNERS, Status.AGREED, Status.PUBLISHED,
)  # fmt: skip
SHOWN_MINUTES = (Status.WITH_PARTNERS, Status.AGREED, Status.PUBLISHED)


def _stamp(*values: Any) -> str:
    """A short digest of values, the same for the same values."""
    return hashlib.sha256(repr([str(value) for value in values]).encode()).hexdigest()[:16]


def _minutes(time: datetime.time) -> int:
    return time.hour * 60 + time.minute


class MeetingQuerySet(models.QuerySet):
    """Meetings."""

    def of(self, partnership: Partnership | None) -> Self:
        """Those of this partnership, with their groups at hand."""
        return self.filter(group__partnership=partnership).select_related("group__partnership")

    def visible_to(self, user: Any) -> Self:
        """Those of the groups on which a person sits or whose business their group runs."""
        return self.filter(group__in=standing.groups(user))

    def held(self) -> Self:
        """Those that have taken place."""
        return self.filter(status__in=AFTER)

    def announced(self) -> Self:
        """Board meetings that the public page may name: dates are no secret, agendas are later."""
        return self.filter(group__kind="board").exclude(status=Status.CANCELLED)


class Meeting(models.Model):
    """One meeting of a group. ``year`` is the year in which its municipal year begins."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, models.PROTECT, related_name="meetings")
    slug = models.SlugField(max_length=80)
    on = models.DateField("date")
    starts_at = models.TimeField("starts at")
    ends_at = models.TimeField("ends at")
    venue = models.CharField("where", max_length=200)
    online = models.BooleanField("people may also join online", default=False)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField(help_text="Within the group’s municipal year")
    status = models.CharField(max_length=20, choices=Status, default=Status.SCHEDULED)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    agenda_published_at = models.DateTimeField(null=True, blank=True)
    agenda_published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    chaired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    chair_note = models.CharField("how the chair was taken", max_length=300, blank=True)
    cleared_at = models.DateTimeField(null=True, blank=True)
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    return_note = models.TextField("what the chair asked to be changed", blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed_in = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="agreed_minutes",
        verbose_name="meeting that agreed the minutes",
    )  # fmt: skip
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    public_minutes = models.OneToOneField(
        Publication, models.PROTECT, null=True, blank=True, related_name="meeting"
    )
    restricted_minutes = models.OneToOneField(
        Document, models.PROTECT, null=True, blank=True, related_name="meeting"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancel_reason = models.CharField("why it was cancelled", max_length=300, blank=True)
    history = History()

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["group", "slug"], name="meetings_meeting_slug"),
            models.UniqueConstraint(
                fields=["group", "on"],
                condition=~Q(status="cancelled"),
                name="meetings_meeting_one_a_day",
                violation_error_message="This group already meets on that day.",
            ),
            models.CheckConstraint(
                name="meetings_meeting_times",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message="The meeting must end after it starts.",
            ),
            both_or_neither(
                "agenda_published_at", "agenda_published_by", name="meetings_agenda_at_and_by"
            ),
            both_or_neither("opened_at", "opened_by", name="meetings_opened_at_and_by"),
            both_or_neither("cleared_at", "cleared_by", name="meetings_cleared_at_and_by"),
            both_or_neither("agreed_at", "agreed_by", name="meetings_agreed_at_and_by"),
            both_or_neither("published_at", "published_by", name="meetings_published_at_and_by"),
            both_or_neither("cancelled_at", "cancelled_by", name="meetings_cancelled_at_and_by"),
            models.CheckConstraint(
                name="meetings_published_has_renditions",
                condition=~Q(status="published") | Q(restricted_minutes__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["group", "-on"], name="meetings_of_group")]

    def __str__(self) -> str:
        return f"{self.group.short_name} meeting, {self.on:%-d %B %Y}"

    def get_absolute_url(self) -> str:
        """Its own page. The slug is ``board-2026-12-09``, one within the partnership."""
        return reverse("meetings:detail", args=[self.group.partnership.slug, self.slug])

    @property
    def partnership(self) -> Partnership:
        """The partnership of its group."""
        return self.group.partnership

    @property
    def begins_at(self) -> datetime.datetime:
        """The moment at which a London clock shows the start."""
        return clock.london(self.on, self.starts_at)

    @property
    def length(self) -> int:
        """How long it is to last, in minutes by the clock on the wall."""
        return _minutes(self.ends_at) - _minutes(self.starts_at)

    @property
    def stamp(self) -> str:
        """Changes when date, times or place do: a form sends back the one it was made from."""
        return _stamp(self.on, self.starts_at, self.ends_at, self.venue, self.online)


class ItemKind(models.TextChoices):
    """The standing items of the terms of reference, and those that one meeting adds."""

    APOLOGIES = "apologies", "Welcome, apologies and substitutes"
    INTERESTS = "interests", "Declarations of interest"
    MINUTES = "minutes", "Minutes of the last meeting"
    MATTERS_ARISING = "matters_arising", "Matters arising and open actions"
    CHAIR_REVIEW = "chair_review", "Review of the chair and vice-chair"
    PERFORMANCE = "performance", "Crime and performance"
    STRATEGY = "strategy", "Community Safety Strategy: progress"
    FUNDING = "funding", "Funding and grants"
    THEMES = "themes", "Domestic abuse, modern slavery, Prevent"
    TENSIONS = "tensions", "Community tensions and hate crime"
    POWERS = "powers", "Use of anti-social behaviour powers"
    COUNTYWIDE = "countywide", "Countywide services and groups"
    HORIZON = "horizon", "Horizon: changes in policy and law"
    OTHER = "other", "Another item"
    ANY_OTHER_BUSINESS = "any_other_business", "Any other business"
    NEXT_DATE = "next_date", "Date of the next meeting"
    DVACS = "dvacs", "DVACS group update"
    OCG = "ocg", "OCG group update"
    CASE_REVIEWS = "case_reviews", "ASB case reviews (Community Trigger)"
    DEATH_REVIEWS = "death_reviews", "Domestic homicide and abuse-related death reviews"


class ItemQuerySet(models.QuerySet):
    """Items of agendas."""

    def of(self, partnership: Partnership | None) -> Self:
        """Those of this partnership, with their meetings and groups at hand."""
        items = self.filter(meeting__group__partnership=partnership)
        return items.select_related("meeting__group__partnership")

    def visible_to(self, user: Any) -> Self:
        """Those of the groups on which a person sits: the agenda is seen, restricted or not."""
        return self.filter(meeting__group__in=standing.groups(user))


class Item(models.Model):
    """One item of an agenda, and its minute. The restricted part of an agenda comes last.

    ``version`` rises with each saved minute, so that two typists never overwrite one another.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    kind = models.CharField(max_length=24, choices=ItemKind, default=ItemKind.OTHER)
    title = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(help_text="Order within its part of the agenda")
    number = models.PositiveSmallIntegerField(default=0, help_text="Number on the agenda")
    marking = models.CharField(max_length=12, choices=Marking, default=Marking.OFFICIAL)
    minutes_allowed = models.PositiveSmallIntegerField("minutes", default=5)
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    lead_words = models.CharField("lead, if nobody with a seat", max_length=120, blank=True)
    paper_expected = models.BooleanField("a paper is expected", default=False)
    note = models.CharField("what the board is asked to do", max_length=300, blank=True)
    minute = models.TextField("minutes", blank=True)
    version = models.PositiveIntegerField(default=0)
    minuted_at = models.DateTimeField(null=True, blank=True)
    minuted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    history = History()

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "number", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "marking", "position"],
                name="meetings_item_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
            both_or_neither("minuted_at", "minuted_by", name="meetings_item_minuted_at_and_by"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def restricted(self) -> bool:
        """Whether it is in the restricted part."""
        return self.marking == Marking.SENSITIVE

    @property
    def group(self) -> Group:
        """The group that meets."""
        return self.meeting.group

    @property
    def group_id(self) -> uuid.UUID:
        """Its key, for the rules."""
        return self.meeting.group_id

    @property
    def stamp(self) -> str:
        """Changes when the item's line on the agenda does, not when its minute does."""
        return _stamp(
            self.title, self.marking, self.minutes_allowed, self.lead_id, self.lead_words,
            self.paper_expected, self.note,
        )  # fmt: skip


class Paper(models.Model):
    """A document on an agenda, lettered in order: Paper A."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="papers")
    document = models.ForeignKey(Document, models.PROTECT, related_name="papers")
    letter = models.CharField(max_length=2)
    late = models.BooleanField("added after the agenda was published", default=False)

    class Meta:
        ordering = ["letter"]
        constraints = [
            models.UniqueConstraint(fields=["item", "document"], name="meetings_paper_once")
        ]

    def __str__(self) -> str:
        return f"Paper {self.letter}: {self.document.title}"


class Presence(models.TextChoices):
    """How somebody stood to a meeting."""

    EXPECTED = "expected", "Has not said"
    COMING = "coming", "Coming"
    PRESENT = "present", "Present"
    APOLOGIES = "apologies", "Apologies"
    SUBSTITUTED = "substituted", "Apologies, substitute sent"
    SUBSTITUTE = "substitute", "Present as substitute"
    IN_ATTENDANCE = "in_attendance", "In attendance"
    ABSENT = "absent", "Absent"


HERE = (Presence.PRESENT, Presence.SUBSTITUTE, Presence.IN_ATTENDANCE)


class Attendance(models.Model):
    """One person at one meeting, for which agency. The name stays as it was on the day."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="attendance")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=120)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    post = models.CharField(max_length=120, blank=True)
    presence = models.CharField(max_length=16, choices=Presence, default=Presence.EXPECTED)
    substitute_for = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="substitutes"
    )
    arrived_at = models.TimeField(null=True, blank=True)
    left_at = models.TimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    history = History()

    class Meta:
        ordering = ["agency__name", "name"]
        verbose_name_plural = "attendance"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat"], name="meetings_attendance_seat"),
            models.CheckConstraint(
                name="meetings_attendance_substitute",
                condition=Q(substitute_for__isnull=True) | Q(presence="substitute"),
                violation_error_message="A substitute cannot send a substitute.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.agency.short_name}: {self.get_presence_display()}"


class Decision(models.Model):
    """What the group resolved, numbered year/meeting/number, such as 2026-27/3/2."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(Item, models.CASCADE, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField("what was decided")
    marking = models.CharField(max_length=12, choices=Marking, default=Marking.OFFICIAL)
    made_at = models.DateTimeField(default=clock.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="recorded by"
    )
    history = History()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """Year, meeting and number: 2026-27/3/2."""
        meeting = self.item.meeting
        year = f"{meeting.year}-{(meeting.year + 1) % 100:02}"
        return f"{year}/{meeting.number}/{self.number}"

    @property
    def restricted(self) -> bool:
        """Whether it stays out of the public rendition: by itself or with its item."""
        return Marking.SENSITIVE in (self.marking, self.item.marking)


class MinutedAction(models.Model):
    """An action that a meeting made, at an item."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="actions")
    action = models.OneToOneField(Action, models.PROTECT, related_name="minuted")

    class Meta:
        ordering = ["action__reference"]

    def __str__(self) -> str:
        return str(self.action)


class Office(models.TextChoices):
    """The two offices that are reviewed each year (terms of reference, Governance)."""

    CHAIR = "chair", "Chair"
    VICE_CHAIR = "vice_chair", "Vice-chair"


class ChairReview(models.Model):
    """The yearly review of chair or vice-chair, minuted as a decision of the group."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="chair_reviews")
    year = models.PositiveSmallIntegerField("year in which the municipal year begins")
    office = models.CharField(max_length=12, choices=Office)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="chair_reviews")
    seat = models.ForeignKey(
        Seat, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="who holds the office from now on",
    )  # fmt: skip
    reviewed_at = models.DateTimeField(default=clock.now, editable=False)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    history = History()

    class Meta:
        ordering = ["-year", "office"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "year", "office"],
                name="meetings_chair_review_once",
                violation_error_message="This office has already been reviewed this year.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_office_display()}, {self.year}"


class Admission(models.Model):
    """An organisation that joined as agreed by the board: the decision behind its place."""

    partner = models.OneToOneField(Partner, models.PROTECT, related_name="admission")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="admissions")

    def __str__(self) -> str:
        return f"{self.partner}, by {self.decision}"


class Draft(models.Model):
    """Words for a minute that somebody else saved meanwhile: kept apart until put together.

    One for each page in which they were typed, so that two windows of one person stay two.
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="drafts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    page = models.CharField("window in which it was typed", max_length=36, blank=True)
    text = models.TextField(blank=True)
    based_on = models.PositiveIntegerField("version on which it was based")
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["saved_at"]
        constraints = [
            models.UniqueConstraint(fields=["item", "person", "page"], name="meetings_draft_once")
        ]

    def __str__(self) -> str:
        return f"Draft of {self.item}"
