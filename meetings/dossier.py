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

from django.db import transaction
from django.utils.text import slugify

from core import clock
from core.dates import longdate, moment
from core.exports import disarmed
from core.markings import Marking, passages
from core.pdf import PDFUnavailable
from core.workflow import Wrong
from documents.models import Content
from documents.workflow.papers import keep
from meetings import renditions
from meetings.models import SHOWN_MINUTES, Meeting, PackPart, PublicDossier, Rendition
from meetings.packs import front
from meetings.queries.books import agenda_book, parts_in, withdrawn
from meetings.recusal import recused, withdrew_at
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


def published(meeting: Meeting) -> IO[bytes]:
    """The public archive, put together once for all who ask, until something in it changes."""
    digest = _digest(meeting)
    kept = _kept(meeting, digest)
    if kept is None:
        with transaction.atomic():
            Meeting.objects.select_for_update(of=("self",)).only("pk").get(pk=meeting.pk)
            kept = _kept(meeting, digest) or _keep(meeting, digest)
    return io.BytesIO(kept)


def archive(meeting: Meeting, rendition: str, user: Any = None) -> IO[bytes]:
    """The archive, open at its beginning. Raises ``Wrong`` where it would be too large."""
    made = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the answer closes it
    _write(made, meeting, rendition, user)
    made.seek(0)
    return made


def _write(made: IO[bytes], meeting: Meeting, rendition: str, user: Any = None) -> bool:
    """Write the archive, and say whether nothing is missing in it."""
    papers = list(_papers(meeting, rendition, user))
    _refuse_too_large(papers)
    lines: list[str] = []
    missing: list[str] = []
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as zipped:
        for make in (
            lambda: _agenda(meeting, rendition, user), lambda: _files(papers),
            lambda: _minutes(meeting, rendition, user),
        ):  # fmt: skip
            try:
                for name, data in make():
                    zipped.writestr(name, data, _packing(name))
                    lines.append(f"{hashlib.sha256(data).hexdigest()}  {name}")
            except PDFUnavailable:
                missing.append("A PDF is missing: the service could not make it.")
        zipped.writestr("README.txt", _readme(meeting, rendition, lines, missing))
    return not missing


def _packing(name: str) -> int:
    """A PDF is compressed as it is; to do it again takes long and saves nothing."""
    return zipfile.ZIP_STORED if name.endswith(".pdf") else zipfile.ZIP_DEFLATED


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


# ---- kept for everybody -------------------------------------------------------------------------


def _digest(meeting: Meeting) -> str:
    """A name for all that the public archive is made of, as it is now."""
    papers = _papers(meeting, Rendition.PUBLIC, None)
    made_of = [
        agenda_book(meeting, Rendition.PUBLIC),
        [(_paper_name(part), part.version.content_id) for part in papers],
        _shown(meeting, Rendition.PUBLIC) and _built(meeting, Rendition.PUBLIC, None),
        meeting.public_minutes and meeting.public_minutes.content_id,
    ]
    return hashlib.sha256(repr(made_of).encode()).hexdigest()


def _kept(meeting: Meeting, digest: str) -> bytes | None:
    found = PublicDossier.objects.filter(meeting=meeting, digest=digest)
    data = found.values_list("content__data", flat=True).first()
    return None if data is None else bytes(data)


def _keep(meeting: Meeting, digest: str) -> bytes:
    """Make it, and keep it instead of the last, unless it lacks a PDF or changed meanwhile."""
    made = io.BytesIO()
    whole = _write(made, meeting, Rendition.PUBLIC)
    data = made.getvalue()
    if whole and digest == _digest(meeting):
        content = keep(data, hashlib.sha256(data).hexdigest())
        last = PublicDossier.objects.filter(meeting=meeting).values_list("content", flat=True)
        before = list(last)
        PublicDossier.objects.update_or_create(
            meeting=meeting, defaults={"digest": digest, "content_id": content}
        )
        Content.objects.filter(pk__in=before).exclude(pk=content).delete()
    return data


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
    if not _shown(meeting, rendition):
        return
    minutes = _built(meeting, rendition, user)
    yield from _tables(minutes)
    yield "minutes.pdf", _frozen(meeting, rendition, user) or renditions.document(minutes)


def _shown(meeting: Meeting, rendition: str) -> bool:
    if rendition == Rendition.PUBLIC and meeting.public_minutes is None:
        return False
    return meeting.status in SHOWN_MINUTES


def _built(meeting: Meeting, rendition: str, user: Any) -> Minutes:
    full = rendition == Rendition.RESTRICTED
    minutes = renditions.build(meeting, renditions.RESTRICTED if full else renditions.PUBLIC, user)
    closed = recused(user) if user is not None else set()
    gone = set(meeting.items.filter(pk__in=closed).values_list("number", flat=True))
    items = tuple(item for item in minutes.items if item.number not in gone)
    return replace(minutes, items=items)


def _frozen(meeting: Meeting, rendition: str, user: Any) -> bytes:
    """The minutes as they were published, for readers who get all of them."""
    if user is not None and withdrew_at(user, meeting):
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
