"""The first pages of a pack: cover, contents and agenda."""

import io
from dataclasses import dataclass

import pikepdf

from core import pdf
from meetings.packs.places import named_places
from meetings.packs.shapes import Book

AGENDA = "agenda"


@dataclass(frozen=True, slots=True)
class Front:
    """Its bytes, and on which of its pages, from 0, the agenda begins."""

    data: bytes
    agenda: int


def render(book: Book) -> Front:
    """Make the first pages. Raises ``core.pdf.PDFUnavailable``."""
    data = pdf.render(
        "pdf/pack_front.html", {"book": book, "partnership": {"name": book.partnership}}
    )
    with pikepdf.open(io.BytesIO(data)) as made:
        place = dict(named_places(made)).get(AGENDA.encode())
        pages = [page.obj.objgen for page in made.pages]
        at = pages.index(place[0].objgen) if place is not None else 0
    return Front(data, at)


def agenda(book: Book) -> bytes:
    """The agenda alone, for the files of a meeting."""
    return pdf.render("pdf/agenda.html", {"book": book, "partnership": {"name": book.partnership}})
