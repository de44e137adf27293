"""Plain text and CSV: text that a person can read, and nothing that a browser would run."""

import re
from typing import Any

ENCODINGS = ("utf-8-sig", "cp1252")

# Tabs, line ends and form feeds are text; the rest of the controls are not.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MARKED_UP = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(!doctype|html|head|body|script|svg|\?xml|\?php)", re.IGNORECASE
)
PROGRAMS = {
    "svg": "an SVG picture, which can hold a program",
    "?xml": "an XML file",
    "?php": "a program",
}


def read(content: bytes) -> str | None:
    """The text in UTF-8, or as Windows wrote it; nothing where it is neither."""
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def why_not(content: bytes) -> str | None:
    """What these bytes are instead of text, or "" where they are unknown; nothing for text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "text in UTF-16 (save it as UTF-8)"
    if content.startswith(b"#!"):
        return "a program"
    text = read(content)
    if text is None or _CONTROLS.search(text):
        return ""
    marked_up = _MARKED_UP.match(text[:2000])
    if marked_up:
        return PROGRAMS.get(marked_up[1].lower(), "a web page")
    return None


def look(content: bytes, kind: Any) -> None:
    """Nothing more: what is wrong with a text was seen when its kind was found."""
