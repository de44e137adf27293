"""The minutes as a file to take away."""

from typing import Any

from meetings import renditions
from meetings.models import Meeting


def minutes_pdf(meeting: Meeting, rendition: str, user: Any = None) -> tuple[bytes, str]:
    """The PDF of a rendition and its file name, as far as ``user`` may read it.

    Raises ``core.pdf.PDFUnavailable`` where this machine cannot make PDFs.
    """
    minutes = renditions.build(meeting, rendition, user)
    return renditions.document(minutes), renditions.file_name(meeting, minutes)
