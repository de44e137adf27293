"""Papers: sent in, replaced by newer versions, restricted, opened."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max

from audit.workflow import record, record_read
from core import clock, history
from core.markings import Marking
from core.permissions import Verdict, can, require
from documents.checks import Checked, check_upload
from documents.models import Content, Document, Version
from membership.models import Group
from membership.workflow.keeping import unchanged


@transaction.atomic
def add_document(
    group: Group, *, title: str, marking: str, by: Any, file: Any = None, content: bytes = b"",
    file_name: str = "", content_type: str = "", handling_note: str = "",
    allowed: Verdict | None = None,
) -> Document:  # fmt: skip
    """Send in a paper of a group, as a file or as bytes with a name; both are checked alike.

    ``content_type``, where given, must be what the bytes are. ``allowed`` is the verdict of a room
    above whose record the paper belongs to, such as the evidence of an action; without one, papers
    are the officers' to send in. Raises ``ValidationError`` by field and ``Refused``.
    """
    require(can(by, "send in papers", group) if allowed is None else allowed)
    document = Document(
        group=group, title=title.strip(), marking=marking, handling_note=handling_note.strip(),
        created_at=clock.now(), created_by=by,
    )  # fmt: skip
    document.clean_fields(exclude={"group", "created_by"})
    checked = checked_file(file if file is not None else ContentFile(content, file_name))
    if content_type and checked.content_type.partition(";")[0] != content_type.partition(";")[0]:
        raise ValidationError({"file": f"The file is {checked.content_type}, not {content_type}"})
    history.save(document, by=by)
    _keep_version(document, checked, number=1, by=by)
    note("sent in", document, by=by)
    return document


@transaction.atomic
def add_version(document: Document, *, file: Any, by: Any) -> Version:
    """Send in a newer version of a paper; the older ones stay. Raises ``ValidationError``."""
    current = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    require(can(by, "change", current))
    checked = checked_file(file)
    newest = current.versions.order_by("-number").first()
    if newest and newest.content_id == checked.sha256:
        raise ValidationError({"file": f"This is the same file as version {newest.number}"})
    latest = current.versions.aggregate(latest=Max("number"))["latest"] or 0
    version = _keep_version(current, checked, number=latest + 1, by=by)
    note(f"sent in version {version.number} of", current, by=by)
    return version


@transaction.atomic
def retitle(
    document: Document, *, title: str, handling_note: str = "", read: int | None = None, by: Any
) -> Document:
    """Give a paper another title, or say otherwise how it is to be handled.

    What has been sent out keeps the title that it had then. Raises ``ValidationError`` by field,
    ``Refused`` and, where it was changed since it was ``read``, ``Changed``.
    """
    current = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    require(can(by, "change", current))
    unchanged(current, read)
    words = (" ".join(title.split()), handling_note.strip())
    if words != (current.title, current.handling_note):
        current.title, current.handling_note = words
        current.clean_fields(exclude={"group", "created_by"})
        history.save(current, by=by, fields=["title", "handling_note"])
        note("changed the title or handling of", current, by=by)
    return current


@transaction.atomic
def open_file(document: Document, *, number: int, by: Any) -> Version:
    """One version with its bytes, for somebody who may open the paper.

    That a restricted one was opened is written down first: if that fails, nothing is opened.
    Raises ``Version.DoesNotExist`` and ``Refused``.
    """
    require(can(by, "open", document))
    version = document.versions.select_related("content").get(number=number)
    if document.restricted:
        record_read(document, by=by, partnership=document.partnership, group=document.group)
    return version


@transaction.atomic
def restrict(document: Document, *, by: Any) -> Document:
    """Mark a paper OFFICIAL-SENSITIVE, because what it belongs to has become so."""
    current = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    require(can(by, "change", current))
    if not current.restricted:
        current.marking = Marking.SENSITIVE
        history.save(current, by=by, fields=["marking"])
        note("restricted", current, by=by)
    return current


def checked_file(file: Any) -> Checked:
    """A file that a form has already checked is not checked again."""
    if isinstance(file, Checked):
        return file
    try:
        return check_upload(file)
    except ValidationError as wrong:
        raise ValidationError({"file": wrong}) from wrong


def _keep_version(document: Document, checked: Checked, *, number: int, by: Any) -> Version:
    return Version.objects.create(
        document=document, number=number, content_id=keep(checked.data, checked.sha256),
        file_name=checked.file_name, content_type=checked.content_type, pages=checked.pages,
        scanned=checked.scanned, created_at=clock.now(), created_by=by,
    )  # fmt: skip


def keep(data: bytes, sha256: str) -> str:
    """Keep bytes once, whoever sends them in first; gives their key."""
    if not Content.objects.filter(pk=sha256).exists():
        content = Content(sha256=sha256, data=data, size=len(data))
        Content.objects.bulk_create([content], ignore_conflicts=True)
    return sha256


def note(verb: str, document: Document, *, by: Any, **detail: Any) -> None:
    """Write the record of something done with a paper; of a restricted one, for the cleared."""
    record(
        verb, document, by=by, partnership=document.partnership, group=document.group,
        sensitive=document.restricted, detail=detail,
    )  # fmt: skip
