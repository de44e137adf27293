"""How far the partners are with draft minutes: who has looked, who is done, who agrees."""

import datetime
import uuid
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from core import clock
from core.permissions import can
from meetings.models import Item, ItemAgreement, Meeting, Review
from membership.models import Seat


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A member of the group and how far their review of the draft is."""

    person: User
    name: str
    agency: str
    looked_at: datetime.datetime | None = None
    finished_at: datetime.datetime | None = None

    @property
    def state(self) -> str:
        """In words."""
        if self.finished_at:
            return "Has read them"
        return "Has looked" if self.looked_at else "Has not looked"

    @property
    def tone(self) -> str:
        """The tone of its tag: what is done has none."""
        if self.finished_at:
            return ""
        return "busy" if self.looked_at else "waiting"


def reviewers(meeting: Meeting) -> list[Reviewer]:
    """Everybody who sits on the group today, by agency, with what they did since the clearance."""
    rows = Review.objects.filter(meeting=meeting)
    if meeting.cleared_at:
        rows = rows.filter(looked_at__gte=meeting.cleared_at)
    reviews = {row.person_id: row for row in rows}
    seats = Seat.objects.on(clock.today()).filter(group=meeting.group_id)
    found: dict[Any, Reviewer] = {}
    for seat in seats.select_related("person", "agency").order_by("agency__name", "person__name"):
        review = reviews.get(seat.person_id)
        found.setdefault(
            seat.person_id,
            Reviewer(
                seat.person, str(seat.person), seat.agency.name,
                review.looked_at if review else None, review.finished_at if review else None,
            ),
        )  # fmt: skip
    return list(found.values())


def own_review(meeting: Meeting, user: Any) -> Review | None:
    """The review of one person, if it is of the draft as it was last cleared."""
    row = Review.objects.filter(meeting=meeting, person=user).first()
    stale = row is not None and meeting.cleared_at and row.looked_at < meeting.cleared_at
    return None if stale else row


@dataclass(frozen=True, slots=True)
class Agreements:
    """Who agrees with an item as it stands, whose agreement has lapsed, and the reader's own."""

    names: tuple[str, ...] = ()
    lapsed: tuple[str, ...] = ()
    own: str = ""  # "agreed", "lapsed" or nothing


def agreements(items: list[Item], user: Any) -> dict[uuid.UUID, Agreements]:
    """The agreements with each of these items, in one query."""
    rows = ItemAgreement.objects.filter(item__in=items).select_related("person")
    by_item: dict[uuid.UUID, list[ItemAgreement]] = defaultdict(list)
    for row in rows.order_by("person__name"):
        by_item[row.item_id].append(row)
    return {item.pk: _of(by_item[item.pk], item.version, user) for item in items}


def _of(rows: list[ItemAgreement], version: int, user: Any) -> Agreements:
    holds = [row for row in rows if row.version == version]
    lapsed = [row for row in rows if row.version != version]
    own = "agreed" if any(row.person_id == user.pk for row in holds) else ""
    own = own or ("lapsed" if any(row.person_id == user.pk for row in lapsed) else "")
    return Agreements(
        tuple(str(row.person) for row in holds), tuple(str(row.person) for row in lapsed), own
    )


def open_items(meeting: Meeting, user: Any) -> list[Item]:
    """The items of a meeting that open for a person, in order."""
    items = list(meeting.items.order_by("number", "position"))
    for item in items:
        item.meeting = meeting
    return [item for item in items if can(user, "open", item)]


def open_item(meeting: Meeting, number: int) -> Item | None:
    """One item of a meeting by its number."""
    item = meeting.items.filter(number=number).first()
    if item is not None:
        item.meeting = meeting
    return item
