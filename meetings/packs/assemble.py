"""One PDF of a pack: its own first pages and the papers, numbered, bookmarked and tagged."""

import contextlib
import io
from collections.abc import Callable, Iterable
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Page, Pdf

from core.markings import Marking
from meetings.packs import front, places
from meetings.packs.shapes import Book, Entry, PackFailed, label
from meetings.packs.stamps import Stamps
from meetings.packs.tags import BROKEN, PARAGRAPH, Tags

LANGUAGE = "en-GB"
CLAIM = "pdfuaid:part"

# The bytes of each paper as a PDF, one after another.
Papers = Iterable[tuple[Entry, bytes]]


def assemble(
    book: Book, papers: Papers, *, progress: Callable[[int], None] = lambda done: None
) -> bytes:
    """The whole pack. ``progress`` hears after each paper how many of its pages are done.

    Raises ``PackFailed`` for a paper that is not what was counted when the pack was sent, and
    ``core.pdf.PDFUnavailable`` where this machine cannot make PDFs.
    """
    with contextlib.ExitStack() as open_ones, Pdf.new() as pdf:
        made = _Making(pdf, book, open_ones)
        made.begin(front.render(book))
        done = 0
        for entry, data in papers:
            made.add(entry, data)
            done += entry.pages
            progress(done)
        return made.finish()


class _Making:
    """The PDF while it grows. Papers stay open until it is written: their bytes are read then."""

    def __init__(self, pdf: Pdf, book: Book, open_ones: contextlib.ExitStack) -> None:
        self.pdf, self.book, self.open_ones = pdf, book, open_ones
        self.tags, self.stamps = Tags(pdf), Stamps(pdf)
        self.front: list[Page] = []
        self.firsts: dict[int, Page] = {}
        self.accessible = True
        self.agenda = 0

    def begin(self, first: front.Front) -> None:
        """The pages before the first paper."""
        source = self._open(first.data)
        self.front = self._copy(source)
        self.agenda = first.agenda
        self.tags.adopt(source, self.front, self.tags.part(self.book.title))

    def add(self, entry: Entry, data: bytes) -> None:
        """A paper: its pages with their numbers, and its structure."""
        try:
            source = self._open(data)
            if len(source.pages) != entry.pages:
                raise PackFailed(
                    f"{entry.name} has another number of pages than when the pack was sent."
                )
            pages = self._copy(source)
            places.layers(self.pdf, source)
            self._structure(entry, source, pages)
        except BROKEN as broken:
            raise PackFailed(f"{entry.name} is damaged and cannot be read.") from broken
        self.firsts[entry.key] = pages[0]

    def _structure(self, entry: Entry, source: Pdf, pages: list[Page]) -> None:
        language = str(source.Root.get("/Lang", "")) or LANGUAGE
        part = self.tags.part(entry.called, "" if language == LANGUAGE else language)
        tagged = self.tags.adopt(source, pages, part)
        self.accessible = self.accessible and tagged and _claims(source)
        for number, page in enumerate(pages, start=entry.first_page):
            if not tagged:
                self.tags.read_as_drawn(page, part)
            self.stamps.put(
                page, f"{entry.name} \u00b7 page {label(entry.prefix, number)}",
                restricted=entry.restricted, mark="" if tagged else PARAGRAPH,
            )  # fmt: skip

    def _open(self, data: bytes) -> Pdf:
        return self.open_ones.enter_context(pikepdf.open(io.BytesIO(data)))

    def _copy(self, source: Pdf) -> list[Page]:
        places.prepare(source)
        before = len(self.pdf.pages)
        self.pdf.pages.extend(source.pages)
        return list(self.pdf.pages)[before:]

    def finish(self) -> bytes:
        """Numbers, bookmarks, links and what the file says of itself; then its bytes."""
        places.lead(self.front, self.firsts)
        places.number(self.pdf, self.book, len(self.front))
        places.bookmark(self.pdf, self.book, len(self.front), self.agenda)
        self.tags.finish()
        self.pdf.Root.Lang = LANGUAGE
        self.pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        self.pdf.Root.PageMode = Name.UseOutlines
        self._describe()
        written = io.BytesIO()
        self.pdf.save(
            written, compress_streams=True, deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )  # fmt: skip
        return written.getvalue()

    def _describe(self) -> None:
        """Title and partnership; no person, and nothing of who made the papers."""
        with self.pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as about:
            about["dc:title"] = self.book.title
            about["dc:creator"] = [self.book.partnership]
            about["dc:language"] = {LANGUAGE}
            if self.book.marking == Marking.SENSITIVE:
                about["dc:subject"] = {Marking.SENSITIVE.label}
            if self.accessible:
                about[CLAIM] = "1"
        self.pdf.docinfo["/Title"] = self.book.title
        self.pdf.docinfo["/Author"] = self.book.partnership


def _claims(source: Pdf) -> bool:
    """Whether a paper says of itself that it is accessible to the standard (PDF/UA-1)."""
    if "/Metadata" not in source.Root:
        return False
    try:
        with source.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as about:
            said: Any = about.get(CLAIM)
    except (*BROKEN, SyntaxError):
        return False
    return str(said) == "1"
