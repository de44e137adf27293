"""Restricted files on their way to a reader, each with the reader's name and the moment in it."""

import io
import re
import zipfile
from typing import Any
from xml.sax.saxutils import escape

import pikepdf

from core import clock
from core.dates import moment
from core.markings import Marking
from dhr.models import Review
from documents.files import marks
from documents.models import Document, Version
from meetings.packs.stamps import Stamps

PDF = "application/pdf"
# Where the text of an office file begins, and what a paragraph of it looks like.
BODIES = {
    "word/document.xml": (
        re.compile(rb"<(?P<prefix>[\w.-]+:)?body[^>]*>"),
        "<{0}p><{0}r><{0}t>{1}</{0}t></{0}r></{0}p>",
    ),
    "content.xml": (
        re.compile(rb"<(?P<prefix>office:)text[^>]*>(?:\s*<text:sequence-decls>.*?"
                   rb"</text:sequence-decls>)?", re.DOTALL),
        '<text:p xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">{1}</text:p>',
    ),
}  # fmt: skip


def stamped(content: bytes, content_type: str, stamp: str) -> bytes:
    """The file with a stamp: on each page of a PDF, at the top of a text. Others as they are."""
    if content_type.partition(";")[0] == PDF:
        return _pdf(content, stamp)
    if content.startswith(b"PK"):
        return _text(content, f"{Marking.SENSITIVE.label}. {stamp}")
    return content


def taken_by(user: Any) -> str:
    """Who takes a file, and when: it stands in every file of a review."""
    return f"Taken by {user}, {moment(clock.now())}"


def _of_review(document: Document, version: Version, user: Any) -> bytes | None:
    """A paper of a review, stamped; nothing for other papers."""
    if not Review.objects.filter(group=document.group_id).exists():
        return None
    return stamped(bytes(version.content.data), version.content_type, taken_by(user))


marks.append(_of_review)


def _pdf(content: bytes, stamp: str) -> bytes:
    kept = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        stamps = Stamps(pdf)
        for page in pdf.pages:
            stamps.put(page, stamp, restricted=True)
        pdf.save(kept)
    return kept.getvalue()


def _text(content: bytes, stamp: str) -> bytes:
    kept = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as archive,
        zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for part in archive.infolist():
            data = archive.read(part)
            if part.filename in BODIES:
                data = _begun(data, stamp, *BODIES[part.filename])
            made.writestr(part, data)
    return kept.getvalue()


def _begun(data: bytes, stamp: str, begins: re.Pattern[bytes], paragraph: str) -> bytes:
    found = begins.search(data)
    if found is None:
        return data
    prefix = (found["prefix"] or b"").decode()
    line = paragraph.format(prefix, escape(stamp)).encode()
    return data[: found.end()] + line + data[found.end() :]
