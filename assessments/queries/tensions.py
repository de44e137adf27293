"""Tension reports: the levels in words, who reads and who is told, the weeks in order."""

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from accounts.models import User
from assessments.models import TensionReport
from assessments.models.themes import RAISED
from core import clock
from core.permissions import can
from membership import standing
from membership.models import Group, GroupKind, Partnership, Role, Seat

__all__ = [
    "LEVELS", "RAISED", "Level", "Week", "agencies_of", "filtered", "groups_for", "level",
    "raised_to", "raised_unseen", "readers", "weeks",
]  # fmt: skip

REPORTING = (Role.CHAIR, Role.VICE_CHAIR, Role.MEMBER, Role.OFFICER)
WEEK = datetime.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Level:
    """A level of tension: its number, its name, and how one knows it."""

    number: int
    name: str
    says: str

    @property
    def tone(self) -> str:
        """The colour of its tag: only what needs somebody has one."""
        return "" if self.number < 3 else "due" if self.number < RAISED else "late"

    @property
    def label(self) -> str:
        """Its number and name."""
        return f"{self.number}: {self.name}"


LEVELS = (
    Level(1, "No tension", "Nothing out of the ordinary. Relations are as they usually are."),
    Level(2, "Low", "Grumbling or isolated remarks. Nobody changes what they do because of it."),
    Level(3, "Raised", "Repeated incidents or rumours. Some people avoid places or each other."),
    Level(4, "High", "Open hostility, threats or gatherings. Many people are afraid or angry."),
    Level(5, "Very high", "Violence or damage has begun, or a date is near that may bring it."),
    Level(6, "Disorder", "Disorder is happening, or has happened this week."),
)


def level(number: int) -> Level:
    """The level of that number."""
    return LEVELS[number - 1]


def agencies_of(user: Any, partnership: Partnership) -> set[uuid.UUID]:
    """Keys of the agencies for which a person may report."""
    return {
        seat.agency_id
        for seat in standing.seats(user)
        if seat.group.partnership_id == partnership.pk
        and seat.role in REPORTING
        and seat.group.kind in (GroupKind.BOARD, GroupKind.SUBGROUP, GroupKind.SECRETARIAT)
    }


def groups_for(user: Any, partnership: Partnership) -> QuerySet[Group]:
    """The groups to which a person may report: the board, and subgroups on which they sit."""
    own = Q(kind=GroupKind.SUBGROUP, pk__in=standing.groups(user))
    groups = Group.objects.of(partnership).on(clock.today())
    return groups.filter(Q(kind=GroupKind.BOARD) | own).order_by("kind", "name")


def filtered(
    tensions: QuerySet[TensionReport], *, level: str = "", words: str = "", theme: str = "",
    show: str = "",
) -> QuerySet[TensionReport]:  # fmt: skip
    """Those that fit what was chosen above the list."""
    if show == "open":
        tensions = tensions.filter(closed_at__isnull=True)
    elif show == "raised":
        tensions = tensions.filter(level__gte=RAISED, closed_at__isnull=True)
    elif show == "closed":
        tensions = tensions.filter(closed_at__isnull=False)
    if level:
        tensions = tensions.filter(level=level)
    if theme:
        tensions = tensions.filter(theme__slug=theme)
    if words:
        tensions = tensions.filter(Q(community__icontains=words) | Q(source__icontains=words))
    return tensions


@dataclass(frozen=True, slots=True)
class Week:
    """How many reports a week had, and the highest level among them."""

    monday: datetime.date
    reports: int
    highest: int


def weeks(tensions: QuerySet[TensionReport], on: datetime.date, many: int = 13) -> list[Week]:
    """The last weeks, oldest first, of the reports that a person may see."""
    this = on - datetime.timedelta(days=on.weekday())
    first = this - (many - 1) * WEEK
    rows = tensions.filter(week__gte=first, week__lte=this).order_by().values("week")
    found = {
        row["week"]: (row["reports"], row["highest"])
        for row in rows.annotate(reports=Count("pk"), highest=Max("level"))
    }
    mondays = (first + number * WEEK for number in range(many))
    return [Week(monday, *found.get(monday, (0, 0))) for monday in mondays]


def readers(tension: TensionReport, on: datetime.date) -> list[User]:
    """Those of its group, and of the group that runs its business, for whom it opens."""
    groups = [tension.group_id, tension.group.administered_by_id]
    return _who_see(tension, Seat.objects.on(on).filter(group__in=groups))


def raised_to(tension: TensionReport, on: datetime.date) -> list[User]:
    """The chair of its group and its officers, as far as it opens for them."""
    group = tension.group
    chairs = Q(group=group, role__in=(Role.CHAIR, Role.VICE_CHAIR))
    officers = Q(group__in=[group.pk, group.administered_by_id], role=Role.OFFICER)
    return _who_see(tension, Seat.objects.on(on).filter(chairs | officers))


def _who_see(tension: TensionReport, seats: QuerySet[Seat]) -> list[User]:
    people = User.objects.filter(pk__in=seats.values("person"), is_active=True).order_by("name")
    return [person for person in people if can(person, "view", tension)]


def raised_unseen(user: Any) -> QuerySet[TensionReport]:
    """Open reports that are high enough for the board and have not been shown to it."""
    tensions = TensionReport.objects.visible_to(user)
    return tensions.filter(level__gte=RAISED, shown_at__isnull=True, closed_at__isnull=True)
