"""The files of a dossier: one PDF, and an archive of it with tables, letters, papers and hashes."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from core import clock, pdf
from core.dates import moment
from core.exports import disarmed
from core.workflow import Wrong
from documents.models import Content, Version
from meetings import dossier as meetings
from meetings.models import Meeting, Rendition
from triggers.dossiers import bodies, panel, person
from triggers.dossiers.redaction import Redaction
from triggers.dossiers.shapes import Book, Section, Table, table
from triggers.models import Application, Dossier, Letter

STEPS = 5  # three parts, the PDF, the archive
MOST_BYTES = 300 * 1024**2
FULL = (
    "This holds everything that is kept about the case. It is for people on the case, and for "
    "those who have a lawful right to all of it."
)
REDACTED = (
    "People are called by their roles, and what stands at the end is left out. A person whom no "
    "record names may still stand in a text: read it before you give it to anybody."
)

Named = Iterator[tuple[str, bytes]]
Told = Callable[[], Any]


def make(dossier: Dossier, *, step: Told = lambda: None) -> tuple[bytes, bytes]:
    """The PDF and the archive. ``step`` is called as each part is done.

    Raises ``PDFUnavailable``, and ``Wrong`` where the archive would be too large.
    """
    case, whole = dossier.application, []
    for sections in (person.sections, bodies.sections, panel.sections):
        whole += list(sections(case))
        step()
    book = _book(dossier, whole)
    printed = pdf.render("pdf/case_dossier.html", {
        "book": book, "case": case, "partnership": case.partnership, "made_at": clock.now(),
        "redacted": dossier.redacted,
    })  # fmt: skip
    step()
    return printed, _archive(dossier, book, printed, step)


def _book(dossier: Dossier, whole: list[Section]) -> Book:
    case = dossier.application
    if not dossier.redacted:
        return Book(f"Case review {case.reference}: full dossier", tuple(whole), (), (FULL,))
    redaction = Redaction(case, dossier.names.splitlines())
    given = redaction.sections(whole)
    files = _left_out_files(case)
    gone = (*redaction.left_out(whole), *files)
    return Book(f"Case review {case.reference}: redacted dossier", given, gone, (REDACTED,))


def _left_out_files(case: Application) -> Iterator[str]:
    """Whole files that are left out, since nobody can redact them here."""
    letters = Letter.objects.filter(application=case, content__isnull=False).count()
    papers = _papers(case).count()
    meetings_held = Meeting.objects.filter(group=case.group_id).count()
    for count, one, more in (
        (letters, "1 letter as a file; its words are in the dossier",
         f"{letters} letters as files; their words are in the dossier"),
        (papers, "1 paper of the panel", f"{papers} papers of the panel"),
        (meetings_held, "The agenda and minutes of 1 meeting",
         f"The agendas and minutes of {meetings_held} meetings"),
    ):  # fmt: skip
        if count:
            yield one if count == 1 else more


# ---- the archive --------------------------------------------------------------------------------


def _archive(dossier: Dossier, book: Book, printed: bytes, step: Told) -> bytes:
    made, lines = io.BytesIO(), []
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in _files(dossier, book, printed):
            packing = zipfile.ZIP_STORED if name.endswith(".pdf") else zipfile.ZIP_DEFLATED
            zipped.writestr(name, data, packing)
            lines.append(f"{hashlib.sha256(data).hexdigest()}  {name}")
        zipped.writestr("README.txt", _readme(dossier, book, lines))
    step()
    return made.getvalue()


def _files(dossier: Dossier, book: Book, printed: bytes) -> Named:
    yield "dossier.pdf", printed
    for section in book.sections:
        for each in section.tables:
            if each.rows:
                yield f"tables/{each.key}.csv", _csv(each)
    if not dossier.redacted:
        yield from _letters(dossier.application)
        yield from _kept_papers(dossier.application)
        yield from _meetings(dossier)


def _csv(kept: Table) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(kept.headings)
    writer.writerows([disarmed(cell) for cell in row] for row in kept.rows)
    return buffer.getvalue().encode("utf-8-sig")


def _letters(case: Application) -> Named:
    letters = Letter.objects.filter(application=case, content__isnull=False).order_by("number")
    for letter in letters.select_related("content"):
        if letter.content:
            yield f"letters/letter-{letter.number}.pdf", bytes(letter.content.data)


def _papers(case: Application) -> Any:
    papers = Version.objects.filter(document__group=case.group_id)
    return papers.select_related("document").order_by("document__created_at", "number")


def _kept_papers(case: Application) -> Named:
    """Every version of every paper. A file’s name says nothing: a list tells which is which."""
    versions = list(_papers(case))
    _refuse_too_large(versions)
    rows = []
    for number, version in enumerate(versions, 1):
        ending = version.file_name.rpartition(".")[2].lower()[:5]
        name = f"papers/paper-{number}.{ending if ending.isalnum() else 'bin'}"
        rows.append((name, version.document.title, version.number, version.created_at))
        data = Content.objects.only("data").get(pk=version.content_id).data
        yield name, bytes(data)
    if rows:
        yield (
            "papers/papers.csv",
            _csv(table("papers", "Papers", ("File", "Title", "Version", "Sent in"), rows)),
        )


def _refuse_too_large(versions: Iterable[Version]) -> None:
    keys = {each.content_id for each in versions}
    total = sum(Content.objects.filter(pk__in=keys).values_list("size", flat=True))
    if total > MOST_BYTES:
        raise Wrong(
            f"The papers are {total // 1024**2} MB together, and an archive holds up to "
            f"{MOST_BYTES // 1024**2} MB. Download them one by one."
        )


def _meetings(dossier: Dossier) -> Named:
    """What the meetings room binds of each meeting, but for the papers, which are here already."""
    found = Meeting.objects.filter(group=dossier.application.group_id).order_by("on")
    for number, meeting in enumerate(found.select_related("group__partnership"), 1):
        bound = meetings.archive(meeting, Rendition.RESTRICTED, dossier.asked_by)
        with bound, zipfile.ZipFile(bound) as zipped:
            for name in zipped.namelist():
                if not name.startswith("papers/"):
                    yield f"meeting-{number}/{name}", zipped.read(name)


def _readme(dossier: Dossier, book: Book, lines: list[str]) -> str:
    gone = ["Left out:", *(f"- {each}" for each in book.left_out), ""] if book.left_out else []
    asked_by = "" if dossier.redacted else f" for {dossier.asked_by}"
    return "\r\n".join([
        book.title, dossier.application.partnership.name, "OFFICIAL-SENSITIVE", "", *book.notes,
        f"Put together on {moment(clock.now())}{asked_by}.", "", *gone,
        "Each file with its SHA-256, by which you can tell that it is unchanged:", "", *lines, "",
    ])  # fmt: skip
