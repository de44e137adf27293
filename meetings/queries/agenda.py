"""The agenda as a page shows it: its lines with times and papers, and what is missing."""

import datetime
import uuid
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from core import clock
from core.dates import clock as clock_words
from core.dates import count
from core.markings import Marking
from documents.models import Opening, PersonalNote, Version
from documents.queries import title_for
from meetings.models import Item, ItemKind, Meeting, PackPart, Paper, Status
from meetings.packs.shapes import label
from meetings.queries.subjects import PUBLISHED
from meetings.recusal import recused
from meetings.threads import OF_THE_MEETING
from membership import standing

# Kinds that need no lead of their own: whoever is in the chair takes them, or everybody does.
NEEDS_NO_LEAD = (ItemKind.INTERESTS, ItemKind.ANY_OTHER_BUSINESS, ItemKind.NEXT_DATE)


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper as it is listed. Where the reader may not open it, its title stays unsaid.

    ``noted`` tells readers of notes of their own; ``page`` is its number in the pack, and
    ``waits`` says that its newest version is in no pack yet.
    """

    pk: int
    letter: str
    title: str
    document: uuid.UUID
    marking: str
    late: bool
    pages: int | None
    opens: bool = True
    noted: bool = False
    public: bool = False
    page: str = ""
    waits: bool = False

    @property
    def restricted(self) -> bool:
        """Whether the sharing gate stands before it."""
        return self.marking == Marking.SENSITIVE


@dataclass(frozen=True, slots=True)
class Line:
    """One item of the agenda: when it comes, what it is, who leads, which papers it has.

    Readers who ``withdrew`` from it because of an interest see this line and no more of it.
    """

    pk: uuid.UUID
    number: int
    kind: str
    title: str
    marking: str
    starts_at: datetime.time
    minutes: int
    lead: str
    note: str
    paper_expected: bool
    papers: tuple[PaperLine, ...] = ()
    opens: bool = True
    withdrew: bool = False
    thread: uuid.UUID | None = None

    @property
    def restricted(self) -> bool:
        """Whether it is in the restricted part."""
        return self.marking == Marking.SENSITIVE

    @property
    def to_follow(self) -> bool:
        """A paper is expected and none has come."""
        return self.paper_expected and not self.papers and not self.withdrew

    @property
    def lacks_lead(self) -> bool:
        """Nobody has been named to lead it, and somebody must."""
        return not self.lead and self.kind not in NEEDS_NO_LEAD


@dataclass(frozen=True, slots=True)
class Agenda:
    """The agenda of one meeting, the restricted part last."""

    open: list[Line] = field(default_factory=list)
    restricted: list[Line] = field(default_factory=list)
    length: int = 0
    starts_at: datetime.time = datetime.time(0)

    @property
    def ends_words(self) -> str:
        """The items end at noon, as the meeting does; or so many minutes before it, or after."""
        ends = f"The items end at {clock_words(after(self.starts_at, self.minutes))}"
        if self.over or self.minutes == self.length:
            return f"{ends}{'.' if self.over else ', as the meeting does.'}"
        return f"{ends}, {count(self.length - self.minutes, 'minute')} before the meeting does."

    @property
    def lines(self) -> list[Line]:
        """Both parts, in order."""
        return [*self.open, *self.restricted]

    @property
    def parts(self) -> list[tuple[str, str, list[Line]]]:
        """The parts that hold something: their names, markings and lines."""
        parts = [
            ("Open part", Marking.OFFICIAL.value, self.open),
            ("Restricted part", Marking.SENSITIVE.value, self.restricted),
        ]
        return [part for part in parts if part[2]]

    @property
    def minutes(self) -> int:
        """How long all items take together."""
        return sum(line.minutes for line in self.lines)

    @property
    def over(self) -> int:
        """By how many minutes the items exceed the meeting; never below nothing."""
        return max(self.minutes - self.length, 0)

    @property
    def to_follow(self) -> list[Line]:
        """The items whose paper has not come."""
        return [line for line in self.lines if line.to_follow]

    @property
    def without_lead(self) -> list[Line]:
        """The items that nobody leads."""
        return [line for line in self.lines if line.lacks_lead]

    @property
    def says(self) -> str:
        """12 items, 120 minutes."""
        return f"{count(len(self.lines), 'item')}, {count(self.minutes, 'minute')}"


def items(
    meeting: Meeting, *, agencies: Any = (), open_only: bool = False, reader: Any = None
) -> QuerySet[Item]:
    """The meeting's items in order, each with its papers and its lead: one query.

    ``open_only`` never so much as loads a restricted item or a restricted paper. A paper that an
    officer has opened to one of these agencies for a time says so, and one on which the reader has
    notes of their own does too.
    """
    opened = Opening.objects.open_at(clock.now()).filter(
        document=OuterRef("document"), agency__in=list(agencies)
    )
    papers = Paper.objects.filter(item=OuterRef("pk"))
    chosen = Item.objects.filter(meeting=meeting)
    if open_only:
        chosen = chosen.filter(marking=Marking.OFFICIAL)
        papers = papers.filter(document__marking=Marking.OFFICIAL)
    own_notes = PersonalNote.objects.filter(document=OuterRef("document"), person=reader)
    latest = Version.objects.filter(document=OuterRef("document")).order_by("-number")
    sent = PackPart.objects.filter(paper=OuterRef("pk")).order_by("-pack__number")
    part = JSONObject(pack="pack__number", page="first_page", version="version__number")
    lines = papers.order_by("pk").values(
        line=JSONObject(
            pk="pk", letter="letter", late="late", title=F("document__title"),
            document=F("document_id"), marking=F("document__marking"),
            pages=Subquery(latest.values("pages")[:1]), opened=Exists(opened),
            noted=Exists(own_notes), public="public",
            newest=Subquery(latest.values("number")[:1]),
            sent=Subquery(sent.values(part=part)[:1]),
        )
    )  # fmt: skip
    return (
        chosen.select_related("lead")
        .annotate(paper_lines=ArraySubquery(lines), followed=Exists(_elsewhere(open_only)))
        .order_by("marking", "position")
    )


def _elsewhere(open_only: bool) -> QuerySet[Item]:
    """What other meetings have about the subject of an item: for the public, what is published."""
    others = Item.objects.filter(thread=OuterRef("thread")).exclude(meeting=OuterRef("meeting"))
    others = others.exclude(kind__in=OF_THE_MEETING)
    if open_only:
        return others.filter(PUBLISHED)
    return others.exclude(meeting__status=Status.CANCELLED)


def agenda_of(meeting: Meeting, *, user: Any = None, open_only: bool = False) -> Agenda:
    """The agenda with the time at which each item comes, counted from the start.

    With a ``user`` it says what that person may open, and leaves out the titles of other papers
    and what a restricted item asks of the group.
    """
    seats = [] if user is None else standing.seats(user)
    agencies = {seat.agency_id for seat in seats if _reaches(seat, meeting)}
    cleared = user is None or meeting.group_id in standing.cleared(user)
    closed = set() if user is None else recused(user) | standing.barred(user, "documents")
    reader = None if user is None else user.pk
    rows = items(meeting, agencies=agencies, open_only=open_only, reader=reader)
    parts: dict[bool, list[Line]] = {False: [], True: []}
    for line in _lines(meeting, rows, cleared, closed):
        parts[line.restricted].append(line)
    return Agenda(parts[False], parts[True], meeting.length, meeting.starts_at)


def _reaches(seat: Any, meeting: Meeting) -> bool:
    return any(each["id"] == str(meeting.group_id) for each in seat.reach)


def _lines(
    meeting: Meeting, rows: Iterable[Any], cleared: bool, closed: Container[uuid.UUID]
) -> Iterator[Line]:
    passed = 0
    for number, item in enumerate(rows, start=1):
        withdrew = item.pk in closed
        opens = (cleared or not item.restricted) and not withdrew
        papers = [] if withdrew else sorted(item.paper_lines, key=_in_order)
        yield Line(
            item.pk, number, item.kind, item.title, item.marking,
            after(meeting.starts_at, passed), item.minutes_allowed,
            item.lead.name if item.lead else item.lead_words, item.note if opens else "",
            item.paper_expected,
            tuple(_paper(paper, cleared, closed) for paper in papers), opens, withdrew,
            item.thread if item.followed and opens else None,
        )  # fmt: skip
        passed += item.minutes_allowed


def _paper(paper: dict[str, Any], cleared: bool, closed: Container[uuid.UUID]) -> PaperLine:
    document = uuid.UUID(paper["document"])
    opens = cleared or paper["opened"] or paper["marking"] == Marking.OFFICIAL
    opens = opens and document not in closed
    return PaperLine(
        paper["pk"], paper["letter"], paper["title"] if opens else "", document,
        paper["marking"], paper["late"], paper["pages"] if opens else None, opens, paper["noted"],
        paper["public"], _page(paper["sent"]) if opens else "", _waits(paper),
    )  # fmt: skip


def _page(sent: dict[str, Any] | None) -> str:
    """12, or S1-3 in a supplement; nothing for what was not sent."""
    if sent is None:
        return ""
    return label(f"S{sent['pack']}-" if sent["pack"] else "", sent["page"])


def _waits(paper: dict[str, Any]) -> bool:
    return paper["sent"] is None or paper["sent"]["version"] < (paper["newest"] or 0)


def titled(item: Item, user: Any) -> list[tuple[Paper, str]]:
    """The papers of an item, each with its title as far as this person may read it."""
    papers = item.papers.select_related("document__group__partnership")
    return [(paper, title_for(user, paper.document)) for paper in papers]


def _in_order(paper: dict[str, Any]) -> tuple[int, str]:
    """A to Z come before AA."""
    return len(paper["letter"]), paper["letter"]


def after(start: datetime.time, minutes: int) -> datetime.time:
    """The time on the wall so many minutes later; past midnight it begins anew."""
    total = (start.hour * 60 + start.minute + minutes) % (24 * 60)
    return datetime.time(total // 60, total % 60)


# ---- before it is published ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Check:
    """Something that was looked at before publishing. Only one that stops must be put right."""

    says: str
    passed: bool
    stops: bool = False
    url: str = ""


def numbers(lines: Iterable[Line]) -> str:
    """Item 5; items 5, 7 and 9."""
    told = [str(line.number) for line in lines]
    if len(told) == 1:
        return f"item {told[0]}"
    return f"items {', '.join(told[:-1])} and {told[-1]}" if told else ""


def checks(meeting: Meeting, agenda: Agenda, *, protocol: bool) -> list[Check]:
    """What to look at before an agenda goes out; ``protocol`` says whether one is in force."""
    found = [
        _whether(
            agenda.lines, "The agenda has items.", "The agenda has no items.", stops=True
        ),
        _whether(
            not agenda.to_follow, "Every paper that is expected has come.",
            f"No paper yet for {numbers(agenda.to_follow)}. The agenda will say “to follow”.",
        ),
        _whether(
            not agenda.without_lead, "Every item has a lead.",
            f"Nobody leads {numbers(agenda.without_lead)}.",
        ),
        _whether(
            not agenda.over, "The items fit into the meeting.",
            f"The items take {count(agenda.minutes, 'minute')}, "
            f"{agenda.over} more than the meeting lasts.",
        ),
    ]  # fmt: skip
    if agenda.restricted:
        found.append(
            _whether(
                protocol, f"{meeting.group.name} has a Frequent Sharing Protocol in force.",
                f"{meeting.group.name} has no Frequent Sharing Protocol in force, so nobody can "
                "open the papers of the restricted part.",
            )
        )  # fmt: skip
    return found


def _whether(holds: Any, good: str, bad: str, *, stops: bool = False) -> Check:
    return Check(good, True) if holds else Check(bad, False, stops)
