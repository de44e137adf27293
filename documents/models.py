"""Files and who may read them: marking, versions, publication and the record of sharing.

A file's bytes are in the database beside everything else, once per content, so that web and
worker machines hold nothing (docs/decisions).
"""

import datetime
import uuid
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core import clock, dates
from core.constraints import both_or_neither
from core.history import History
from core.markings import Marked, Marking
from membership import standing
from membership.models import Agency, Group, Partnership, Role, SharingProtocol


class Content(models.Model):
    """The bytes of a file, kept once under their SHA-256."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    data = models.BinaryField()
    size = models.PositiveIntegerField(help_text="Bytes")

    def __str__(self) -> str:
        return self.sha256[:12]


class DocumentQuerySet(models.QuerySet):
    """Documents."""

    def of(self, partnership: Partnership | None) -> Self:
        """Those of this partnership, each with its group and who sent it in."""
        found = self.filter(group__partnership=partnership)
        return found.select_related("group__partnership", "created_by")

    def visible_to(self, user: Any) -> Self:
        """Those listed to this person: their groups' papers, withheld ones included."""
        return self.filter(group__in=standing.groups(user))


class Document(Marked, models.Model):
    """A paper of a group. Its marking says who of the group may open it; versions are kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(
        Group, models.PROTECT, related_name="documents", verbose_name="who may read it"
    )
    title = models.CharField(max_length=200)
    marking = models.CharField(max_length=12, choices=Marking, default=Marking.OFFICIAL)
    handling_note = models.CharField("handling instruction", max_length=300, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    history = History()

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its own page: what it is, its versions, who may open it."""
        return reverse("documents:detail", args=[self.group.partnership.slug, self.pk])

    @property
    def partnership(self) -> Partnership:
        """The partnership of its group."""
        return self.group.partnership

    @property
    def name_in_record(self) -> str:
        """What the record calls it."""
        return self.group.named_in_record(self.title, "a paper")


class Version(models.Model):
    """One version of a document: a file as it was sent in, checked before it was kept."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.ForeignKey(Content, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    scanned = models.BooleanField("scanned for viruses", default=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="documents_version_number")
        ]

    def __str__(self) -> str:
        return f"{self.document}, version {self.number}"


class PersonalNoteQuerySet(models.QuerySet):
    """Personal notes."""

    def visible_to(self, user: Any) -> Self:
        """A note is its writer's alone: no officer, no administrator, no export sees it."""
        return self.filter(person=user) if user.is_authenticated else self.none()

    def of(self, partnership: Partnership | None) -> Self:
        """Those on papers of this partnership."""
        return self.filter(document__group__partnership=partnership)


class PersonalNote(models.Model):
    """What a reader writes down on a paper for themselves, on one page of it or on the whole."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, models.CASCADE, related_name="personal_notes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    page = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField()
    written_at = models.DateTimeField(default=clock.now)

    objects = PersonalNoteQuerySet.as_manager()

    class Meta:
        ordering = ["page", "written_at"]
        indexes = [models.Index(fields=["person", "document"], name="documents_own_notes")]

    def __str__(self) -> str:
        return "Personal note"


class PublicationQuerySet(models.QuerySet):
    """Publications. All of them are for everybody, also those that a later one corrects."""

    def of(self, partnership: Partnership | None) -> Self:
        """Those of this partnership."""
        return self.filter(partnership=partnership)

    def visible_to(self, user: Any) -> Self:
        """Published is published: for everybody, signed in or not."""
        return self

    def current(self) -> Self:
        """Those that no later one has replaced and that were not taken off the site."""
        return self.filter(successor__isnull=True, withdrawal__isnull=True)

    def briefly(self) -> Self:
        """Without the long texts, for lists."""
        return self.defer("html", "text", "search")


class Publication(models.Model):
    """An immutable public rendition: its bytes' hash, who approved it, what it replaces.

    ``html`` is the accessible page, ``content`` the PDF; ``text`` is what public search reads.
    All three are made of the public rendition alone. A database trigger refuses any change.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="publications")
    kind = models.CharField(max_length=40)
    slug = models.SlugField(max_length=100)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=300, blank=True)
    html = models.TextField()
    text = models.TextField()
    content = models.ForeignKey(Content, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=120)
    published_at = models.DateTimeField(default=clock.now, editable=False)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="successor"
    )
    correction_note = models.CharField("what was corrected", max_length=300, blank=True)
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="english")
        + SearchVector("text", weight="B", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "slug"],
                name="documents_publication_slug",
                violation_error_message="Something is already published at this address.",
            ),
            models.CheckConstraint(
                name="documents_publication_not_itself",
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")),
            ),
        ]
        indexes = [GinIndex(fields=["search"], name="documents_publication_search")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its public page."""
        return reverse("documents:publication", args=[self.partnership.slug, self.slug])


class Withdrawal(models.Model):
    """That a publication was taken off the site: since when, and what is said there instead.

    The publication stays as it was published, but its page and its file are shown to nobody.
    """

    publication = models.OneToOneField(Publication, models.PROTECT, related_name="withdrawal")
    says = models.CharField("what its page says instead", max_length=300)
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.publication}, taken off the site"


def served_by(user: Any) -> set[str]:
    """Keys of the groups whose officer this person is, or whose business their group runs."""
    return {
        each["id"]
        for seat in standing.seats(user)
        if seat.role == Role.OFFICER
        for each in seat.reach
    }


class SharingRecordQuerySet(models.QuerySet):
    """Records of sharing."""

    def of(self, partnership: Partnership | None) -> Self:
        """Those of this partnership."""
        return self.filter(partnership=partnership)

    def visible_to(self, user: Any) -> Self:
        """The log is the officers': the secretariat's own lines, and those of groups they serve."""
        secretariats = standing.secretariats(user)
        found = self.filter(
            Q(group__in=served_by(user)) | Q(group__isnull=True, partnership__in=secretariats)
        )
        barred = standing.barred(user, "documents")
        return found.exclude(document__in=barred) if barred else found


class SharingRecord(models.Model):
    """One line of the record of sharing: what went to whom, under which protocol and gateway.

    ``repeats`` tells the repeat form of the K-MISA record from the one-off form.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="sharing_records")
    group = models.ForeignKey(
        Group, models.PROTECT, null=True, blank=True, related_name="sharing_records",
        verbose_name="group whose matter it is",
    )  # fmt: skip
    on = models.DateField("date shared")
    what = models.CharField("what was shared", max_length=300)
    shared_by = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    shared_with = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    recipient = models.CharField("person or team who received it", max_length=160, blank=True)
    protocol = models.ForeignKey(
        SharingProtocol, models.PROTECT, null=True, blank=True, related_name="+"
    )
    lawful_gateway = models.CharField(max_length=300)
    reason = models.CharField("why", max_length=300)
    repeats = models.CharField(
        "how often", max_length=60, blank=True, help_text="Leave empty for sharing done once"
    )
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="sharing_records"
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    history = History()

    objects = SharingRecordQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-created_at"]

    def __str__(self) -> str:
        return f"{self.what}, to {self.shared_with}"

    @property
    def name_in_record(self) -> str:
        """What the record that nobody can change calls it."""
        return self.group.named_in_record(str(self), "a line") if self.group else str(self)


class OpeningQuerySet(models.QuerySet):
    """Openings."""

    def of(self, partnership: Partnership | None) -> Self:
        """Those of papers of this partnership."""
        return self.filter(document__group__partnership=partnership)

    def visible_to(self, user: Any) -> Self:
        """Those of papers that this person may know of."""
        return self.filter(document__group__in=standing.groups(user))

    def open_at(self, moment: datetime.datetime) -> Self:
        """Those that let somebody in at this moment: each closes by itself."""
        return self.filter(opens_at__lte=moment, closes_at__gt=moment, closed_at__isnull=True)


class Opening(models.Model):
    """An officer's exception: one paper, one agency, a stated time, with its line in the record.

    Safeguarding never waits for paperwork; the record of sharing keeps the reason and gateway.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, models.CASCADE, related_name="openings")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    record = models.OneToOneField(SharingRecord, models.PROTECT, related_name="opening")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    history = History()

    objects = OpeningQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_at"]
        constraints = [
            models.CheckConstraint(
                name="documents_opening_times", condition=Q(closes_at__gt=F("opens_at"))
            ),
            both_or_neither("closed_at", "closed_by", name="documents_opening_closed_at_and_by"),
        ]

    def __str__(self) -> str:
        return f"{self.document} opened to {self.agency}"

    @property
    def group(self) -> Group:
        """The group whose paper it is."""
        return self.document.group

    @property
    def group_id(self) -> uuid.UUID:
        """Its key, for the rules."""
        return self.document.group_id

    @property
    def until(self) -> str:
        """How long it lets somebody in, as people say it: to the end of its last day."""
        if self.closed_at or dates.london_time(self.closes_at) != datetime.time():
            return dates.moment(self.ended_at)
        last_day = dates.london_date(self.closes_at) - datetime.timedelta(days=1)
        return f"the end of {dates.longdate(last_day)}"

    @property
    def ended_at(self) -> datetime.datetime:
        """When it closes or closed: an officer may close it before its time."""
        return self.closed_at or self.closes_at
