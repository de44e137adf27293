"""The packs of a meeting: what is in them, what waits for the next, and who has opened them."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.urls import reverse

from core import clock
from core.permissions import can
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
from meetings.models.meetings import stamp_of
from meetings.packs.shapes import Entry
from meetings.queries.books import RANK, entry_of, rendition_of
from meetings.recusal import recused
from membership.models import Seat

READS_AS = {
    Rendition.PUBLIC: "Public: for everybody",
    Rendition.PARTNER: "For members of the group",
    Rendition.RESTRICTED: "Restricted: for those who may open restricted papers",
}


# ---- what waits ---------------------------------------------------------------------------------


def papers_of(meeting: Meeting) -> QuerySet[Paper]:
    """The papers on a meeting's agenda."""
    return Paper.objects.filter(item__meeting=meeting).select_related("item", "document")


def waiting(meeting: Meeting) -> list[Paper]:
    """The papers whose newest version is in no pack yet, in the order of the pack that would be.

    Each has ``newest``, the key of that version, and ``sent``, whether an older one was sent.
    """
    versions = Version.objects.filter(document=OuterRef("document")).order_by("-number")
    papers = (
        Paper.objects.filter(item__meeting=meeting)
        .annotate(newest=Subquery(versions.values("pk")[:1]))
        .annotate(
            goes=~Exists(PackPart.objects.filter(paper=OuterRef("pk"), version=OuterRef("newest"))),
            sent=Exists(PackPart.objects.filter(paper=OuterRef("pk"))),
        )
        .filter(goes=True, newest__isnull=False)
        .select_related("document__group__partnership", "item")
    )
    return sorted(
        papers, key=lambda paper: (
            RANK[rendition_of(paper, meeting)], len(paper.letter), paper.letter
        )
    )  # fmt: skip


def stamp(papers: Iterable[Any]) -> str:
    """Changes when what waits does, so that nobody sends what they have not seen."""
    return stamp_of(*[(paper.pk, paper.newest, paper.public) for paper in papers])


def next_name(meeting: Meeting) -> str:
    """What the next pack will be called: Supplement 1."""
    return str(Pack(number=next_number(meeting)))


def next_number(meeting: Meeting) -> int:
    """Its number. A meeting whose agenda went out before there were packs begins with its first."""
    last = meeting.packs.order_by("-number").first()
    return last.number + 1 if last else 0


# ---- what was sent ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """A paper in the contents of a pack, as far as the reader may know of it."""

    entry: Entry
    url: str = ""
    opens: bool = True


@dataclass(frozen=True, slots=True)
class File:
    """The PDF of a pack in one rendition, and how far it is."""

    pack: int
    rendition: str
    readers: str
    state: str
    says: str
    done: int
    total: int
    size: int
    problem: str

    @property
    def ready(self) -> bool:
        """Whether it can be downloaded."""
        return self.state == Making.READY

    @property
    def failed(self) -> bool:
        """Whether it could not be put together."""
        return self.state == Making.FAILED

    @property
    def restricted(self) -> bool:
        """Whether it holds restricted papers."""
        return self.rendition == Rendition.RESTRICTED


@dataclass(frozen=True, slots=True)
class Sent:
    """A pack as its page shows it."""

    number: int
    name: str
    sent_at: datetime.datetime
    sent_by: str
    lines: list[Line] = field(default_factory=list)
    files: list[File] = field(default_factory=list)

    @property
    def in_the_making(self) -> bool:
        """Whether one of its files is still being put together."""
        return any(file.state in (Making.WAITING, Making.MAKING) for file in self.files)


def packs_of(meeting: Meeting, user: Any) -> list[Sent]:
    """The packs of a meeting, the first one first, as one reader on the group may see them."""
    return [_sent(pack, user) for pack in _with_all(meeting.packs.order_by("number"), meeting)]


def _with_all(packs: QuerySet[Pack], meeting: Meeting) -> list[Pack]:
    parts = PackPart.objects.select_related(
        "paper__document", "paper__item", "version", "item"
    ).order_by("position")
    files = PackFile.objects.annotate(size=F("content__size"))
    found = packs.select_related("sent_by").prefetch_related(
        Prefetch("parts", parts), Prefetch("files", files)
    )
    packs_here = list(found)
    for pack in packs_here:
        pack.meeting = meeting
        for part in pack.parts.all():
            part.paper.document.group = meeting.group
    return packs_here


def _sent(pack: Pack, user: Any) -> Sent:
    cleared = can(user, "open restricted", pack)
    closed = recused(user)
    files = sorted(pack.files.all(), key=lambda each: RANK[each.rendition])
    return Sent(
        pack.number, str(pack), pack.sent_at, str(pack.sent_by),
        [_line(part, pack, user, closed) for part in pack.parts.all()],
        [_file(each, pack) for each in files if cleared or each.rendition != Rendition.RESTRICTED],
    )  # fmt: skip


def _line(part: PackPart, pack: Pack, user: Any, closed: set[uuid.UUID]) -> Line:
    document = part.paper.document
    opens = bool(can(user, "open", document))
    entry = entry_of(part, pack, gone=not opens or part.item_id in closed)
    if entry.withdrawn:
        return Line(entry, opens=False)
    slug = pack.meeting.group.partnership.slug
    return Line(entry, reverse("documents:detail", args=[slug, document.pk]))


def _file(file: Any, pack: Pack) -> File:
    return File(
        pack.number, file.rendition, READS_AS[file.rendition], file.state,
        file.get_state_display(), file.done, max(file.total, 1), file.size or 0, file.problem,
    )  # fmt: skip


# ---- what the public gets -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PublicPaper:
    """A paper that was published with the agenda: where its file is, on which page it stands."""

    item: int
    called: str
    page: str
    url: str


def public_parts(meeting: Meeting) -> QuerySet[PackPart]:
    """The papers that the public may have: in a public pack, and not restricted since."""
    parts = PackPart.objects.filter(pack__meeting=meeting, rendition=Rendition.PUBLIC)
    return parts.filter(
        paper__document__marking="official", item__marking="official"
    ).select_related("pack", "item", "version", "paper")


def public_papers(meeting: Meeting) -> list[PublicPaper]:
    """Each in the version that was sent last, in the order of the letters."""
    latest = {part.paper_id: part for part in public_parts(meeting).order_by("pack__number")}
    found = sorted(latest.values(), key=lambda part: (len(part.letter), part.letter))
    slug = meeting.group.partnership.slug
    papers = []
    for part in found:
        entry = entry_of(part, part.pack)
        url = reverse("meetings:public_paper", args=[slug, meeting.slug, part.pk])
        papers.append(PublicPaper(part.item.number, entry.called, entry.page, url))
    return papers


def public_files(meeting: Meeting) -> list[PackFile]:
    """The public packs that are ready, the first one first."""
    files = PackFile.objects.filter(
        pack__meeting=meeting, rendition=Rendition.PUBLIC, state=Making.READY
    )
    return list(
        files.select_related("pack").annotate(size=F("content__size")).order_by("pack__number")
    )


def online(part: PackPart, meeting: Meeting, rendition: str) -> str:
    """The whole address at which a paper can be read."""
    slug = meeting.group.partnership.slug
    if rendition == Rendition.PUBLIC:
        path = reverse("meetings:public_paper", args=[slug, meeting.slug, part.pk])
    else:
        path = reverse("documents:detail", args=[slug, part.paper.document_id])
    return f"{settings.SITE_ADDRESS}{path}"


# ---- who has opened them ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody on the group, and when they first opened each pack."""

    person: uuid.UUID
    name: str
    agency: str
    opened: tuple[datetime.datetime | None, ...]

    @property
    def has_all(self) -> bool:
        """Whether they have opened every pack."""
        return all(self.opened)


def readers_of(meeting: Meeting) -> list[Reader]:
    """Everybody with a seat on the group today, by agency, with the packs that they have opened."""
    packs = list(meeting.packs.order_by("number").values_list("pk", flat=True))
    readings = PackReading.objects.filter(pack__meeting=meeting)
    opened = {(row.pack_id, row.person_id): row.opened_at for row in readings}
    seats = (
        Seat.objects.on(clock.today())
        .filter(Q(group=meeting.group), person__is_active=True)
        .select_related("person", "agency")
        .order_by("agency__name", "person__name")
    )
    found: dict[uuid.UUID, Reader] = {}
    for seat in seats:
        when = tuple(opened.get((pack, seat.person_id)) for pack in packs)
        found.setdefault(
            seat.person_id,
            Reader(seat.person_id, seat.person.name, seat.agency.name, when),
        )
    return list(found.values())
