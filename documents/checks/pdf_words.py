"""The words of a PDF, as somebody who copies them out would get them."""

import importlib
import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Stream, String

MOST_PAGES = 500
DEEPEST = 5
GAP = -200  # thousandths of a letter's height: wider apart is another word
NEW_LINE = {"T*", "'", '"', "ET"}

_PAIRS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_ONE = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(
    rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>\s*(?:<([0-9A-Fa-f\s]*)>|\[(.*?)\])", re.DOTALL
)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")

Decode = Callable[[bytes], str]


def words(content: bytes) -> str:
    """The text that its pages draw, in the order in which they draw it, and what it says of
    itself."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found = ["".join(_of(page.obj, page.obj.get("/Resources"), 0))
                 for page in pdf.pages[:MOST_PAGES]]  # fmt: skip
        info = pdf.trailer.get("/Info")
        if isinstance(info, Dictionary):
            found += [str(value) for value in info.values() if isinstance(value, String)]
    return "\n".join(found)


def _of(drawing: Any, resources: Any, depth: int) -> Iterator[str]:
    fonts = _part(resources, "/Font")
    decode: Decode = _latin
    for each in pikepdf.parse_content_stream(drawing):
        operands: Any = each.operands
        name = str(each.operator)
        if name == "Tf" and operands:
            decode = _decoder(fonts.get(str(operands[0])))
        elif name in {"Td", "TD", "Tm"}:
            yield _moved(name, operands)
        if name in {"'", '"'}:
            yield "\n"
        if name in {"Tj", "'", '"'} and operands:
            yield decode(bytes(operands[-1]))
        elif name == "TJ" and operands:
            yield from _spaced(operands[0], decode)
        elif name in NEW_LINE:
            yield "\n"
        elif name == "Do" and operands and depth < DEEPEST:
            form = _part(resources, "/XObject").get(str(operands[0]))
            if isinstance(form, Stream) and str(form.get("/Subtype")) == "/Form":
                yield from _of(form, form.get("/Resources", resources), depth + 1)


def _part(resources: Any, name: str) -> Any:
    found = resources.get(name) if isinstance(resources, Dictionary) else None
    return found if isinstance(found, Dictionary) else {}


def _moved(name: str, operands: Any) -> str:
    """Along the line is another word; to another line is a new one."""
    try:
        down = float(operands[5] if name == "Tm" else operands[1])
    except (IndexError, TypeError, ValueError):
        return "\n"
    return "\n" if name == "Tm" or down else " "


def _spaced(drawn: Any, decode: Decode) -> Iterator[str]:
    for each in drawn if isinstance(drawn, Array) else ():
        if isinstance(each, String):
            yield decode(bytes(each))
        elif float(each) < GAP:
            yield " "


# ---- letters of a font --------------------------------------------------------------------------


def _decoder(font: Any) -> Decode:
    """How the codes of a font read: by its own table, else by its encoding."""
    if not isinstance(font, Dictionary):
        return _latin
    table = font.get("/ToUnicode")
    wide = str(font.get("/Subtype")) == "/Type0"
    letters = _letters(table.read_bytes()) if isinstance(table, Stream) else _differences(font)
    step = 2 if wide else 1

    def decode(codes: bytes) -> str:
        keys = (int.from_bytes(codes[at : at + step]) for at in range(0, len(codes), step))
        return "".join(letters.get(key, "" if wide else _latin(bytes([key]))) for key in keys)

    return decode


def _latin(codes: bytes) -> str:
    return codes.decode("cp1252", "replace")


def _differences(font: Any) -> dict[int, str]:
    """The letters that the font's own encoding names."""
    encoding = font.get("/Encoding")
    named: Any = encoding.get("/Differences", []) if isinstance(encoding, Dictionary) else []
    letters, code = {}, 0
    for each in named:
        if isinstance(each, pikepdf.Name):
            letters[code] = _named(str(each)[1:])
            code += 1
        else:
            code = int(each)
    return letters


def _named(glyph: str) -> str:
    """The letter of a glyph's name. The list of them is read when the first one is asked for."""
    return str(importlib.import_module("fontTools.agl").toUnicode(glyph))


def _letters(table: bytes) -> dict[int, str]:
    letters: dict[int, str] = {}
    for block in _PAIRS.findall(table):
        for code, letter in _ONE.findall(block):
            letters[int(code, 16)] = _letter(letter)
    for block in _RANGES.findall(table):
        for first, last, start, each in _RANGE.findall(block):
            low, high = int(first, 16), min(int(last, 16), int(first, 16) + 0xFFFF)
            if each:
                letters.update(zip(range(low, high + 1), map(_letter, _HEX.findall(each)),
                                   strict=False))  # fmt: skip
            elif text := _letter(start):
                for step in range(high - low + 1):
                    letters[low + step] = text[:-1] + chr(min(ord(text[-1]) + step, 0x10FFFF))
    return letters


def _letter(digits: bytes) -> str:
    digits = bytes(digits).translate(None, b" \t\r\n")
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")
