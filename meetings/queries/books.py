"""What stands in a pack, in one rendition and for one reader, read for its cover and contents."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from core.dates import clock as clock_words
from core.dates import daydate, longdate
from core.markings import Marking
from meetings.models import Meeting, Pack, PackPart, Rendition
from meetings.packs.shapes import Book, Entry, Subject
from meetings.queries.agenda import Line, agenda_of
from meetings.recusal import recused
from membership.models import GroupKind

RANK = {rendition: rank for rank, rendition in enumerate(Rendition.values)}
READERS = {
    Rendition.PUBLIC: "Everybody",
    Rendition.PARTNER: "Members of {group} and their officers",
    Rendition.RESTRICTED: "Members of {group} whose agency has signed the sharing agreement",
}


def rendition_of(paper: Any, meeting: Meeting) -> Rendition:
    """The lowest rendition that may hold a paper as it is marked now."""
    if paper.document.restricted or paper.item.restricted:
        return Rendition.RESTRICTED
    if paper.public and meeting.group.kind == GroupKind.BOARD:
        return Rendition.PUBLIC
    return Rendition.PARTNER


def prefix(pack: Pack) -> str:
    """What stands before the number of a supplement's pages: S1-."""
    return f"S{pack.number}-" if pack.number else ""


def parts_in(pack: Pack, rendition: str) -> list[PackPart]:
    """The papers of a pack that a rendition holds, in the order of their pages."""
    parts = pack.parts.select_related("paper__document", "paper__item", "version", "item")
    return [part for part in parts if RANK[part.rendition] <= RANK[rendition]]


def withdrawn(parts: Iterable[PackPart], pack: Pack, rendition: str, user: Any) -> set[int]:
    """Keys of the papers that this reader does not get, or that nobody gets in this rendition.

    Somebody who withdrew from an item gets none of its papers; a paper that has been restricted
    since the pack was sent is in no rendition but the restricted one.
    """
    closed = recused(user) if user is not None else set()
    return {
        part.paper_id
        for part in parts
        if part.item_id in closed
        or RANK[rendition]
        < RANK[Rendition.RESTRICTED]
        == RANK[rendition_of(part.paper, pack.meeting)]
    }


def entry_of(part: PackPart, pack: Pack, *, gone: bool = False) -> Entry:
    """A paper as its line in the contents."""
    return Entry(
        key=part.paper_id, letter=part.letter, title="" if gone else part.title,
        item=part.item.number, first_page=part.first_page, pages=part.pages, prefix=prefix(pack),
        restricted=part.rendition == Rendition.RESTRICTED, newer=part.version.number > 1,
        withdrawn=gone,
    )  # fmt: skip


def book_of(pack: Pack, rendition: str, user: Any = None) -> Book:
    """All that the first pages say. With a ``user``, without what that reader has withdrawn from.

    A rendition below the restricted one never loads a restricted item, and says of no paper that
    is not in it: its numbers run on from 1 without a gap.
    """
    meeting = pack.meeting
    parts = parts_in(pack, rendition)
    gone = withdrawn(parts, pack, rendition, user)
    entries = tuple(entry_of(part, pack, gone=part.paper_id in gone) for part in parts)
    return Book(
        title=f"{meeting.group.short_name} {str(pack).lower()}, {longdate(meeting.on)}",
        name=str(pack),
        partnership=meeting.partnership.name,
        group=meeting.group.name,
        when=f"{daydate(meeting.on)}, {clock_words(meeting.starts_at)} to "
        f"{clock_words(meeting.ends_at)}",
        where=_where(meeting),
        readers=READERS[Rendition(rendition)].format(group=meeting.group.name),
        sent=longdate(pack.sent_at),
        marking=Marking.SENSITIVE if rendition == Rendition.RESTRICTED else Marking.OFFICIAL,
        subjects=tuple(_subjects(pack, rendition, user, entries)),
        entries=entries,
    )


def _where(meeting: Meeting) -> str:
    if not meeting.venue:
        return "Online"
    return f"{meeting.venue}{', and online' if meeting.online else ''}"


def _subjects(
    pack: Pack, rendition: str, user: Any, entries: tuple[Entry, ...]
) -> Iterable[Subject]:
    """The items of the agenda; in a supplement those alone that have a paper in it."""
    closed = recused(user) if user is not None else set()
    agenda = agenda_of(pack.meeting, open_only=rendition != Rendition.RESTRICTED)
    for line in agenda.lines:
        papers = tuple(entry for entry in entries if entry.item == line.number)
        if papers or not pack.number:
            yield _subject(line, rendition, papers, gone=line.pk in closed)


def _subject(line: Line, rendition: str, papers: tuple[Entry, ...], *, gone: bool) -> Subject:
    named = rendition != Rendition.PUBLIC and not gone
    return Subject(
        number=line.number, title=line.title, starts_at=line.starts_at,
        lead=line.lead if named else "", note="" if gone else line.note,
        restricted=line.restricted, papers=papers, withdrawn=gone,
    )  # fmt: skip


def agenda_book(meeting: Meeting, rendition: str, user: Any = None) -> Book:
    """The agenda as it stands, with each paper's page in the pack that held it last."""
    packs = list(meeting.packs.order_by("number"))
    first = packs[0]
    first.meeting = meeting
    book = book_of(first, rendition, user)
    latest: dict[int, Entry] = {}
    for pack in packs:
        pack.meeting = meeting
        parts = parts_in(pack, rendition)
        gone = withdrawn(parts, pack, rendition, user)
        for part in parts:
            latest[part.paper_id] = entry_of(part, pack, gone=part.paper_id in gone)
    entries = tuple(sorted(latest.values(), key=lambda entry: (len(entry.letter), entry.letter)))
    return replace(
        book, title=f"{meeting.group.short_name} agenda, {longdate(meeting.on)}", entries=entries,
        subjects=tuple(
            replace(subject, papers=tuple(each for each in entries if each.item == subject.number))
            for subject in book.subjects
        ),
    )  # fmt: skip
