"""The panel of a case: who may be asked onto it, who has a part in the case, what is missing."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from actions.models import WAITING, RequestStatus
from core import clock
from core.dates import clock as clock_words
from core.dates import daydate
from core.permissions import can
from meetings.models import Meeting, Paper, Status
from membership import succession
from membership.models import Agency, Role, Seat
from membership.queries import partners_on
from membership.queries.sharing import signed
from triggers.models import (
    Application,
    ConflictCheck,
    Finding,
    InformationRequest,
    Procedure,
    RelevantBody,
    Review,
    Stage,
    VoiceRecord,
)
from triggers.queries import cases, incidents, people
from triggers.queries.threshold import listed

PACK = "Panel pack"


def review_of(case: Application) -> Review:
    """The review of a case; one that is not begun is empty, and not saved."""
    found = Review.objects.filter(application=case).select_related("meeting__group__partnership")
    return found.first() or Review(application=case)


def meeting_of(review: Review) -> Meeting | None:
    """The panel's meeting, unless it was cancelled."""
    meeting = review.meeting
    return meeting if meeting and meeting.status != Status.CANCELLED else None


def meeting_words(meeting: Meeting) -> str:
    """Thursday 10 December 2026, 2pm to 4pm, Civic Centre and online."""
    place = " and ".join(filter(None, [meeting.venue, "online" if meeting.online else ""]))
    times = f"{clock_words(meeting.starts_at)} to {clock_words(meeting.ends_at)}"
    return f"{daydate(meeting.on)}, {times}, {place}"


def paper_of(meeting: Meeting) -> Paper | None:
    """The panel's pack among the papers of its meeting."""
    found = Paper.objects.filter(item__meeting=meeting, document__title=PACK)
    return found.select_related("document", "item").first()


# ---- who has a part in the case -----------------------------------------------------------------


def parts(case: Application) -> dict[uuid.UUID, tuple[Agency, str]]:
    """The bodies whose work is under review, each in its successor, and why.

    A landlord is among them as every other body is: once it is asked, or named in an incident.
    """
    today = clock.today()
    found: dict[uuid.UUID, tuple[Agency, str]] = {}

    def add(agency: Agency, why: str) -> None:
        now = succession.standing_for(agency, today)
        found.setdefault(now.pk, (now, why))

    asked = InformationRequest.objects.filter(application=case).select_related("agency")
    for each in asked.exclude(request__status=RequestStatus.WITHDRAWN):
        add(each.agency, "it was asked for information")
    for complaint in listed(case):
        if complaint.body:
            add(complaint.body.agency, f"incident {complaint.number} was reported to it")
    about = Finding.objects.filter(application=case, agency__isnull=False).select_related("agency")
    for finding in about:
        if finding.agency:
            add(finding.agency, f"finding {finding.number} is about it")
    return found


def part_finder(case: Application) -> Callable[[Agency], str]:
    """What says why a body has a part in the case; nothing where it has none.

    Another body that an incident names in words counts as well.
    """
    found, others = parts(case), [each for each in listed(case) if each.other_body]

    def part(agency: Agency) -> str:
        now = succession.standing_for(agency, clock.today())
        if now.pk in found:
            return found[now.pk][1]
        names = {agency.name.casefold(), now.name.casefold()}
        for complaint in others:
            other = complaint.other_body.casefold()
            if any(name in other or other in name for name in names):
                return f"incident {complaint.number} was reported to it"
        return ""

    return part


def cannot_chair(case: Application, agency: Agency) -> str:
    """Why nobody of a body may chair; nothing where they may."""
    why = part_finder(case)(agency)
    if not why:
        return ""
    return f"Nobody of {agency} can chair, because its work is under review: {why}"


# ---- who sits -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sits:
    """Somebody on the panel: whether the case opens to them, and what part their body has in it."""

    seat: Seat
    opens: bool
    part: str
    check: ConflictCheck | None

    @property
    def independent(self) -> bool:
        """Their body has no part in the case."""
        return not self.part

    @property
    def chairs(self) -> bool:
        """Whether they chair the panel."""
        return self.seat.role == Role.CHAIR


def checks(case: Application) -> dict[Any, ConflictCheck]:
    """What each person said last when asked whether they are free."""
    found: dict[Any, ConflictCheck] = {}
    for each in ConflictCheck.objects.filter(application=case).select_related("person", "by"):
        found.setdefault(each.person_id, each)
    return found


def sitting(case: Application) -> list[Sits]:
    """Who sits on the panel today, the chair first; its officers work for it and are not on it,
    nor is who may read it for an hour."""
    said, part = checks(case), part_finder(case)
    found = [
        Sits(each.seat, each.opens, part(each.seat.agency), said.get(each.seat.person_id))
        for each in people.people_of(case)
        if not each.works_on_it and each.seat.emergency_until is None
    ]
    return sorted(found, key=lambda each: (not each.chairs, each.seat.person.name))


def chair_of(case: Application) -> Seat | None:
    """Who chairs the panel today."""
    held = people.seats_of(case).filter(role=Role.CHAIR)
    return held.select_related("person", "agency").first()


def pool(case: Application) -> QuerySet[Seat]:
    """Who may be asked: those seated on the standing panel who are not on the case yet."""
    standing_panel = Procedure.objects.filter(partnership=case.partnership).values("group")
    on_it = people.seats_of(case).values("person")
    held = Seat.objects.on(clock.today()).filter(group__in=standing_panel, person__is_active=True)
    found = held.exclude(role=Role.OFFICER).exclude(person__in=on_it)
    return found.select_related("person", "agency").order_by("person__name")


def not_free(case: Application) -> list[ConflictCheck]:
    """Those who were asked, are not free, and do not sit."""
    on_it = set(people.seats_of(case).values_list("person", flat=True))
    return [each for pk, each in checks(case).items() if not each.free and pk not in on_it]


def signatories(case: Application) -> list[Agency]:
    """The bodies of which somebody may be invited from outside: they signed the agreement."""
    keys = signed(case.partnership, clock.today()).values("agency")
    return list(Agency.objects.filter(pk__in=keys, ends_on=None).order_by("name"))


def bodies(case: Application) -> list[Agency]:
    """The bodies that a finding may be about, or a recommendation be made to."""
    today = clock.today()
    found = {each.agency_id: each.agency for each in partners_on(case.partnership, today)}
    relevant = RelevantBody.objects.of(case.partnership).on(today).select_related("agency")
    found |= {each.agency_id: each.agency for each in relevant}
    found |= {key: agency for key, (agency, _) in parts(case).items()}
    found |= {seat.agency_id: seat.agency for seat in pool(case)}
    now = {each.pk: each for each in (succession.standing_for(a, today) for a in found.values())}
    return sorted(now.values(), key=lambda each: each.name)


# ---- what is missing ----------------------------------------------------------------------------


def voices(case: Application) -> list[VoiceRecord]:
    """How the victim was heard, in the order in which they were."""
    return list(VoiceRecord.objects.filter(application=case).select_related("by"))


def unanswered(case: Application) -> list[InformationRequest]:
    """The bodies that have not answered what they were asked."""
    found = InformationRequest.objects.filter(application=case, request__status__in=WAITING)
    return list(found.select_related("agency", "request"))


def warnings(case: Application) -> list[str]:
    """What the panel should know is missing; none of it forbids to sit."""
    found = []
    if case.list_agreed_on is None:
        found.append(incidents.words(case))
    waiting = [each.agency.name for each in unanswered(case)]
    if waiting:
        verb = "has" if len(waiting) == 1 else "have"
        found.append(f"{_listed(waiting)} {verb} not answered.")
    if not VoiceRecord.objects.filter(application=case).exists():
        found.append("What the victim says to the panel is not written down yet.")
    return found


def stops(case: Application, review: Review) -> list[str]:
    """What stands in the way of saying that the panel was held."""
    if cases.stands_still(case):
        return ["The victim has refused consent. Decide first how to go on."]
    found = []
    if meeting_of(review) is None:
        found.append("Set the panel’s meeting first.")
    on_panel = sitting(case)
    chair = next((each for each in on_panel if each.chairs), None)
    if chair is None:
        found.append("The panel has no chair. Ask somebody whose body has no part in the case.")
    elif chair.part:
        found.append(f"{cannot_chair(case, chair.seat.agency)}. Ask somebody else to chair.")
    if len(on_panel) < 2:
        found.append("A panel is at least two people.")
    return found


def _listed(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


# ---- the page -----------------------------------------------------------------------------------


def shown(case: Application, user: Any) -> dict[str, Any]:
    """The context of the panel's page."""
    review = review_of(case)
    meeting = meeting_of(review)
    works = bool(can(user, "work on", case))
    before = case.stage == Stage.REVIEW and review.held_on is None
    return {
        "review": review,
        "meeting": meeting,
        "to_come": bool(meeting and meeting.on > clock.today()),
        "meeting_words": meeting_words(meeting) if meeting else "",
        "paper": paper_of(meeting) if meeting else None,
        "sitting": sitting(case),
        "not_free": not_free(case) if works else [],
        "voices": voices(case),
        "wishes": cases.impact_of(case),
        "findings": list(Finding.objects.filter(application=case).select_related("agency")),
        "warnings": warnings(case) if before else [],
        "stops": stops(case, review) if before else [],
        "before": before,
        "open": case.stage == Stage.REVIEW,
        "reviewed": case.stage not in (Stage.RECEIVED, Stage.NO_REVIEW, Stage.WITHDRAWN),
        "mine": _own_seat(case, user),
    }


def _own_seat(case: Application, user: User) -> Seat | None:
    """The person's own seat on the panel, which they may leave."""
    own = people.seats_of(case).filter(person=user, emergency_until=None)
    return own.exclude(role=Role.OFFICER).first()
