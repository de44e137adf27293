"""Papers: their versions, who may open them, who has, and what keeps the others out."""

import datetime
import re
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet

from audit.models import Entry, ReadEntry
from core import clock
from core.components import Event
from core.permissions import can
from documents.models import Document, Opening, Version
from membership import standing
from membership.models import (
    Agency,
    Group,
    GroupKind,
    Partnership,
    Role,
    Seat,
    SharingProtocol,
    Signature,
)

RESTRICTED = "A restricted paper"
WITHDREW = "A paper of an item from which you withdrew"


def title_for(user: Any, document: Document) -> str:
    """A paper's title for those who may open it; for the others only why they may not."""
    if can(user, "open", document):
        return document.title
    return WITHDREW if withdrew_from(user, document) else RESTRICTED


def withdrew_from(user: Any, document: Document) -> bool:
    """Whether the paper is closed to a person because of an interest."""
    return document.pk in standing.barred(user, "documents")


def versions(document: Document) -> QuerySet[Version]:
    """A document's versions, newest first, with their size but without their bytes."""
    return (
        document.versions.annotate(size=F("content__size"))
        .select_related("created_by")
        .order_by("-number")
    )


def officers_of_group(group: Group, day: datetime.date) -> QuerySet[Seat]:
    """The seats of those who see to a group's papers: its own officers, or who runs its business.

    Where there are none, of the partnership's officers; but never for a panel, which they may not
    know of.
    """
    held = Seat.objects.on(day).filter(role=Role.OFFICER, person__is_active=True)
    held = held.select_related("person", "post", "agency").order_by("starts_on", "person__name")
    own = held.filter(group__in=[group.pk, group.administered_by_id])
    if group.kind == GroupKind.PANEL or own.exists():
        return own
    return held.filter(group__partnership=group.partnership_id, group__kind=GroupKind.SECRETARIAT)


def seats_of_agency(group: Group, agency: Agency, day: datetime.date) -> QuerySet[Seat]:
    """An agency's seats on a group, or on the group that runs its business."""
    held = Seat.objects.on(day).filter(agency=agency, person__is_active=True)
    return held.filter(group__in=[group.pk, group.administered_by_id]).select_related("person")


@dataclass(frozen=True, slots=True)
class Reader:
    """An agency with seats on a group, and whether its people may open the restricted papers."""

    agency: Agency
    people: tuple[str, ...]
    opens: bool
    why: str = ""


def readers(document: Document, day: datetime.date) -> list[Reader]:
    """Who may open a paper, agency by agency, and what keeps the others out."""
    group = document.group
    seats = (
        Seat.objects.on(day)
        .filter(group__in=[group.pk, group.administered_by_id], person__is_active=True)
        .select_related("agency", "person")
        .order_by("agency__name", "person__name")
    )
    people: dict[Agency, dict[str, None]] = {}
    for seat in seats:
        people.setdefault(seat.agency, {})[seat.person.name] = None
    stands = _stands(document, day)
    return [Reader(agency, tuple(names), *stands(agency)) for agency, names in people.items()]


def _stands(document: Document, day: datetime.date) -> Any:
    """A function that says of an agency whether it may open the paper, and why or why not."""
    if not document.restricted:
        return lambda agency: (True, "")
    signed = set(
        signatures_in_force(document.group.partnership, day).values_list("agency", flat=True)
    )
    protocol = protocol_in_force(document.group, day)
    opened = {each.agency_id: each for each in openings(document).open_at(clock.now())}

    def stands(agency: Agency) -> tuple[bool, str]:
        if agency.pk in signed and protocol:
            return True, ""
        if agency.pk in opened:
            return True, "by an officer’s exception"
        return False, "no sharing protocol in force" if agency.pk in signed else "has not signed"

    return stands


def signatures_in_force(partnership: Partnership, day: datetime.date) -> QuerySet[Signature]:
    """Current signatures of the partnership's current agreement."""
    agreements = partnership.agreements.on(day)
    return Signature.objects.on(day).filter(agreement__in=agreements)


def protocol_in_force(group: Group, day: datetime.date) -> SharingProtocol | None:
    """The Frequent Sharing Protocol under which a group works, if one holds."""
    return SharingProtocol.objects.on(day).covering(group).first()


def openings(document: Document) -> Any:
    """The exceptions that officers made for a paper, newest first."""
    return Opening.objects.filter(document=document).select_related(
        "agency", "created_by", "closed_by", "record"
    )


def may_be_opened_to(document: Document, day: datetime.date) -> QuerySet[Agency]:
    """Agencies that an exception could let in: they sit on the group, and the gate is shut."""
    shut = [reader.agency.pk for reader in readers(document, day) if not reader.opens]
    return Agency.objects.filter(pk__in=shut)


def reads(document: Document) -> QuerySet[ReadEntry]:
    """Who has opened a restricted paper, newest first."""
    return ReadEntry.objects.filter(kind=_kind(Document), subject_id=str(document.pk)).order_by(
        "-id"
    )


def events(document: Document) -> list[Event]:
    """What was done with a paper, newest first, for those who may open it."""
    entries = Entry.objects.filter(kind=_kind(Document), subject_id=str(document.pk))
    return [
        Event(
            what=re.sub(r" (of|for)$", "", entry.verb).capitalize(),
            at=entry.at,
            by_name=entry.actor_name,
            text=entry.detail.get("agency") or entry.detail.get("reason", ""),
        )
        for entry in entries.order_by("-id")[:100]
    ]


def _kind(model: Any) -> str:
    """How the record of what was done and read names a kind of thing."""
    return str(model._meta.verbose_name)


@dataclass(frozen=True, slots=True)
class Missing:
    """What keeps a person from a group's restricted papers: signatures, or the protocol."""

    protocol: bool
    agencies: tuple[str, ...] = ()


def missing(user: Any, group: Group) -> Missing:
    """Which of the two is not there for this person today."""
    reaching = [
        (seat, each)
        for seat in standing.seats(user)
        for each in seat.reach
        if each["id"] == str(group.pk)
    ]
    unsigned = {seat.agency.name for seat, _ in reaching if not seat.signed}
    return Missing(not any(each["protocol"] for _, each in reaching), tuple(sorted(unsigned)))
