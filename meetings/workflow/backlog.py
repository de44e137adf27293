"""The items that a group keeps for later: kept, carried on, put on an agenda, taken off again."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from audit.workflow import record
from core import clock, history
from core.markings import Marking
from core.markup import plain
from core.permissions import can, require
from core.workflow import Wrong
from meetings.models import Answer, BacklogItem, Item, Meeting, Origin
from meetings.workflow import note, take
from meetings.workflow.agenda import LONGEST, leads, put, remove_item
from meetings.workflow.waiting import answered, as_item, put_on_next, wait_again
from membership.models import Group

TEXT = 4000  # characters
GONE = {
    Answer.TAKEN: "This is on an agenda already.",
    Answer.DECLINED: "This has been declined already.",
    Answer.WITHDRAWN: "This has been taken back.",
}


@transaction.atomic
def keep(
    group: Group, *, title: str, marking: str, minutes_allowed: int = 10, lead: Any = None,
    lead_words: str = "", note: str = "", text: str = "", meeting: Meeting | None = None, by: Any,
) -> BacklogItem:  # fmt: skip
    """Keep an item for a later agenda. Nobody is told. Raises ``ValidationError`` by field."""
    require(can(by, "keep items for later", group))
    waiting = BacklogItem(
        group=group, created_at=clock.now(), created_by=by, meeting=meeting, title=title.strip(),
        marking=marking, minutes_allowed=minutes_allowed, lead=lead, lead_words=lead_words.strip(),
        note=note.strip(), text=plain(text),
    )  # fmt: skip
    require(can(by, "answer", waiting))
    check(waiting)
    history.save(waiting, by=by)
    record_of("kept an item for later", waiting, by=by)
    return waiting


@transaction.atomic
def change(waiting: BacklogItem, *, stamp: str = "", by: Any, **fields: Any) -> BacklogItem:
    """Change an item that waits. What somebody offered, and a steer, keep the words they came in.

    Raises ``ValidationError`` by field, ``Wrong`` where it no longer waits or has been changed
    since ``stamp`` was read.
    """
    current = locked(waiting, by=by)
    if current.origin not in (Origin.OFFICER, Origin.CARRIED):
        raise Wrong("Only its words can be changed as it goes on an agenda.")
    if stamp and stamp != stamp_of_words(current):
        raise Wrong("Somebody else has changed this meanwhile. Look at it, then try again.")
    for name, value in fields.items():
        setattr(current, name, value.strip() if isinstance(value, str) else value)
    check(current)
    history.save(current, by=by)
    record_of("changed an item for later", current, by=by)
    return current


@transaction.atomic
def remove(waiting: BacklogItem, *, by: Any) -> None:
    """Take out an item that an officer kept. What was offered is answered instead."""
    current = locked(waiting, by=by)
    if current.origin == Origin.OFFERED:
        raise Wrong("Somebody offered this. Decline it and say why, so that they are told.")
    record_of("removed an item for later", current, by=by)
    history.remove(current, by=by)


@transaction.atomic
def carry(item: Item, *, by: Any) -> tuple[BacklogItem, Item | None]:
    """Carry an item of a meeting that was held, or cancelled, to the group's next agenda.

    Where there is no draft yet it waits, and goes onto the next by itself. Raises ``Wrong``.
    """
    meeting = take("carry an item", item.meeting, by=by)
    current = Item.objects.select_for_update(of=("self",)).get(pk=item.pk)
    current.meeting = meeting
    require(can(by, "open", current))
    if not current.carries_on:
        raise Wrong("This item is about the meeting itself, so the next agenda has its own.")
    if current.carried.filter(origin=Origin.CARRIED, group=meeting.group).exclude(
        state=Answer.WITHDRAWN
    ).exists():  # fmt: skip
        raise Wrong("This item has already been carried on.")
    waiting = _from_item(current, Origin.CARRIED, current, by=by)
    note(f"carried item {current.number} on from", meeting, meeting, by=by,
         detail={"item": str(current.pk)})  # fmt: skip
    return waiting, put_on_next(waiting, by=by)


@transaction.atomic
def remove_and_keep(item: Item, *, by: Any) -> BacklogItem:
    """Take an item off a draft agenda and keep it for a later one, on the same thread."""
    meeting = take("reorder agenda", item.meeting, by=by)
    current = meeting.items.filter(pk=item.pk).first()
    if current is None:
        raise Wrong("This item is no longer on the agenda. Somebody else has removed it.")
    current.meeting = meeting
    waiting = BacklogItem.objects.filter(item=current).first()
    if waiting is None:
        earlier = Item.objects.filter(thread=current.thread).exclude(pk=current.pk)
        before = earlier.order_by("-meeting__on").first()
        waiting = _from_item(current, Origin.OFFICER, before, by=by)
    remove_item(current, by=by)
    waiting.refresh_from_db()
    return waiting


@transaction.atomic
def take_up(waiting: BacklogItem, meeting: Meeting, *, by: Any, **changes: Any) -> Item:
    """Put something that waits on an agenda, as it is or with these changes to its line.

    What it becomes is on the thread that it was carried from. The papers that came with it wait
    for their own answer. Raises ``ValidationError`` by field, and ``Wrong`` where it is on an
    agenda already, so that two officers never put it there twice.
    """
    target = take("edit agenda", meeting, by=by)
    current = locked(waiting, by=by)
    if current.group_id != target.group_id:
        raise Wrong("This waits for an agenda of another group.")
    item = as_item(current, target, **changes)
    if "lead" not in changes and item.lead and not leads(target).filter(person=item.lead).exists():
        item.lead_words, item.lead = item.lead.name, None
    put(item, by=by)
    answered(current, Answer.TAKEN, by=by, item=item, meeting=target)
    record_of("put an item that waited on an agenda", current, by=by)
    return item


@transaction.atomic
def put_back(item: Item, *, by: Any) -> BacklogItem:
    """Take what came from the items for later off a draft agenda: it waits again."""
    waiting = BacklogItem.objects.filter(item=item).first()
    if waiting is None:
        raise Wrong("This item did not come from the items for later.")
    remove_item(item, by=by)
    waiting.refresh_from_db()
    return waiting


@transaction.atomic
def reopen(waiting: BacklogItem, *, by: Any) -> BacklogItem:
    """Let something that was declined wait again."""
    current = _row(waiting)
    require(can(by, "answer", current))
    if current.state != Answer.DECLINED:
        raise Wrong("Only what was declined can be opened again.")
    record_of("reopened an item for later", current, by=by)
    return wait_again(current, by=by)


# ---- shared -------------------------------------------------------------------------------------


def locked(waiting: BacklogItem, *, by: Any, verb: str = "answer") -> BacklogItem:
    """Something that still waits, for whoever may answer it, kept until the transaction ends."""
    current = _row(waiting)
    require(can(by, verb, current))
    if current.state != Answer.WAITING:
        raise Wrong(GONE[Answer(current.state)])
    return current


def _row(waiting: BacklogItem) -> BacklogItem:
    rows = BacklogItem.objects.select_for_update(of=("self",))
    found = rows.select_related("group__partnership", "lead", "carried_from", "meeting").filter(
        pk=waiting.pk
    ).first()  # fmt: skip
    if found is None:
        raise Wrong("Somebody else has removed this.")
    return found


def check(waiting: BacklogItem) -> None:
    """Raise ``ValidationError`` for what cannot wait for an agenda."""
    wrong = {}
    if not waiting.title:
        wrong["title"] = "Enter the title"
    elif len(waiting.title) > 200:
        wrong["title"] = "The title must be 200 characters or fewer"
    if waiting.marking not in Marking.values:
        wrong["marking"] = "Choose from the list"
    if not 1 <= waiting.minutes_allowed <= LONGEST:
        wrong["minutes_allowed"] = f"Minutes must be from 1 to {LONGEST}"
    if len(waiting.note) > 300:
        wrong["note"] = "What the group is asked to do must be 300 characters or fewer"
    if len(waiting.text) > TEXT:
        wrong["text"] = f"This must be {TEXT:,} characters or fewer"
    if wrong:
        raise ValidationError(wrong)


def stamp_of_words(waiting: BacklogItem) -> str:
    """The newest entry of its history: a form sends back the one it was made from."""
    newest = waiting.history.order_by("-history_id").first()
    return str(newest.history_id) if newest else ""


def record_of(says: str, waiting: BacklogItem, *, by: Any, **detail: Any) -> None:
    """Write the record; a restricted one is named by its place and not by its title."""
    record(
        says, waiting, by=by, partnership=waiting.partnership, group=waiting.group,
        sensitive=waiting.restricted, detail=detail,
    )  # fmt: skip


def _from_item(item: Item, origin: Origin, carried_from: Item | None, *, by: Any) -> BacklogItem:
    waiting = BacklogItem(
        group=item.meeting.group, origin=origin, title=item.title, kind=item.kind,
        marking=item.marking, minutes_allowed=item.minutes_allowed, lead=item.lead,
        lead_words=item.lead_words, note=item.note, carried_from=carried_from,
        created_at=clock.now(), created_by=by,
    )  # fmt: skip
    history.save(waiting, by=by)
    record_of("kept an item for later", waiting, by=by)
    return waiting
