"""Interests in the register that an agenda recalls, and those that were declared at a meeting.

An interest is recalled where one of the names that it is about stands in an item's title, in what
the group is asked to do, or in a paper's title, as far as the reader may read them.
"""

import datetime
import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from core.markings import Marking
from core.permissions import can
from meetings.models import Attendance, Declaration, Item, ItemKind, Meeting, Paper, Status
from meetings.queries.agenda import Agenda, agenda_of
from membership import standing
from membership.models import Interest, Seat, in_force

QUOTES = str.maketrans("’‘“”", "''\"\"")


@dataclass(frozen=True, slots=True)
class Recalled:
    """An interest that an item names: whose, in what, and by which name."""

    item: uuid.UUID
    number: int
    title: str
    interest: uuid.UUID
    person: uuid.UUID
    person_name: str
    text: str
    name: str
    own: bool


@dataclass(frozen=True, slots=True)
class Interests:
    """What an agenda recalls to a reader, and how many declarations stand that they may see."""

    recalled: tuple[Recalled, ...] = ()
    declared: int = 0

    @property
    def own(self) -> list[Recalled]:
        """The reader's own."""
        return [each for each in self.recalled if each.own]

    @property
    def of_others(self) -> list[Recalled]:
        """Those of other people, which officers see."""
        return [each for each in self.recalled if not each.own]


# ---- names --------------------------------------------------------------------------------------


def names(about: str) -> list[str]:
    """The names that recall an interest."""
    return [name for name in (" ".join(part.split()) for part in about.split(",")) if name]


def finder(about: str) -> re.Pattern[str] | None:
    """What finds one of these names as whole words, in large or small letters."""
    told = [r"\s+".join(map(re.escape, _plain(name).split())) for name in names(about)]
    if not told:
        return None
    told.sort(key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(told)})(?!\w)", re.IGNORECASE)


def named(about: str, text: str) -> str:
    """The name that a text recalls, as the text has it; nothing where it recalls none."""
    find = finder(about)
    found = find.search(_plain(text)) if find else None
    return " ".join(found.group().split()) if found else ""


def _plain(text: str) -> str:
    return text.translate(QUOTES)


# ---- for a meeting ------------------------------------------------------------------------------


def with_interests(meetings: QuerySet[Meeting], meeting: Meeting, user: Any) -> QuerySet[Meeting]:
    """A meeting with the interests that its agenda may recall to a reader, in the same query."""
    line = JSONObject(
        pk="pk", person="person_id", name="person__name", text="text", about="about"
    )  # fmt: skip
    declared = Declaration.objects.visible_to(user).standing().filter(meeting=OuterRef("pk"))
    taken = JSONObject(item="item_id", person="person_id")
    return meetings.annotate(
        interest_lines=ArraySubquery(_that_may_be(meeting, user).values(line=line)),
        declared_lines=ArraySubquery(declared.order_by("declared_at").values(line=taken)),
    )


def _that_may_be(meeting: Meeting, user: Any) -> QuerySet[Interest]:
    """The reader's own interests; for officers, those of everybody who is expected."""
    whose = Q(person=user.pk)
    if can(user, "declare for others", meeting):
        seats = Seat.objects.filter(in_force(meeting.on), group=meeting.group_id)
        there = Attendance.objects.filter(meeting=meeting, person__isnull=False)
        whose |= Q(person__in=seats.order_by().values("person"))
        whose |= Q(person__in=there.order_by().values("person"))
    held = Interest.objects.visible_to(user).on(meeting.on).exclude(about="")
    return held.filter(whose, partnership=meeting.group.partnership_id).order_by("person__name")


def interests_of(row: Any, agenda: Agenda, user: Any) -> Interests:
    """What a meeting that ``with_interests`` has read recalls, without what is declared already."""
    declared = {(line["item"], line["person"]) for line in row.declared_lines}
    found = _recalled(row.interest_lines, agenda, declared, user)
    return Interests(tuple(found), len(row.declared_lines))


def _recalled(
    interests: Iterable[dict[str, Any]], agenda: Agenda, declared: set[Any], user: Any
) -> Iterator[Recalled]:
    texts = [(line, _words(line)) for line in agenda.lines if not line.withdrew]
    finders = [(each, finder(each["about"])) for each in interests]
    for line, text in texts:
        for each, find in finders:
            found = find.search(text) if find else None
            if found is None or (str(line.pk), each["person"]) in declared:
                continue
            person = uuid.UUID(each["person"])
            yield Recalled(
                line.pk, line.number, line.title, uuid.UUID(each["pk"]), person, each["name"],
                each["text"], " ".join(found.group().split()), person == user.pk,
            )  # fmt: skip


def _words(line: Any) -> str:
    """All that a reader may read of an agenda's line."""
    papers = [paper.title for paper in line.papers if paper.opens]
    return _plain("\n".join([line.title, line.note, *papers]))


def interests_at(meeting: Meeting, agenda: Agenda, user: Any) -> Interests:
    """The same for a page that has not read the meeting together with them."""
    row = with_interests(Meeting.objects.filter(pk=meeting.pk), meeting, user).get()
    return interests_of(row, agenda, user)


def declarations(meeting: Meeting, user: Any) -> list[Declaration]:
    """Those that stand and that this person may see, item by item."""
    found = Declaration.objects.visible_to(user).of(meeting.group.partnership).standing()
    found = found.filter(meeting=meeting).select_related("declared_by", "item", "interest__person")
    return list(found.order_by(F("item__number").asc(nulls_first=True), "declared_at"))


@dataclass(frozen=True, slots=True)
class AtItem:
    """What the item for declarations shows whoever takes its minutes."""

    interests: Interests
    declared: tuple[Declaration, ...]


def at_the_item(item: Item, user: Any) -> AtItem | None:
    """In the item for declarations of interest, what is recalled and what is declared."""
    if item.kind != ItemKind.INTERESTS:
        return None
    agenda = agenda_of(item.meeting, user=user)
    found = interests_at(item.meeting, agenda, user)
    return AtItem(found, tuple(declarations(item.meeting, user)))


def restricted_of(here: AtItem | None) -> list[Declaration]:
    """Those of the declarations whose reading goes on record."""
    return [each for each in here.declared if each.restricted] if here else []


# ---- for one person -----------------------------------------------------------------------------


def to_say(user: Any, on: datetime.date) -> Iterator[tuple[Item, str]]:
    """Items of published agendas that name an interest of a person's who has not declared it."""
    held = Interest.objects.visible_to(user).filter(person=user.pk).not_over(on)
    own = list(held.exclude(about=""))
    if not own:
        return
    for item in _before_them(user, on):
        meeting = item.meeting
        texts = [item.title, *item.paper_titles]
        if not item.restricted or meeting.group_id in standing.cleared(user):
            texts.append(item.note)
        for each in own:
            here = each.partnership_id == meeting.group.partnership_id
            name = named(each.about, "\n".join(texts)) if here else ""
            if name:
                yield item, name
                break


def _before_them(user: Any, on: datetime.date) -> QuerySet[Any]:
    """Items of meetings to come, and of one held today, on which the person declared nothing."""
    cleared = Q(document__group__in=standing.cleared(user)) | Q(document__marking=Marking.OFFICIAL)
    papers = Paper.objects.filter(cleared, item=OuterRef("pk")).order_by("pk")
    declared = Declaration.objects.standing().filter(item=OuterRef("pk"), person=user.pk)
    out = Q(meeting__status=Status.AGENDA_PUBLISHED, meeting__on__gte=on)
    held = Q(meeting__status=Status.HELD, meeting__on=on)
    items = Item.objects.visible_to(user).filter(out | held, ~Exists(declared))
    return (
        items.annotate(paper_titles=ArraySubquery(papers.values("document__title")))
        .select_related("meeting__group__partnership")
        .only(
            "title", "note", "number", "marking", "meeting__slug", "meeting__on",
            "meeting__group__short_name", "meeting__group__partnership__slug",
            "meeting__group__partnership__name",
        )
        .order_by("meeting__on", "number")
    )  # fmt: skip
