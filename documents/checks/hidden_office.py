"""What an office file holds besides what is printed: changes, comments, hidden parts, names."""

import re
import zipfile
from collections.abc import Iterator
from typing import Any

from defusedxml import ElementTree as Xml

from core.dates import count

MOST = 60_000_000  # bytes of one part that are read
PROPERTIES = {
    "creator": "author", "initial-creator": "author", "lastModifiedBy": "who last saved it",
    "manager": "manager", "Manager": "manager", "company": "organisation",
    "Company": "organisation", "keywords": "keywords", "keyword": "keywords",
    "subject": "subject", "description": "description", "title": "title",
}  # fmt: skip
# Elements by their local name, and what they are; each is counted once.
CHANGES = {"ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "changed-region"}
UNSEEN_TEXT = {"vanish", "webHidden"}
HIDDEN_WORDS = {"hidden-text", "hidden-paragraph"}


def found(archive: zipfile.ZipFile) -> Iterator[str]:
    """Each hidden thing, in words."""
    names = archive.namelist()
    for name in names:
        path = name.lower()
        if path in {"docprops/core.xml", "docprops/app.xml", "meta.xml"}:
            yield from _properties(_parsed(archive, name))
        elif path.startswith("docprops/custom"):
            yield "Holds properties of its own making"
        elif re.fullmatch(r"(word|xl|ppt)/.*comments?\d*\.xml", path) and "author" not in path:
            yield from _comments(_parsed(archive, name))
        elif path.startswith("xl/revisions/"):
            yield "Holds tracked changes"
    yield from _main(archive, names)


def _main(archive: zipfile.ZipFile, names: list[str]) -> Iterator[str]:
    notes = 0
    for name in names:
        path = name.lower()
        if re.fullmatch(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml", path):
            yield from _words(archive, name)
        elif path == "xl/workbook.xml":
            yield from _sheets(_parsed(archive, name))
        elif re.fullmatch(r"xl/worksheets/sheet\d+\.xml", path):
            yield from _rows(archive, name)
        elif re.fullmatch(r"ppt/slides/slide\d+\.xml", path):
            yield from _slide(archive, name)
        elif re.fullmatch(r"ppt/notesslides/notesslide\d+\.xml", path):
            notes += 1
        elif path in {"content.xml", "styles.xml"}:
            yield from _open_document(archive, name)
    if notes:
        yield f"Holds speaker’s notes on {count(notes, 'slide')}"


def _properties(root: Any) -> Iterator[str]:
    for each in root.iter():
        words, value = PROPERTIES.get(_local(each.tag)), (each.text or "").strip()
        if words and value:
            short = value if len(value) <= 80 else f"{value[:79]}…"
            yield (
                f"Names {words}: {short}"
                if words.startswith("who")
                else (f"Names its {words}: {short}")
            )


def _comments(root: Any) -> Iterator[str]:
    number = sum(_local(each.tag) in {"comment", "cm", "threadedComment"} for each in root.iter())
    if number:
        yield "Holds comments"


def _words(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    for tag, attributes in _elements(archive, name):
        if tag in CHANGES:
            yield "Holds tracked changes"
        elif tag in UNSEEN_TEXT and attributes.get("val") not in {"0", "false", "off"}:
            yield "Holds hidden text"
        elif tag in {"commentReference", "commentRangeStart"}:
            yield "Holds comments"


def _sheets(root: Any) -> Iterator[str]:
    for each in root.iter():
        if _local(each.tag) == "sheet" and each.get("state") in {"hidden", "veryHidden"}:
            yield f"Holds a hidden sheet: {each.get('name', 'without a name')}"
        elif _local(each.tag) == "definedName" and each.get("hidden") == "1":
            yield "Holds hidden names"


def _rows(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    for tag, attributes in _elements(archive, name):
        if tag in {"row", "col"} and attributes.get("hidden") in {"1", "true"}:
            yield "Holds hidden rows or columns"


def _slide(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    for tag, attributes in _elements(archive, name):
        if tag == "sld" and attributes.get("show") in {"0", "false"}:
            yield "Holds a hidden slide"
        elif tag == "cNvPr" and attributes.get("hidden") in {"1", "true"}:
            yield "Holds hidden objects on a slide"


def _open_document(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    for tag, attributes in _elements(archive, name):
        unseen = attributes.get("display") in {"none", "false"}
        folded = attributes.get("visibility") in {"collapse", "filter"}
        if tag in CHANGES:
            yield "Holds tracked changes"
        elif tag == "annotation":
            yield "Holds comments"
        elif tag in HIDDEN_WORDS or (tag in {"section", "text-properties"} and unseen):
            yield "Holds hidden text"
        elif tag in {"table-row", "table-column"} and folded:
            yield "Holds hidden rows or columns"
        elif tag == "table-properties" and unseen:
            yield "Holds a hidden sheet"


def _elements(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Every element of a part with its attributes, both without their namespaces."""
    if archive.getinfo(name).file_size > MOST:
        raise ValueError(name)
    with archive.open(name) as part:
        for _, each in Xml.iterparse(part, events=("end",)):
            yield _local(each.tag), {_local(key): value for key, value in each.attrib.items()}
            each.clear()


def _parsed(archive: zipfile.ZipFile, name: str) -> Any:
    if archive.getinfo(name).file_size > MOST:
        raise ValueError(name)
    return Xml.fromstring(archive.read(name))


def _local(tag: Any) -> str:
    return str(tag).rpartition("}")[2]
