"""The register of interests, as one person may read it."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from core.permissions import can
from membership import standing
from membership.models import Agency, GroupKind, Interest, Partnership, Role, Seat
from membership.queries.directory import known_people


@dataclass(frozen=True, slots=True)
class InterestEntry:
    """One line of the register: the interest, for whom its person sits, and what one may do."""

    interest: Interest
    agencies: str
    may_change: bool


def interests(
    user: Any, partnership: Partnership, *, on: datetime.date, kind: str = "",
    agency: Agency | None = None, person: Any = None, past: bool = False,
) -> QuerySet[Interest]:  # fmt: skip
    """The register on a day, by name; ``past`` adds what has ended by then."""
    found = Interest.objects.visible_to(user).of(partnership)
    found = found.filter(starts_on__lte=on) if past else found.on(on)
    found = found.filter(Q(person__in=known_people(partnership, user)) | Q(person=user.pk))
    if kind:
        found = found.filter(kind=kind)
    if agency:
        seats = _seats(user, partnership, on).filter(agency=agency, person=OuterRef("person"))
        found = found.filter(Exists(seats.order_by()))
    if person:
        found = found.filter(person=person)
    return found.order_by("person__name", "person", "starts_on", "pk")


def _seats(user: Any, partnership: Partnership, on: datetime.date) -> QuerySet[Seat]:
    return Seat.objects.visible_to(user).of(partnership).on(on)


def interest_entries(
    found: Iterable[Interest], user: Any, partnership: Partnership, on: datetime.date
) -> list[InterestEntry]:
    """The lines of the register, each with the agencies for which its person sits on that day."""
    found = list(found)
    seats = _seats(user, partnership, on).filter(person__in={each.person_id for each in found})
    bodies: dict[uuid.UUID, dict[str, None]] = defaultdict(dict)
    for person, name in seats.order_by("agency__name").values_list("person", "agency__name"):
        bodies[person][name] = None
    return [
        InterestEntry(each, "; ".join(bodies[each.person_id]), bool(can(user, "change", each)))
        for each in found
    ]


def agencies_with_seats(user: Any, partnership: Partnership, on: datetime.date) -> QuerySet[Agency]:
    """The agencies for which anybody sits on that day, as far as this person may know."""
    seats = _seats(user, partnership, on).filter(agency=OuterRef("pk"))
    return Agency.objects.filter(Exists(seats.order_by())).order_by("name")


def opened_as_officer(
    found: Iterable[Interest], user: Any, partnership: Partnership
) -> list[Interest]:
    """Sensitive entries of others: that an officer reads them is put on record."""
    secretariat = next(
        (
            seat.group_id
            for seat in standing.seats(user)
            if seat.role == Role.OFFICER
            and seat.group.kind == GroupKind.SECRETARIAT
            and seat.group.partnership_id == partnership.pk
        ),
        None,
    )
    theirs = [each for each in found if each.sensitive and each.person_id != user.pk]
    for each in theirs:
        each.group_id = secretariat  # type: ignore[attr-defined]
    return theirs
