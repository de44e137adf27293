"""A meeting of a group: its date and how far it has got."""

import datetime
import hashlib
import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core import clock
from core.constraints import both_or_neither
from core.history import History
from documents.models import Document, Publication
from membership import standing
from membership.models import Group, Partnership


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


def stamp_of(*values: Any) -> str:
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
    sequence = models.PositiveIntegerField(
        default=0, editable=False, help_text="Rises with each change that calendars must hear of"
    )
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
        return stamp_of(self.on, self.starts_at, self.ends_at, self.venue, self.online)


class OfMeeting:
    """Mix into a model of something that belongs to a meeting."""

    meeting: Any

    @property
    def group(self) -> Group:
        """The group that meets."""
        return self.meeting.group

    @property
    def group_id(self) -> uuid.UUID:
        """Its key, for the rules."""
        return self.meeting.group_id

    @property
    def partnership(self) -> Partnership:
        """The partnership of its group."""
        return self.meeting.partnership
