"""Where a person stands today: the seats that they hold and what those reach.

Everything that anybody may see or do starts here. One query, remembered for the request; read
again in the next one, so that an ended seat opens nothing. The models' querysets call it, so it
finds the models through the app registry rather than by import.
"""

import datetime
import uuid
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from core import clock, remember
from core.permissions import ALLOWED, Verdict, denied
from core.prepared import Prepared

NO_DIRECTORY = ("scrutineer",)

# What rooms above ask of a person on every page, so that it comes with the seats: each makes an
# expression in which ``OuterRef("person")`` is the person.
beside: dict[str, Callable[[], Any]] = {}

# Who is shown the first seat when seats have been asked for, to keep what came beside them.
heard: list[Callable[[Any], None]] = []

# What opens restricted text to a person besides their seats, as rooms above know it.
exceptions: list[Callable[[Any], bool]] = []

# What is closed to a person whatever their seats open, as rooms above know: each gives keys of
# records by kind (``documents``, ``actions``), and asks nothing for those barred from nothing.
bars: list[Callable[[Any], dict[str, set[uuid.UUID]]]] = []


def seats(user: Any) -> list[Any]:
    """The seats that a person holds today, each with its group, partnership and agency.

    ``seat.signed`` says whether its agency's signature is current; ``seat.reach`` lists the group
    and the groups whose business it runs, each ``{"id", "slug", "protocol"}``;
    ``seat.second_factor`` says whether the person has one.
    """
    if not user.is_authenticated or not user.is_active:
        return []
    on = clock.today()
    return remember.once(("seats", user.pk, on), lambda: _asked(user.pk, on))


def _asked(person: uuid.UUID, on: datetime.date) -> list[Any]:
    found = _ask(person=person, on=on, at=clock.now())
    for hear in heard if found else ():
        hear(found[0])
    return found


def _held(on: datetime.date) -> Q:
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on))


def _seats(person: uuid.UUID, on: datetime.date, at: datetime.datetime) -> QuerySet[Any]:
    find = apps.get_model
    of_standing_panel = Q(
        group=OuterRef("reports_to"), group__kind="panel", group__reporting__kind="panel"
    )
    protocol = find("membership.SharingProtocol").objects.filter(
        _held(on), Q(group=OuterRef("pk")) | of_standing_panel
    )
    reach = (
        find("membership.Group")
        .objects.filter(Q(pk=OuterRef("group")) | Q(administered_by=OuterRef("group")), _held(on))
        .order_by()
        .values(each=JSONObject(id="pk", slug="slug", kind="kind", protocol=Exists(protocol)))
    )
    signature = find("membership.Signature").objects.filter(
        _held(on),
        agency=OuterRef("agency"),
        agreement__partnership=OuterRef("group__partnership"),
        agreement__starts_on__lte=on,
    )
    signature = signature.filter(Q(agreement__ends_on__isnull=True) | Q(agreement__ends_on__gt=on))
    second_factor = find("mfa.Authenticator").objects.filter(user=OuterRef("person"))
    lasts = Q(emergency_until__isnull=True) | Q(emergency_until__gt=at)
    current = find("membership.Seat").objects.filter(_held(on), lasts, person=person)
    group_held = Q(group__ends_on__isnull=True) | Q(group__ends_on__gt=on)
    return (
        current.filter(group_held)
        .select_related("group__partnership", "agency", "post")
        .annotate(
            signed=Exists(signature),
            reach=ArraySubquery(reach),
            second_factor=Exists(second_factor),
            **{name: ask() for name, ask in beside.items()},
        )
        .order_by("group__name")
    )


# The same for everybody but for the person and the moment, and asked on every page.
_ask = Prepared(
    _seats, person=uuid.UUID(int=0), on=datetime.date.min,
    at=datetime.datetime.min.replace(tzinfo=datetime.UTC),
)  # fmt: skip


def groups(user: Any) -> set[uuid.UUID]:
    """Keys of the groups on which a person sits or whose business their group runs."""
    return {uuid.UUID(each["id"]) for seat in seats(user) for each in seat.reach}


def directories(user: Any) -> set[uuid.UUID]:
    """Keys of the partnerships whose directory a person may read: not for grant scrutineers."""
    return {
        seat.group.partnership_id for seat in seats(user) if seat.group.kind not in NO_DIRECTORY
    }


def working(user: Any) -> set[uuid.UUID]:
    """Keys of the partnerships on whose board, subgroups or secretariat a person sits.

    Panels are need-to-know, scrutiny reads what is adopted, a grant scrutineer its grants.
    """
    return {
        seat.group.partnership_id
        for seat in seats(user)
        if seat.group.kind in ("board", "subgroup", "secretariat")
    }


def barred(user: Any, *kinds: str) -> set[uuid.UUID]:
    """Keys of records of these kinds that are closed to this person.

    The room that keeps them asks here, in its rules and in its querysets.
    """
    return {
        key for ask in bars for kind, keys in ask(user).items() if kind in kinds for key in keys
    }


def secretariats(user: Any) -> set[uuid.UUID]:
    """Keys of the partnerships of whose secretariat a person is an officer."""
    return {
        seat.group.partnership_id
        for seat in seats(user)
        if seat.role == "officer" and seat.group.kind == "secretariat"
    }


def in_emergencies(user: Any) -> set[uuid.UUID]:
    """Keys of the partnerships in which a person may ask for, and agree to, an emergency reading.

    Officers of the secretariat and who chairs the board, unless they administer the system.
    """
    found, administered = set(), set()
    for seat in seats(user):
        partnership, kind = seat.group.partnership_id, seat.group.kind
        if kind == "administration":
            administered.add(partnership)
        elif (kind == "secretariat" and seat.role == "officer") or (
            kind == "board" and seat.role in ("chair", "vice_chair")
        ):
            found.add(partnership)
    return set() if administered else found


def cleared(user: Any) -> set[uuid.UUID]:
    """Keys of the groups whose restricted papers open for this person today.

    The seat's agency has a current signature of the sharing agreement, and the group's Frequent
    Sharing Protocol is in force (terms of reference, Information Sharing). The panel of one case
    works under the protocol of the standing panel that it reports to. A review date that has
    passed only warns.
    """
    return {
        uuid.UUID(each["id"])
        for seat in seats(user)
        if seat.signed
        for each in seat.reach
        if each["protocol"]
    }


def clearance(user: Any, group: Any) -> Verdict:
    """May this person open the group's restricted papers? If not, which of the two is missing?"""
    if group.pk in cleared(user):
        return ALLOWED
    reaching = [
        (seat, each) for seat in seats(user) for each in seat.reach if each["id"] == str(group.pk)
    ]
    if not reaching:
        return denied(f"You do not sit on {group.name}.")
    if not any(each["protocol"] for _, each in reaching):
        return denied(
            f"{group.name} has no Frequent Sharing Protocol in force, "
            "so nobody can open its restricted papers."
        )
    agencies = " and ".join(sorted({seat.agency.name for seat, _ in reaching}))
    return denied(
        "Restricted papers open only for agencies that have signed the information sharing "
        f"agreement. {agencies} has no current signature."
    )


def holds(user: Any, *roles: str, group_id: Any = None, partnership_id: Any = None,
          kind: str = "", through: bool = False) -> bool:  # fmt: skip
    """Whether a current seat has one of these roles on that group, or on a group of that kind.

    ``through`` also counts a seat on the group that runs the group's business.
    """
    for seat in seats(user):
        if roles and seat.role not in roles:
            continue
        if partnership_id and seat.group.partnership_id != partnership_id:
            continue
        if kind and seat.group.kind != kind:
            continue
        if group_id and seat.group_id != group_id:
            reached = through and any(each["id"] == str(group_id) for each in seat.reach)
            if not reached:
                continue
        return True
    return False
