"""Who can open a case, since when and through whom; and who has opened it."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from audit.models import Entry, ReadEntry
from core import clock
from membership.models import GroupKind, Partnership, Role, Seat
from membership.queries.sharing import signed
from triggers.models import Application, Procedure


@dataclass(frozen=True, slots=True)
class OnCase:
    """Somebody's seat on a case, and whether the sharing gate lets them open it."""

    seat: Seat
    opens: bool

    @property
    def works_on_it(self) -> bool:
        """Whether they work on the case rather than sit on its panel."""
        return self.seat.role == Role.OFFICER


def seats_of(application: Application, on: datetime.date | None = None) -> QuerySet[Seat]:
    """The seats that are the case's need-to-know list on that day, or today."""
    held = Seat.objects.on(on or clock.today()).filter(group=application.group_id)
    return held.filter(person__is_active=True)


def people_of(application: Application) -> list[OnCase]:
    """Everybody on the case today, its officers first."""
    on = clock.today()
    signatories = set(signed(application.partnership, on).values_list("agency", flat=True))
    seats = seats_of(application, on).select_related("person", "agency", "post", "created_by")
    found = [OnCase(seat, seat.agency_id in signatories) for seat in seats]
    return sorted(found, key=lambda each: (not each.works_on_it, each.seat.person.name))


def past_people(application: Application) -> list[Seat]:
    """Those who were on the case and are no longer."""
    held = Seat.objects.filter(group=application.group_id, ends_on__lte=clock.today())
    return list(held.select_related("person", "agency", "ended_by").order_by("-ends_on"))


def officers_of(application: Application) -> list[User]:
    """The people who work on the case today."""
    seats = seats_of(application).filter(role=Role.OFFICER)
    return list(User.objects.filter(pk__in=seats.values("person")).order_by("name"))


def how_many_can_open(application: Application) -> int:
    """How many people the case opens for today."""
    on = clock.today()
    signatories = signed(application.partnership, on).values("agency")
    seats = seats_of(application, on).filter(agency__in=signatories)
    return seats.order_by().values("person").distinct().count()


def reads_of(application: Application) -> QuerySet[ReadEntry]:
    """Every time that something of the case was opened, the newest first."""
    return _within(ReadEntry.objects.all(), application)


def deeds_of(application: Application) -> QuerySet[Entry]:
    """Everything that was done in the case, the newest first."""
    return _within(Entry.objects.all(), application)


def _within(entries: Any, application: Application) -> Any:
    return entries.filter(
        partnership=application.partnership.slug, group_id=str(application.group_id)
    )


# ---- who may work on a case ---------------------------------------------------------------------


def case_officers(partnership: Partnership) -> QuerySet[Seat]:
    """The seats on which working on a case may rest: the secretariat's and the standing panel's."""
    standing_panel = Procedure.objects.filter(partnership=partnership).values("group")
    held = Seat.objects.of(partnership).on(clock.today())
    held = held.filter(role=Role.OFFICER, person__is_active=True)
    held = held.filter(Q(group__kind=GroupKind.SECRETARIAT) | Q(group__in=standing_panel))
    return held.select_related("person", "agency").order_by("person__name", "pk")


def may_be_put_on(application: Application) -> QuerySet[Seat]:
    """One seat for each officer who is not on the case."""
    on_it = seats_of(application).values("person")
    found = case_officers(application.partnership).exclude(person__in=on_it)
    first: dict[Any, Any] = {}
    for seat in found:
        first.setdefault(seat.person_id, seat.pk)
    return found.filter(pk__in=first.values())


def resting_on(user: Any, partnership: Partnership) -> Seat | None:
    """The seat of this person on which working on a case rests."""
    return case_officers(partnership).filter(person=user).first()
