"""Which places are empty, and which will be soon: never silent."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from core import remember
from membership.models import (
    Agency,
    Group,
    GroupKind,
    GroupQuerySet,
    Partner,
    Partnership,
    Place,
    Post,
    Seat,
)
from membership.queries.people import in_order

SOON = 90  # days before a term ends within which it is shown


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A place that nobody fills; ``since`` is the day on which it became empty."""

    group: Group
    agency: Agency
    post: Post | None
    since: datetime.date
    statutory: bool

    @property
    def key(self) -> str:
        """How the forms that give seats name whom it is for."""
        return f"p-{self.post.pk}" if self.post else f"a-{self.agency.pk}"

    @property
    def expects(self) -> str:
        """Whom the group waits for: District Commander, Kent Police."""
        return f"{self.post or 'A representative'}, {self.agency.short_name}"


def known_groups(partnership: Partnership, user: Any = None) -> GroupQuerySet:
    """Groups that this person may know of; with nobody, those of which everybody may know.

    Never the panel of a single case, also for who sits on it.
    """
    groups = Group.objects.of(partnership).but_cases()
    return groups.exclude(kind=GroupKind.PANEL) if user is None else groups.visible_to(user)


def vacancies(
    partnership: Partnership, day: datetime.date, user: Any = None, *, group: Group | None = None,
    agency: Agency | None = None,
) -> list[Vacancy]:  # fmt: skip
    """The places that nobody fills on that day, on groups that the person may know of.

    A place of a post is filled by its holder; a place of an agency by anybody from there who
    fills no other. Substitutes fill none.
    """
    groups = known_groups(partnership, user).on(day)
    places: QuerySet[Any] = _places(partnership, day).filter(group__in=groups)
    if group:
        places = places.filter(group=group)
    if agency:
        places = places.filter(agency=agency)
    free: dict[Any, list[Any]] = {}
    empty = []
    for place in sorted(places, key=lambda place: place.post_id is None):
        sitting = free.setdefault((place.group_id, place.agency_id), list(place.sitting))
        if place.post_id in sitting:
            sitting.remove(place.post_id)
        elif place.post_id is None and sitting:
            sitting.pop()
        else:
            empty.append(place)
    empty.sort(key=lambda place: (place.group.name, place.agency.name, str(place.post or "")))
    return [_vacancy(place) for place in empty]


def ending_soon(
    partnership: Partnership, day: datetime.date, within: int = SOON, user: Any = None
) -> QuerySet[Seat]:
    """Seats held on that day whose term ends within so many days, and that nothing follows."""
    last = day + datetime.timedelta(days=within)
    following = Seat.objects.filter(
        group=OuterRef("group"), person=OuterRef("person"), agency=OuterRef("agency"),
        starts_on=OuterRef("ends_on"),
    ).order_by()  # fmt: skip
    seats = Seat.objects.on(day).filter(
        group__in=known_groups(partnership, user), ends_on__lte=last, emergency_until=None
    )
    ordered = in_order(seats.exclude(Exists(following)))
    return ordered.order_by("ends_on", "group__name", "person__name", "pk")


def partners_on(partnership: Partnership, day: datetime.date) -> QuerySet[Partner]:
    """The partners of that day, statutory ones first."""
    return (
        Partner.objects.of(partnership)
        .on(day)
        .select_related("agency", "liaison")
        .order_by("-statutory", "agency__name")
    )


def _seated(partnership: Partnership, day: datetime.date) -> list[Any]:
    """The partners of that day, and of each whether somebody sits on the board for it."""
    seats = Seat.objects.on(day).filter(
        group__partnership=partnership, group__kind=GroupKind.BOARD, agency=OuterRef("agency")
    )
    found = partners_on(partnership, day).annotate(seated=Exists(seats.order_by()))
    return remember.once(("partners", partnership.pk, day), lambda: list(found))


def not_on_board(partnership: Partnership, day: datetime.date) -> list[Partner]:
    """Statutory partners for whom nobody sits on the board (CDA 1998 s.5)."""
    return [each for each in _seated(partnership, day) if each.statutory and not each.seated]


def left_behind(partnership: Partnership, day: datetime.date) -> list[Partner]:
    """Partners whose body has ended, while its place here has not passed to a successor."""
    partners = _seated(partnership, day)
    return [each for each in partners if each.agency.ends_on and each.agency.ends_on <= day]


def _places(partnership: Partnership, day: datetime.date) -> QuerySet[Place]:
    """Places of that day, each with when its last holder left and whether it is statutory.

    And with the posts of those who sit there for its agency, ``None`` for who has no post.
    """
    seats = Seat.objects.on(day).filter(
        group=OuterRef("group"), agency=OuterRef("agency"), substitute_for__isnull=True
    )
    past = Seat.objects.filter(
        Q(post=OuterRef("post")) | Q(post__isnull=True),
        group=OuterRef("group"), agency=OuterRef("agency"), ends_on__lte=day,
    )  # fmt: skip
    statutory = (
        Partner.objects.of(partnership).on(day).filter(agency=OuterRef("agency"), statutory=True)
    )
    return (
        Place.objects.on(day)
        .select_related("group__partnership", "agency", "post")
        .annotate(
            left=Subquery(past.order_by("-ends_on").values("ends_on")[:1]),
            statutory=Exists(statutory.order_by()),
            sitting=ArraySubquery(seats.order_by().values("post")),
        )
    )


def _vacancy(place: Any) -> Vacancy:
    since = max(place.starts_on, place.left) if place.left else place.starts_on
    return Vacancy(place.group, place.agency, place.post, since, place.statutory)
