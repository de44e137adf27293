"""Packs: an agenda and its papers as one file, with page numbers that never change."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models

from core import clock
from documents.models import Content, Version
from meetings.models.items import Item, Paper
from meetings.models.meetings import Meeting, OfMeeting
from membership import standing
from membership.models import Partnership


class Rendition(models.TextChoices):
    """For whom a file is made. Each holds all that the one before it holds, and more."""

    PUBLIC = "public", "Public"
    PARTNER = "partner", "Partners"
    RESTRICTED = "restricted", "Restricted"


class PackQuerySet(models.QuerySet):
    """Packs."""

    def of(self, partnership: Partnership | None) -> Self:
        """Those of this partnership."""
        found = self.filter(meeting__group__partnership=partnership)
        return found.select_related("meeting__group__partnership")

    def visible_to(self, user: Any) -> Self:
        """Those of the groups on which a person sits."""
        return self.filter(meeting__group__in=standing.groups(user))


class Pack(OfMeeting, models.Model):
    """What was sent out at one time: number 0 is the agenda's pack, 1 the first supplement.

    Its parts are fixed when it is sent. In every rendition a paper has the same page numbers:
    what everybody may read comes first, then what partners read, then what is restricted.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="packs")
    number = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(default=clock.now, editable=False)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = PackQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="meetings_pack_number")
        ]

    def __str__(self) -> str:
        return f"Supplement {self.number}" if self.number else "Agenda pack"


class PackPart(models.Model):
    """One paper of a pack: the version that was sent, and on which pages it stands.

    ``rendition`` is the lowest that holds it. ``letter`` and ``title`` stay as they were sent.
    """

    pack = models.ForeignKey(Pack, models.CASCADE, related_name="parts")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="parts")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    rendition = models.CharField(max_length=12, choices=Rendition)
    letter = models.CharField(max_length=2)
    title = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField()
    first_page = models.PositiveIntegerField()
    pages = models.PositiveIntegerField()

    class Meta:
        ordering = ["pack", "position"]
        constraints = [
            models.UniqueConstraint(fields=["pack", "position"], name="meetings_part_position"),
            models.UniqueConstraint(fields=["pack", "paper"], name="meetings_part_once"),
            models.CheckConstraint(
                name="meetings_part_pages", condition=models.Q(first_page__gte=1, pages__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"Paper {self.letter}"

    @property
    def last_page(self) -> int:
        """The number of its last page."""
        return self.first_page + self.pages - 1


class Making(models.TextChoices):
    """How far a file has got that is made in the background."""

    WAITING = "waiting", "Waiting to be put together"
    MAKING = "making", "Being put together"
    READY = "ready", "Ready"
    FAILED = "failed", "Could not be put together"


class PackFile(models.Model):
    """The PDF of a pack for one rendition: put together once by the worker, then never changed.

    ``done`` of ``total`` pages tell how far it is; ``content`` is empty until it is ready.
    """

    pack = models.ForeignKey(Pack, models.CASCADE, related_name="files")
    rendition = models.CharField(max_length=12, choices=Rendition)
    state = models.CharField(max_length=12, choices=Making, default=Making.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    content = models.ForeignKey(Content, models.PROTECT, null=True, blank=True, related_name="+")
    file_name = models.CharField(max_length=160)
    problem = models.CharField("what went wrong", max_length=300, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pack", "rendition"]
        constraints = [
            models.UniqueConstraint(fields=["pack", "rendition"], name="meetings_pack_file_once"),
            models.CheckConstraint(
                name="meetings_pack_file_ready",
                condition=~models.Q(state="ready") | models.Q(content__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pack}, {self.get_rendition_display()}"


class PublicDossier(models.Model):
    """The archive of what was published of a meeting, kept for as long as nothing of it changes.

    ``digest`` is of all that it is made of, so that what has changed since is never given out.
    """

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="public_dossier")
    digest = models.CharField(max_length=64)
    content = models.ForeignKey(Content, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"Public files of {self.meeting}"


class PackReading(models.Model):
    """That somebody has opened a pack, on the page or as a file, and when first."""

    pack = models.ForeignKey(Pack, models.CASCADE, related_name="readings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    opened_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["opened_at"]
        constraints = [
            models.UniqueConstraint(fields=["pack", "person"], name="meetings_pack_reading_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} has opened {self.pack}"
