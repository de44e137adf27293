"""A review's plan: its recommendations, their items, how far each is, and what is missing."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from actions.models import Status, Update
from actions.models.requests import ANSWERING
from core import clock
from dhr.models import DifferenceCheck, PlanItem, Recommendation, Review
from dhr.queries import people
from membership import succession
from membership.models import Agency, Group, GroupKind, Partnership, Seat

FINISHED = (Status.SAYS_DONE, Status.DONE)
VIEWS = {
    "": "All", "late": "Late", "evidence": "Evidence missing", "sign": "To sign off",
    "open": "Not signed off", "check": "Difference to check",
}  # fmt: skip


# ---- where an action stands ---------------------------------------------------------------------


def register_of(partnership: Partnership, body: Agency) -> Group:
    """The group with which an item's action stands, so that the body's people see their own.

    The standing panel where the body sits there, else the board, if the gate of either is open to
    it; the fewest who can do it. The standing panel's officers keep all others.
    """
    arrangement = people.arrangement_of(partnership)
    boards = Group.objects.filter(partnership=partnership, kind=GroupKind.BOARD).on(clock.today())
    groups = [arrangement.group] if arrangement else []
    for group in (*groups, *boards):
        if _reaches(group, body):
            return group
    return groups[0] if groups else boards.get()


def _reaches(group: Group, body: Agency) -> bool:
    today = clock.today()
    seats = Seat.objects.on(today).filter(group=group, agency=body, role__in=ANSWERING)
    open_gate = group.protocols.on(today).exists()
    return bool(open_gate and seats.filter(person__is_active=True).exists())


# ---- how far one is -----------------------------------------------------------------------------


def says_done(item: PlanItem) -> bool:
    """Whether somebody said that it is done, here or in the register."""
    return bool(item.completed_on or (item.action and item.action.status in FINISHED))


def has_evidence(item: PlanItem) -> bool:
    """Whether it is shown: a file with its action, or the answer of an outside body."""
    if item.outside:
        return bool(item.outside_said)
    shown = getattr(item, "shown", None)
    if shown is None:
        shown = bool(
            item.action_id
            and Update.objects.filter(action=item.action_id, evidence__isnull=False).exists()
        )
    return bool(shown)


def is_late(item: PlanItem, on: datetime.date) -> bool:
    """Past the date first agreed and not said to be done."""
    return item.target_on < on and not says_done(item) and not item.signed_off_at


def state(item: PlanItem, on: datetime.date) -> tuple[str, str]:
    """The words and the tone of how far an item is."""
    if item.removed_because:
        return "Taken off", "idle"
    if item.signed_off_at:
        return "Signed off", ""
    if says_done(item):
        return ("To sign off", "unsure") if has_evidence(item) else ("Evidence missing", "late")
    if item.action and item.action.status == Status.DROPPED:
        return "Dropped in the register", "late"
    if is_late(item, on):
        return "Late", "late"
    if item.action and item.action.status == Status.IN_PROGRESS:
        return "In progress", "busy"
    return "Not started", "idle"


@dataclass(frozen=True, slots=True)
class Row:
    """An item as a page, a file or a print shows it."""

    item: PlanItem
    agency: Agency | None
    body: str
    was: str
    state: tuple[str, str]
    late: bool
    missing: bool
    due_on: datetime.date
    check: DifferenceCheck | None

    @property
    def number(self) -> str:
        """3.2: the second action of the third recommendation."""
        return f"{self.item.recommendation.number}.{self.item.number}"

    @property
    def moved(self) -> bool:
        """Whether another date was agreed since."""
        return self.due_on != self.item.target_on


@dataclass(frozen=True, slots=True)
class Block:
    """A recommendation with the items that are shown of it."""

    recommendation: Recommendation
    rows: list[Row]
    repeated: int


def row(item: PlanItem, on: datetime.date) -> Row:
    """One item; its checks are read beforehand."""
    now = succession.standing_for(item.agency, on) if item.agency else None
    open_checks = [each for each in item.checks.all() if each.checked_on is None]
    return Row(
        item=item, agency=now, body=str(now or item.outside),
        was=str(item.agency) if now and item.agency and now.pk != item.agency_id else "",
        state=state(item, on), late=is_late(item, on),
        missing=says_done(item) and not item.signed_off_at and not has_evidence(item),
        due_on=item.action.due_on if item.action else item.target_on,
        check=open_checks[0] if item.signed_off_at and open_checks else None,
    )  # fmt: skip


def items(rows: QuerySet[PlanItem]) -> QuerySet[PlanItem]:
    """These items with all that a row shows, in a fixed number of queries."""
    shown = Update.objects.filter(action=OuterRef("action"), evidence__isnull=False)
    rows = rows.annotate(shown=Exists(shown)).prefetch_related("checks")
    return rows.select_related(
        "recommendation__review", "agency", "action__partnership", "partnership", "part__group",
        "signed_off_by",
    )  # fmt: skip


def plan(review: Review, *, removed: bool = False) -> list[Block]:
    """The whole plan, by recommendation; what was taken off too, if asked for."""
    today = clock.today()
    own = items(PlanItem.objects.all()).order_by("number")
    found = Recommendation.objects.filter(review=review).select_related("agency", "repeats__review")
    if not removed:
        own, found = own.filter(removed_because=""), found.filter(removed_because="")
    repeated = Count("repeated_by", Q(repeated_by__removed_because=""), distinct=True)
    found = found.annotate(repeated=repeated)
    found = found.prefetch_related("themes", Prefetch("items", own, to_attr="shown_items"))
    return [
        Block(each, [row(item, today) for item in each.shown_items], each.repeated)
        for each in found.order_by("number")
    ]


def taken_off(review: Review) -> list[Row]:
    """Items that were taken off, with the reason."""
    today = clock.today()
    rows = PlanItem.objects.filter(recommendation__review=review).exclude(removed_because="")
    return [row(each, today) for each in items(rows).order_by("recommendation__number", "number")]


# ---- chosen -------------------------------------------------------------------------------------


def fits(each: Row, view: str) -> bool:
    """Whether a row is in a quick view."""
    if view == "late":
        return each.late
    if view == "evidence":
        return each.missing
    if view == "sign":
        return each.state[0] == "To sign off"
    if view == "open":
        return each.item.signed_off_at is None
    if view == "check":
        return each.check is not None
    return True


def chosen(blocks: Iterable[Block], *, view: str = "", body: str = "") -> list[Block]:
    """The blocks with the rows of a view and a body; those without any row fall away if chosen."""
    found = []
    for block in blocks:
        rows = [each for each in block.rows if fits(each, view) and body in ("", each.body)]
        if rows or not (view or body):
            found.append(Block(block.recommendation, rows, block.repeated))
    return found


def counts(blocks: Iterable[Block]) -> dict[str, int]:
    """How many items each quick view holds."""
    rows = [each for block in blocks for each in block.rows]
    return {view: sum(fits(each, view) for each in rows) for view in VIEWS}


def bodies(blocks: Iterable[Block]) -> list[str]:
    """The bodies that lead something, by name."""
    return sorted({each.body for block in blocks for each in block.rows})


@dataclass(frozen=True, slots=True)
class Share:
    """How far the items of one partnership are."""

    place: Partnership
    items: int
    signed_off: int
    late: int
    missing: int


def shares(blocks: Iterable[Block]) -> list[Share]:
    """The progress of a plan in each partnership that delivers something of it, by name."""
    of: dict[Partnership, list[Row]] = {}
    for block in blocks:
        for each in block.rows:
            of.setdefault(each.item.partnership, []).append(each)
    return [
        Share(
            place, len(rows), sum(each.item.signed_off_at is not None for each in rows),
            sum(each.late for each in rows), sum(each.missing for each in rows),
        )
        for place, rows in sorted(of.items(), key=lambda each: each[0].name)
    ]  # fmt: skip


def agencies_for(partnership: Partnership) -> Any:
    """The agencies that may lead an item there: partners, and who sits on the standing panel."""
    today = clock.today()
    arrangement = people.arrangement_of(partnership)
    group = arrangement.group if arrangement else None
    seated = Seat.objects.on(today).filter(group=group).values("agency")
    partners = partnership.partners.on(today).values("agency")
    return (Agency.objects.filter(pk__in=partners) | Agency.objects.filter(pk__in=seated)).order_by(
        "name"
    )
