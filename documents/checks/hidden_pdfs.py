"""What a PDF holds besides the pages that one sees."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Stream

from core.dates import count
from documents.checks import pdfs

MOST_PAGES = 500  # whose drawing is read
INFO = {
    "/Author": "author", "/Title": "title", "/Subject": "subject", "/Keywords": "keywords",
    "/Manager": "manager", "/Company": "organisation",
}  # fmt: skip
XMP = {"dc:creator": "author", "dc:title": "title", "dc:description": "description",
       "pdf:Author": "author"}  # fmt: skip
LINKS = {"/Link", "/Widget", "/Popup"}
DEEPEST = 5
SHOWS, UNSEEN = {"Tj", "TJ", "'", '"'}, (3, 7)


def found(content: bytes) -> Iterator[str]:
    """Each hidden thing, in words."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        yield from _metadata(pdf)
        if len(pdf.attachments):
            yield f"Holds {count(len(pdf.attachments), 'other file')} inside it"
        if "a script" in pdfs.active(pdf):
            yield "Holds a script"
        yield from _annotations(pdf)
        yield from _form(pdf)
        yield from _layers(pdf)
        unseen = sum(_invisible(page) for page in pdf.pages[:MOST_PAGES])
        if unseen:
            yield (
                f"Holds text that is not shown, on {count(unseen, 'page')} (scanned pages have it "
                "so that they can be searched)"
            )
        if len(pdf.pages) > MOST_PAGES:
            yield f"Only the first {MOST_PAGES} pages were looked through for text not shown"


def _metadata(pdf: pikepdf.Pdf) -> Iterator[str]:
    said = set()
    info = pdf.trailer.get("/Info")
    for key, words in INFO.items():
        value = _short(info.get(key)) if isinstance(info, Dictionary) else ""
        if value:
            said.add((words, value))
            yield f"Names its {words}: {value}"
    if "/Metadata" not in pdf.Root:
        return
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as more:
        for key, words in XMP.items():
            value = _short(_plain(more.get(key)))
            if value and (words, value) not in said:
                yield f"Names its {words}: {value}"


def _plain(value: Any) -> str:
    if isinstance(value, list | set | tuple):
        return ", ".join(map(str, value))
    return str(value or "")


def _annotations(pdf: pikepdf.Pdf) -> Iterator[str]:
    notes = authors = 0
    for page in pdf.pages:
        for note in page.obj.get("/Annots", []):
            if isinstance(note, Dictionary) and str(note.get("/Subtype")) not in LINKS:
                notes += 1
                authors += "/T" in note
    if notes:
        named = ", with the names of who made them" if authors else ""
        yield f"Holds {count(notes, 'comment')} or marks{named}"


def _form(pdf: pikepdf.Pdf) -> Iterator[str]:
    form: Any = pdf.Root.get("/AcroForm")
    fields: Any = form.get("/Fields", []) if isinstance(form, Dictionary) else []
    if len(fields):
        yield f"Holds {count(len(fields), 'form field')}: look what is filled in"


def _layers(pdf: pikepdf.Pdf) -> Iterator[str]:
    shown: Any = pdf.Root.get("/OCProperties")
    usual = shown.get("/D") if isinstance(shown, Dictionary) else None
    if not isinstance(usual, Dictionary):
        return
    off = len(usual.get("/OFF", []))
    if str(usual.get("/BaseState", "/ON")) == "/OFF":
        off = len(shown.get("/OCGs", [])) - len(usual.get("/ON", []))
    if off > 0:
        yield f"Holds {count(off, 'layer')} that {'is' if off == 1 else 'are'} switched off"


def _invisible(page: pikepdf.Page) -> bool:
    """Whether a page draws letters in the way that is never shown (text rendering mode 3)."""
    return _draws_unseen(page.obj, page.obj.get("/Resources"), 0)


def _draws_unseen(drawing: Any, resources: Any, depth: int) -> bool:
    mode, modes = 0, []
    for each in pikepdf.parse_content_stream(drawing):
        operands: Any = each.operands
        name = str(each.operator)
        if name == "q":
            modes.append(mode)
        elif name == "Q" and modes:
            mode = modes.pop()
        elif name == "Tr" and operands:
            mode = int(operands[0])
        unseen = name in SHOWS and mode in UNSEEN
        if unseen or (name == "Do" and _form_unseen(operands, resources, depth)):
            return True
    return False


def _form_unseen(operands: Any, resources: Any, depth: int) -> bool:
    """The same of a drawing that the page uses."""
    if depth >= DEEPEST:
        return False
    drawings = resources.get("/XObject") if isinstance(resources, Dictionary) else None
    form = drawings.get(str(operands[0])) if isinstance(drawings, Dictionary) else None
    if not isinstance(form, Stream) or form.get("/Subtype") != Name.Form:
        return False
    return _draws_unseen(form, form.get("/Resources", resources), depth + 1)


def _short(value: Any) -> str:
    text = re.sub(r"\s+", " ", str(value or "")).strip()
    return text if len(text) <= 80 else f"{text[:79]}…"
