"""The thread of an item: what ties it to the same subject at other meetings of its group."""

import uuid

from meetings.models import Item, ItemKind
from meetings.models.items import OF_THE_MEETING
from membership.models import Group

__all__ = ["OF_THE_MEETING", "thread_for", "thread_of"]


def thread_of(group: Group, kind: str) -> uuid.UUID:
    """The thread of a standing kind is one for all of a group's meetings; any other is new."""
    return uuid.uuid4() if kind == ItemKind.OTHER else uuid.uuid5(group.pk, kind)


def thread_for(group: Group, kind: str, continues: Item | None) -> uuid.UUID:
    """The thread of a new item: that of the item which it continues, if it does."""
    return continues.thread if continues is not None else thread_of(group, kind)
