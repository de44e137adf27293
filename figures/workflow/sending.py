"""Street-crime files that officers send in: kept, read by the worker, then let go of."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ManyToOneRel, Q, QuerySet
from django.urls import reverse

from audit.workflow import record
from core import clock
from core.permissions import can, require
from core.workflow import Wrong
from documents.checks import in_megabytes, names, scanner
from documents.models import Content
from documents.workflow.papers import keep
from figures.models import CrimeImport, ImportState
from figures.queries.holding import HANGS
from figures.street_crime import archives
from figures.street_crime.sources import in_memory
from figures.workflow.importing import perform
from membership.models import Partnership
from notices.workflow import tell

DIED = "The program that read it ended before it had finished. Run it again."

# Wakes the worker; the task is the room's own, which lies above. Without it the timetable comes by.
wakers: list[Callable[[], None]] = []


@transaction.atomic
def send_in(partnership: Partnership, *, file: Any, by: Any) -> CrimeImport:
    """Keep a CSV file or a zip archive for the worker to read. Raises ``ValidationError``."""
    require(can(by, "send in crime files", partnership))
    name, data = _checked(file)
    run = CrimeImport.objects.create(
        partnership=partnership, name=name, asked_at=clock.now(), asked_by=by,
        content_id=keep(data, hashlib.sha256(data).hexdigest()),
    )  # fmt: skip
    record("sent in street crime as", run, by=by, partnership=partnership)
    transaction.on_commit(wake)
    return run


def _checked(file: Any) -> tuple[str, bytes]:
    if not file.size:
        raise ValidationError({"file": "The file is empty. Choose one with something in it"})
    if file.size > settings.UPLOAD_LIMIT:
        sent, most = in_megabytes(file.size), in_megabytes(settings.UPLOAD_LIMIT)
        raise ValidationError(
            {"file": f"The file is {sent}. It can be up to {most}. Send in fewer months at a time, "
                     "or ask who runs the service to import it"}
        )  # fmt: skip
    name = names.cleaned(file.name or "")
    if not archives.is_archive(name) and not name.lower().endswith(".csv"):
        raise ValidationError({"file": "The file must be a CSV file or a zip archive"})
    file.seek(0)
    data = file.read()
    try:
        scanner.scanned(data)
    except ValidationError as wrong:
        raise ValidationError({"file": wrong}) from wrong
    return name, data


def wake() -> None:
    """Ask the worker to read what waits."""
    for waker in wakers:
        waker()


@transaction.atomic
def try_again(run: CrimeImport, *, by: Any) -> CrimeImport:
    """Read a file once more that failed for no fault of its own. Raises ``Wrong``."""
    require(can(by, "send in crime files", run.partnership))
    current = CrimeImport.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if current.state != ImportState.FAILED or current.content_id is None:
        raise Wrong("Only a file that could not be read for no fault of its own is read again.")
    current.state, current.problem, current.finished_at = ImportState.WAITING, "", None
    current.save(update_fields=["state", "problem", "finished_at"])
    current.refusals.all().delete()
    record("had read again", current, by=by, partnership=current.partnership)
    transaction.on_commit(wake)
    return current


# ---- by the worker ------------------------------------------------------------------------------


def read_waiting(*, since: Any = None) -> int:
    """Read every file that waits, or whose reader died; how many. ``since``: that waited then."""
    bury()
    read = 0
    while (run := _claimed(since)) is not None:
        _read(run)
        read += 1
    return read


def _hanging() -> Q:
    dead = clock.now() - HANGS
    return Q(state=ImportState.READING) & (
        Q(beat_at__lt=dead) | Q(beat_at__isnull=True, started_at__lt=dead)
    )


def busy() -> bool:
    """Whether an import goes on just now, so that another would have to wait for it."""
    alive = CrimeImport.objects.filter(state=ImportState.READING)
    return alive.exclude(_hanging()).exists()


@transaction.atomic
def _claimed(since: Any) -> CrimeImport | None:
    now = clock.now()
    waits = Q(state=ImportState.WAITING)
    free: QuerySet[CrimeImport] = CrimeImport.objects.filter(content__isnull=False)
    free = free.filter(waits & Q(asked_at__lte=since or now) | _hanging())
    run = free.select_for_update(skip_locked=True, of=("self",)).order_by("asked_at").first()
    if run is not None:
        run.state, run.started_at, run.beat_at, run.bytes_read = ImportState.READING, now, now, 0
        run.save(update_fields=["state", "started_at", "beat_at", "bytes_read"])
    return run


def _read(run: CrimeImport) -> None:
    data = bytes(Content.objects.only("data").get(pk=run.content_id).data)
    perform(run, in_memory(run.name, data))
    if run.state in (ImportState.DONE, ImportState.FAILED):
        _let_go(run)


@transaction.atomic
def _let_go(run: CrimeImport) -> None:
    """Its bytes are not needed any more, unless it may be tried again; who sent it is told."""
    key = run.content_id
    if key and not run.may_be_tried_again:
        CrimeImport.objects.filter(pk=run.pk).update(content=None)
        _drop(key)
    if run.asked_by and run.partnership:
        done = run.state == ImportState.DONE
        tell(
            [run.asked_by], kind="crime-import", about=run, occurrence=f"{run.started_at}",
            text=f"{run.name} {'has been imported' if done else 'could not be imported'}.",
            url=reverse("figures:run", args=[run.partnership.slug, run.pk]),
            partnership=run.partnership,
        )  # fmt: skip


def _drop(key: str) -> None:
    """Let go of bytes that nothing else holds."""
    for relation in Content._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel):
            holder: Any = relation.related_model
            if holder._base_manager.filter(**{relation.field.name: key}).exists():
                return
    Content.objects.filter(pk=key).delete()


def bury() -> int:
    """Say of runs by command that died that they did: what they read was never kept."""
    dead = CrimeImport.objects.filter(_hanging(), content__isnull=True)
    return dead.update(state=ImportState.FAILED, problem=DIED, finished_at=clock.now())
