"""The ledger: who is told what, when and how; and the yearly and quarterly cycles it watches.

A ``Notice`` is told in the application exactly once per kind, subject, recipient and occurrence;
each of its ``Delivery`` rows is one channel besides. No reminder runs outside this ledger.
"""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core import clock
from core.constraints import both_or_neither
from core.history import History
from membership import standing
from membership.models import Group, Partnership


class NoticeQuerySet(models.QuerySet):
    """Notices."""

    def visible_to(self, user: Any) -> Self:
        """A notice is its recipient's alone; not of what an interest has closed to them since."""
        if not user.is_authenticated:
            return self.none()
        closed = {str(key) for key in standing.barred(user, "actions", "documents")}
        found = self.filter(recipient=user)
        return found.exclude(subject_id__in=closed) if closed else found

    def of(self, partnership: Partnership | None) -> Self:
        """Those of this partnership, or all where none is meant."""
        return self.filter(partnership=partnership) if partnership else self

    def unread(self) -> Self:
        """Those not yet opened."""
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """One thing that one person is told. ``occurrence`` tells repeats of the same kind apart.

    ``due_on`` is by when something is to be done, if anything is; ``because`` says why this person
    is told; ``statutory`` ones cannot be turned off; ``step`` is the rung of an escalation.
    ``panel`` is the panel whose matter it is: who may not know of it learns nothing of its notices.
    """

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="notices")
    panel = models.ForeignKey(
        Group, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    occurrence = models.CharField(max_length=60, blank=True)
    text = models.CharField(max_length=300)
    url = models.CharField(max_length=300)
    due_on = models.DateField(null=True, blank=True)
    because = models.CharField("why this person is told", max_length=200, blank=True)
    statutory = models.BooleanField(default=False)
    step = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id", "recipient", "occurrence"],
                name="notices_notice_once",
            )
        ]
        indexes = [
            models.Index(
                "recipient", condition=models.Q(read_at__isnull=True), name="notices_unread"
            )
        ]

    def __str__(self) -> str:
        return self.text


class Channel(models.TextChoices):
    """How somebody is told besides in the application."""

    EMAIL = "email", "Email"


class DeliveryState(models.TextChoices):
    """How far a delivery has got. Nothing is ever dropped without a state that says so."""

    WAITING = "waiting", "Waiting"
    HELD = "held", "Held by an officer"
    CLAIMED = "claimed", "Being sent"
    SENT = "sent", "Sent"
    REFUSED = "refused", "Refused by the mail server"
    EXPIRED = "expired", "Not sent in time"
    NO_ADDRESS = "no_address", "No address to send to"
    OVER = "over", "No longer needed"


class DeliveryQuerySet(models.QuerySet):
    """Deliveries."""

    def of(self, partnership: Partnership | None) -> Self:
        """Those of this partnership's notices."""
        return self.filter(notice__partnership=partnership).select_related("notice__recipient")

    def visible_to(self, user: Any) -> Self:
        """The mail log is the secretariat's, but for panels; a person sees their own."""
        known = Q(notice__panel__isnull=True) | Q(notice__panel__in=standing.groups(user))
        log = known & Q(notice__partnership__in=standing.secretariats(user))
        return self.filter(Q(notice__recipient=user.pk) | log)


class Delivery(models.Model):
    """One notice by one channel: claimed under a lease, sent, retried with back-off.

    ``message_id`` follows from the row alone, so that a mail that goes out twice is known as one.
    ``send_after`` is the moment from which it may go; ``digest`` says that it waits to go together
    with others; ``batch`` is the mail that took it along.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.EMAIL)
    state = models.CharField(max_length=12, choices=DeliveryState, default=DeliveryState.WAITING)
    digest = models.CharField(max_length=8, blank=True, help_text="daily, weekly or none")
    urgent = models.BooleanField("also on weekends and bank holidays", default=False)
    send_after = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=120, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField("what the mail server said", max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="notices_delivery_once"),
            models.CheckConstraint(
                name="notices_delivery_sent", condition=~Q(state="sent") | Q(sent_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(
                "send_after", condition=Q(state__in=["waiting", "claimed"]), name="notices_to_send"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}, {self.get_state_display()}"

    @property
    def partnership(self) -> Partnership:
        """The partnership of its notice."""
        return self.notice.partnership


class SentMail(models.Model):
    """A mail as it was handed over: what the log, the demonstration's console and a resend read."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mails")
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="mails")
    deliveries = models.ManyToManyField(Delivery, related_name="mails")
    message_id = models.CharField(max_length=120)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    sent_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return self.subject


class How(models.TextChoices):
    """How often a person wants mail."""

    EACH = "each", "One email for each"
    DAILY = "daily", "Together, once a day"
    WEEKLY = "weekly", "Together, once a week"
    NEVER = "never", "No email; in the application only"


class Preference(models.Model):
    """How a person wants to be told: in general, or of one kind. Statutory ones always come."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_preferences"
    )
    kind = models.CharField(max_length=60, blank=True, help_text="Empty for all other kinds")
    how = models.CharField(max_length=8, choices=How, default=How.EACH)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="notices_preference_once")
        ]

    def __str__(self) -> str:
        return self.get_how_display()


class Audience(models.TextChoices):
    """Who is told at one rung of an escalation."""

    OWNER = "owner", "Whose task it is"
    LEAD = "lead", "The lead of the owner’s agency"
    OFFICERS = "officers", "Officers"
    VICE_CHAIR = "vice_chair", "Vice-chair"
    CHAIR = "chair", "Chair"


class Rung(models.Model):
    """One step of a partnership's own ladder for one kind of reminder; without any, ours holds.

    ``days`` counts working days from the due date, below zero before it.
    """

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="rungs")
    kind = models.CharField(max_length=60)
    days = models.SmallIntegerField("working days after the due date")
    audience = models.CharField(max_length=12, choices=Audience)
    history = History()

    class Meta:
        ordering = ["kind", "days"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "kind", "days", "audience"],
                name="notices_rung_once",
                violation_error_message="This step is on the ladder already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.days} days, {self.get_audience_display()}"


class Hold(models.Model):
    """That an officer keeps a reminder from going out, with the reason."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="holds")
    kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    reason = models.CharField(max_length=300)
    held_at = models.DateTimeField(default=clock.now)
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-held_at"]
        constraints = [
            both_or_neither("released_at", "released_by", name="notices_hold_released"),
            models.UniqueConstraint(
                fields=["partnership", "kind", "subject_id"],
                condition=Q(released_at__isnull=True),
                name="notices_hold_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Hold on {self.kind}"


class CalendarDay(models.Model):
    """Every day of the list of bank holidays and of three years after it, in working days.

    ``number`` rises by one with each working day, so that so many working days before or after a
    date is one look-up, also inside a statement. Filled from the GOV.UK list and ``ProclaimedDay``.
    """

    day = models.DateField(primary_key=True)
    working = models.BooleanField()
    number = models.PositiveIntegerField(db_index=True)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%-d %B %Y}"


class ProclaimedDayQuerySet(models.QuerySet):
    """Days that were proclaimed."""

    def of(self, partnership: Partnership | None) -> Self:
        """All: the calendar is one for every partnership of an installation."""
        return self

    def visible_to(self, user: Any) -> Self:
        """Bank holidays are no secret among those who hold a seat."""
        return self if standing.seats(user) else self.none()


class ProclaimedDay(models.Model):
    """A bank holiday proclaimed after the list was made, or one that was taken back."""

    day = models.DateField(unique=True)
    name = models.CharField(max_length=120)
    holiday = models.BooleanField("a bank holiday", default=True)
    entered_at = models.DateTimeField(default=clock.now)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    history = History()

    objects = ProclaimedDayQuerySet.as_manager()

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return self.name


class Every(models.TextChoices):
    """How often a duty comes round."""

    QUARTER = "quarter", "Every quarter"
    YEAR = "year", "Every municipal year"
    THREE_YEARS = "three_years", "Every three years"


# The groups whose people read the governance calendar: those who run the partnership, and those
# who scrutinise it.
CALENDAR_KINDS = ("board", "secretariat", "scrutiny")


def calendars(user: Any) -> set[uuid.UUID]:
    """Keys of the partnerships whose governance calendar a person may read."""
    seats = standing.seats(user)
    return {seat.group.partnership_id for seat in seats if seat.group.kind in CALENDAR_KINDS}


class CycleQuerySet(models.QuerySet):
    """Duties that come round."""

    def of(self, partnership: Partnership | None) -> Self:
        """Those of this partnership."""
        return self.filter(partnership=partnership).select_related("partnership")

    def visible_to(self, user: Any) -> Self:
        """Those of the partnerships whose calendar a person may read."""
        return self.filter(partnership__in=calendars(user))


class Cycle(models.Model):
    """A duty that comes round: what, by what law or clause, who owns it, when in the year.

    ``key`` names it for the room that can tell by itself that it was done. ``month`` and ``day``
    are those of the due date (29 February falls on the 28th in other years).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="cycles")
    key = models.SlugField(max_length=60)
    title = models.CharField("what is to be done", max_length=200)
    source = models.CharField("who asks it", max_length=300)
    owner = models.CharField("who sees to it", max_length=12, choices=Audience)
    every = models.CharField(max_length=12, choices=Every, default=Every.YEAR)
    month = models.PositiveSmallIntegerField("month in which it is due")
    day = models.PositiveSmallIntegerField("day of the month")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    history = History()

    objects = CycleQuerySet.as_manager()

    class Meta:
        ordering = ["month", "day", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "key"],
                name="notices_cycle_key",
                violation_error_message="The partnership already has this duty.",
            ),
            models.CheckConstraint(
                name="notices_cycle_date",
                condition=Q(month__gte=1, month__lte=12, day__gte=1, day__lte=31),
                violation_error_message="Enter a month from 1 to 12 and a day from 1 to 31.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TurnQuerySet(models.QuerySet):
    """Turns of cycles."""

    def of(self, partnership: Partnership | None) -> Self:
        """Those of this partnership, with their cycles."""
        return self.filter(cycle__partnership=partnership).select_related("cycle__partnership")

    def visible_to(self, user: Any) -> Self:
        """Those of the partnerships whose calendar a person may read."""
        return self.filter(cycle__partnership__in=calendars(user))


class Turn(models.Model):
    """One turn of a cycle: this year's or this quarter's, with its own due date.

    An officer may move ``due_on`` with a reason; ``first_due_on`` stands. ``done_on`` is when it
    was done, ``evidence`` where that can be seen.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="turns")
    first_due_on = models.DateField()
    due_on = models.DateField()
    moved_because = models.CharField("why it was moved", max_length=300, blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    evidence = models.CharField("where that can be seen", max_length=300, blank=True)
    history = History()

    objects = TurnQuerySet.as_manager()

    class Meta:
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "first_due_on"], name="notices_turn_once"),
            models.CheckConstraint(
                name="notices_turn_moved",
                condition=Q(due_on=models.F("first_due_on")) | ~Q(moved_because=""),
                violation_error_message="Say why the date is moved.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle}, {self.due_on:%-d %B %Y}"

    def get_absolute_url(self) -> str:
        """Its page in the governance calendar."""
        return reverse("notices:turn", args=[self.cycle.partnership.slug, self.pk])

    @property
    def partnership(self) -> Partnership:
        """The partnership of its duty."""
        return self.cycle.partnership


class Tick(models.Model):
    """That the ledger was woken, and what came of it: one row, the newest."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    at = models.DateTimeField()
    notices = models.PositiveIntegerField(default=0)
    mails = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"Tick of {self.at:%-d %B %Y}"
