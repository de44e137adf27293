"""What every file goes through before it is kept: size, name, true type, structure, viruses.

The limits hold before anything is unpacked; what is refused is refused with a sentence for the
person who sent it.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

from documents.checks import kinds, names, scanner


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept. ``pages`` is known of PDFs; ``scanned`` where there is a scanner."""

    file_name: str
    content_type: str
    data: bytes
    pages: int | None = None
    scanned: bool = False

    @property
    def sha256(self) -> str:
        """The key under which its bytes are kept."""
        return hashlib.sha256(self.data).hexdigest()


def in_megabytes(size: int) -> str:
    """26214401 bytes are 25.1 MB: rounded up, so that what is over a limit looks so."""
    tenths = -(-size * 10 // 1024**2)
    return f"{tenths / 10:g} MB"


def check_upload(file: Any) -> Checked:
    """Look at a file that somebody sent in. Raises ``ValidationError`` with what is wrong.

    Its size is asked before its bytes are read, so that one that is too large is never in memory.
    """
    if not file.size:
        raise ValidationError("The file is empty. Choose one with something in it", "empty")
    if file.size > settings.UPLOAD_LIMIT:
        sent, most = in_megabytes(file.size), in_megabytes(settings.UPLOAD_LIMIT)
        raise ValidationError(f"The file is {sent}. It can be up to {most}", "too large")
    file_name = names.cleaned(file.name or "")
    kind = kinds.by_name(file_name)
    file.seek(0)
    data = file.read()
    found = kinds.by_content(data)
    if found.words != kind.words:
        raise ValidationError(kinds.mistaken(file_name, found), "false type")
    pages = kind.look(data, kind)
    return Checked(file_name, kind.content_type, data, pages, scanner.scanned(data))
