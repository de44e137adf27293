"""What waits for an agenda and comes onto one: by an officer's hand, or by itself.

What was carried from a meeting, and the steer of the group that another reports to, go onto the
next agenda as soon as there is one. Everything else waits until an officer puts it there. These
are the steps; who may take them is asked in ``backlog``, ``offers`` and ``reporting``.
"""

from typing import Any

from core import clock, history
from meetings import queries
from meetings.models import Answer, BacklogItem, Item, ItemKind, Meeting, Origin, Status
from meetings.threads import thread_for
from meetings.workflow.ordering import place
from membership.models import Group

BY_ITSELF = (Origin.CARRIED, Origin.STEER)
MOST_ITEMS = 200


def as_item(waiting: BacklogItem, meeting: Meeting, **changes: Any) -> Item:
    """The item that something waiting would be on this agenda, on the thread it came from."""
    kind = waiting.kind
    if kind != ItemKind.OTHER and meeting.items.filter(kind=kind).exists():
        kind = ItemKind.OTHER
    fields: dict[str, Any] = {
        name: getattr(waiting, name)
        for name in ("title", "marking", "minutes_allowed", "lead", "lead_words", "note")
    }
    return Item(
        meeting=meeting, kind=kind,
        thread=thread_for(meeting.group, waiting.kind, waiting.carried_from), **(fields | changes),
    )  # fmt: skip


def answered(waiting: BacklogItem, state: Answer, *, by: Any, **fields: Any) -> BacklogItem:
    """Note what became of something that waited."""
    fields |= {"state": state, "answered_at": clock.now(), "answered_by": by}
    for name, value in fields.items():
        setattr(waiting, name, value)
    history.save(waiting, by=by, fields=fields)
    return waiting


def wait_again(waiting: BacklogItem, *, by: Any, **fields: Any) -> BacklogItem:
    """Let something that had its answer wait once more, with the papers that came with it."""
    fields |= {
        "state": Answer.WAITING, "item": None, "answer": "", "answered_at": None,
        "answered_by": None,
    }  # fmt: skip
    for name, value in fields.items():
        setattr(waiting, name, value)
    history.save(waiting, by=by, fields=fields)
    waiting.papers.filter(state=Answer.TAKEN).update(
        state=Answer.WAITING, paper=None, answer="", answered_at=None, answered_by=None
    )
    return waiting


def take_back(item: Item, *, by: Any) -> bool:
    """As an item leaves a draft agenda, what it came from waits again; says if it did."""
    waiting = BacklogItem.objects.select_for_update().filter(item=item).first()
    if waiting is not None:
        wait_again(waiting, by=by)
    return waiting is not None


def put_by_itself(meeting: Meeting, *, by: Any) -> list[Item]:
    """Put what was carried to this group, and the steers it was given, on a draft agenda."""
    due = BacklogItem.objects.select_for_update(of=("self",)).filter(
        group=meeting.group, state=Answer.WAITING, origin__in=BY_ITSELF
    )
    room = MOST_ITEMS - meeting.items.count()
    return [
        _put(waiting, meeting, by=by)
        for waiting in due.select_related("lead", "carried_from").order_by("created_at")[:room]
    ]


def put_on_next(waiting: BacklogItem, *, by: Any) -> Item | None:
    """Put one of them on the group's next draft agenda; where there is none, it waits for it."""
    meeting = next_draft(waiting.group)
    if meeting is None or meeting.items.count() >= MOST_ITEMS:
        return None
    return _put(waiting, meeting, by=by)


def next_draft(group: Group) -> Meeting | None:
    """The group's next meeting whose agenda is a draft, kept from others until the end."""
    drafts = queries.to_come(group).filter(status=Status.SCHEDULED, on__gte=clock.today())
    rows = drafts.select_for_update(of=("self",)).select_related("group__partnership")
    return rows.first()


def _put(waiting: BacklogItem, meeting: Meeting, *, by: Any) -> Item:
    item = as_item(waiting, meeting)
    place(item, by=by)
    answered(waiting, Answer.TAKEN, by=by, item=item, meeting=meeting)
    return item
