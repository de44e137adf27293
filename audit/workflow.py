"""Write the record. Nothing here can change or remove an entry."""

import uuid
from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any

from audit.models import Entry, ReadEntry

request_id: ContextVar[str] = ContextVar("request_id", default="")


def record(
    verb: str,
    subject: Any = None,
    *,
    by: Any,
    partnership: Any = None,
    sensitive: bool = False,
    group: Any = None,
    detail: dict[str, Any] | None = None,
) -> Entry:
    """Say that somebody did something, in the same transaction as the deed itself.

    ``sensitive`` entries are shown only to those who may read the group's restricted papers.
    """
    return Entry.objects.create(
        actor_id=_id(by),
        actor_name=str(by or ""),
        partnership=str(getattr(partnership, "slug", partnership) or ""),
        verb=verb,
        kind=_kind(subject),
        subject_id=_id(subject),
        subject=_name(subject),
        sensitive=sensitive,
        group_id=_id(group),
        detail=detail or {},
        request_id=request_id.get(),
    )


def record_read(subject: Any, *, by: Any, partnership: Any = None, group: Any = None) -> ReadEntry:
    """Say that somebody opens restricted text. If this cannot be written, nothing is shown."""
    entry = _read(subject, by, partnership, _id(group))
    entry.save(force_insert=True)
    return entry


def record_reads(subjects: Iterable[Any], *, by: Any, partnership: Any = None) -> int:
    """Say the same of every restricted record of a list, each with its ``group_id``; how many."""
    entries = [_read(each, by, partnership, str(each.group_id)) for each in subjects]
    return len(ReadEntry.objects.bulk_create(entries))


def _read(subject: Any, by: Any, partnership: Any, group_id: str) -> ReadEntry:
    return ReadEntry(
        actor_id=_id(by),
        actor_name=str(by),
        partnership=str(getattr(partnership, "slug", partnership) or ""),
        kind=_kind(subject),
        subject_id=_id(subject),
        subject=_name(subject),
        group_id=group_id,
        request_id=request_id.get(),
    )


def new_request_id() -> str:
    """A fresh identifier that ties the entries of one request together."""
    return str(uuid.uuid4())


def _id(thing: Any) -> str:
    return str(thing.pk) if getattr(thing, "pk", None) is not None else ""


def _name(thing: Any) -> str:
    """What it calls itself in the record, if that is to say less than its own name."""
    return str(getattr(thing, "name_in_record", None) or thing or "")[:300]


def _kind(thing: Any) -> str:
    return str(thing._meta.verbose_name) if hasattr(thing, "_meta") else ""
