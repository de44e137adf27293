"""Papers that are no PDFs, as pages of a pack: text and tables typed out, pictures, and a sheet
for what only an office program can show.

How many pages each takes is counted when the pack is sent, without drawing anything: so lines are
measured and broken here, and a page never holds more than surely fits.
"""

import csv
import io
import re
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageOps

from core import pdf
from documents.checks import texts
from meetings.packs.letters import width
from meetings.packs.shapes import Entry

PDF = "application/pdf"
WORDS = {
    "wordprocessingml": "a Word document", "spreadsheetml": "an Excel workbook",
    "presentationml": "a PowerPoint presentation", "opendocument.text": "an OpenDocument text",
    "opendocument.spreadsheet": "an OpenDocument spreadsheet",
}  # fmt: skip

SIZE, ACROSS = 10.0, 488.0  # points
FIRST_LINES, LINES = 44, 49
DEEP, LINE_DEEP, ROW_EXTRA, CELL_EXTRA = 610.0, 13.5, 11.5, 10.0
MOST_COLUMNS, MOST_PAGES = 8, 200
LONGEST_SIDE = 2000  # pixels

_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")

Row = list[str]


@dataclass(frozen=True, slots=True)
class Sheets:
    """How a paper is typed out: the template, and what it shows on each page."""

    template: str
    pages: list[Any]


def count(content_type: str, data: bytes, pages: int | None) -> int:
    """How many pages a paper takes in a pack; ``pages`` is what is known of a PDF."""
    return pages or 1 if content_type == PDF else len(typed(content_type, data).pages)


def needs_reading(content_type: str) -> bool:
    """Whether its pages can be counted only by looking into the file."""
    return content_type.startswith("text/")


def as_pdf(entry: Entry, content_type: str, data: bytes, *, address: str) -> bytes:
    """The paper's pages. ``address`` is where it can be read online."""
    if content_type == PDF:
        return data
    sheets = typed(content_type, data)
    pictures = {"picture.jpg": _small(data)} if content_type.startswith("image/") else None
    context = {
        "entry": entry, "pages": sheets.pages, "address": address,
        "words": _words(content_type), "partnership": {"name": ""},
    }  # fmt: skip
    return pdf.render(sheets.template, context, pictures=pictures)


def typed(content_type: str, data: bytes) -> Sheets:
    """How a file that is no PDF stands in a pack."""
    if content_type.startswith("image/"):
        return Sheets("pdf/pack_picture.html", [None])
    if content_type.startswith("text/"):
        text = (
            _UNSEEN.sub("", texts.read(data) or "")
            .replace("\r\n", "\n")
            .replace("\r", "\n")
            .replace("\f", "\n")
        )
        tables = _tables(text) if content_type.startswith("text/csv") else []
        if 0 < len(tables) <= MOST_PAGES:
            return Sheets("pdf/pack_table.html", tables)
        pages = _pages(text)
        if len(pages) <= MOST_PAGES:
            return Sheets("pdf/pack_text.html", pages)
    return Sheets("pdf/pack_sheet.html", [None])


def _words(content_type: str) -> str:
    if content_type.startswith("text/"):
        return "a text too long to print"
    return next((words for key, words in WORDS.items() if key in content_type), "a file")


# ---- text ---------------------------------------------------------------------------------------


def _pages(text: str) -> list[str]:
    lines = [line for typed in text.expandtabs(4).split("\n") for line in _broken(typed, ACROSS)]
    while lines and not lines[-1].strip():
        lines.pop()
    pages = [lines[:FIRST_LINES]]
    for start in range(FIRST_LINES, len(lines), LINES):
        pages.append(lines[start : start + LINES])
    return ["\n".join(page) for page in pages]


def _broken(line: str, room: float) -> list[str]:
    """A line in pieces that fit, broken between words where it can be."""
    if width(line, SIZE) <= room:
        return [line]
    pieces, now, wide = [], "", 0.0
    for word in re.findall(r"\s*\S+|\s+$", line):
        long = width(word, SIZE)
        if wide + long <= room:
            now, wide = now + word, wide + long
            continue
        if now:
            pieces.append(now)
        now, wide = "", 0.0
        for letter in word.lstrip():
            step = width(letter, SIZE)
            if wide + step > room:
                pieces.append(now)
                now, wide = "", 0.0
            now, wide = now + letter, wide + step
    return [*pieces, now]


# ---- tables -------------------------------------------------------------------------------------


def _tables(text: str) -> list[list[Row]]:
    """The rows of each page, the headings first on every one; none where it is no neat table."""
    try:
        rows = [row for row in csv.reader(io.StringIO(text)) if any(row)]
    except csv.Error:
        return []
    columns = len(rows[0]) if rows else 0
    if not 1 < columns <= MOST_COLUMNS or any(len(row) != columns for row in rows):
        return []
    room = ACROSS / columns - CELL_EXTRA
    head, body = rows[0], rows[1:]
    pages, deep = [[head]], _deep(head, room)
    for row in body:
        step = _deep(row, room)
        if step + _deep(head, room) > DEEP:
            return []
        if deep + step > DEEP:
            pages.append([head])
            deep = _deep(head, room)
        pages[-1].append(row)
        deep += step
    return pages


def _deep(row: Row, room: float) -> float:
    lines = max(
        sum(len(_broken(line, room * 0.92)) for line in cell.split("\n")) for cell in row
    )  # fmt: skip
    return lines * LINE_DEEP + ROW_EXTRA


# ---- pictures -----------------------------------------------------------------------------------


def _small(data: bytes) -> bytes:
    """The picture upright, on white, no larger than print needs, and with nothing said in it."""
    with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
        turned = ImageOps.exif_transpose(picture)
        turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        drawn = turned.convert("RGBA")
        sheet = Image.new("RGB", drawn.size, "white")
        sheet.paste(drawn, mask=drawn.getchannel("A"))
    made = io.BytesIO()
    sheet.save(made, "JPEG", quality=88)
    return made.getvalue()
