"""Office files: zip archives of XML, measured before they are unpacked.

No macros, no programs, no password, nothing that fetches from elsewhere, no archive in an archive
but an office file that another one shows (a chart's figures).
"""

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any, NoReturn
from urllib.parse import urlsplit
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml import ElementTree as Xml
from django.core.exceptions import ValidationError

MOST_ENTRIES = 5_000
MOST_BYTES = 400_000_000  # unpacked, all together
HIGHEST_RATIO = 150  # of what is over ten million bytes
MOST_OF_A_LIST = 8_000_000  # the lists of parts and of links, which are read whole
DEEPEST = 1

TYPES = "[Content_Types].xml"
ENDINGS_OF_PROGRAMS = (
    ".exe", ".dll", ".com", ".scr", ".bat", ".cmd", ".ps1", ".vbs", ".js", ".jar", ".hta", ".lnk",
    ".msi", ".sh", ".py",
)  # fmt: skip

# What other office files call themselves.
WORDS = {
    "damaged": "a damaged or locked zip archive",
    "macros": "an Office file with macros",
    "other office": "another kind of Office file",
}
# Links that a reader follows only when asked, or asks before it follows.
ASKED = ("/hyperlink", "/externalLinkPath")

# What reading a broken archive raises: ways of packing that are not known, streams cut off.
BROKEN = (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, OSError, ValueError,
          KeyError, zlib.error)  # fmt: skip


@dataclass(slots=True)
class Measure:
    """What has been seen so far of one file, with all that is inside it."""

    entries: int = 0
    bytes: int = 0


def mark(content: bytes) -> str:
    """What an archive calls itself: its ``mimetype``, or the kind of its main part.

    One that cannot be read is ``damaged``; one that is only a zip archive has no name.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if "mimetype" in names:
                return _some(archive, "mimetype", 200).decode("ascii", "replace").strip()
            if TYPES not in names:
                return ""
            listed = _some(archive, TYPES, MOST_OF_A_LIST).decode("utf-8", "replace")
    except (ValidationError, *BROKEN):
        return "damaged"
    if "macroEnabled" in listed:
        return "macros"
    for part in ("wordprocessingml.document", "spreadsheetml.sheet", "presentationml.presentation"):
        kind = f"application/vnd.openxmlformats-officedocument.{part}.main+xml"
        if f'"{kind}"' in listed:
            return kind
    return "other office"


def look(content: bytes, kind: Any) -> None:
    """Measure, then look at every part. Raises ``ValidationError`` with what is wrong."""
    try:
        _look(content, Measure(), depth=0)
    except DefusedXmlException:
        _refuse("defines its own entities, which office programs never do", "entities")
    except (ParseError, *BROKEN):
        _refuse("is damaged. Open it, save it again, and send that", "damaged")


def _look(content: bytes, measure: Measure, *, depth: int) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        _measure(parts, measure)
        for part in parts:
            _look_at_name(part.filename)
        for part in parts:
            if not part.is_dir():
                _look_at(archive, part, measure, depth=depth)


def _measure(parts: list[zipfile.ZipInfo], measure: Measure) -> None:
    """The caps, from the archive's own list: nothing has been unpacked yet."""
    measure.entries += len(parts)
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    measure.bytes += unpacked
    if measure.entries > MOST_ENTRIES or measure.bytes > MOST_BYTES:
        _refuse("unpacks to more than a paper can be", "bomb")
    if unpacked > 10_000_000 and unpacked > HIGHEST_RATIO * max(packed, 1):
        _refuse("unpacks to more than a paper can be", "bomb")
    if len({part.filename for part in parts}) < len(parts):
        _refuse("holds two parts of the same name", "damaged")
    if any(part.flag_bits & 1 for part in parts):
        _refuse("is locked with a password. Save a copy without one, and send that", "lock")


def _look_at_name(name: str) -> None:
    path = name.replace("\\", "/").lower()
    if path.startswith("/") or ".." in path.split("/") or ":" in path.split("/")[0]:
        _refuse("holds a part that would be unpacked outside it", "traversal")
    base = posixpath.basename(path)
    folder = path.split("/")[0]
    if base.startswith("vbaproject") or "/macrosheets/" in path or folder in {"basic", "scripts"}:
        _refuse("holds macros. Save a copy without them, and send that", "macros")
    if "/activex/" in f"/{path}" or base.startswith("oleobject"):
        _refuse("holds an embedded object. Save it as a PDF, and send that", "embedded")
    if base.endswith(ENDINGS_OF_PROGRAMS):
        _refuse("holds a program", "program")


def _look_at(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, measure: Measure, *, depth: int
) -> None:
    name = part.filename.lower()
    start = _some(archive, part.filename, 4, whole=False)
    if start.startswith(b"PK"):
        if depth >= DEEPEST:
            _refuse("holds archives inside archives", "nested")
        inner = archive.read(part)
        if not mark(inner):
            _refuse("holds a zip archive", "nested")
        _look(inner, measure, depth=depth + 1)
    elif start.startswith((b"MZ", b"\x7fELF")):
        _refuse("holds a program", "program")
    elif start == b"\xd0\xcf\x11\xe0":
        _refuse("holds an embedded object. Save it as a PDF, and send that", "embedded")
    elif name.endswith((".xml", ".rels", ".rdf")):
        _look_at_xml(archive, part, name)


def _look_at_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    if name.endswith(".rels"):
        for link in Xml.fromstring(_some(archive, part.filename, MOST_OF_A_LIST), forbid_dtd=True):
            _look_at_link(link)
    elif name == TYPES.lower():
        listed = _some(archive, part.filename, MOST_OF_A_LIST)
        Xml.fromstring(listed, forbid_dtd=True)
        if b"macroEnabled" in listed or b"vbaProject" in listed:
            _refuse("holds macros. Save a copy without them, and send that", "macros")
    elif name == "meta-inf/manifest.xml":
        listed = _some(archive, part.filename, MOST_OF_A_LIST)
        Xml.fromstring(listed)
        if b"encryption-data" in listed:
            _refuse("is locked with a password. Save a copy without one, and send that", "lock")
    else:
        # Entities are defined before the first element, so it is enough to read as far as that.
        with archive.open(part) as lines:
            next(iter(Xml.iterparse(lines, events=("start",), forbid_dtd=True)), None)


def _look_at_link(link: Any) -> None:
    """A link that is followed without asking must not lead to another computer."""
    if link.get("TargetMode") != "External" or str(link.get("Type", "")).endswith(ASKED):
        return
    target = str(link.get("Target", "")).replace("\\", "/")
    if urlsplit(target).netloc or target.startswith(("//", "file:////")):
        _refuse(
            "fetches something from another computer when it is opened (a template or a picture). "
            "Save it as a PDF, and send that",
            "fetches",
        )


def _some(archive: zipfile.ZipFile, name: str, most: int, *, whole: bool = True) -> bytes:
    """A part's bytes, up to so many; where it must be whole, more is refused."""
    with archive.open(name) as stream:
        found = stream.read(most)
        if whole and stream.read(1):
            _refuse("has a list of parts that is too long", "bomb")
        return found


def _refuse(says: str, code: str) -> NoReturn:
    raise ValidationError(f"The file {says}", code)
