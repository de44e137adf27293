"""The words of a PDF that we made, page by page, as somebody who copies them out would get them."""

import io
import re

import pikepdf

_PAIRS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f]+)>")


def pages(written: bytes) -> list[str]:
    """Each page's text in the order in which it is drawn; a line of text ends in a new line."""
    with pikepdf.open(io.BytesIO(written)) as document:
        return [_text(page) for page in document.pages]


def _text(page: pikepdf.Page) -> str:
    fonts = {str(name): _letters(font) for name, font in page.Resources.Font.items()}
    letters: dict[int, str] = {}
    text = ""
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "Tf":
                letters = fonts[str(operands[0])]
            case "Tj":
                text += _read(operands[0], letters)
            case "TJ":
                text += "".join(
                    _read(each, letters) for each in operands[0] if isinstance(each, pikepdf.String)
                )
            case "ET":
                text += "\n"
    return text


def _read(string: pikepdf.Object, letters: dict[int, str]) -> str:
    codes = bytes(string)
    return "".join(
        letters.get(int.from_bytes(codes[at : at + 2]), "?") for at in range(0, len(codes), 2)
    )


def _letters(font: pikepdf.Object) -> dict[int, str]:
    table = font.ToUnicode.read_bytes()
    letters: dict[int, str] = {}
    for block in _PAIRS.findall(table):
        found = _HEX.findall(block)
        for code, letter in zip(found[::2], found[1::2], strict=True):
            letters[int(code, 16)] = bytes.fromhex(letter.decode()).decode("utf-16-be")
    for block in _RANGES.findall(table):
        found = _HEX.findall(block)
        for first, last, letter in zip(found[::3], found[1::3], found[2::3], strict=True):
            start = int(letter, 16)
            for step in range(int(last, 16) - int(first, 16) + 1):
                letters[int(first, 16) + step] = chr(start + step)
    return letters
