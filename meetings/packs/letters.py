"""How wide letters are in the font that we print with, and the font itself for stamps.

``fontTools`` is imported when the first letter is measured: it would be a seventh of the memory of
every process, and few of them put a pack together.
"""

import importlib
import io
import logging
from functools import cache
from typing import Any

from django.contrib.staticfiles import finders
from pikepdf import Array, Dictionary, Name, Pdf

FONT = "fonts/source-sans-3-latin-400-normal.woff2"
NAME = "CSPPCK+SourceSans3-Regular"
STAMPED = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-. \u00b7,:'\u2019"
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿß"
)
EM = 1000


@cache
def widths() -> dict[int, int]:
    """The width of each letter of the font, by its code, in thousandths of the size."""
    font = _font()
    return {code: font["hmtx"][name][0] for code, name in font.getBestCmap().items()}


def width(text: str, size: float) -> float:
    """How wide a text is in points; a letter that the font lacks counts as wide as it is high."""
    known = widths()
    return sum(known.get(ord(letter), EM) for letter in text) * size / EM


def _font() -> Any:
    path = finders.find(FONT)
    if not path:
        raise FileNotFoundError(FONT)
    logging.getLogger("fontTools").setLevel(logging.WARNING)
    return importlib.import_module("fontTools.ttLib").TTFont(path, recalcTimestamp=False)


@cache
def _stamped() -> tuple[bytes, dict[str, int], dict[int, int], dict[str, int]]:
    """The letters that stamps are made of: the font's bytes, glyphs, widths, and its measures."""
    font = _font()
    subset = importlib.import_module("fontTools.subset")
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True)
    cut = subset.Subsetter(options)
    cut.populate(text=STAMPED)
    cut.subset(font)
    font.flavor = None
    buffer = io.BytesIO()
    font.save(buffer)
    names = font.getBestCmap()
    glyphs = {letter: font.getGlyphID(names[ord(letter)]) for letter in STAMPED}
    advances = {font.getGlyphID(name): font["hmtx"][name][0] for name in names.values()}
    head, line = font["head"], font["hhea"]
    measures = {
        "xMin": head.xMin, "yMin": head.yMin, "xMax": head.xMax, "yMax": head.yMax,
        "ascent": line.ascent, "descent": line.descent,
    }  # fmt: skip
    return buffer.getvalue(), glyphs, advances, measures


def encoded(text: str) -> str:
    """The text as the stamps' font wants it, in hexadecimal; letters it lacks become spaces."""
    glyphs = _stamped()[1]
    return "".join(f"{glyphs.get(letter, glyphs[' ']):04x}" for letter in text)


def embed(pdf: Pdf) -> Any:
    """Put the stamps' font into a PDF, whole enough to be copied out and read aloud."""
    data, glyphs, advances, measures = _stamped()
    file = pdf.make_stream(data, Length1=len(data))
    box = Array([measures[side] for side in ("xMin", "yMin", "xMax", "yMax")])
    descriptor = pdf.make_indirect(Dictionary(
        Type=Name.FontDescriptor, FontName=Name(f"/{NAME}"), Flags=4, FontBBox=box,
        ItalicAngle=0, Ascent=measures["ascent"], Descent=measures["descent"],
        CapHeight=660, StemV=80, FontFile2=file,
    ))  # fmt: skip
    lengths: list[Any] = []
    for glyph, advance in sorted(advances.items()):
        lengths += [glyph, Array([advance])]
    descendant = pdf.make_indirect(Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name(f"/{NAME}"),
        CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=descriptor, W=Array(lengths), CIDToGIDMap=Name.Identity,
    ))  # fmt: skip
    return pdf.make_indirect(Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name(f"/{NAME}"),
        Encoding=Name("/Identity-H"), DescendantFonts=Array([descendant]),
        ToUnicode=pdf.make_stream(_to_unicode(glyphs)),
    ))  # fmt: skip


def _to_unicode(glyphs: dict[str, int]) -> bytes:
    pairs = [f"<{glyph:04x}> <{ord(letter):04x}>" for letter, glyph in glyphs.items()]
    lines = [
        "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def", "/CMapType 2 def",
        "1 begincodespacerange", "<0000> <ffff>", "endcodespacerange",
        f"{len(pairs)} beginbfchar", *pairs, "endbfchar", "endcmap",
        "CMapName currentdict /CMap defineresource pop", "end", "end",
    ]  # fmt: skip
    return "\n".join(lines).encode()
