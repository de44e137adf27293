"""Putting the files of packs together, in the background: each once, whoever asks how often.

A file that waits is claimed in a transaction of its own, so that its progress can be seen and two
workers never make the same one. One whose worker died is taken up again after five minutes.
"""

import datetime
import hashlib
import logging
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Q

from core import clock
from core.pdf import PDFUnavailable
from documents.models import Content
from documents.workflow.papers import keep
from meetings.models import Making, Meeting, Pack, PackFile, PackPart
from meetings.packs import assemble, sheets
from meetings.packs.shapes import Entry, PackFailed
from meetings.queries.books import book_of, parts_in
from meetings.queries.packs import online

logger = logging.getLogger("csp.packs")

HANGS = datetime.timedelta(minutes=5)
MOST_BYTES = 300 * 1024**2
UNKNOWN = "Something went wrong that we did not expect. Try again; then tell who runs the service."


class _Superseded(Exception):
    """Somebody else has taken the file over."""


def make_waiting(meeting: Meeting | None = None) -> int:
    """Put together every file that waits or hangs, of one meeting or of all; how many."""
    made = 0
    while (file := _claimed(meeting)) is not None:
        _make(file)
        made += 1
    return made


@transaction.atomic
def _claimed(meeting: Meeting | None = None) -> PackFile | None:
    now = clock.now()
    hangs = Q(state=Making.MAKING, started_at__lt=now - HANGS)
    free = PackFile.objects.select_for_update(skip_locked=True, of=("self",))
    free = free.filter(Q(state=Making.WAITING) | hangs)
    if meeting is not None:
        free = free.filter(pack__meeting=meeting)
    file = free.select_related("pack__meeting__group__partnership").order_by("pk").first()
    if file is not None:
        file.state, file.started_at, file.done = Making.MAKING, now, 0
        file.save(update_fields=["state", "started_at", "done"])
    return file


def _make(file: PackFile) -> None:
    try:
        made = pack_bytes(file.pack, file.rendition, progress=lambda done: _tell(file, done=done))
    except _Superseded:
        return
    except (PackFailed, PDFUnavailable) as failure:
        _fail(file, str(failure))
    except Exception as failure:
        # Without a traceback: what it says may come out of a restricted paper.
        logger.error("pack-failed %s %s", file.pk, type(failure).__name__)
        _fail(file, UNKNOWN)
    else:
        _finish(file, made)


def _ours(file: PackFile) -> Any:
    """The file as long as it is still this worker's to make."""
    return PackFile.objects.filter(pk=file.pk, state=Making.MAKING, started_at=file.started_at)


def _tell(file: PackFile, **fields: Any) -> None:
    if not _ours(file).update(**fields):
        raise _Superseded


def _fail(file: PackFile, problem: str) -> None:
    _ours(file).update(state=Making.FAILED, problem=problem[:300], finished_at=clock.now())


@transaction.atomic
def _finish(file: PackFile, made: bytes) -> None:
    key = keep(made, hashlib.sha256(made).hexdigest())
    _ours(file).update(
        state=Making.READY, content=key, done=file.total, problem="", finished_at=clock.now()
    )


def pack_bytes(
    pack: Pack, rendition: str, *, user: Any = None, progress: Any = lambda done: None
) -> bytes:
    """The PDF of a pack. With a ``user``, without the papers that this reader has withdrawn from.

    Raises ``PackFailed`` with a sentence, and ``PDFUnavailable``.
    """
    book = book_of(pack, rendition, user)
    present = {entry.key: entry for entry in book.present}
    parts = [part for part in parts_in(pack, rendition) if part.paper_id in present]
    _refuse_too_large(parts)
    papers = _papers(parts, present, pack, rendition)
    return assemble.assemble(book, papers, progress=progress)


def _refuse_too_large(parts: list[PackPart]) -> None:
    keys = [part.version.content_id for part in parts]
    sizes = dict(Content.objects.filter(pk__in=keys).values_list("pk", "size"))
    total = sum(sizes[key] for key in keys)
    if total > MOST_BYTES:
        raise PackFailed(
            f"The papers are {total // 1024**2} MB together, and a pack holds up to "
            f"{MOST_BYTES // 1024**2} MB. They open one by one on the meeting’s page."
        )


def _papers(
    parts: list[PackPart], present: dict[int, Entry], pack: Pack, rendition: str
) -> Iterator[tuple[Entry, bytes]]:
    for part in parts:
        entry, version = present[part.paper_id], part.version
        data = bytes(Content.objects.only("data").get(pk=version.content_id).data)
        address = online(part, pack.meeting, rendition)
        yield entry, sheets.as_pdf(entry, version.content_type, data, address=address)
