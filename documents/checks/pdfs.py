"""PDFs: opened, counted, and free of what runs, opens or carries something else."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pikepdf
from django.core.exceptions import ValidationError
from pikepdf import Array, Dictionary, Stream

MOST_OBJECTS = 500_000

# A stream that unpacks to more than this is a bomb; pictures and fonts are never unpacked here.
pikepdf.settings.set_qpdf_limits(flate_max_memory=60_000_000, doc_max_warnings=1000)

# What a reader would run, open or fetch, by the key under which it stands, or by its kind.
KEYS = {
    "/JS": "a script",
    "/JavaScript": "a script",
    "/EmbeddedFiles": "another file inside it",
    "/EF": "another file inside it",
    "/RichMedia": "a film or an animation",
    "/RichMediaContent": "a film or an animation",
    "/XFA": "a form that runs by itself (XFA)",
}
ACTIONS = {
    "/JavaScript": "a script",
    "/Launch": "an instruction to start a program",
    "/ImportData": "an instruction to fetch data",
    "/SubmitForm": "an instruction to send data away",
    "/Rendition": "a film or a sound",
    "/Movie": "a film or a sound",
    "/Sound": "a film or a sound",
    "/GoToE": "another file inside it",
}


def look(content: bytes, kind: Any) -> int:
    """How many pages it has. Raises ``ValidationError`` for locks, scripts and enclosures."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                raise _locked()
            if len(pdf.objects) > MOST_OBJECTS:
                raise ValidationError("The PDF is too complicated. Save it again as a PDF", "bomb")
            for found in active(pdf):
                says = f"The PDF holds {found}. Print it to PDF, and send that"
                raise ValidationError(says, "active")
            pages = len(pdf.pages)
    except pikepdf.PasswordError:
        raise _locked() from None
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, RecursionError):
        raise ValidationError("The PDF is damaged. Save it again", "damaged") from None
    if not pages:
        raise ValidationError("The PDF has no pages", "damaged")
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise ValidationError("The file is two kinds of file at once. Print it to PDF", "two")
    return pages


def _locked() -> ValidationError:
    return ValidationError("The PDF is locked. Send a copy without protection", "lock")


def active(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Each thing that does not belong in a paper, in words."""
    waiting: list[Any] = list(pdf.objects)
    while waiting:
        each = waiting.pop()
        if isinstance(each, Array):
            waiting.extend(item for item in each if _holds_more(item))
        elif isinstance(each, Dictionary | Stream):
            entries = dict(each.items())
            yield from (KEYS[key] for key in entries if key in KEYS)
            yield from (
                ACTIONS[str(entries[key])]
                for key in ("/S", "/Subtype")
                if key in entries and str(entries[key]) in ACTIONS
            )
            waiting.extend(value for value in entries.values() if _holds_more(value))


def _holds_more(value: Any) -> bool:
    """Direct arrays and dictionaries; what is referred to comes by itself."""
    return isinstance(value, Array | Dictionary) and not value.is_indirect
