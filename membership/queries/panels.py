"""The panel of a single case, its need-to-know list: who can open it, since when and through whom,
who may be put on it, who has opened it."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from audit.models import Entry, ReadEntry
from core import clock
from membership.models import Group, GroupKind, Role, Seat
from membership.queries.sharing import signed


@dataclass(frozen=True, slots=True)
class OnPanel:
    """Somebody's seat on the panel of a case, and whether the sharing gate lets them open it."""

    seat: Seat
    opens: bool

    @property
    def works_on_it(self) -> bool:
        """Whether they work on the case rather than sit on its panel."""
        return self.seat.role == Role.OFFICER


def seats_of(group: Any, on: datetime.date | None = None) -> QuerySet[Seat]:
    """The seats that are the need-to-know list on that day, or today. ``group`` may be a key."""
    held = Seat.objects.on(on or clock.today()).filter(group=group)
    return held.filter(person__is_active=True)


def people_of(group: Group) -> list[OnPanel]:
    """Everybody on the list today, officers first."""
    on = clock.today()
    signatories = set(signed(group.partnership, on).values_list("agency", flat=True))
    seats = seats_of(group, on).select_related("person", "agency", "post", "created_by")
    found = [OnPanel(seat, seat.agency_id in signatories) for seat in seats]
    return sorted(found, key=lambda each: (not each.works_on_it, each.seat.person.name))


def past_people(group: Any) -> list[Seat]:
    """Those who were on the list and are no longer."""
    held = Seat.objects.filter(group=group, ends_on__lte=clock.today())
    return list(held.select_related("person", "agency", "ended_by").order_by("-ends_on"))


def officers_of(group: Any) -> list[User]:
    """The people who work on the case today."""
    seats = seats_of(group).filter(role=Role.OFFICER)
    return list(User.objects.filter(pk__in=seats.values("person")).order_by("name"))


def how_many_can_open(group: Group) -> int:
    """How many people it opens for today."""
    on = clock.today()
    signatories = signed(group.partnership, on).values("agency")
    seats = seats_of(group, on).filter(agency__in=signatories)
    return seats.order_by().values("person").distinct().count()


def reads_of(group: Group) -> QuerySet[ReadEntry]:
    """Every time that something of the case was opened, the newest first."""
    return _within(ReadEntry.objects.all(), group)


def deeds_of(group: Group) -> QuerySet[Entry]:
    """Everything that was done in the case, the newest first."""
    return _within(Entry.objects.all(), group)


def _within(entries: Any, group: Group) -> Any:
    return entries.filter(partnership=group.partnership.slug, group_id=str(group.pk))


# ---- who may work on a case ---------------------------------------------------------------------


def case_officers(standing_panel: Group) -> QuerySet[Seat]:
    """The seats on which working on a case may rest: the secretariat's and the standing panel's."""
    held = Seat.objects.of(standing_panel.partnership).on(clock.today())
    held = held.filter(role=Role.OFFICER, person__is_active=True)
    held = held.filter(Q(group__kind=GroupKind.SECRETARIAT) | Q(group=standing_panel))
    return held.select_related("person", "agency").order_by("person__name", "pk")


def officers_for(standing_panel: Group, on: datetime.date) -> list[Seat]:
    """The seats whose holders take new cases: the standing panel's officers, or all officers."""
    held = Seat.objects.on(on).filter(role=Role.OFFICER, person__is_active=True)
    held = held.select_related("person", "agency")
    of_secretariat = held.filter(
        group__partnership=standing_panel.partnership_id, group__kind=GroupKind.SECRETARIAT
    )
    found = list(held.filter(group=standing_panel)) or list(of_secretariat)
    return list({each.person_id: each for each in found}.values())


def may_be_put_on(group: Group) -> QuerySet[Seat]:
    """One seat for each officer who is not on the case."""
    if group.reports_to is None:
        return Seat.objects.none()
    found = case_officers(group.reports_to).exclude(person__in=seats_of(group).values("person"))
    first: dict[Any, Any] = {}
    for seat in found:
        first.setdefault(seat.person_id, seat.pk)
    return found.filter(pk__in=first.values())


def resting_on(user: Any, standing_panel: Group) -> Seat | None:
    """The seat of this person on which working on a case rests."""
    return case_officers(standing_panel).filter(person=user).first()
