"""Files on their way out: always to be saved, never run or shown inside our pages."""

from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from core.markings import Marking


def download(data: Any, content_type: str, name: str, *, marking: str = "") -> HttpResponse:
    """A file as an attachment. A restricted one carries its marking in its name."""
    if marking == Marking.SENSITIVE:
        name = f"{Marking.SENSITIVE.label} {name}"
    response = HttpResponse(bytes(data), content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
