"""All of a meeting in one archive: agenda, papers, minutes, attendance, actions and decisions.

The public one holds what was published, the members' what everybody on the group may read, and the
restricted one what lies behind the sharing gate. Nobody gets what belongs to an item from which
they withdrew.
"""

import csv
import hashlib
import io
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import IO, Any

from django.utils.text import slugify

from core import clock
from core.dates import longdate, moment
from core.exports import disarmed
from core.markings import Marking, passages
from core.pdf import PDFUnavailable
from core.workflow import Wrong
from documents.models import Content
from meetings import renditions
from meetings.models import SHOWN_MINUTES, Meeting, PackPart, Rendition
from meetings.packs import front
from meetings.queries.books import agenda_book, parts_in, withdrawn
from meetings.recusal import recused
from meetings.renditions.shapes import Minutes, Person

MOST_BYTES = 300 * 1024**2
IN_MEMORY = 20 * 1024**2
NAMES = {
    Rendition.PUBLIC: "public", Rendition.PARTNER: "members",
    Rendition.RESTRICTED: "official-sensitive",
}  # fmt: skip
HOLDS = {
    Rendition.PUBLIC: "what was published of the meeting.",
    Rendition.PARTNER: "what everybody on the group may read. It is not all for the public.",
    Rendition.RESTRICTED: "OFFICIAL-SENSITIVE papers and minutes. Keep it as you keep those.",
}

Named = Iterator[tuple[str, bytes]]


def file_name(meeting: Meeting, rendition: str) -> str:
    """Whose meeting, of which day, for whom."""
    return f"{meeting.partnership.slug}-{meeting.slug}-files-{NAMES[Rendition(rendition)]}.zip"


def archive(meeting: Meeting, rendition: str, user: Any = None) -> IO[bytes]:
    """The archive, open at its beginning. Raises ``Wrong`` where it would be too large."""
    papers = list(_papers(meeting, rendition, user))
    _refuse_too_large(papers)
    made = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the answer closes it
    lines, missing = [], []
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as zipped:
        for make in (
            lambda: _agenda(meeting, rendition, user), lambda: _files(papers),
            lambda: _minutes(meeting, rendition, user),
        ):  # fmt: skip
            try:
                for name, data in make():
                    zipped.writestr(name, data)
                    lines.append(f"{hashlib.sha256(data).hexdigest()}  {name}")
            except PDFUnavailable:
                missing.append("A PDF is missing: the service could not make it.")
        zipped.writestr("README.txt", _readme(meeting, rendition, lines, missing))
    made.seek(0)
    return made


def _readme(meeting: Meeting, rendition: str, lines: list[str], missing: list[str]) -> str:
    text = [
        f"{meeting.group.name}, meeting of {longdate(meeting.on)}",
        meeting.partnership.name,
        "",
        f"This archive holds {HOLDS[Rendition(rendition)]}",
        f"Put together on {moment(clock.now())}.",
        *missing,
        "",
        "Each file with its SHA-256, by which you can tell that it is unchanged:",
        "",
        *lines,
        "",
    ]
    return "\r\n".join(text)


# ---- agenda and papers --------------------------------------------------------------------------


def _agenda(meeting: Meeting, rendition: str, user: Any) -> Named:
    yield "agenda.pdf", front.agenda(agenda_book(meeting, rendition, user))


def _papers(meeting: Meeting, rendition: str, user: Any) -> Iterator[PackPart]:
    """The papers as they were sent last, without those that this reader does not get."""
    latest: dict[int, PackPart] = {}
    for pack in meeting.packs.order_by("number"):
        pack.meeting = meeting
        parts = parts_in(pack, rendition)
        gone = withdrawn(parts, pack, rendition, user)
        latest |= {part.paper_id: part for part in parts if part.paper_id not in gone}
    yield from sorted(latest.values(), key=lambda part: (len(part.letter), part.letter))


def _files(papers: Iterable[PackPart]) -> Named:
    for part in papers:
        data = Content.objects.only("data").get(pk=part.version.content_id).data
        yield f"papers/{_paper_name(part)}", bytes(data)


def _paper_name(part: PackPart) -> str:
    """Paper B with its title; of a restricted one the marking alone."""
    restricted = part.rendition == Rendition.RESTRICTED
    words = Marking.SENSITIVE.label if restricted else part.title
    ending = part.version.file_name.rpartition(".")[2].lower()[:5]
    return f"paper-{part.letter.lower()}-{slugify(words)[:80]}.{slugify(ending) or 'bin'}"


def _refuse_too_large(papers: list[PackPart]) -> None:
    keys = {part.version.content_id for part in papers}
    total = sum(Content.objects.filter(pk__in=keys).values_list("size", flat=True))
    if total > MOST_BYTES:
        raise Wrong(
            f"The papers are {total // 1024**2} MB together, and an archive holds up to "
            f"{MOST_BYTES // 1024**2} MB. Download them one by one."
        )


# ---- what was said ------------------------------------------------------------------------------


def _minutes(meeting: Meeting, rendition: str, user: Any) -> Named:
    """The minutes and the tables that are read out of them, once the reader may read them."""
    shown = meeting.public_minutes if rendition == Rendition.PUBLIC else None
    if rendition == Rendition.PUBLIC and shown is None:
        return
    if meeting.status not in SHOWN_MINUTES:
        return
    closed = recused(user) if user is not None else set()
    gone = set(meeting.items.filter(pk__in=closed).values_list("number", flat=True))
    minutes = _built(meeting, rendition, user, gone)
    yield from _tables(minutes)
    yield "minutes.pdf", _frozen(meeting, rendition, gone) or renditions.document(minutes)


def _built(meeting: Meeting, rendition: str, user: Any, gone: set[int]) -> Minutes:
    full = rendition == Rendition.RESTRICTED
    minutes = renditions.build(
        meeting, renditions.RESTRICTED if full else renditions.PUBLIC, user if full else None
    )
    items = tuple(item for item in minutes.items if item.number not in gone)
    return replace(minutes, items=items)


def _frozen(meeting: Meeting, rendition: str, gone: set[int]) -> bytes:
    """The minutes as they were published, for readers who get all of them."""
    if gone:
        return b""
    if rendition == Rendition.RESTRICTED:
        document = meeting.restricted_minutes
        version = document.versions.select_related("content").first() if document else None
        return bytes(version.content.data) if version else b""
    return bytes(meeting.public_minutes.content.data) if meeting.public_minutes else b""


def _tables(minutes: Minutes) -> Named:
    yield "attendance.csv", _csv(("Agency", "Statutory", "Person", "Post", "How"), _who(minutes))
    yield (
        "actions.csv",
        _csv(
            ("Reference", "Item", "Action", "Agency and post", "Due", "Marking"),
            (
                (each.reference, number, _words(each.text), each.owner, each.due_on, _mark(each))
                for number, each in minutes.actions
            ),
        ),
    )
    yield (
        "decisions.csv",
        _csv(
            ("Reference", "Item", "Decision", "Marking"),
            (
                (each.reference, item.number, _words(each.text), _mark(each))
                for item in minutes.items
                for each in item.decisions
            ),
        ),
    )


def _who(minutes: Minutes) -> Iterator[Sequence[Any]]:
    for agency in minutes.agencies:
        statutory = "yes" if agency.statutory else "no"
        for how, people in (
            ("Present", agency.present), ("Apologies", agency.apologies), ("Absent", agency.absent)
        ):  # fmt: skip
            for person in people:
                yield agency.name, statutory, person.name, person.post, _how(how, person)
    for person in minutes.in_attendance:
        yield "", "", person.name, person.post, _how("In attendance", person)


def _how(how: str, person: Person) -> str:
    return f"{how}, {person.note}" if person.note else how


def _words(text: str) -> str:
    """A text without the brackets around what is restricted in it."""
    return "".join(words for words, _ in passages(text))


def _mark(line: Any) -> str:
    return str((Marking.SENSITIVE if line.restricted else Marking.OFFICIAL).label)


def _csv(headings: Sequence[str], lines: Iterable[Sequence[Any]]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(headings)
    writer.writerows([disarmed(cell) for cell in line] for line in lines)
    return buffer.getvalue().encode("utf-8-sig")
