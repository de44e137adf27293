"""The directory: who sits on the partnership on a day, of what the reader may know."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from membership.models import Agency, DatedQuerySet, Group, GroupKind, Partner, Partnership, Seat
from membership.queries.people import in_order
from membership.queries.places import Vacancy, known_groups


@dataclass(slots=True)
class Sitting:
    """A person, once, with the seats that they hold for one agency."""

    person: User
    seats: list[Seat]

    @property
    def post(self) -> str:
        """Their posts there."""
        return ", ".join(dict.fromkeys(str(seat.post) for seat in self.seats if seat.post))


@dataclass(slots=True)
class Entry:
    """One heading of the directory, an agency, a group or a person, with its seats."""

    subject: Any
    seats: list[Seat] = field(default_factory=list)
    vacancies: list[Vacancy] = field(default_factory=list)

    @property
    def people(self) -> list[Sitting]:
        """The people of the seats by name, each once."""
        found: dict[Any, Sitting] = {}
        for seat in self.seats:
            found.setdefault(seat.person_id, Sitting(seat.person, [])).seats.append(seat)
        return sorted(found.values(), key=lambda each: each.person.name)

    @property
    def whom(self) -> list[str]:
        """For whom the seats are held: posts with their agency, each once."""
        named = (
            f"{seat.post}, {seat.agency.short_name}" if seat.post else seat.agency.short_name
            for seat in self.seats
        )  # fmt: skip
        return list(dict.fromkeys(named))


def directory(
    partnership: Partnership, day: datetime.date, user: Any, words: str = ""
) -> QuerySet[Seat]:
    """The seats held on that day on groups that this person may know of.

    ``words`` are looked for in the person, the agency (also under the name of the body that it
    succeeded), the group and the post; all must be found.
    """
    # Groups are few: asked for first, they keep the plan of the many seats simple.
    groups = [*known_groups(partnership, user).on(day).values_list("pk", flat=True)]
    seats = Seat.objects.on(day).filter(group__in=groups)
    for word in words.split():
        seats = seats.filter(
            Q(person__name__icontains=word)
            | Q(agency__name__icontains=word)
            | Q(agency__short_name__icontains=word)
            | Q(agency__succeeds__name__icontains=word)
            | Q(group__name__icontains=word)
            | Q(group__short_name__icontains=word)
            | Q(post__title__icontains=word)
        )
    return in_order(seats)


def agencies_listed(
    partnership: Partnership, day: datetime.date, seats: QuerySet[Seat], words: str = ""
) -> QuerySet[Agency]:
    """The agencies of the seats, and (unless words are looked for) partners without any."""
    seated = Q(pk__in=seats.order_by().values("agency"))
    partner = Partner.objects.of(partnership).on(day).filter(agency=OuterRef("pk")).order_by()
    agencies = Agency.objects.annotate(
        partner=Exists(partner), statutory=Exists(partner.filter(statutory=True))
    )
    listed = agencies.filter(seated if words else seated | Q(partner=True))
    return listed.order_by("-statutory", "-partner", "name", "pk")


def groups_listed(
    partnership: Partnership, day: datetime.date, user: Any, seats: QuerySet[Seat], words: str = ""
) -> QuerySet[Group]:
    """The groups that the person may know of, the board first; with words, those of the seats."""
    groups = known_groups(partnership, user).on(day).select_related("partnership")
    if words:
        groups = groups.filter(pk__in=seats.order_by().values("group"))
    ranked = groups.annotate(board=Q(kind=GroupKind.BOARD), subgroup=Q(kind=GroupKind.SUBGROUP))
    return ranked.order_by("-board", "-subgroup", "name", "pk")


def people_listed(seats: QuerySet[Seat]) -> QuerySet[User]:
    """The people of the seats, by name."""
    return User.objects.filter(pk__in=seats.order_by().values("person")).order_by("name", "pk")


def entries(
    subjects: Iterable[Any], by: str, seats: QuerySet[Seat], empty: Iterable[Vacancy] = ()
) -> list[Entry]:
    """The seats (and vacancies) of each agency, group or person, under it. One query."""
    found = {subject.pk: Entry(subject) for subject in subjects}
    for seat in seats.filter(**{f"{by}__in": list(found)}):
        found[getattr(seat, f"{by}_id")].seats.append(seat)
    for vacancy in empty:
        owner = getattr(vacancy, by, None)
        if owner is not None and owner.pk in found:
            found[owner.pk].vacancies.append(vacancy)
    return list(found.values())


def known_agencies(partnership: Partnership, user: Any) -> DatedQuerySet:
    """Agencies that are or were in the partnership, of those that this person may know of."""
    partner = Partner.objects.visible_to(user).of(partnership).filter(agency=OuterRef("pk"))
    seat = Seat.objects.visible_to(user).of(partnership).filter(agency=OuterRef("pk"))
    return Agency.objects.filter(Exists(partner.order_by()) | Exists(seat.order_by()))


def known_people(partnership: Partnership, user: Any) -> QuerySet[User]:
    """People who sit or sat in the partnership, of those that this person may know of."""
    seat = Seat.objects.visible_to(user).of(partnership).filter(person=OuterRef("pk"))
    return User.objects.filter(Exists(seat.order_by()))
