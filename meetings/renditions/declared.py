"""The interests that were declared at a meeting, as its minutes show them.

What touches a restricted item, and what is sensitive, is in the restricted rendition alone; the
words of a sensitive interest are in neither, only in the register.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from core.markings import Marking
from meetings.models import HERE, Attendance, Declaration, Item, ItemKind, Meeting
from meetings.renditions.shapes import DeclaredLine


@dataclass(slots=True)
class Declared:
    """What is said where: under the item for it, under each item withdrawn from, by each name."""

    under: uuid.UUID | None = None
    lines: list[DeclaredLine] = field(default_factory=list)
    left: dict[uuid.UUID, list[DeclaredLine]] = field(default_factory=lambda: defaultdict(list))
    people: dict[uuid.UUID, list[int]] = field(default_factory=lambda: defaultdict(list))

    def at(self, item: Item) -> tuple[DeclaredLine, ...]:
        """The declarations, under the item for them."""
        return tuple(self.lines) if item.pk == self.under else ()

    def leaving(self, item: Item) -> tuple[DeclaredLine, ...]:
        """Who took no part in an item."""
        return tuple(self.left.get(item.pk, ()))

    def note(self, row: Attendance) -> str:
        """What the attendance says of somebody who withdrew: left for items 6 and 9."""
        numbers = sorted(self.people.get(row.person_id, ())) if row.person_id else []
        if not numbers or row.presence not in HERE:
            return ""
        told = [str(number) for number in numbers]
        if len(told) == 1:
            return f"left for item {told[0]}"
        return f"left for items {', '.join(told[:-1])} and {told[-1]}"


def declared(meeting: Meeting, rows: Iterable[Attendance], *, open_only: bool) -> Declared:
    """The declarations that stand. ``open_only`` never loads those that the public is not to see.

    An agenda without an item for them says them under its first.
    """
    found = Declared()
    here = {row.person_id for row in rows if row.presence in HERE}
    standing = meeting.declarations.standing().select_related("person", "item", "interest")
    standing = standing.defer("item__minute", "item__open_minute")
    if open_only:
        standing = standing.filter(OPEN)
    for each in standing.order_by("item__number", "declared_at"):
        restricted = each.restricted
        found.lines.append(DeclaredLine(_words(each), restricted))
        if each.recused and each.item:
            line = _took_no_part(each, left=each.person_id in here)
            found.left[each.item.pk].append(DeclaredLine(line, restricted))
            found.people[each.person_id].append(each.item.number)
    if found.lines:
        found.under = _place(meeting, open_only)
    return found


OPEN = (Q(item__isnull=True) | Q(item__marking=Marking.OFFICIAL)) & (
    Q(interest__isnull=True) | Q(interest__sensitive=False)
)


def _place(meeting: Meeting, open_only: bool) -> Any:
    items = meeting.items.filter(marking=Marking.OFFICIAL) if open_only else meeting.items.all()
    kinds = list(items.order_by("number").values_list("kind", "pk"))
    found = [key for kind, key in kinds if kind == ItemKind.INTERESTS]
    return (found or [key for _, key in kinds] or [None])[0]


def _words(declaration: Declaration) -> str:
    where = f" in item {declaration.item.number}" if declaration.item else ""
    if declaration.sensitive:
        return f"{declaration.person} declared a sensitive interest{where}."
    text = declaration.text.rstrip(". ")
    return f"{declaration.person} declared an interest{where}: {text}."


def _took_no_part(declaration: Declaration, *, left: bool) -> str:
    person = f"{declaration.person} declared an interest and took no part in this item"
    return f"{person}: they left the meeting for it." if left else f"{person}."
