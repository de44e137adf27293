"""One file's rows and counts into the database, within the transaction of the run.

Rows and counts go in by ``COPY``, in batches that hold memory constant. The file's key is taken
beforehand, so that its rows name it before it is known how many they are.
"""

import datetime
import io
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any, cast

from django.db import connection

from core import clock
from figures.models import CrimeCount, CrimeFile, CrimeImport, CrimeRefusal, CrimeType, Force
from figures.street_crime import layouts
from figures.street_crime.places import Places
from figures.street_crime.reading import Kept, Reading
from figures.street_crime.shapes import Refusal, Source, Unreadable
from figures.workflow.points import reached

MOST_NEW_TYPES = 20  # in one run; more, and the column is not what it says
SPARE = (
    "SELECT nextval(pg_get_serial_sequence('figures_crimetype', 'id')) FROM generate_series(1, %s)"
)

ROWS = (
    "COPY figures_crime (file_id, line, type_id, lsoa_code, longitude, latitude, location)"
    " FROM STDIN"
)
COUNTS = "COPY figures_crimecount (lsoa_code, month, type_id, force_id, n) FROM STDIN"
COPY_BUFFER = 1 << 16


class Batches:
    """What ``COPY`` reads from: it asks for the next batch while the database stores the last."""

    def __init__(self, number: int, batches: Iterator[list[Kept]]) -> None:
        self.number, self.batches = number, batches
        self.wrong: Exception | None = None

    def read(self, size: int = 0) -> str:
        """The next batch, of whatever size; empty after the last.

        What goes wrong is kept, since the driver would make an error of its own of it.
        """
        reached("rows")
        number = self.number
        try:
            kept = next(self.batches, [])
        except Exception as wrong:
            self.wrong = wrong
            return ""
        return "".join([f"{number}\t{line}\t{kind}\t{place}\n" for line, kind, place in kept])


class Types:
    """Keys of the types of crime. While rows are copied nothing else can be asked of the database,
    so that keys for types that nobody has seen are taken beforehand.
    """

    def __init__(self) -> None:
        self.keys = dict(CrimeType.objects.values_list("name", "pk"))
        self.spare: list[int] = []
        self.new: list[CrimeType] = []
        self.unheard_of: list[str] = []
        self.seen_in = ""

    def prepare(self, source: Source) -> None:
        """Before a file is read: have keys at hand."""
        self.seen_in = source.base[:200]
        if len(self.spare) < MOST_NEW_TYPES + len(layouts.TYPES):
            with connection.cursor() as cursor:
                cursor.execute(SPARE, [MOST_NEW_TYPES + len(layouts.TYPES)])
                self.spare += [row[0] for row in cursor.fetchall()]

    def key(self, name: str) -> int:
        """The key of a type by its name. Raises ``Unreadable`` where too many are new."""
        if name not in self.keys:
            expected = name in layouts.TYPES
            if not expected:
                self.unheard_of.append(name)
            if len(self.unheard_of) > MOST_NEW_TYPES:
                raise Unreadable(
                    f"more than {MOST_NEW_TYPES} types of crime in it are unheard of, such as "
                    f"“{name[:40]}”, so the column “Crime type” is not what it says."
                )
            made = CrimeType(
                pk=self.spare.pop(0), name=name, expected=expected, first_seen_in=self.seen_in
            )
            self.new.append(made)
            self.keys[name] = made.pk
        return self.keys[name]

    def keep(self) -> None:
        """After a file was read: keep those that were new in it."""
        CrimeType.objects.bulk_create(self.new)
        self.new = []


class Store:
    """What one run puts into the database; ``read`` is told of every byte."""

    def __init__(self, run: CrimeImport, read: Callable[[int], None]) -> None:
        self.run, self.read = run, read
        self.types, self.places = Types(), Places()
        self.files: list[CrimeFile] = []

    def put(self, source: Source, most: int) -> CrimeFile:
        """Read a file and store it, in the place of the one that holds for its force and month.

        Raises ``Empty`` and ``Unreadable``; then the transaction is to be rolled back.
        """
        self.types.prepare(source)
        reading = Reading(
            source, _next_key(), types=self.types.key, places=self.places, today=clock.today()
        )
        reached("opened")
        _copy_rows(reading.number, reading.batches(most, self.read))
        reached("read")
        self.types.keep()
        return self._file(reading)

    def _file(self, reading: Reading) -> CrimeFile:
        force, month = _force(reading), cast("datetime.date", reading.month)
        _replace(force, month, reading.number)
        reached("replaced")
        with connection.cursor() as cursor:
            cursor.copy_expert(COUNTS, io.StringIO(_counts(reading, force)), COPY_BUFFER)
        reached("counted")
        kept = reading.kept
        file = CrimeFile.objects.create(
            pk=reading.number, run=self.run, name=reading.name[:300], sha256=reading.sha256,
            size=reading.size, force=force, month=month, read_at=clock.now(),
            rows_read=kept + reading.refused, rows_kept=kept, rows_refused=reading.refused,
            rows_without_place=reading.without_place,
        )  # fmt: skip
        keep_refusals(self.run, reading.name, reading.refusals)
        self.files.append(file)
        reached("filed")
        return file


def keep_refusals(run: CrimeImport, name: str, refusals: Iterable[Refusal]) -> None:
    """Keep which rows were not kept, and why."""
    CrimeRefusal.objects.bulk_create(
        [
            CrimeRefusal(run=run, file_name=name[:300], line=each.line, reason=each.reason,
                         text=each.text)
            for each in refusals
        ],
        batch_size=1000,
    )  # fmt: skip


def _next_key() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('figures_crimefile', 'id'))")
        return int(cursor.fetchone()[0])


def _copy_rows(number: int, batches: Iterator[list[Kept]]) -> None:
    first = next(batches, [])  # a file that is left aside, or not to be read, says so here
    with connection.cursor() as cursor:
        cursor.copy_expert(ROWS, copied := Batches(number, chain([first], batches)))
    if copied.wrong:
        raise copied.wrong


def _force(reading: Reading) -> Force:
    """The force of a file: by its name, or by the word in the file's, where it is called anew."""
    known: Any = Force.objects.filter(name=reading.force).first()
    known = known or Force.objects.filter(slug=reading.slug).first()
    return known or Force.objects.create(name=reading.force, slug=reading.slug[:60])


def _replace(force: Force, month: datetime.date, key: int) -> None:
    """Count nothing more of what holds for a force's month. Its entry stays and says what came.

    Its rows stay too, so that an officer can go back to it; those of files before it go.
    """
    of_month = CrimeFile.objects.filter(force=force, month=month).select_for_update()
    known = dict(of_month.values_list("pk", "replaced_by"))
    holding = [each for each, by in known.items() if by is None]
    if not holding:
        return
    CrimeCount.objects.filter(force=force, month=month).delete()
    with connection.cursor() as cursor:
        earlier = [each for each in known if each not in holding]
        cursor.execute("DELETE FROM figures_crime WHERE file_id = ANY (%s)", [earlier])
    CrimeFile.objects.filter(pk__in=holding).update(replaced_by_id=key, replaced_at=clock.now())


def _counts(reading: Reading, force: Force) -> str:
    month, key = str(reading.month), force.pk
    return "".join(
        [
            f"{code}\t{month}\t{kind}\t{key}\t{count}\n"
            for (code, kind), count in sorted(reading.counts.items())
        ]
    )
