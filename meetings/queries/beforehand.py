"""What waits for an agenda: items kept for later, offered items and papers, by when they come."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from core import clock, working_days
from core.dates import london_date
from meetings.models import BEFORE, Answer, BacklogItem, Item, Meeting, OfferedPaper, Origin
from membership import standing
from membership.models import Group, Partnership

VIEWS = {"waiting": "Waiting", "taken": "On an agenda", "closed": "Declined or taken back"}
STATES = {
    "waiting": (Answer.WAITING,),
    "taken": (Answer.TAKEN,),
    "closed": (Answer.DECLINED, Answer.WITHDRAWN),
}  # fmt: skip


def submit_by(meeting: Meeting) -> datetime.date:
    """The last day on which items and papers of leads are in time for a meeting."""
    return working_days.add_working_days(meeting.on, -meeting.group.partnership.submission_days)


def is_late(offered: BacklogItem | OfferedPaper) -> bool:
    """Whether something came after the day by which it was asked for."""
    if isinstance(offered, BacklogItem) and offered.origin != Origin.OFFERED:
        return False
    meeting = offered.meeting
    return meeting is not None and london_date(offered.created_at) > submit_by(meeting)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits, as a list shows it."""

    row: BacklogItem
    late: bool
    papers: int

    @property
    def offered(self) -> bool:
        """Whether somebody other than an officer asks for it, and waits for an answer."""
        return self.row.origin == Origin.OFFERED


def listed(rows: QuerySet[BacklogItem]) -> QuerySet[BacklogItem]:
    """Rows with what a list needs of each: one query, however many."""
    waiting = Count("papers", filter=Q(papers__state=Answer.WAITING))
    found = rows.select_related(
        "lead", "meeting__group__partnership", "item__meeting__group__partnership",
        "carried_from__meeting", "answered_by",
    )  # fmt: skip
    return found.annotate(waiting_papers=waiting)


def as_waiting(rows: Any) -> list[Waiting]:
    """The rows of ``listed`` with what is worked out of each."""
    return [Waiting(row, is_late(row), row.waiting_papers) for row in rows]


def waiting_for(meeting: Meeting, user: Any) -> list[Waiting]:
    """What may go on this meeting's agenda: what is meant for it first."""
    rows = BacklogItem.objects.visible_to(user).of(meeting.partnership).waiting()
    mine = Case(When(meeting=meeting, then=Value(0)), default=Value(1), output_field=IntegerField())
    return as_waiting(listed(rows.filter(group=meeting.group)).order_by(mine, "created_at"))


def backlog_of(group: Group, user: Any) -> QuerySet[BacklogItem]:
    """Everything that waits, or waited, for an agenda of a group, as far as one may see it."""
    return BacklogItem.objects.visible_to(user).of(group.partnership).filter(group=group)


def counted(rows: QuerySet[BacklogItem]) -> dict[str, int]:
    """How many stand in each of the list's views."""
    counts = {
        name: Count("pk", filter=Q(state__in=states), distinct=True)
        for name, states in STATES.items()
    }
    found: dict[str, int] = rows.order_by().aggregate(**counts)
    return found


def papers_offered(meeting: Meeting, user: Any) -> list[OfferedPaper]:
    """Papers that leads offer for items on this agenda, and that wait for an answer."""
    offered = OfferedPaper.objects.visible_to(user).of(meeting.partnership).waiting()
    return list(offered.filter(item__meeting=meeting).order_by("item__number", "created_at"))


def own_offers(user: Any, partnership: Partnership) -> QuerySet[BacklogItem]:
    """The items that a person has offered, newest first."""
    rows = BacklogItem.objects.visible_to(user).of(partnership)
    own = rows.filter(created_by=user, origin=Origin.OFFERED)
    return listed(own).order_by("-created_at")


def own_papers(user: Any, partnership: Partnership) -> QuerySet[OfferedPaper]:
    """The papers that a person has offered for items on an agenda, newest first."""
    rows = OfferedPaper.objects.visible_to(user).of(partnership)
    own = rows.filter(created_by=user, item__isnull=False)
    return own.select_related("paper__document").order_by("-created_at")


# ---- where somebody may offer something ---------------------------------------------------------


def meetings_to_offer_for(user: Any, partnership: Partnership) -> QuerySet[Meeting]:
    """The meetings that a person may offer something for, if their states allow it."""
    seated = {seat.group.partnership_id for seat in standing.seats(user)}
    found = Meeting.objects.of(partnership).filter(group__partnership__in=seated)
    leading = Q(pk__in=Item.objects.filter(lead=user.pk).values("meeting"))
    return found.filter(Q(group__in=standing.groups(user)) | leading)


def coming_to_offer_for(user: Any, partnership: Partnership) -> QuerySet[Meeting]:
    """Those of them that are still to come, soonest first."""
    meetings = meetings_to_offer_for(user, partnership)
    return meetings.filter(status__in=BEFORE, on__gte=clock.today()).order_by("on", "starts_at")


def item_to_offer_for(user: Any, partnership: Partnership, slug: str, pk: Any) -> Item | None:
    """An item of such a meeting."""
    meetings = meetings_to_offer_for(user, partnership).filter(slug=slug)
    return Item.objects.of(partnership).filter(meeting__in=meetings, pk=pk).first()


def taken_items(meeting: Meeting) -> set[Any]:
    """Keys of the items on an agenda that came from the items for later."""
    return set(BacklogItem.objects.filter(item__meeting=meeting).values_list("item", flat=True))
