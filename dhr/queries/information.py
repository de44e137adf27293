"""What agencies are asked for a review, how far each answer is, and who may read it."""

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from actions.models import WAITING, RequestStatus
from actions.models.requests import ANSWERING
from actions.queries.requests import states
from core import clock
from core.dates import count, london_date
from core.permissions import can
from dhr import names
from dhr.models import (
    ChronologyLine,
    InformationKind,
    InformationRequest,
    QualityCheck,
    Review,
    Terms,
    answers_for,
)
from dhr.permissions import answers_information
from membership import succession
from membership.models import Agency, Group, Partner, Partnership, Role, Seat
from membership.queries.sharing import signed

# What an answer is checked for, by what was asked: a key, and the point as the agency reads it.
OF_REPORT = {
    "terms": "It answers each of the terms of reference",
    "scope": "It covers the dates that the review looks at",
    "analysis": "It says why things were done or not done, not only what",
    "lessons": "It says what is to be learned",
    "recommendations": "It makes the agency’s own recommendations",
    "independent": "Its author had no part in the case",
    "signed_off": "A senior manager has signed it off",
}
OF_SUMMARY = ("terms", "scope", "lessons", "signed_off")
OF_CHRONOLOGY = {
    "scope": "It covers the dates that the review looks at",
    "contacts": "It says with which agencies each contact was",
    "done": "It says what was decided or done",
    "pseudonyms": "It uses pseudonyms or roles",
}
OF_SECURED = {"all": "It says that all its records are secured, on paper too"}


def points(information: InformationRequest) -> list[tuple[str, str]]:
    """The list by which the answer is checked."""
    if information.known is False:
        return [("searched", "It says where it looked for records")]
    if information.kind == InformationKind.SECURE:
        return list(OF_SECURED.items())
    if information.kind == InformationKind.CHRONOLOGY:
        return list(OF_CHRONOLOGY.items())
    if information.kind == InformationKind.SUMMARY:
        return [(key, OF_REPORT[key]) for key in OF_SUMMARY]
    return list(OF_REPORT.items())


# ---- who may be asked ---------------------------------------------------------------------------


def agencies(review: Review) -> list[Agency]:
    """Partners, and whoever sits on the standing panel or on the review: each as it is today."""
    today = clock.today()
    partners = Partner.objects.of(review.partnership).on(today).values("agency")
    panels = [review.group_id, review.group.reports_to_id]
    seated = Seat.objects.on(today).filter(group__in=panels).values("agency")
    asked = InformationRequest.objects.filter(review=review).values("agency")
    found = {}
    any_of_them = Q(pk__in=partners) | Q(pk__in=seated) | Q(pk__in=asked)
    for each in Agency.objects.filter(any_of_them):
        now = succession.standing_for(each, today)
        found[now.pk] = now
    return sorted(found.values(), key=lambda each: each.name)


def stops(review: Review, found: list[Agency]) -> dict[uuid.UUID, str]:
    """What speaks against asking these agencies: who chairs, or that nobody of it could open it."""
    today = clock.today()
    signatories = set(signed(review.partnership, today).values_list("agency", flat=True))
    seats = Seat.objects.of(review.partnership).on(today).filter(role__in=ANSWERING)
    seated = set(seats.filter(person__is_active=True).values_list("agency", flat=True))
    chairs = Seat.objects.on(today).filter(group=review.group_id, role=Role.CHAIR)
    chairing = chairs.values_list("agency", flat=True)
    why = dict.fromkeys(chairing, "Somebody of it chairs this review")
    for each in found:
        if each.pk not in signatories:
            why[each.pk] = "It has not signed the sharing agreement, so nobody of it can open this"
        elif each.pk not in seated:
            why[each.pk] = "Nobody sits for it, so nobody of it can open this"
    return why


def asked_already(review: Review, kind: str) -> set[uuid.UUID]:
    """The agencies that have been asked for this; each as it is today."""
    today = clock.today()
    asked = InformationRequest.objects.filter(review=review, kind=kind).select_related("agency")
    asked = asked.exclude(request__status=RequestStatus.WITHDRAWN)
    return {succession.standing_for(each.agency, today).pk for each in asked}


def on_panel(agency: Agency, panel: Group) -> QuerySet[User]:
    """The agency's people on the standing panel, who answer for it."""
    seats = Seat.objects.on(clock.today()).filter(group=panel, agency=agency, role__in=ANSWERING)
    return User.objects.filter(pk__in=seats.values("person"), is_active=True)


# ---- one answer ---------------------------------------------------------------------------------


def is_agency(user: Any, information: InformationRequest) -> bool:
    """Whether this person answers for the agency itself."""
    return bool(answers_information(user, information))


def read_by(user: Any, information: InformationRequest) -> bool:
    """Whether this person may read the answer as it stands: its writers; those on the review once
    it was sent, and its officers what they write down themselves."""
    if is_agency(user, information):
        return True
    if information.sent_on is not None:
        return bool(can(user, "view", information))
    return information.taken_by_id is not None and bool(can(user, "check", information))


def lacking(information: InformationRequest) -> dict[str, str]:
    """What stands in the way of sending."""
    if information.known is None:
        return {"known": "Say whether you hold records"}
    if not information.known:
        return {}
    if information.kind == InformationKind.SECURE and information.secured_on is None:
        return {"secured_on": "Enter the day on which the records were secured"}
    if information.kind == InformationKind.CHRONOLOGY and not information.lines.exists():
        return {"known": "Add at least one line to the chronology, or say that you hold none"}
    if information.kind == InformationKind.IMR:
        return {"file": "Choose the report"}
    if information.kind == InformationKind.SUMMARY and not information.text:
        return {"text": "Write the summary, or choose a file"}
    return {}


def lines(information: InformationRequest) -> list[ChronologyLine]:
    """The lines of its chronology, in order."""
    return list(information.lines.select_related("contact_with"))


def anonymise(information: InformationRequest, lines: list[ChronologyLine]) -> None:
    """Put pseudonyms in the place of names in what is shown of an answer; nothing is kept."""
    key = names.key_of([information.review])
    for name in ("text", "withheld"):
        setattr(information, name, key.anonymised(getattr(information, name)))
    for line in lines:
        for name in ("who", "what", "done", "contact_other", "source_reference"):
            setattr(line, name, key.anonymised(getattr(line, name)))


def checks(information: InformationRequest) -> list[QualityCheck]:
    """What the checks found, the newest first."""
    return list(information.checks.select_related("by"))


def scope(review: Review) -> Terms | None:
    """The newest terms of reference, with the dates that the review looks at."""
    return Terms.objects.filter(review=review).order_by("-number").first()


def right_places(information: InformationRequest, user: Any) -> list[InformationRequest]:
    """Open requests for the same thing, to the same agency, in other reviews that this person may
    answer."""
    own = succession.lineage({information.agency_id}, clock.today())
    own.add(succession.standing_for(information.agency, clock.today()).pk)
    found = InformationRequest.objects.visible_to(user).of(information.partnership)
    found = found.filter(agency__in=own, kind=information.kind, request__status__in=WAITING)
    found = found.exclude(review=information.review_id)
    related = found.select_related("request", "review__group", "agency", "review__partnership")
    return [each for each in related if can(user, "answer", each)]


# ---- lists --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """A request of a review as its list shows it."""

    information: InformationRequest
    states: list[tuple[str, str]]
    received_on: datetime.date | None
    sent_back: int
    chased: int
    chased_on: datetime.date | None
    escalated_on: datetime.date | None
    late: str

    @property
    def instead_of(self) -> str:
        """The agency that answers in the place of the one that was asked."""
        now = succession.standing_for(self.information.agency, clock.today())
        return "" if now.pk == self.information.agency_id else now.name


def asked_in(review: Review, *, agency: str = "", kind: str = "") -> list[Asked]:
    """What was asked in a review, agency by agency."""
    found = InformationRequest.objects.filter(review=review)
    if agency:
        found = found.filter(agency__slug=agency)
    if kind:
        found = found.filter(kind=kind)
    return _asked(found.order_by("agency__name", "request__asked_at"))


def asked_of(user: Any, partnership: Partnership) -> list[Asked]:
    """What the agencies of this person are asked, what waits first."""
    found = InformationRequest.objects.of(partnership).filter(answers_for(user))
    return sorted(
        _asked(found.order_by("request__first_due_on")),
        key=lambda each: each.information.request.status not in WAITING,
    )


def _asked(found: QuerySet[InformationRequest]) -> list[Asked]:
    found = found.select_related("agency", "request__agency", "review__partnership")
    found = found.prefetch_related("request__returns", "request__chases")
    return [_of(each, clock.today()) for each in found]


def _of(information: InformationRequest, today: datetime.date) -> Asked:
    request = information.request
    given, chases = list(request.returns.all()), list(request.chases.all())
    first = min((each.at for each in given), default=None)
    received = london_date(first) if first else None
    days = ((received or today) - request.first_due_on).days
    withdrawn = request.status == RequestStatus.WITHDRAWN
    chased = [each for each in chases if each.audience == "owner"]
    return Asked(
        information, states(request, today), received,
        sum(each.accepted is False for each in given), len(chased),
        london_date(chased[0].at) if chased else None,
        london_date(request.escalated_at) if request.escalated_at else None,
        count(days, "day") if days > 0 and not withdrawn else "",
    )  # fmt: skip
