"""Dossiers: asked for by an officer, made in the background, kept for three days.

As with packs, the database holds what waits, a worker claims it in a transaction of its own, and
one whose worker died is taken up again after five minutes.
"""

import datetime
import hashlib
import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q

import audit.workflow
from core import clock
from core.pdf import PDFUnavailable
from core.workflow import Wrong
from documents.models import Content
from documents.workflow.papers import keep
from documents.workflow.removal import forget_contents
from meetings.models import Making
from triggers.dossiers import files
from triggers.models import OPEN, Application, Dossier, Stage
from triggers.workflow.steps import note, take

logger = logging.getLogger("csp.dossiers")

ANY = (*OPEN, Stage.CLOSED, Stage.WITHDRAWN)
KEPT = datetime.timedelta(days=3)
HANGS = datetime.timedelta(minutes=5)
LONGEST = 4000
UNKNOWN = "Something went wrong that we did not expect. Try again; then tell who runs the service."

# Wakes the worker; the task lies above. Without it the timetable comes by within a minute.
wakers: list[Any] = []


class _Superseded(Exception):
    """Another worker has taken it over, or it was deleted."""


# ---- asking, fetching, deleting -----------------------------------------------------------------


@transaction.atomic
def ask(application: Application, *, redacted: bool, names: str = "", by: Any) -> Dossier:
    """Ask for a dossier. ``names`` are other people to leave out of a redacted one, one a line."""
    application = take(application, by=by, verb="export", stages=ANY)
    names = "\n".join(filter(None, (each.strip() for each in names.splitlines())))
    if len(names) > LONGEST:
        raise ValidationError({"names": f"This must be {LONGEST} characters or fewer"})
    waiting = Dossier.objects.filter(
        application=application, state__in=[Making.WAITING, Making.MAKING], redacted=redacted
    )
    if waiting.exists():
        raise Wrong("One is being put together already. It will stand here as soon as it is ready.")
    dossier = Dossier.objects.create(
        application=application, redacted=redacted, names=names if redacted else "",
        total=files.STEPS, asked_at=clock.now(), asked_by=by,
    )  # fmt: skip
    note("asked for a dossier of", application, by=by, dossier=str(dossier.pk), redacted=redacted)
    transaction.on_commit(wake)
    return dossier


@transaction.atomic
def fetch(dossier: Dossier, *, kind: str, by: Any) -> Content:
    """The bytes of a dossier, after it is on record who takes them: ``pdf`` or ``zip``."""
    application = take(dossier.application, by=by, verb="export", stages=ANY)
    content = dossier.archive if kind == "zip" else dossier.document
    if content is None or (dossier.ends_at and dossier.ends_at <= clock.now()):
        raise Wrong("This dossier is not there any more. Ask for another.")
    audit.workflow.record_read(
        application, by=by, partnership=application.partnership, group=application.group
    )
    note("downloaded a dossier of", application, by=by, dossier=str(dossier.pk), kind=kind,
         redacted=dossier.redacted)  # fmt: skip
    return content


@transaction.atomic
def delete(dossier: Dossier, *, by: Any) -> None:
    """Delete a dossier before its time: it is a copy, so nothing of the case is lost."""
    application = take(dossier.application, by=by, verb="export", stages=ANY)
    note("deleted a dossier of", application, by=by, dossier=str(dossier.pk))
    _forget(Dossier.objects.filter(pk=dossier.pk))


def remove_old(at: datetime.datetime) -> int:
    """Delete the dossiers whose time is over; how many there were."""
    return _forget(Dossier.objects.filter(ends_at__lte=at))


@transaction.atomic
def _forget(dossiers: Any) -> int:
    kept = set(dossiers.values_list("document", flat=True))
    kept |= set(dossiers.values_list("archive", flat=True))
    count, _ = dossiers.delete()
    forget_contents(kept)
    return int(count)


# ---- making -------------------------------------------------------------------------------------


def wake() -> None:
    """Ask the worker to make what waits."""
    for waker in wakers:
        waker()


def make_waiting() -> int:
    """Make every dossier that waits or hangs; how many."""
    made = 0
    while (dossier := _claimed()) is not None:
        _make(dossier)
        made += 1
    return made


@transaction.atomic
def _claimed() -> Dossier | None:
    now = clock.now()
    hangs = Q(state=Making.MAKING, started_at__lt=now - HANGS)
    free = Dossier.objects.select_for_update(skip_locked=True, of=("self",))
    free = free.filter(Q(state=Making.WAITING) | hangs).order_by("asked_at")
    dossier = free.select_related("application__partnership", "application__group").first()
    if dossier is not None:
        dossier.state, dossier.started_at, dossier.done = Making.MAKING, now, 0
        dossier.save(update_fields=["state", "started_at", "done"])
    return dossier


def _make(dossier: Dossier) -> None:
    try:
        printed, archive = files.make(dossier, step=lambda: _tell(dossier, done=F("done") + 1))
    except _Superseded:
        return
    except (Wrong, PDFUnavailable) as failure:
        said = failure.messages[0] if isinstance(failure, Wrong) else str(failure)
        _fail(dossier, said)
    except Exception as failure:
        # Without a traceback: what it says may come out of the case.
        logger.error("dossier-failed %s %s", dossier.pk, type(failure).__name__)
        _fail(dossier, UNKNOWN)
    else:
        _finish(dossier, printed, archive)


def _ours(dossier: Dossier) -> Any:
    """The dossier as long as it is still this worker's to make."""
    return Dossier.objects.filter(pk=dossier.pk, state=Making.MAKING, started_at=dossier.started_at)


def _tell(dossier: Dossier, **fields: Any) -> None:
    if not _ours(dossier).update(**fields):
        raise _Superseded


def _fail(dossier: Dossier, problem: str) -> None:
    now = clock.now()
    _ours(dossier).update(
        state=Making.FAILED, problem=problem[:300], names="", finished_at=now, ends_at=now + KEPT
    )


@transaction.atomic
def _finish(dossier: Dossier, printed: bytes, archive: bytes) -> None:
    """Keep both files, and forget the names that were to be left out."""
    now = clock.now()
    kept = [keep(each, hashlib.sha256(each).hexdigest()) for each in (printed, archive)]
    ours = _ours(dossier).update(
        state=Making.READY, document=kept[0], archive=kept[1], names="", problem="",
        finished_at=now, ends_at=now + KEPT,
    )  # fmt: skip
    if not ours:  # deleted meanwhile: then its bytes are not kept either
        transaction.set_rollback(True)
