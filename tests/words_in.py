"""All that a file says, also within a PDF, a ZIP or what is compressed in a session."""

import contextlib
import io
import zipfile
from collections.abc import Iterator

from tests import pdf_text


def words_in(data: bytes) -> Iterator[str]:
    """Every text in a file, and its bytes as they stand."""
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for each in archive.infolist():
                yield each.filename
                yield from words_in(archive.read(each))
    elif data[:4] == b"%PDF":
        with contextlib.suppress(AttributeError):  # a page without a font
            yield from (" ".join(page.split()) for page in pdf_text.pages(data))
    yield data.decode("utf-8", "replace")
