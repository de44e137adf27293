"""The agenda: its items, their order and papers, and its publication.

A draft agenda tells nobody anything. Once it is published its items keep their order; a paper that
comes after that is a late one.
"""

import uuid
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from core import clock, history
from core.dates import longdate
from core.markings import Marking
from core.permissions import can, require
from core.workflow import Wrong
from documents import workflow as documents
from documents.models import Document
from meetings.models import Item, ItemKind, Meeting, Paper, Status
from meetings.models.meetings import stamp_of
from meetings.threads import thread_for, thread_of
from meetings.workflow import move_on, note, packs, take, tell_members
from meetings.workflow.ordering import arranged, letter, number, place, reposition
from meetings.workflow.waiting import MOST_ITEMS, take_back
from membership.models import GroupKind, Seat
from membership.queries import known_groups

LONGEST = 600  # minutes
LAST_LETTER = 26 * 27  # ZZ
AS_IT_IS = object()


class Changed(Wrong):
    """Somebody else has changed this item since it was read; ``current`` is as it stands."""

    def __init__(self, current: Item) -> None:
        super().__init__("Somebody else has changed this item since you opened it.")
        self.current = current


# ---- items --------------------------------------------------------------------------------------


@transaction.atomic
def add_item(
    meeting: Meeting, *, title: str, marking: str, minutes_allowed: int, lead: Any = None,
    lead_words: str = "", paper_expected: bool = False, note: str = "",
    kind: str = ItemKind.OTHER, continues: Item | None = None, by: Any,
) -> Item:  # fmt: skip
    """Add an item at the end of its part, before what closes the open part.

    ``continues`` is an earlier item of the group on the same subject. Raises ``ValidationError``
    with the fields that are wrong.
    """
    current = take("edit agenda", meeting, by=by)
    item = Item(
        meeting=current, kind=kind, title=title.strip(), marking=marking,
        minutes_allowed=minutes_allowed, lead=lead, lead_words=lead_words.strip(),
        paper_expected=paper_expected, note=note.strip(),
        thread=thread_for(current.group, kind, _may_continue(continues, current, by=by)),
    )  # fmt: skip
    return put(item, by=by)


@transaction.atomic
def put(item: Item, *, by: Any) -> Item:
    """Put a new item on the agenda of its meeting, which the caller has locked for that.

    Once the agenda is out, everybody is told. Raises ``ValidationError`` by field.
    """
    meeting = item.meeting
    if meeting.items.count() >= MOST_ITEMS:
        raise ValidationError(f"An agenda holds at most {MOST_ITEMS} items")
    _check(item)
    place(item, by=by)
    _record("added", item, by=by)
    if meeting.status == Status.AGENDA_PUBLISHED:
        tell_members(
            meeting, kind="agenda-item-added", occurrence=str(item.pk)[:60], but=by,
            text=f"An item was added to the agenda of the {_called(meeting)}.",
        )  # fmt: skip
    return item


@transaction.atomic
def change_item(
    item: Item, *, title: str, marking: str, minutes_allowed: int, lead: Any = None,
    lead_words: str = "", paper_expected: bool = False, note: str = "", stamp: str = "",
    continues: Any = AS_IT_IS, by: Any,
) -> Item:  # fmt: skip
    """Change an item's line on the agenda. A new marking takes it to the end of the other part.

    ``continues`` is an earlier item on the same subject, or nothing for a subject of its own;
    standing items keep the thread of their kind. Raises ``ValidationError`` with the fields that
    are wrong, and ``Changed`` where somebody else has changed the item since ``stamp`` was read.
    """
    current = _item("edit agenda", item, by=by)
    if stamp and stamp != current.stamp:
        raise Changed(current)
    was = current.marking
    current.title, current.marking, current.note = title.strip(), marking, note.strip()
    current.minutes_allowed, current.paper_expected = minutes_allowed, paper_expected
    current.lead, current.lead_words = lead, "" if lead else lead_words.strip()
    if continues is not AS_IT_IS and current.kind == ItemKind.OTHER:
        current.thread = _thread_now(current, _may_continue(continues, current.meeting, by=by))
    _check(current)
    if current.marking == was:
        history.save(current, by=by)
    else:
        place(current, by=by)
        _restrict_papers(current, by=by)
    _record("changed", current, by=by)
    return current


def _may_continue(earlier: Item | None, meeting: Meeting, *, by: Any) -> Item | None:
    """The item that another is to continue: one of the same group that this person may open."""
    if earlier is not None:
        wrong = {"continues": "Choose an item of this group that you may open"}
        if earlier.meeting.group_id != meeting.group_id or not can(by, "open", earlier):
            raise ValidationError(wrong)
    return earlier


def _thread_now(item: Item, continues: Item | None) -> uuid.UUID:
    """An item that goes on from no other begins a thread, unless it began its own already."""
    if continues is not None:
        return continues.thread
    earlier = Item.objects.filter(thread=item.thread, meeting__on__lt=item.meeting.on)
    return thread_of(item.meeting.group, item.kind) if earlier.exists() else item.thread


@transaction.atomic
def remove_item(item: Item, *, by: Any) -> None:
    """Take an item off a draft agenda. Its papers stay among the group's documents.

    What came from the items for later waits again.
    """
    current = _item("reorder agenda", item, by=by)
    take_back(current, by=by)
    _record("removed", current, by=by)
    history.remove(current, by=by)
    number(current.meeting)


@transaction.atomic
def move_item(item: Item, *, up: bool = False, to: int | None = None, by: Any) -> Item:
    """Move an item of a draft agenda one place up or down, or ``to`` a number of the agenda.

    It stays within its part: past the end of that it goes no further.
    """
    current = _item("reorder agenda", item, by=by)
    part = list(current.meeting.items.filter(marking=current.marking).order_by("position"))
    here = part.index(current)
    place_in_part = (here - 1 if up else here + 1) if to is None else to - part[0].number
    part.insert(min(max(place_in_part, 0), len(part) - 1), part.pop(here))
    reposition(part, by=by)
    number(current.meeting)
    current.refresh_from_db()
    return current


@transaction.atomic
def order_items(
    meeting: Meeting, *, places: dict[uuid.UUID, int], stamp: str = "", by: Any
) -> list[Item]:
    """Put items of a draft agenda at these numbers, each within its part; the rest close up.

    Gives the items that moved of those named. Raises ``Wrong`` where somebody else has changed the
    order since ``stamp`` was read.
    """
    current = take("reorder agenda", meeting, by=by)
    items = list(current.items.order_by("number", "position"))
    if stamp and stamp != order_stamp(items):
        raise Wrong("Somebody else has changed the agenda meanwhile. Look at it, then try again.")
    for item in items:
        item.meeting = current
    wanted = {
        item.pk: places[item.pk]
        for item in items
        if places.get(item.pk, item.number) != item.number and can(by, "open", item)
    }
    for marking in Marking.values:
        reposition(arranged([each for each in items if each.marking == marking], wanted), by=by)
    number(current)
    return [item for item in items if item.pk in wanted]


def order_stamp(items: Iterable[Any]) -> str:
    """Changes when the agenda has other items, or the same in another order."""
    return stamp_of(*(item.pk for item in items))


def _item(step: str, item: Item, *, by: Any) -> Item:
    """The item as it stands, its meeting locked for a step that this person may take.

    A restricted item is only for those who may open it. Raises ``Wrong`` where it is gone.
    """
    meeting = take(step, item.meeting, by=by)
    current = meeting.items.filter(pk=item.pk).first()
    if current is None:
        raise Wrong("This item is no longer on the agenda. Somebody else has removed it.")
    current.meeting = meeting
    require(can(by, "open", current))
    return current


def _check(item: Item) -> None:
    """Raise ``ValidationError`` for what cannot stand on an agenda."""
    wrong = {}
    group = item.meeting.group
    if not item.title:
        wrong["title"] = "Enter the title"
    elif len(item.title) > 200:
        wrong["title"] = "The title must be 200 characters or fewer"
    if not 1 <= item.minutes_allowed <= LONGEST:
        wrong["minutes_allowed"] = f"Minutes must be from 1 to {LONGEST}"
    if item.marking not in Marking.values:
        wrong["marking"] = "Choose from the list"
    if item.lead and not leads(item.meeting).filter(person=item.lead).exists():
        wrong["lead"] = f"Choose somebody who sits on {group.name} or on a group that reports to it"
    if wrong:
        raise ValidationError(wrong)


def _restrict_papers(item: Item, *, by: Any) -> None:
    """A paper's marking is at least its item's, and it is no longer one for the public."""
    if item.restricted:
        for paper in item.papers.select_related("document__group"):
            documents.restrict(paper.document, by=by)
        item.papers.update(public=False)
        number(item.meeting)
        packs.make_again(item.meeting)


def leads(meeting: Meeting) -> QuerySet[Seat]:
    """The seats whose holders may lead an item: the group's, its subgroups', its officers'."""
    group = meeting.group
    subgroups = known_groups(group.partnership).filter(reports_to=group)
    within = Q(group=group) | Q(group__in=subgroups)
    if group.administered_by_id:
        within |= Q(group=group.administered_by_id)
    return Seat.objects.on(max(clock.today(), meeting.on)).filter(within)


def _record(did: str, item: Item, *, by: Any) -> None:
    """The entry names the item by its number only: titles may be restricted."""
    words = {"added": "added item {} to", "changed": "changed item {} of",
             "removed": "removed item {} from"}[did]  # fmt: skip
    note(
        f"{words.format(item.number)} the agenda of", item.meeting, item.meeting, by=by,
        detail={"item": str(item.pk)},
    )  # fmt: skip


# ---- papers -------------------------------------------------------------------------------------


@transaction.atomic
def add_paper(
    item: Item, *, title: str, marking: str, file: Any, handling_note: str = "",
    public: bool = False, by: Any,
) -> Paper:  # fmt: skip
    """Put a file on the agenda under the next letter; once the agenda is out, as a late paper.

    A paper's marking is at least its item's; only an open one can be ``public``. A late paper
    waits for the next supplement, and nobody is told before that. Raises ``ValidationError``.
    """
    current = _item("add papers", item, by=by)
    if current.restricted and marking != Marking.SENSITIVE:
        raise ValidationError(
            {"marking": "A paper of a restricted item must be OFFICIAL-SENSITIVE"}
        )
    meeting = current.meeting
    if public:
        _refuse_public(marking, meeting)
    taken = Paper.objects.filter(item__meeting=meeting).count()
    if taken >= LAST_LETTER:
        raise ValidationError(f"A meeting holds at most {LAST_LETTER} papers")
    document = documents.add_document(
        meeting.group, title=title, marking=marking, file=file, handling_note=handling_note, by=by
    )
    late = meeting.status != Status.SCHEDULED
    paper = Paper.objects.create(
        item=current, document=document, letter=_free(meeting), late=late, public=public
    )
    if not late:
        number(meeting)
        paper.refresh_from_db()
    _paper_record("added", paper, meeting, by=by)
    return paper


def _refuse_public(marking: str, meeting: Meeting) -> None:
    if marking == Marking.SENSITIVE:
        raise ValidationError({"public": "A restricted paper is never published"})
    if meeting.group.kind != GroupKind.BOARD:
        raise ValidationError({"public": f"The agendas of {meeting.group.name} are not public"})


@transaction.atomic
def remove_paper(paper: Paper, *, by: Any) -> None:
    """Take a paper off a draft agenda. It stays among the group's documents."""
    current = _item("reorder agenda", paper.item, by=by)
    there = current.papers.filter(pk=paper.pk).first()
    if there is None:
        raise Wrong("This paper is no longer on the agenda.")
    _paper_record("removed", there, current.meeting, by=by)
    there.delete()
    number(current.meeting)


def _free(meeting: Meeting) -> str:
    taken = set(Paper.objects.filter(item__meeting=meeting).values_list("letter", flat=True))
    return next(each for each in map(letter, range(1, LAST_LETTER + 1)) if each not in taken)


def _paper_record(did: str, paper: Paper, meeting: Meeting, *, by: Any) -> None:
    document: Document = paper.document
    words = {"added": "added a paper for item {} to", "removed": "removed a paper of item {} from"}
    note(
        f"{words[did].format(paper.item.number)} the agenda of", meeting, meeting, by=by,
        sensitive=document.restricted, detail={"document": str(document.pk)},
    )  # fmt: skip


# ---- publishing ---------------------------------------------------------------------------------


@transaction.atomic
def publish(meeting: Meeting, *, by: Any) -> Meeting:
    """Publish the agenda: everybody on the group is told, and the public sees the open part.

    What is missing does not stop it. Raises ``Wrong`` where there is nothing on the agenda, or
    where it has been published before.
    """
    current = take("publish agenda", meeting, by=by)
    if not current.items.exists():
        raise Wrong("The agenda has no items. Add one before you publish it.")
    number(current)
    published = move_on(
        current, "publish agenda", by=by, says="published the agenda of",
        agenda_published_at=clock.now(), agenda_published_by=by,
    )  # fmt: skip
    packs.fix(published, by=by)
    tell_members(
        published, kind="agenda-published", but=by,
        text=f"The agenda and papers for the {_called(published)} are out. Say if you are coming.",
    )  # fmt: skip
    return published


def _called(meeting: Meeting) -> str:
    return f"{meeting.group.short_name} meeting of {longdate(meeting.on)}"
