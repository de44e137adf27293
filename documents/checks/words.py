"""The words of a file, for looking through them: what somebody who opens it could read.

Nothing is kept of them. A picture has none, and so has a scan.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import ElementTree as Xml

from documents.checks import pdf_words, texts
from documents.checks.hidden import BROKEN

MOST = 60_000_000  # bytes of one part that are read
TEXT = {"t", "delText", "v", "instrText"}
BLOCKS = {"p", "h", "si", "is", "c", "row", "table-cell"}
GAPS = {"tab", "br", "cr", "s", "line-break"}
OPEN_DOCUMENT = ("content.xml", "styles.xml", "meta.xml")
PARTS = ("word/", "xl/", "ppt/", "docprops/")


def words(content: bytes, content_type: str) -> str | None:
    """The words of a file, line by line; nothing where none can be read out of it."""
    kind = content_type.partition(";")[0]
    try:
        if kind == "application/pdf":
            found = pdf_words.words(content)
        elif kind.startswith("text/"):
            found = texts.read(content) or ""
        elif content.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                found = "\n".join(_office(archive))
        else:
            found = ""
    except (*BROKEN, ParseError):
        return None
    return found if found.strip() else None


def _office(archive: zipfile.ZipFile) -> Iterator[str]:
    for name in archive.namelist():
        path = name.lower()
        if archive.getinfo(name).file_size > MOST:
            continue
        if path in OPEN_DOCUMENT:
            yield "".join(_of_open_document(Xml.fromstring(archive.read(name))))
        elif path.startswith(PARTS) and path.endswith(".xml"):
            yield "".join(_of_open_xml(Xml.fromstring(archive.read(name))))


def _of_open_xml(root: Any) -> Iterator[str]:
    """The text of each run, put together within its paragraph."""
    name = _local(root)
    if name in TEXT or (root.text and root.text.strip() and not len(root)):
        yield root.text or ""
    for each in root:
        yield from _of_open_xml(each)
    yield _end(name)


def _of_open_document(root: Any, inside: bool = False) -> Iterator[str]:
    """The text within paragraphs and headings, and of what says who wrote it."""
    name = _local(root)
    inside = inside or name in {"p", "h"} or not len(root)
    if root.text and inside:
        yield root.text
    for each in root:
        yield from _of_open_document(each, inside)
        if each.tail and inside:
            yield each.tail
    yield _end(name)


def _end(name: str) -> str:
    if name in BLOCKS:
        return "\n"
    return " " if name in GAPS else ""


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
