"""Files on their way out: always to be saved, never run or shown inside our pages."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from core.markings import Marking

# How rooms above mark a paper for the person who takes it: each gives the bytes to hand over.
marks: list[Callable[[Any, Any, Any], bytes | None]] = []


def for_reader(document: Any, version: Any, user: Any) -> bytes:
    """A version's bytes as this person gets them: marked by the room that the paper belongs to."""
    for mark in marks:
        marked = mark(document, version, user)
        if marked is not None:
            return marked
    return bytes(version.content.data)


def download(data: Any, content_type: str, name: str, *, marking: str = "") -> HttpResponse:
    """A file as an attachment. A restricted one carries its marking in its name."""
    if marking == Marking.SENSITIVE:
        name = f"{Marking.SENSITIVE.label} {name}"
    response = HttpResponse(bytes(data), content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
