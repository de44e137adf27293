"""What an agenda is made of: orders of business, items for later, reports of subgroups."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.constraints import both_or_neither
from core.history import History
from core.markings import Marked, Marking
from documents.models import Content, served_by
from meetings.models.items import Item, ItemKind, Paper
from meetings.models.meetings import Meeting
from membership import standing
from membership.models import Group, Partnership


class AgendaTemplate(models.Model):
    """An agenda that a group's meetings start from. The standing one is its order of business.

    A group without a standing template starts from the terms of reference (``standing_items``).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, models.CASCADE, related_name="agenda_templates")
    name = models.CharField(max_length=80)
    standing = models.BooleanField("standing order of business", default=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    history = History()

    class Meta:
        ordering = ["-standing", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "name"],
                name="meetings_template_name",
                violation_error_message="The group already has a template of that name.",
            ),
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(standing=True),
                name="meetings_template_one_standing",
                violation_error_message="The group already has a standing order of business.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TemplateLine(Marked, models.Model):
    """One line of a template. ``led_by`` is whose seat leads it; ``only_first`` is for the first
    meeting of the municipal year.
    """

    template = models.ForeignKey(AgendaTemplate, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=24, choices=ItemKind, default=ItemKind.OTHER)
    title = models.CharField(max_length=200)
    marking = models.CharField(max_length=12, choices=Marking, default=Marking.OFFICIAL)
    minutes_allowed = models.PositiveSmallIntegerField("minutes", default=5)
    led_by = models.CharField("who leads", max_length=60, blank=True)
    paper_expected = models.BooleanField("a paper is expected", default=False)
    note = models.CharField("what the group is asked to do", max_length=300, blank=True)
    only_first = models.BooleanField("only at the first meeting of the year", default=False)
    history = History()

    class Meta:
        ordering = ["template", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "position"],
                name="meetings_template_line_position",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return self.title


class Origin(models.TextChoices):
    """How something came to wait for an agenda."""

    OFFICER = "officer", "Kept for later by an officer"
    CARRIED = "carried", "Carried from a meeting"
    OFFERED = "offered", "Offered by who leads it"
    STEER = "steer", "Steer of the group it reports to"


OFFERED = "Offered by a member or a lead"


class Answer(models.TextChoices):
    """What became of something that was offered."""

    WAITING = "waiting", "Waiting"
    TAKEN = "taken", "On an agenda"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


class BacklogQuerySet(models.QuerySet):
    """Items that wait."""

    def of(self, partnership: Partnership | None) -> Self:
        """Those of this partnership, with their groups at hand."""
        found = self.filter(group__partnership=partnership)
        return found.select_related("group__partnership", "created_by", "meeting")

    def visible_to(self, user: Any) -> Self:
        """Those of groups that the person serves as officer, and what they offered themselves.

        What an item became, or was carried from, is closed to whoever withdrew from that item.
        """
        open_ones = Q(marking=Marking.OFFICIAL) | Q(group__in=standing.cleared(user))
        served = Q(group__in=served_by(user)) & open_ones
        barred = standing.barred(user, "items")
        own = _own_offers(user) & Q(origin=Origin.OFFERED)
        found = self.filter(served | own)
        return found.exclude(carried_from__in=barred).exclude(item__in=barred)

    def waiting(self) -> Self:
        """Those not yet answered."""
        return self.filter(state=Answer.WAITING)


def _own_offers(user: Any, among: str = "group") -> Q:
    """What a person offered, while they hold a seat in that partnership."""
    seated = {seat.group.partnership_id for seat in standing.seats(user)}
    return Q(created_by=user.pk) & Q(**{f"{among}__partnership__in": seated})


class BacklogItem(Marked, models.Model):
    """Something that waits for an agenda of a group: kept, carried, offered, or a board's steer.

    ``meeting`` is the one it is meant for, if any. Taken up, it becomes ``item`` on the same
    thread as ``carried_from``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, models.CASCADE, related_name="backlog")
    origin = models.CharField(max_length=12, choices=Origin, default=Origin.OFFICER)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=24, choices=ItemKind, default=ItemKind.OTHER)
    marking = models.CharField(max_length=12, choices=Marking, default=Marking.OFFICIAL)
    minutes_allowed = models.PositiveSmallIntegerField("minutes", default=10)
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    lead_words = models.CharField("lead, if nobody with a seat", max_length=120, blank=True)
    note = models.CharField("what the group is asked to do", max_length=300, blank=True)
    text = models.TextField("why, or the words of the steer", blank=True)
    meeting = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="backlog",
        verbose_name="for which meeting",
    )  # fmt: skip
    carried_from = models.ForeignKey(
        Item, models.SET_NULL, null=True, blank=True, related_name="carried"
    )
    state = models.CharField(max_length=12, choices=Answer, default=Answer.WAITING)
    item = models.OneToOneField(
        Item, models.SET_NULL, null=True, blank=True, related_name="backlog",
        verbose_name="the item it became",
    )  # fmt: skip
    answer = models.CharField("why it was declined", max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    history = History()

    objects = BacklogQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            both_or_neither("answered_at", "answered_by", name="meetings_backlog_answered")
        ]
        indexes = [models.Index(fields=["group", "state"], name="meetings_backlog_waiting")]

    def __str__(self) -> str:
        return "Item for later" if self.restricted else self.title

    @property
    def came(self) -> str:
        """How it came, in words: members offer items too, not only those who lead them."""
        return OFFERED if self.origin == Origin.OFFERED else Origin(self.origin).label

    @property
    def partnership(self) -> Partnership:
        """The partnership of its group."""
        return self.group.partnership


class OfferedQuerySet(models.QuerySet):
    """Papers that were offered."""

    def of(self, partnership: Partnership | None) -> Self:
        """Those of this partnership, with the items that they are for at hand."""
        on_agenda = Q(item__meeting__group__partnership=partnership)
        found = self.filter(on_agenda | Q(backlog__group__partnership=partnership))
        return found.select_related(
            "item__meeting__group__partnership", "backlog__group__partnership",
            "backlog__meeting", "backlog__item", "paper__document", "created_by",
        )  # fmt: skip

    def visible_to(self, user: Any) -> Self:
        """Those for groups that the person serves as officer, and what they offered themselves."""
        served, cleared = served_by(user), standing.cleared(user)
        officers = Q(item__meeting__group__in=served) | Q(backlog__group__in=served)
        opens = Q(item__meeting__group__in=cleared) | Q(backlog__group__in=cleared)
        restricted = (
            Q(marking=Marking.SENSITIVE) | Q(item__marking=Marking.SENSITIVE)
            | Q(backlog__marking=Marking.SENSITIVE) | Q(backlog__item__marking=Marking.SENSITIVE)
            | Q(paper__document__marking=Marking.SENSITIVE)
        )  # fmt: skip
        own = _own_offers(user, "item__meeting__group") | _own_offers(user, "backlog__group")
        found = self.filter((officers & (~restricted | opens)) | own)
        barred = standing.barred(user, "items")
        found = found.exclude(item__in=barred).exclude(backlog__item__in=barred)
        return found.exclude(backlog__carried_from__in=barred)

    def waiting(self) -> Self:
        """Those not yet answered."""
        return self.filter(state=Answer.WAITING)


class OfferedPaper(models.Model):
    """A file that a lead offers for an item, on an agenda or waiting: an officer takes it or not.

    Until then only its sender and the officers know of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(Item, models.CASCADE, null=True, blank=True, related_name="offered")
    backlog = models.ForeignKey(
        BacklogItem, models.CASCADE, null=True, blank=True, related_name="papers"
    )
    title = models.CharField(max_length=200)
    marking = models.CharField(max_length=12, choices=Marking, default=Marking.OFFICIAL)
    handling_note = models.CharField("handling instruction", max_length=300, blank=True)
    content = models.ForeignKey(Content, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=Answer, default=Answer.WAITING)
    paper = models.OneToOneField(
        Paper, models.SET_NULL, null=True, blank=True, related_name="offered"
    )
    answer = models.CharField("why it was declined", max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = OfferedQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                name="meetings_offered_for_one",
                condition=Q(item__isnull=True, backlog__isnull=False)
                | Q(item__isnull=False, backlog__isnull=True),
            ),
            both_or_neither("answered_at", "answered_by", name="meetings_offered_answered"),
        ]

    def __str__(self) -> str:
        return "Paper" if self.restricted else self.title

    @property
    def group(self) -> Group:
        """The group whose agenda it is for."""
        return self.item.meeting.group if self.item else self.backlog.group  # type: ignore[union-attr]

    @property
    def group_id(self) -> uuid.UUID:
        """Its key, for the rules."""
        return self.group.pk

    @property
    def partnership(self) -> Partnership:
        """The partnership of its group."""
        return self.group.partnership

    @property
    def meeting(self) -> Meeting | None:
        """The meeting that it is meant for, if any."""
        return self.item.meeting if self.item else self.backlog.meeting  # type: ignore[union-attr]

    @property
    def restricted(self) -> bool:
        """Whether the sharing gate stands before it: itself, or what it is for or became."""
        wholes = (
            self.item, self.backlog, self.backlog and self.backlog.item,
            self.paper and self.paper.document,
        )  # fmt: skip
        return self.marking == Marking.SENSITIVE or any(each and each.restricted for each in wholes)


class ReportQuerySet(models.QuerySet):
    """Reports of subgroups."""

    def of(self, partnership: Partnership | None) -> Self:
        """Those of this partnership, with both groups at hand."""
        found = self.filter(group__partnership=partnership)
        return found.select_related("group__partnership", "reports_to", "meeting__group", "item")

    def visible_to(self, user: Any) -> Self:
        """A subgroup's own; once sent, also those of the group that it reports to."""
        own, theirs = Q(group__in=standing.groups(user)), Q(reports_to__in=standing.groups(user))
        return self.filter(own | (theirs & Q(sent_at__isnull=False)))


class SubgroupReport(models.Model):
    """What a subgroup tells the group that it reports to, for one of its meetings (purpose 9).

    Sent, it is the agenda's item on that subgroup, marked as the report is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, models.CASCADE, related_name="reports")
    reports_to = models.ForeignKey(Group, models.CASCADE, related_name="received_reports")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="reports")
    marking = models.CharField(max_length=12, choices=Marking, default=Marking.OFFICIAL)
    highlights = models.TextField(blank=True)
    decisions_needed = models.TextField("decisions needed", blank=True)
    risks = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    item = models.OneToOneField(Item, models.SET_NULL, null=True, blank=True, related_name="report")
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    history = History()

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "meeting"],
                name="meetings_report_once",
                violation_error_message="This group already reports to that meeting.",
            ),
            both_or_neither("sent_at", "sent_by", name="meetings_report_sent_at_and_by"),
        ]

    def __str__(self) -> str:
        return f"Report of {self.group.short_name} to the {self.meeting}"

    @property
    def partnership(self) -> Partnership:
        """The partnership of its group."""
        return self.group.partnership

    @property
    def restricted(self) -> bool:
        """Whether the sharing gate stands before it: by itself, or with the item that brings it."""
        return self.marking == Marking.SENSITIVE or bool(self.item and self.item.restricted)
