"""The reviews on which a person sits: how far each is, and what comes next.

Other people's reviews are neither listed nor counted.
"""

import datetime
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import Prefetch

from core import clock
from core.dates import count
from dhr.models import OPEN, Milestone, Part, Review, Stage
from membership import standing
from membership.models import Partnership, Role, Seat

VIEWS = {
    "open": "All open",
    "decide": "To decide",
    "under_way": "Under way",
    "quality": "With the Quality Assurance Panel",
    "plan": "Plan watched",
    "late": "Late",
    "closed": "Closed or not held",
}
OF_VIEWS = {
    "open": OPEN,
    "decide": (Stage.NOTIFIED,),
    "under_way": (Stage.UNDER_WAY, Stage.RETURNED),
    "quality": (Stage.SUBMITTED, Stage.CLEARED),
    "plan": (Stage.PUBLISHED,),
    "late": OPEN,
    "closed": (Stage.CLOSED, Stage.NO_REVIEW),
}
TONES = {
    Stage.NOTIFIED: "waiting",
    Stage.UNDER_WAY: "busy",
    Stage.SUBMITTED: "waiting",
    Stage.RETURNED: "due",
    Stage.CLEARED: "busy",
    Stage.PUBLISHED: "busy",
    Stage.NO_REVIEW: "idle",
    Stage.CLOSED: "",
}
SORTS = ("review", "stage", "notified", "next")


def state(review: Review) -> tuple[str, str]:
    """The words and the tone of how far a review is."""
    stage = Stage(review.stage)
    return str(stage.label), TONES.get(stage, "")


@dataclass(frozen=True, slots=True)
class Row:
    """One review in the list. Without ``opens`` the sharing gate keeps all but its reference."""

    review: Review
    opens: bool
    next: Milestone | None
    late: bool
    officers: list[str]

    @property
    def state(self) -> tuple[str, str]:
        """The words and the tone of how far it is."""
        return state(self.review)


def rows(user: Any, partnership: Partnership) -> list[Row]:
    """All the person's reviews, in a fixed number of queries."""
    today = clock.today()
    running = Milestone.objects.filter(done_on=None, stopped_on=None).order_by("due_on", "id")
    officers = Seat.objects.on(today).filter(role=Role.OFFICER).select_related("person")
    found = (
        Review.objects.visible_to(user)
        .of(partnership)
        .select_related("partnership")
        .prefetch_related(
            Prefetch("milestones", running, to_attr="running"),
            Prefetch("group__seats", officers.order_by("person__name"), to_attr="officers"),
        )
    )
    opened = standing.cleared(user)
    return [_row(review, today, opens=review.group_id in opened) for review in found]


def _row(review: Any, today: datetime.date, *, opens: bool) -> Row:
    return Row(
        review=review,
        opens=opens,
        next=review.running[0] if review.running else None,
        late=review.is_open and any(each.late(today) for each in review.running),
        officers=[str(seat.person) for seat in review.group.officers],
    )


def in_view(found: list[Row], view: str) -> list[Row]:
    """Those of the rows that belong to a quick view."""
    stages = OF_VIEWS[view]
    return [row for row in found if row.review.stage in stages and (view != "late" or row.late)]


def in_order(found: list[Row], sort: str) -> list[Row]:
    """The rows in the order that was chosen; as they come, what is due next stands first."""
    keys: dict[str, Any] = {
        "review": attrgetter("review.reference"),
        "stage": lambda row: Stage.values.index(row.review.stage),
        "notified": attrgetter("review.notified_on"),
        "next": lambda row: row.next.due_on if row.next else datetime.date.max,
    }
    key = keys.get(sort.removeprefix("-"), keys["next"])
    return sorted(found, key=lambda row: (key(row), row.review.reference),
                  reverse=sort.startswith("-"))  # fmt: skip


def says(number: int, view: str) -> str:
    """4 open reviews; 1 review: to decide."""
    if view == "open":
        return count(number, "open review")
    return f"{count(number, 'review')}: {VIEWS[view][:1].lower()}{VIEWS[view][1:]}"


def parts(user: Any, partnership: Partnership) -> list[Part]:
    """The parts of this partnership in reviews held elsewhere, on which the person sits."""
    found = Part.objects.visible_to(user).of(partnership).filter(ends_on=None)
    return list(found.select_related("partnership").order_by("reference"))
