"""What membership asks of a person: for officers what is missing, for all their own term's end."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from core import clock
from core.dates import count
from core.permissions import can
from core.registries import Work, work
from membership import queries, standing
from membership.models import EmergencyReading, Partnership
from membership.models.emergencies import TO_AGREE

SOON = datetime.timedelta(days=queries.SOON)


@work
def own_terms(user: Any, on: datetime.date) -> Iterator[Work]:
    """A person's own seats that end within ninety days."""
    for seat in standing.seats(user):
        if seat.ends_on and seat.emergency_until is None and seat.ends_on <= on + SOON:
            slug = seat.group.partnership.slug
            yield Work(
                partnership=seat.group.partnership,
                what=f"Your seat on {seat.group.name} ends",
                url=reverse("membership:person", args=[slug, user.pk]),
                why=f"You sit for {seat.agency}. Ask the community safety team if you stay.",
                due=seat.ends_on,
                needs="nobody",
            )


@work
def emergencies(user: Any, on: datetime.date) -> Iterator[Work]:
    """Emergency readings that wait for this person to agree."""
    if not standing.in_emergencies(user):
        return
    since = clock.now() - TO_AGREE
    waiting = EmergencyReading.objects.visible_to(user).filter(
        agreed_at=None, refused_at=None, asked_at__gt=since
    )
    for each in waiting.exclude(asked_by=user).select_related("partnership"):
        yield Work(
            partnership=each.partnership, what="Emergency reading is asked for: agree or refuse",
            url=reverse("membership:emergencies", args=[each.partnership.slug]),
            why="A second person must agree within 24 hours.", due=on,
        )  # fmt: skip


@work
def officers(user: Any, on: datetime.date) -> Iterator[Work]:
    """What officers do: ask agencies to sign, fill places, and think of terms that end soon."""
    theirs = {seat.group.partnership_id: seat.group.partnership for seat in standing.seats(user)}
    for partnership in theirs.values():
        if can(user, "manage sharing", partnership):
            yield from _unsigned(partnership, on)
            yield from _empty(partnership, user, on)
            yield from _ending(partnership, user, on)


def _unsigned(partnership: Partnership, on: datetime.date) -> Iterator[Work]:
    names = [agency.short_name for agency in queries.unsigned_agencies(partnership, on)]
    if names:
        yield Work(
            partnership=partnership,
            what=f"Ask {_listed(names)} to sign the information sharing agreement",
            url=reverse("membership:sharing", args=[partnership.slug]),
            why="Until then no restricted paper opens for them.",
            state="not signed",
        )


def _empty(partnership: Partnership, user: Any, on: datetime.date) -> Iterator[Work]:
    empty = queries.vacancies(partnership, on, user)
    if empty:
        first = empty[0]
        more = f", and {count(len(empty) - 1, 'other')}" if len(empty) > 1 else ""
        yield Work(
            partnership=partnership,
            what=f"Fill {count(len(empty), 'empty place')}",
            url=reverse("membership:people", args=[partnership.slug]) + "?by=group",
            why=f"{first.expects} on {first.group.short_name}{more}.",
            state="vacant",
        )


def _ending(partnership: Partnership, user: Any, on: datetime.date) -> Iterator[Work]:
    for seat in queries.ending_soon(partnership, on, user=user):
        yield Work(
            partnership=partnership,
            what=f"{seat.person}’s seat on {seat.group.short_name} ends",
            url=reverse("membership:seat_renew", args=[partnership.slug, seat.pk]),
            why=f"{seat.agency}. Renew it, or ask the agency who comes next.",
            due=seat.ends_on,
            needs="nobody",
        )


def _listed(names: list[str]) -> str:
    if len(names) > 3:
        return f"{', '.join(names[:2])} and {len(names) - 2} others"
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
