"""Who signed what, and which groups work under a protocol (terms of reference, Information
Sharing)."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from core import remember
from membership.models import (
    Agency,
    Group,
    GroupKind,
    Partner,
    Partnership,
    Seat,
    SharingAgreement,
    SharingProtocol,
    Signature,
)
from membership.queries.people import in_order
from membership.queries.places import known_groups

# The work of the partnership and its subgroups is subject to a protocol; so is a panel's.
UNDER_PROTOCOL = (GroupKind.BOARD, GroupKind.SUBGROUP, GroupKind.PANEL)
REPRESENTED = (GroupKind.BOARD, GroupKind.SUBGROUP, GroupKind.SECRETARIAT)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one agency stands with the agreement: its signature now, or the one before it."""

    agency: Agency
    signature: Signature | None
    before: Signature | None
    statutory: bool


@dataclass(frozen=True, slots=True)
class UnderProtocol:
    """Where one group stands: its protocol now, or the one before it."""

    group: Group
    protocol: SharingProtocol | None
    before: SharingProtocol | None


@dataclass(frozen=True, slots=True)
class ShutOut:
    """People for whom a group's restricted papers do not open; with no seats, for nobody."""

    group: Group
    why: str
    seats: list[Seat]


def agreement_on(partnership: Partnership, day: datetime.date) -> SharingAgreement | None:
    """The agreement in force on that day; remembered in a request."""
    agreements = SharingAgreement.objects.of(partnership).on(day)
    return remember.once(("agreement", partnership.pk, day), agreements.first)


def represented(partnership: Partnership, day: datetime.date) -> QuerySet[Agency]:
    """The organisations represented on the partnership on that day: all are to sign."""
    partner = Partner.objects.of(partnership).on(day).filter(agency=OuterRef("pk")).order_by()
    seat = (
        Seat.objects.of(partnership)
        .on(day)
        .filter(agency=OuterRef("pk"), group__kind__in=REPRESENTED)
        .order_by()
    )
    return Agency.objects.filter(Exists(partner) | Exists(seat))


def signed(partnership: Partnership, day: datetime.date) -> QuerySet[Signature]:
    """Signatures that open restricted papers on that day: of an agreement in force itself."""
    agreements = SharingAgreement.objects.of(partnership).on(day)
    return Signature.objects.on(day).filter(agreement__in=agreements)


def current_signature(
    partnership: Partnership, agency: Agency, day: datetime.date
) -> Signature | None:
    """The agency's signature that opens restricted papers on that day."""
    return signed(partnership, day).filter(agency=agency).select_related("agreement").first()


def unsigned_agencies(partnership: Partnership, day: datetime.date) -> QuerySet[Agency]:
    """Agencies represented on the partnership that have no current signature.

    Remembered in a request, in which it is asked once.
    """
    signature = signed(partnership, day).filter(agency=OuterRef("pk")).order_by()
    found = represented(partnership, day).filter(~Exists(signature))
    return remember.once(("unsigned", partnership.pk, day), lambda: found)


def standings(partnership: Partnership, day: datetime.date) -> list[Standing]:
    """How every agency represented on the partnership stands with the agreement, by name."""
    latest: dict[Any, list[Signature]] = {}
    signatures = Signature.objects.of(partnership).filter(starts_on__lte=day)
    for each in signatures.select_related("agreement").order_by("-starts_on"):
        latest.setdefault(each.agency_id, []).append(each)
    statutory = (
        Partner.objects.of(partnership).on(day).filter(agency=OuterRef("pk"), statutory=True)
    )
    agencies = represented(partnership, day).annotate(statutory=Exists(statutory.order_by()))
    current = set(signed(partnership, day).values_list("pk", flat=True))
    rows = []
    for agency in agencies.order_by("-statutory", "name"):
        theirs = latest.get(agency.pk, [])
        now = next((each for each in theirs if each.pk in current), None)
        before = next((each for each in theirs if each.pk not in current), None)
        rows.append(Standing(agency, now, before, agency.statutory))
    return rows


def under_protocol(
    partnership: Partnership, day: datetime.date, user: Any = None
) -> list[UnderProtocol]:
    """How each group that works under a protocol stands, of those that the person may know of."""
    protocols = SharingProtocol.objects.filter(starts_on__lte=day).order_by("-starts_on")
    groups = known_groups(partnership, user).on(day).filter(kind__in=UNDER_PROTOCOL)
    found = groups.prefetch_related(Prefetch("protocols", protocols, to_attr="held"))
    rows = []
    for group in found.order_by("kind", "name"):
        now = next((each for each in group.held if not _over(each, day)), None)
        before = next((each for each in group.held if each is not now), None)
        rows.append(UnderProtocol(group, now, before))
    return rows


def shut_out(
    partnership: Partnership, day: datetime.date, user: Any = None,
    rows: list[UnderProtocol] | None = None,
) -> list[ShutOut]:  # fmt: skip
    """Whom the sharing gate keeps from restricted papers, group by group, and why.

    ``rows`` are those of ``under_protocol``, where they are at hand. As ``standing.clearance``
    decides it: the papers of a group open for its own seats and those
    of the group that runs its business.
    """
    rows = under_protocol(partnership, day, user) if rows is None else rows
    agencies = set(signed(partnership, day).values_list("agency", flat=True))
    tables = {row.group.pk for row in rows} | {row.group.administered_by_id for row in rows}
    seats: dict[Any, list[Seat]] = {}
    for seat in in_order(Seat.objects.on(day).filter(group__in=tables)):
        seats.setdefault(seat.group_id, []).append(seat)
    found = []
    for row in rows:
        group = row.group
        theirs = seats.get(group.pk, []) + seats.get(group.administered_by_id, [])
        opens = {seat.person_id for seat in theirs if seat.agency_id in agencies}
        shut = [seat for seat in theirs if seat.person_id not in opens]
        if row.protocol is None:
            found.append(ShutOut(group, "The group has no Frequent Sharing Protocol in force.", []))
        elif shut:
            found.append(
                ShutOut(group, "Their agency has not signed, or its signature has ended.", shut)
            )
    return found


def without_protocol(partnership: Partnership, day: datetime.date) -> QuerySet[Group]:
    """The board and subgroups with no Frequent Sharing Protocol in force on that day."""
    protocol = SharingProtocol.objects.on(day).filter(group=OuterRef("pk")).order_by()
    groups = known_groups(partnership).on(day).filter(kind__in=UNDER_PROTOCOL)
    return groups.filter(~Exists(protocol))


def _over(protocol: SharingProtocol, day: datetime.date) -> bool:
    return protocol.ends_on is not None and protocol.ends_on <= day
