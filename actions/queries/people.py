"""The register by person: an action falls to who holds its post, or sits for its agency, today."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from actions.permissions import WORKING
from core import remember
from membership import succession
from membership.models import Partnership, Seat


@dataclass(frozen=True, slots=True)
class Share:
    """What one seat brings its holder: the actions of a post, or of an agency in a group."""

    agencies: frozenset[uuid.UUID]
    group: uuid.UUID
    title: str = ""

    def holds(self, owner: uuid.UUID, group: uuid.UUID, title: str) -> bool:
        """Whether an action of this owner, group and post falls to the seat."""
        if owner not in self.agencies:
            return False
        return title.casefold() == self.title if title else group == self.group


@dataclass(slots=True)
class Holder:
    """Somebody to whom actions may fall."""

    name: str
    agency: str
    shares: list[Share] = field(default_factory=list)

    def holds(self, owner: uuid.UUID, group: uuid.UUID, title: str) -> bool:
        """Whether an action of this owner, group and post falls to the person today."""
        return any(share.holds(owner, group, title) for share in self.shares)


def holders(user: Any, partnership: Partnership, on: datetime.date) -> dict[str, Holder]:
    """People to whom actions may fall today, by key, as far as the reader may know of them."""
    key = ("holders", user.pk, partnership.pk, on)
    return remember.once(key, lambda: _holders(user, partnership, on))


def _holders(user: Any, partnership: Partnership, on: datetime.date) -> dict[str, Holder]:
    seats = Seat.objects.visible_to(user).of(partnership).on(on)
    seats = seats.filter(role__in=WORKING, person__is_active=True)
    found: dict[str, Holder] = {}
    lines = seats.order_by("person__name", "agency__short_name").values_list(
        "person", "person__name", "agency", "agency__short_name", "group", "post__title"
    )
    for person, name, agency, short_name, group, title in lines:
        holder = found.setdefault(str(person), Holder(name, short_name))
        agencies = frozenset(succession.lineage({agency}, on))
        holder.shares.append(Share(agencies, group, (title or "").casefold()))
    return found


def falling_to(holder: Holder | None) -> Q:
    """The actions that fall to somebody today; none where it is nobody."""
    chosen = Q(pk=None)
    for share in holder.shares if holder else ():
        own = Q(post=None, group=share.group)
        if share.title:
            own |= Q(post__title__iexact=share.title)
        chosen |= own & Q(owner__in=share.agencies)
    return chosen


def add_up(
    found: dict[str, Holder], lines: Iterable[tuple[uuid.UUID, uuid.UUID, str, int]]
) -> dict[str, tuple[str, int]]:
    """How many actions fall to each person, of lines of (owner, group, post, number)."""
    kept = [line for line in lines if line[3]]
    return {
        key: (
            f"{holder.name}, {holder.agency}",
            sum(n for owner, group, title, n in kept if holder.holds(owner, group, title)),
        )
        for key, holder in found.items()
    }
