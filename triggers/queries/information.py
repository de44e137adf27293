"""What a body is asked for a case, what it needs to find its records, and how far its answer is."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from actions.models.requests import ANSWERING, RequestStatus
from core import clock
from core.permissions import can
from membership import succession
from membership.models import Agency, Group, Partnership, Seat
from membership.queries.sharing import current_signature
from triggers.models import (
    Application,
    ChronologyEntry,
    Complaint,
    InformationRequest,
    PartyKind,
    RelevantBody,
)
from triggers.permissions import answers_information
from triggers.queries import cases
from triggers.queries.threshold import listed


@dataclass(frozen=True, slots=True)
class Offered:
    """A body that may be asked: whether its name stands in a complaint, and whom that reaches."""

    agency: Agency
    named: bool
    instead_of: str
    stops: str


def bodies(partnership: Partnership) -> list[RelevantBody]:
    """The relevant bodies in force today, each the one that stands there today."""
    today = clock.today()
    found = list(RelevantBody.objects.of(partnership).on(today).select_related("agency"))
    for each in found:
        each.agency = succession.standing_for(each.agency, today)
    return found


def offered(case: Application) -> list[Offered]:
    """Every body that has not been asked, with those named in complaints marked."""
    today = clock.today()
    named = {each.body.agency_id for each in listed(case) if each.body}
    asked = set(
        InformationRequest.objects.filter(application=case)
        .exclude(request__status="withdrawn")
        .values_list("agency", flat=True)
    )
    found: dict[Any, Offered] = {}
    rows = RelevantBody.objects.of(case.partnership).select_related("agency")
    for body in rows:
        now = succession.standing_for(body.agency, today)
        in_force = body.counted_on(today)
        if now.pk in asked or not (in_force or (now != body.agency and body.agency_id in named)):
            continue
        before = found.get(now.pk)
        is_named = body.agency_id in named or bool(before and before.named)
        instead = body.agency.name if now != body.agency else ""
        found[now.pk] = Offered(
            now, is_named, instead or (before.instead_of if before else ""), stops(case, now)
        )
    return sorted(found.values(), key=lambda each: (not each.named, each.agency.name))


def stops(case: Application, agency: Agency) -> str:
    """Why nobody of a body could open a request here; nothing where somebody can."""
    if current_signature(case.partnership, agency, clock.today()) is None:
        return "It has not signed the sharing agreement, so nobody of it can open this here"
    held = Seat.objects.of(case.partnership).on(clock.today()).filter(agency=agency)
    if not held.filter(role__in=ANSWERING, person__is_active=True).exists():
        return "Nobody sits for it, so nobody of it can open this here"
    return ""


def on_panel(agency: Agency, panel: Group) -> QuerySet[User]:
    """The body's people on the standing panel, who answer for it."""
    seats = Seat.objects.on(clock.today()).filter(group=panel, agency=agency, role__in=ANSWERING)
    return User.objects.filter(pk__in=seats.values("person"), is_active=True)


def is_body(user: Any, information: InformationRequest) -> bool:
    """Whether this person answers for the body itself."""
    return bool(answers_information(user, information))


# ---- one body's answer --------------------------------------------------------------------------


def is_wanted(information: InformationRequest) -> bool:
    """Whether the body may still learn what it needs of the case: not once it is no longer asked,
    nor when the case was withdrawn or closed."""
    asked = information.request.status != RequestStatus.WITHDRAWN
    return asked and information.application.is_open


def reported_to(information: InformationRequest) -> list[Complaint]:
    """The incidents that the applicant says were reported to this body, or to one that it
    succeeded: the only ones that it is shown."""
    today = clock.today()
    own = succession.lineage({information.agency_id}, today)
    return [
        each for each in listed(information.application)
        if each.body and each.body.agency_id in own
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Report:
    """An incident reported to a body as the applicant tells it, and the body's line on it."""

    complaint: Complaint
    entry: ChronologyEntry | None


def reports(information: InformationRequest) -> list[Report]:
    """Each of them with what the body says."""
    lines = {
        each.complaint_id: each
        for each in entries(information)
        if each.complaint_id and each.reported_on
    }
    return [Report(each, lines.get(each.pk)) for each in reported_to(information)]


def entries(information: InformationRequest) -> list[ChronologyEntry]:
    """The lines of its chronology, in order."""
    found = ChronologyEntry.objects.filter(information=information)
    return list(found.select_related("complaint"))


def needed(information: InformationRequest) -> dict[str, Any]:
    """What a body needs to find its records: who, and where the trouble is."""
    case = information.application
    victim = cases.party(case, PartyKind.VICTIM) or cases.party(case, PartyKind.APPLICANT)
    impact = cases.impact_of(case)
    return {
        "name": victim.name if victim else "",
        "place": impact.place if impact else "",
        "postcode": impact.postcode if impact else "",
    }


def lacking(information: InformationRequest) -> dict[str, str]:
    """What stands in the way of sending."""
    if information.known is None:
        return {"known": "Say whether you know of this trouble"}
    if information.known and not (information.summary or entries(information)):
        return {"summary": "Enter what you did, or add a line to the chronology"}
    return {}


def read_by(user: Any, information: InformationRequest) -> bool:
    """Whether this person may read the answer as it stands: its writers, and officers once sent."""
    if is_body(user, information):
        return True
    shown = information.sent_on is not None or information.taken_by_id is not None
    return shown and bool(can(user, "view", information))
