"""What a file holds that its readers do not see at once, before it goes out to everybody.

Unlike the checks at the door this refuses nothing: it lists, in words, what somebody should look at
or take out first. Anything that cannot be read is said to be so.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pikepdf
from defusedxml import DefusedXmlException
from PIL import Image

from documents.checks import hidden_office, hidden_pdfs

UNREADABLE = "It cannot be looked into: open it and look through it by hand"
BROKEN = (
    pikepdf.PdfError, zipfile.BadZipFile, DefusedXmlException, OSError, ValueError, KeyError,
    RuntimeError, SyntaxError, TypeError, NotImplementedError, RecursionError,
)  # fmt: skip

# EXIF: what says who took a picture, when, and where.
TAGS = {315: "author", 33432: "copyright", 270: "description", 36867: "time", 306: "time"}
GPS = 34853


def hidden(content: bytes, content_type: str) -> list[str]:
    """Each hidden thing of a file, in words; nothing where there is none."""
    try:
        return list(dict.fromkeys(_found(content, content_type.partition(";")[0])))
    except BROKEN:
        return [UNREADABLE]


def _found(content: bytes, content_type: str) -> Iterator[str]:
    if content_type == "application/pdf":
        yield from hidden_pdfs.found(content)
    elif content_type.startswith("image/"):
        yield from _picture(content)
    elif content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from hidden_office.found(archive)


def _picture(content: bytes) -> Iterator[str]:
    with Image.open(io.BytesIO(content)) as picture:
        exif: Any = picture.getexif()
        if exif.get_ifd(GPS):
            yield "Says where the picture was taken"
        for tag, words in TAGS.items():
            if exif.get(tag):
                yield f"Names the {words}: {_short(exif[tag])}"
        if picture.info.get("comment") or picture.info.get("Comment"):
            yield "Holds a comment"


def _short(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 80 else f"{text[:79]}…"
