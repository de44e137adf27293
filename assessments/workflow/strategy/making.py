"""Making the PDFs of an edition in the background, each asked for by a person.

A file that waits is claimed in a transaction of its own, so that its progress can be seen and two
workers never make the same one. One whose worker died is taken up again after five minutes.
"""

import datetime
import hashlib
import logging
from typing import Any

from django.db import transaction
from django.db.models import Q

from assessments.editions import content, document
from assessments.models import Edition, EditionFile, FileKind
from core import clock
from core.pdf import PDFUnavailable
from core.permissions import can, require
from documents.workflow.papers import keep as keep_bytes
from meetings.models import Making

logger = logging.getLogger("csp.editions")

HANGS = datetime.timedelta(minutes=5)
STEPS = 4
UNKNOWN = "Something went wrong that we did not expect. Try again; then tell who runs the service."

# Wakes the worker; the task lies above. Without it the timetable comes by.
wakers: list[Any] = []


class _Superseded(Exception):
    """Somebody else has taken the file over."""


@transaction.atomic
def ask(edition: Edition, *, by: Any) -> None:
    """Have the strategy and the leaflet made of the edition as it stands now."""
    require(can(by, "make files", edition))
    for kind in FileKind:
        EditionFile.objects.update_or_create(
            edition=edition, kind=kind,
            defaults={
                "state": Making.WAITING, "done": 0, "total": STEPS, "content": None,
                "problem": "", "file_name": document.file_name(edition, kind),
                "asked_at": clock.now(), "asked_by": by, "started_at": None, "finished_at": None,
            },
        )  # fmt: skip
    transaction.on_commit(_wake)


def forget(edition: Edition) -> None:
    """Let go of what was made of an edition before it was fixed: a draft is never published."""
    EditionFile.objects.filter(edition=edition).delete()


def _wake() -> None:
    for waker in wakers:
        waker()


def make_waiting(edition: Edition | None = None) -> int:
    """Make every file that waits or hangs, of one edition or of all; how many."""
    made = 0
    while (file := _claimed(edition)) is not None:
        _make(file)
        made += 1
    return made


@transaction.atomic
def _claimed(edition: Edition | None) -> EditionFile | None:
    now = clock.now()
    hangs = Q(state=Making.MAKING, started_at__lt=now - HANGS)
    free = EditionFile.objects.select_for_update(skip_locked=True, of=("self",))
    free = free.filter(Q(state=Making.WAITING) | hangs)
    if edition is not None:
        free = free.filter(edition=edition)
    file = free.select_related("edition__strategy__partnership", "edition__strategy__group")
    first = file.order_by("pk").first()
    if first is not None:
        first.state, first.started_at, first.done = Making.MAKING, now, 0
        first.save(update_fields=["state", "started_at", "done"])
    return first


def _make(file: EditionFile) -> None:
    try:
        _tell(file, done=1)
        shown = content.of(file.edition, clock.today())
        _tell(file, done=2)
        pdf = document.pdf(file.edition, shown, file.kind)
        _tell(file, done=3)
        _finish(file, pdf)
    except _Superseded:
        return
    except PDFUnavailable as failure:
        _fail(file, str(failure))
    except Exception as failure:
        # Without a traceback: what it says may come out of a draft.
        logger.error("edition-failed %s %s", file.pk, type(failure).__name__)
        _fail(file, UNKNOWN)


def _ours(file: EditionFile) -> Any:
    """The file as long as it is still this worker's to make."""
    return EditionFile.objects.filter(
        pk=file.pk, state=Making.MAKING, started_at=file.started_at
    )  # fmt: skip


def _tell(file: EditionFile, **fields: Any) -> None:
    if not _ours(file).update(**fields):
        raise _Superseded


def _fail(file: EditionFile, problem: str) -> None:
    _ours(file).update(state=Making.FAILED, problem=problem[:300], finished_at=clock.now())


@transaction.atomic
def _finish(file: EditionFile, made: bytes) -> None:
    key = keep_bytes(made, hashlib.sha256(made).hexdigest())
    _ours(file).update(
        state=Making.READY, content=key, done=file.total, problem="", finished_at=clock.now()
    )
