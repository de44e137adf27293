"""What needs whom, and what the partnership owes. Everything here only reads."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse

from audit.models import Entry, ReadEntry
from core import registries
from core.components import Link
from core.permissions import can
from core.registries import Owed, Work
from meetings.models import Meeting, Status
from meetings.queries.going_on import going_on
from membership import standing
from membership.models import (
    Group,
    GroupKind,
    Partner,
    Partnership,
    Place,
    Role,
    Seat,
    SharingProtocol,
)

FAR = datetime.date.max
COMING = (Status.SCHEDULED, Status.AGENDA_PUBLISHED, Status.HELD)
ORDER = {"overdue": 0, "gap": 1, "due": 2, "met": 3}


@dataclass(frozen=True, slots=True)
class MyWork:
    """One person's work in one partnership, soonest first."""

    partnership: Partnership
    needs_me: list[Work]
    waiting: list[Work]
    coming: list[Work]
    next_meeting: Meeting | None
    seats: list[Any]
    owed: list[Owed] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    @property
    def tally(self) -> list[tuple[str, int]]:
        """How many of the partnership's duties stand how, worst first."""
        names = {"overdue": "Overdue", "gap": "Gaps", "due": "Due soon", "met": "Met"}
        return [(names[state], sum(each.state == state for each in self.owed)) for state in names]


def my_work(user: Any, on: datetime.date) -> list[MyWork]:
    """What needs this person now, what is coming, and for what they wait, per partnership."""
    work = sorted(registries.work.gather(user, on), key=lambda each: (each.due or FAR, each.what))
    seats = standing.seats(user)
    partnerships = {seat.group.partnership_id: seat.group.partnership for seat in seats}
    return [
        MyWork(
            partnership=partnership,
            needs_me=_of(work, partnership, "me"),
            waiting=_of(work, partnership, "others"),
            coming=_of(work, partnership, "nobody"),
            next_meeting=next_meeting(user, partnership, on),
            seats=[seat for seat in seats if seat.group.partnership_id == key],
            owed=owed(partnership, on) if is_officer(user, partnership) else [],
            links=look_up(user, partnership),
        )
        for key, partnership in partnerships.items()
    ]


LOOK_UP = [
    ("Your notes on papers", "meetings:notes", "read meetings"),
    ("Register of interests", "membership:interests", "read directory"),
    ("What the partnership owes", "dashboards:owed", "see what is owed"),
    ("Governance calendar", "notices:calendar", "read calendar"),
    ("Working days", "notices:working_days", "proclaim days"),
    ("Countywide services and groups", "membership:countywide", "read directory"),
    ("Record of sharing", "documents:sharing_record", "read record of sharing"),
    ("The record: who did what", "dashboards:audit", "read audit"),
    ("Who may do what", "dashboards:policy", "read policy"),
    ("Settings", "membership:settings", "change settings"),
]


def look_up(user: Any, partnership: Partnership) -> list[Link]:
    """The pages that one comes to seldom, of those that this person may open."""
    return [
        Link(label, reverse(name, args=[partnership.slug]))
        for label, name, verb in LOOK_UP
        if can(user, verb, partnership)
    ]


def _of(work: list[Work], partnership: Partnership, needs: str) -> list[Work]:
    return [each for each in work if each.partnership == partnership and each.needs == needs]


def is_officer(user: Any, partnership: Partnership) -> bool:
    """Whether this person is an officer of the secretariat today."""
    return standing.holds(
        user, Role.OFFICER, kind=GroupKind.SECRETARIAT, partnership_id=partnership.pk
    )


def owed(partnership: Partnership, on: datetime.date) -> list[Owed]:
    """Every duty of the partnership that some room speaks for, worst first."""
    found = registries.duties.gather(partnership, on)
    return sorted(found, key=lambda each: (ORDER[each.state], each.due or FAR, each.what))


def next_meeting(user: Any, partnership: Partnership, on: datetime.date) -> Meeting | None:
    """The next meeting of a group on which this person sits."""
    coming = (each for each in going_on(user, on) if each.on >= on and each.status in COMING)
    return next((each for each in coming if each.group.partnership_id == partnership.pk), None)


@dataclass(frozen=True, slots=True)
class Front:
    """What the public front of a partnership shows. All of it is published or public."""

    partnership: Partnership
    partners: list[Partner]
    chairs: list[Seat]
    upcoming: list[Meeting]
    published: list[registries.Found]


def front(partnership: Partnership, on: datetime.date) -> Front:
    """The partnership in public: who it is, when it meets, what it decided."""
    partners = Partner.objects.of(partnership).on(on).select_related("agency")
    chairs = (
        Seat.objects.of(partnership)
        .on(on)
        .filter(group__kind=GroupKind.BOARD, role__in=[Role.CHAIR, Role.VICE_CHAIR])
    )
    upcoming = Meeting.objects.of(partnership).announced().filter(on__gte=on)
    return Front(
        partnership=partnership,
        partners=list(partners),
        chairs=list(chairs.select_related("person", "agency", "post").order_by("role")),
        upcoming=list(upcoming.select_related("group__partnership").order_by("on")[:4]),
        published=search(partnership, "", 6),
    )


def search(partnership: Partnership, words: str, most: int) -> list[registries.Found]:
    """Published pages with these words, newest first; nothing unpublished is ever looked at.

    At most so many: without words the newest, with words those that fit best.
    """
    found = registries.public.gather(partnership, words, most)
    return sorted(found, key=lambda each: each.at, reverse=True)[:most]


def latest(partnership: Partnership) -> list[registries.Found]:
    """What the feed holds: the newest thirty publications."""
    return search(partnership, "", 30)


# What the directory tells of a group to those who do not sit on it.
LISTED = [str(kind._meta.verbose_name) for kind in (Group, Place, Seat, SharingProtocol)]


# What an interest may close to a person.
KINDS_BARRED = ("items", "documents", "actions", "decisions")


def deeds(user: Any, partnership: Partnership) -> QuerySet[Entry]:
    """What was done, as far as this officer may know.

    Of groups on which they do not sit they learn what the directory tells; of panels nothing.
    """
    entries = Entry.objects.for_partnership(partnership.slug, standing.cleared(user))
    known = Group.objects.visible_to(user).of(partnership).order_by()
    keys = known.annotate(key=Cast("pk", CharField())).values("key")
    entries = entries.of_groups([str(each) for each in standing.groups(user)], keys, LISTED)
    return entries.exclude(subject_id__in=_barred(user))


def reads(user: Any, partnership: Partnership) -> QuerySet[ReadEntry]:
    """Who opened restricted text that this officer may open too."""
    found = ReadEntry.objects.for_partnership(partnership.slug, standing.cleared(user))
    return found.exclude(subject_id__in=_barred(user))


def _barred(user: Any) -> list[str]:
    """Keys of what is closed to a person because of an interest: items, papers and actions."""
    return [str(key) for key in standing.barred(user, *KINDS_BARRED)]
