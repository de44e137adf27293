"""Importing street-crime files: all files of a run, or none.

A run is written down and claimed in a transaction of its own, so that its progress can be seen and
no two workers read the same one. Everything that it reads is one transaction, and only one import
goes on at a time: another waits for it.
"""

import hashlib
import logging
import time
from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from audit.workflow import record
from core import clock
from figures.models import Crime, CrimeCount, CrimeFile, CrimeImport, ImportState
from figures.models.crime import UNKNOWN
from figures.street_crime.reading import Empty
from figures.street_crime.shapes import Aside, Source, Unreadable
from figures.street_crime.sources import Found, on_disk, summed
from figures.workflow.points import reached
from figures.workflow.progress import Progress
from figures.workflow.remarks import remark
from figures.workflow.statistics import look_over
from figures.workflow.storing import Store, keep_refusals

logger = logging.getLogger("csp.figures")

LOCK = 0x57_2E_E7  # any number, as long as nothing else uses it
MOST_REFUSALS = 100  # kept of a file that was not taken
NOTHING = "It holds no street-crime file with rows."


class Superseded(Exception):
    """Somebody else has taken the run over."""


def import_paths(paths: Iterable[Path], *, by: Any = None, partnership: Any = None) -> CrimeImport:
    """Import files, folders and archives from disk, now; gives the run as it ended."""
    listed = list(paths)
    now = clock.now()
    run = CrimeImport.objects.create(
        partnership=partnership, name=", ".join(each.name or str(each) for each in listed)[:300],
        state=ImportState.READING, asked_at=now, asked_by=by, started_at=now, beat_at=now,
    )  # fmt: skip
    perform(run, on_disk(listed))
    return run


def perform(run: CrimeImport, opening: AbstractContextManager[Found]) -> None:
    """Read a run that is claimed. Whatever is wrong is kept with it as a sentence."""
    reached("begun")
    try:
        with opening as found, Progress(run) as progress:
            run.bytes_total = found.size
            CrimeImport.objects.filter(pk=run.pk).update(bytes_total=found.size)
            with transaction.atomic():
                _take_in(run, found, progress)
        reached("committed")
    except Superseded:
        logger.warning("import-taken-over %s", run.pk)
    except Unreadable as wrong:
        _fail(run, str(wrong), wrong)
    except Exception as failure:
        logger.exception("import-failed %s %s", run.pk, type(failure).__name__)
        _fail(run, UNKNOWN)
    run.refresh_from_db()


def _take_in(run: CrimeImport, found: Found, progress: Progress) -> None:
    _wait_for_turn(progress)
    _still_ours(run)
    reached("alone")
    store = Store(run, progress.read)
    held, empty = [], []
    for source in found.sources:
        if known := _known(source):
            held.append(known)
            progress.read(source.size)
        elif nothing := _put(store, source):
            empty.append(nothing)
    aside = [*held, *empty, *found.aside]
    if not store.files and not held:
        raise Unreadable(f"{aside[0].name}: {aside[0].why}." if len(aside) == 1 else NOTHING)
    remark(dict.fromkeys(file.force for file in store.files))
    reached("remarked")
    if store.files:
        look_over(Crime, CrimeCount, CrimeFile)
    _finish(run, store, aside)
    reached("finishing")


def _wait_for_turn(progress: Progress) -> None:
    """Go on only when no other import does, for as long as this transaction lasts."""
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            if cursor.fetchone()[0]:
                return
            progress.beat()
            time.sleep(0.2)


def _ours(run: CrimeImport) -> Any:
    return CrimeImport.objects.filter(
        pk=run.pk, state=ImportState.READING, started_at=run.started_at
    )


def _still_ours(run: CrimeImport) -> None:
    if not _ours(run).exists():
        raise Superseded


def _known(source: Source) -> Aside | None:
    """Whether just this content was imported before. Only a file of a known size is read twice."""
    if not CrimeFile.objects.filter(size=source.size).exists():
        return None
    known = CrimeFile.objects.filter(sha256=_digest(source)).select_related("replaced_by").first()
    if known is None:
        return None
    if known.replaced_by is None:
        return Aside(source.name, "Held already, so it changes nothing")
    newer = known.replaced_by.name
    return Aside(source.name, f"Held before, and replaced by a newer issue: {newer}")


def _digest(source: Source) -> str:
    digest = hashlib.sha256()
    try:
        with source.open() as stream:
            while data := stream.read(1 << 20):
                digest.update(data)
    except (OSError, Unreadable) as wrong:
        raise Unreadable(f"{source.name}: it cannot be read. Fetch it again.") from wrong
    return digest.hexdigest()


def _put(store: Store, source: Source) -> Aside | None:
    try:
        store.put(source, source.size)
    except Empty as empty:
        return Aside(source.name, str(empty))
    return None


def _finish(run: CrimeImport, store: Store, aside: list[Aside]) -> None:
    files = store.files
    done = _ours(run).update(
        state=ImportState.DONE, problem="", finished_at=clock.now(), bytes_read=run.bytes_total,
        rows_read=sum(file.rows_read for file in files),
        rows_kept=sum(file.rows_kept for file in files),
        rows_without_place=sum(file.rows_without_place for file in files),
        rows_refused=sum(file.rows_refused for file in files),
        left_aside=summed(aside),
    )  # fmt: skip
    if not done:
        raise Superseded
    record(
        "imported street crime from", run, by=run.asked_by, partnership=run.partnership,
        detail={"files": len(files), "new types": store.types.unheard_of},
    )  # fmt: skip


@transaction.atomic
def _fail(run: CrimeImport, problem: str, wrong: Unreadable | None = None) -> None:
    failed = _ours(run).update(
        state=ImportState.FAILED, problem=problem[:2000], finished_at=clock.now()
    )
    if failed and wrong:
        keep_refusals(run, wrong.name, wrong.refusals[:MOST_REFUSALS])
