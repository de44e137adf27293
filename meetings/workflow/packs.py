"""Sending packs and supplements, and seeing to it that they are read.

What was sent never changes: its papers, their versions and their pages are kept when it is sent. A
paper that comes later, or a newer version of one, goes out in a numbered supplement.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction

from core import clock
from core.dates import longdate
from core.markings import Marking
from core.permissions import can, require
from core.workflow import Wrong
from documents.models import Version
from meetings.models import (
    Making,
    Meeting,
    Pack,
    PackFile,
    PackPart,
    PackReading,
    Paper,
    Rendition,
)
from meetings.packs import sheets
from meetings.queries import packs as reading
from meetings.queries.books import RANK, rendition_of
from meetings.workflow import note, take, tell_members, tell_people
from membership.models import GroupKind
from membership.queries import members_of

# Wakes the worker; the task is the room's own, which lies above. Without it the timetable comes by.
wakers: list[Any] = []


# ---- sending ------------------------------------------------------------------------------------


def fix(meeting: Meeting, *, by: Any) -> Pack:
    """Keep what goes out now, within the transaction that sends it. The worker makes the files."""
    papers = reading.waiting(meeting)
    pack = Pack.objects.create(
        meeting=meeting, number=reading.next_number(meeting), sent_at=clock.now(), sent_by=by
    )
    parts = PackPart.objects.bulk_create(_parts(pack, papers))
    PackFile.objects.bulk_create(_files(pack, parts))
    transaction.on_commit(wake)
    return pack


def _parts(pack: Pack, papers: Iterable[Any]) -> Iterator[PackPart]:
    page = 1
    for position, paper in enumerate(papers, start=1):
        version = Version.objects.get(pk=paper.newest)
        pages = _pages(version)
        yield PackPart(
            pack=pack, item=paper.item, paper=paper, version=version,
            rendition=rendition_of(paper, pack.meeting), letter=paper.letter,
            title=paper.document.title, position=position, first_page=page, pages=pages,
        )  # fmt: skip
        page += pages


def _pages(version: Version) -> int:
    """How many pages it takes. Only text has to be looked at to know."""
    looked_at = sheets.needs_reading(version.content_type)
    data = bytes(version.content.data) if looked_at else b""
    return sheets.count(version.content_type, data, version.pages)


def _files(pack: Pack, parts: list[PackPart]) -> Iterator[PackFile]:
    meeting = pack.meeting
    held = {part.rendition for part in parts}
    if not pack.number:
        held.add(Rendition.PARTNER)
        if meeting.group.kind == GroupKind.BOARD:
            held.add(Rendition.PUBLIC)
        if meeting.items.filter(marking=Marking.SENSITIVE).exists():
            held.add(Rendition.RESTRICTED)
    elif Rendition.PUBLIC in held:
        held.add(Rendition.PARTNER)
    for rendition in Rendition:
        if rendition in held:
            within = [part.pages for part in parts if RANK[part.rendition] <= RANK[rendition]]
            yield PackFile(
                pack=pack, rendition=rendition, total=sum(within), file_name=_name(pack, rendition)
            )


NAMES = {
    Rendition.PUBLIC: "public", Rendition.PARTNER: "members",
    Rendition.RESTRICTED: "official-sensitive",
}  # fmt: skip


def _name(pack: Pack, rendition: Rendition) -> str:
    """Whose pack, of which day, for whom: nothing of what is in it."""
    meeting = pack.meeting
    what = f"supplement-{pack.number}" if pack.number else "agenda-pack"
    return f"{meeting.partnership.slug}-{meeting.slug}-{what}-{NAMES[rendition]}.pdf"


@transaction.atomic
def send_supplement(meeting: Meeting, *, stamp: str = "", by: Any) -> Pack:
    """Send the papers that wait, as a numbered supplement, and tell everybody on the group.

    Raises ``Wrong`` where none waits, and where others wait than those of ``stamp``.
    """
    current = take("send papers", meeting, by=by)
    papers = reading.waiting(current)
    if not papers:
        raise Wrong("No paper waits to be sent. Add one first.")
    if stamp and stamp != reading.stamp(papers):
        raise Wrong("The papers that wait have changed since you looked. Look again, then send.")
    pack = fix(current, by=by)
    note(f"sent {str(pack).lower()} of", current, current, by=by, detail={"pack": str(pack.pk)})
    letters = [paper.letter for paper in papers]
    tell_members(
        current, kind="supplement-sent", occurrence=str(pack.pk), but=by,
        text=f"{pack} for the {called(current)} is out: {_listed(letters)}.",
    )  # fmt: skip
    return pack


def _listed(letters: list[str]) -> str:
    """Paper B; papers B and C."""
    if len(letters) == 1:
        return f"paper {letters[0]}"
    if len(letters) > 12:
        return f"{len(letters)} papers"
    return f"papers {', '.join(letters[:-1])} and {letters[-1]}"


def called(meeting: Meeting) -> str:
    """Board meeting of 9 December 2026."""
    return f"{meeting.group.short_name} meeting of {longdate(meeting.on)}"


def wake() -> None:
    """Ask the worker to put together what waits."""
    for waker in wakers:
        waker()


# ---- what may not go out any more ---------------------------------------------------------------


def make_again(meeting: Meeting) -> None:
    """After an item was restricted: put the files for others together anew, without its papers.

    The numbers of what stays do not change; where a paper stood, the contents say “withdrawn”.
    """
    files = PackFile.objects.filter(pack__meeting=meeting).exclude(rendition=Rendition.RESTRICTED)
    if files.update(**_afresh()):
        transaction.on_commit(wake)


def _afresh() -> dict[str, Any]:
    return {
        "state": Making.WAITING, "done": 0, "content": None, "problem": "",
        "started_at": None, "finished_at": None,
    }  # fmt: skip


@transaction.atomic
def try_again(meeting: Meeting, *, number: int, rendition: str, by: Any) -> None:
    """Put a file together again that could not be. Raises ``Wrong`` for one that did not fail."""
    require(can(by, "send papers", meeting))
    files = PackFile.objects.select_for_update(of=("self",))
    file = files.filter(pack__meeting=meeting, pack__number=number, rendition=rendition).first()
    if file is None or file.state != Making.FAILED:
        raise Wrong("This file is not one that could not be put together. Look again.")
    PackFile.objects.filter(pk=file.pk).update(**_afresh())
    transaction.on_commit(wake)


# ---- whether a paper is published ---------------------------------------------------------------


@transaction.atomic
def set_public(paper: Paper, *, public: bool, by: Any) -> Paper:
    """Say whether a paper goes out with the public agenda, as long as it has not been sent.

    Raises ``Wrong`` for a restricted paper, for a group whose agendas are not public, and for a
    paper that was sent.
    """
    meeting = take("add papers", paper.item.meeting, by=by)
    there = Paper.objects.filter(item__meeting=meeting, pk=paper.pk)
    current = there.select_related("document", "item").first()
    if current is None:
        raise Wrong("This paper is no longer on the agenda.")
    require(can(by, "open", paper.item))
    refuse_public(current, meeting, public=public)
    if current.parts.exists():
        raise Wrong("This paper has been sent as it is, so this cannot be changed any more.")
    if current.public != public:
        current.public = public
        current.save(update_fields=["public"])
        did = "chose to publish a paper of" if public else "chose not to publish a paper of"
        note(did, meeting, meeting, by=by, detail={"document": str(current.document_id)})
    return current


def refuse_public(paper: Paper, meeting: Meeting, *, public: bool) -> None:
    """Raise ``Wrong`` for what is never published."""
    if not public:
        return
    if paper.document.restricted or paper.item.restricted:
        raise Wrong("A restricted paper is never published.")
    if meeting.group.kind != GroupKind.BOARD:
        raise Wrong(f"The agendas of {meeting.group.name} are not public.")


# ---- who has read -------------------------------------------------------------------------------


def opened(packs: Iterable[Pack], *, by: Any) -> None:
    """Keep when somebody first opened a pack, on its page or as a file."""
    readings = [PackReading(pack=pack, person=by, opened_at=clock.now()) for pack in packs]
    PackReading.objects.bulk_create(readings, ignore_conflicts=True)


@transaction.atomic
def remind(meeting: Meeting, *, by: Any) -> int:
    """Remind those who have not opened every pack, at most once a day each; how many they are."""
    require(can(by, "see who has opened", meeting))
    if not meeting.packs.exists():
        raise Wrong("Nothing has been sent yet.")
    late = {reader.person for reader in reading.readers_of(meeting) if not reader.has_all}
    people = [person for person in members_of(meeting.group, clock.today()) if person.pk in late]
    tell_people(
        people, meeting, kind="pack-unopened", occurrence=f"{clock.today()}", but=by,
        text=f"You have not opened all papers for the {called(meeting)} yet.",
    )  # fmt: skip
    return len([person for person in people if person.pk != by.pk])
