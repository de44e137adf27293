"""The kinds of file that are taken, and what a file really is, whatever its name says."""

from collections.abc import Callable
from dataclasses import dataclass

import puremagic
from django.core.exceptions import ValidationError

from documents.checks import office, pdfs, pictures, texts
from documents.checks.names import ending

# Looks inside: raises ValidationError, or gives the number of pages where that is known.
Look = Callable[[bytes, "Kind"], int | None]

OPEN_XML = "application/vnd.openxmlformats-officedocument."
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file; ``mark`` is what its inside calls itself, where several share a shape."""

    words: str
    endings: tuple[str, ...]
    content_type: str
    look: Look
    mark: str = ""


PDF = Kind("a PDF", ("pdf",), "application/pdf", pdfs.look)
WORD = Kind(
    "a Word document", ("docx",), f"{OPEN_XML}wordprocessingml.document", office.look,
    f"{OPEN_XML}wordprocessingml.document.main+xml",
)  # fmt: skip
EXCEL = Kind(
    "an Excel workbook", ("xlsx",), f"{OPEN_XML}spreadsheetml.sheet", office.look,
    f"{OPEN_XML}spreadsheetml.sheet.main+xml",
)  # fmt: skip
POWERPOINT = Kind(
    "a PowerPoint presentation", ("pptx",), f"{OPEN_XML}presentationml.presentation", office.look,
    f"{OPEN_XML}presentationml.presentation.main+xml",
)  # fmt: skip
ODT = Kind(
    "an OpenDocument text", ("odt",), f"{OPEN_DOCUMENT}text", office.look, f"{OPEN_DOCUMENT}text"
)
ODS = Kind(
    "an OpenDocument spreadsheet", ("ods",), f"{OPEN_DOCUMENT}spreadsheet", office.look,
    f"{OPEN_DOCUMENT}spreadsheet",
)  # fmt: skip
PNG = Kind("a PNG picture", ("png",), "image/png", pictures.look, "PNG")
JPEG = Kind("a JPEG picture", ("jpg", "jpeg"), "image/jpeg", pictures.look, "JPEG")
CSV = Kind("plain text", ("csv",), "text/csv; charset=utf-8", texts.look)
TEXT = Kind("plain text", ("txt",), "text/plain; charset=utf-8", texts.look)

TAKEN = (PDF, WORD, EXCEL, POWERPOINT, ODT, ODS, CSV, TEXT, PNG, JPEG)
SAYS = (
    "a PDF, Word (.docx), Excel (.xlsx), PowerPoint (.pptx), OpenDocument (.odt or .ods), CSV, "
    "plain text, PNG or JPEG file"
)
ACCEPT = ",".join(f".{each}" for kind in TAKEN for each in kind.endings)

OLDER = {"doc": "docx", "dot": "docx", "xls": "xlsx", "ppt": "pptx", "pps": "pptx"}
WITH_MACROS = {"docm": "docx", "dotm": "docx", "xlsm": "xlsx", "xlsb": "xlsx", "pptm": "pptx"}

# How files that are not taken begin, in the words of a person.
BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a Linux program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\xcf\xfa\xed\xfe", "a Mac program"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file, or one locked with a password"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "a Windows shortcut"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf'\x1c", "a 7-Zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"PK\x07\x08", "a zip archive in parts"),
)
RTF = b"{\\rtf"


def by_name(name: str) -> Kind:
    """The kind that a file's name claims. Raises ``ValidationError`` for one that is not taken."""
    claimed = ending(name)
    for kind in TAKEN:
        if claimed in kind.endings:
            return kind
    if claimed in WITH_MACROS:
        says = f"A .{claimed} file can hold macros. Save it as .{WITH_MACROS[claimed]} first"
    elif claimed in OLDER:
        says = f"A .{claimed} file is in an old format. Save it as .{OLDER[claimed]} first"
    elif claimed:
        says = f"Files ending in .{claimed[:20]} are not taken. Send {SAYS}"
    else:
        says = f"The file’s name has no ending such as .pdf. Send {SAYS}"
    raise ValidationError(says, "not taken")


def by_content(content: bytes) -> Kind:
    """What the bytes themselves say; for what is not taken, a kind with words and no endings."""
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"PK\x03\x04"):
        mark = office.mark(content)
        for kind in (WORD, EXCEL, POWERPOINT, ODT, ODS):
            if mark == kind.mark:
                return kind
        return _other(office.WORDS.get(mark, "a zip archive"))
    if content.startswith(RTF):
        return _other("a rich text (RTF) document")
    not_text = texts.why_not(content)
    if not_text is None:
        return TEXT
    known = (words for beginning, words in BEGINNINGS if content.startswith(beginning))
    return _other(not_text or next(known, "") or _named(content))


def mistaken(name: str, found: Kind) -> str:
    """The sentence for a file whose name says one thing and whose bytes another."""
    if found.endings:
        return f"“{name}” is really {found.words}. Give it a name that ends in .{found.endings[0]}"
    return f"“{name}” is really {found.words}. Send {SAYS}"


def _other(words: str) -> Kind:
    return Kind(words, (), "application/octet-stream", texts.look)


def _named(content: bytes) -> str:
    """Another library's name for it, which knows thousands of kinds."""
    try:
        found = puremagic.magic_string(content[:4096])
    except (puremagic.PureError, ValueError):
        return "not a kind of file that we know, or damaged"
    return f"something else ({found[0].name})" if found and found[0].name else "something else"
