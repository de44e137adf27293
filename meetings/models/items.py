"""The items of an agenda, their papers, and the words of their minutes."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models

from core import clock
from core.constraints import both_or_neither
from core.history import History
from core.markings import Marked, Marking, OpenPart
from documents.models import Document
from meetings.models.meetings import Meeting, OfMeeting, stamp_of
from membership import standing
from membership.models import Partnership


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


# Standing items that are about the meeting itself: nothing is carried from them.
OF_THE_MEETING = (
    ItemKind.APOLOGIES, ItemKind.INTERESTS, ItemKind.MINUTES, ItemKind.MATTERS_ARISING,
    ItemKind.CHAIR_REVIEW, ItemKind.ANY_OTHER_BUSINESS, ItemKind.NEXT_DATE,
)  # fmt: skip


class ItemQuerySet(models.QuerySet):
    """Items of agendas."""

    def of(self, partnership: Partnership | None) -> Self:
        """Those of this partnership, with their meetings and groups at hand."""
        items = self.filter(meeting__group__partnership=partnership)
        return items.select_related("meeting__group__partnership")

    def visible_to(self, user: Any) -> Self:
        """Those of the groups on which a person sits: the agenda is seen, restricted or not."""
        return self.filter(meeting__group__in=standing.groups(user))


class Item(OfMeeting, Marked, models.Model):
    """One item of an agenda, and its minute. The restricted part of an agenda comes last.

    ``minute`` may hold restricted passages, between ``[[`` and ``]]``; ``open_minute`` is the same
    without them, and all that the public rendition ever reads. Items of several meetings that are
    about one subject share a ``thread``. ``version`` rises with each saved minute, so that two
    typists never overwrite one another.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    thread = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
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
    open_minute = models.GeneratedField(
        expression=OpenPart("minute"), output_field=models.TextField(), db_persist=True
    )
    version = models.PositiveIntegerField(default=0)
    minuted_at = models.DateTimeField(null=True, blank=True)
    minuted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    history = History(excluded_fields=["open_minute"])

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
    def name_in_record(self) -> str:
        """What the record that nobody can change calls it."""
        return self.group.named_in_record(str(self), "an item")

    @property
    def carries_on(self) -> bool:
        """Whether it can be carried to another meeting, which has no such item of its own."""
        return self.kind not in OF_THE_MEETING

    @property
    def stamp(self) -> str:
        """Changes when the item's line on the agenda does, not when its minute does."""
        return stamp_of(
            self.title, self.marking, self.minutes_allowed, self.lead_id, self.lead_words,
            self.paper_expected, self.note, self.thread,
        )  # fmt: skip


class OfItem(OfMeeting):
    """Mix into a model of something that belongs to an item of a meeting."""

    item: Any

    @property
    def meeting(self) -> Meeting:
        """The meeting of its item."""
        return self.item.meeting


class Paper(models.Model):
    """A document on an agenda, lettered in order: Paper A."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="papers")
    document = models.ForeignKey(Document, models.PROTECT, related_name="papers")
    letter = models.CharField(max_length=2)
    late = models.BooleanField("added after the agenda was published", default=False)
    public = models.BooleanField("published with the public agenda", default=False)

    class Meta:
        ordering = ["letter"]
        constraints = [
            models.UniqueConstraint(fields=["item", "document"], name="meetings_paper_once")
        ]

    def __str__(self) -> str:
        return f"Paper {self.letter}: {self.document.title}"

    @property
    def name_in_record(self) -> str:
        """What the record that nobody can change calls it."""
        return self.document.group.named_in_record(str(self), "a paper")


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
