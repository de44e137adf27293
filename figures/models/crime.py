"""Street-level crime as the police publish it: files, rows, counts, and what was refused.

Public data of data.police.uk, shared by all partnerships. Rows are never taken for duplicates of
one another: about one in twenty is an exact copy of another and is legitimate.
"""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from documents.models import Content
from figures.models.areas import PublicQuerySet
from membership.models import Partnership


class Force(models.Model):
    """A police force, by the name that its files give it."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=60, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class CrimeType(models.Model):
    """A category of the files. One not seen before is kept, marked, and shown to officers."""

    name = models.CharField(max_length=80, unique=True)
    expected = models.BooleanField("one of those that the police say they use", default=False)
    first_seen_in = models.CharField(max_length=200, blank=True)

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


UNKNOWN = "Something went wrong that we did not expect. Try again; then tell who runs the service."


class ImportState(models.TextChoices):
    """How far an import is."""

    WAITING = "waiting", "Waiting to be read"
    READING = "reading", "Being read"
    DONE = "done", "Done"
    FAILED = "failed", "Nothing was changed"


class CrimeImportQuerySet(PublicQuerySet):
    """Imports. What they bring is for all; who sent what in is their own partnership's to know."""

    def of(self, partnership: Partnership | None) -> Self:
        """Those of this partnership's officers, and those made by command."""
        return self.filter(Q(partnership=partnership) | Q(partnership__isnull=True))


class CrimeImport(models.Model):
    """One run of the import: all of its files, or none. Rows counted as they are read.

    ``content`` is an uploaded file that waits to be read, emptied afterwards; a run by command
    has none. ``bytes_read`` of ``bytes_total`` are told while it goes on, from outside its
    transaction.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(
        Partnership, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name="whose officer sent it in",
    )  # fmt: skip
    name = models.CharField("what was sent in", max_length=300)
    content = models.ForeignKey(Content, models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=8, choices=ImportState, default=ImportState.WAITING)
    problem = models.TextField("why nothing was changed", blank=True)
    bytes_total = models.BigIntegerField(default=0)
    bytes_read = models.BigIntegerField(default=0)
    rows_read = models.BigIntegerField(default=0)
    rows_kept = models.BigIntegerField(default=0)
    rows_without_place = models.BigIntegerField("kept, but without a place", default=0)
    rows_refused = models.BigIntegerField(default=0)
    left_aside = models.JSONField("files left aside, each with why", default=list, blank=True)
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    started_at = models.DateTimeField(null=True, blank=True)
    beat_at = models.DateTimeField("last sign of life", null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = CrimeImportQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def failed(self) -> bool:
        """Whether it ended without changing anything."""
        return self.state == ImportState.FAILED

    @property
    def going(self) -> bool:
        """Whether it has not ended yet."""
        return self.state in {ImportState.WAITING, ImportState.READING}

    @property
    def may_be_tried_again(self) -> bool:
        """Whether it failed for no fault of its own: what is wrong with a file stays wrong."""
        return self.state == ImportState.FAILED and self.problem == UNKNOWN


class CrimeFile(models.Model):
    """One force's file of one month, with its hash: where every figure comes from.

    The one that holds has no ``replaced_by``. Of those that were replaced, the last one's rows are
    kept: an officer can go back to it, which leaves a ``replaced_because``. ``remark`` says what is
    unusual about the month, such as far fewer rows than its neighbours.
    """

    run = models.ForeignKey(CrimeImport, models.PROTECT, related_name="files")
    name = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField(help_text="Bytes")
    force = models.ForeignKey(Force, models.PROTECT, related_name="files")
    month = models.DateField("month, as its first day")
    rows_read = models.PositiveIntegerField()
    rows_kept = models.PositiveIntegerField()
    rows_without_place = models.PositiveIntegerField()
    rows_refused = models.PositiveIntegerField()
    remark = models.CharField(max_length=300, blank=True)
    read_at = models.DateTimeField(default=clock.now, editable=False)
    replaced_at = models.DateTimeField(null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces"
    )
    replaced_because = models.CharField(
        "why an officer went back to an earlier file", max_length=300, blank=True
    )

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "force__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["force", "month"],
                condition=Q(replaced_by__isnull=True),
                name="figures_crime_file_one_holds",
            ),
            models.CheckConstraint(name="figures_crime_file_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="figures_crime_file_adds_up",
                condition=Q(rows_read=models.F("rows_kept") + models.F("rows_refused")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def base_name(self) -> str:
        """Its name without folders and archives."""
        return self.name.rpartition("/")[2]


class Crime(models.Model):
    """A row of a file, by its line. The point is the police's anonymous one, near where it was.

    The last outcome is left out: it is a snapshot of the day on which the file was made. Only the
    import writes rows and counts, by ``COPY``, which checks of every row's keys would slow twofold.
    """

    pk = models.CompositePrimaryKey("file", "lsoa_code", "line")  # in this order: hot places
    file = models.ForeignKey(
        CrimeFile, models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    line = models.PositiveIntegerField()
    type = models.ForeignKey(
        CrimeType, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    lsoa_code = models.CharField(max_length=9, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    location = models.CharField(max_length=160, blank=True)

    objects = PublicQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.file_id}, line {self.line}"


class CrimeCount(models.Model):
    """How many crimes of a type a force's file holds for an LSOA in a month.

    All counts that anybody sees are sums of these. An empty code is “No location”.
    """

    lsoa_code = models.CharField(max_length=9, blank=True)
    month = models.DateField()
    type = models.ForeignKey(
        CrimeType, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    force = models.ForeignKey(
        Force, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    n = models.PositiveIntegerField()

    objects = PublicQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["lsoa_code", "month", "type", "force"],
                include=["n"],
                name="figures_crime_count_once",
            )
        ]
        indexes = [models.Index(fields=["month", "force"], name="figures_crime_count_month")]

    def __str__(self) -> str:
        return f"{self.lsoa_code} {self.month:%Y-%m}: {self.n}"


class CrimeRefusal(models.Model):
    """A row that was not kept: in which file, on which line, and why."""

    run = models.ForeignKey(CrimeImport, models.CASCADE, related_name="refusals")
    file_name = models.CharField(max_length=300)
    line = models.PositiveIntegerField()
    reason = models.CharField(max_length=200)
    text = models.CharField("how the row begins", max_length=300, blank=True)

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["file_name", "line"]

    def __str__(self) -> str:
        return f"{self.file_name}, line {self.line}: {self.reason}"

    @property
    def base_name(self) -> str:
        """The file's name without folders and archives."""
        return self.file_name.rpartition("/")[2]
