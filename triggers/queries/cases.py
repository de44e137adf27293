"""What the page of one case shows: in words that name nobody, until a name is asked for."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from actions.models import RequestStatus, Status
from actions.queries import requests as asked
from core import clock
from core.components import Fact
from core.dates import count, longdate
from core.permissions import can
from core.working_days import working_days_between
from membership.models import Role
from triggers.models import (
    Application,
    CaseLink,
    CaseNote,
    Consent,
    Impact,
    InformationRequest,
    NoteKind,
    OnBehalf,
    Party,
    PartyKind,
    Recommendation,
    Stage,
    Voice,
    Way,
)
from triggers.queries import people
from triggers.queries.caseload import about
from triggers.queries.drafts import FOR_ANOTHER

FINISHED = (Status.DONE, Status.DROPPED)
BY = {
    OnBehalf.SELF: "by the victim",
    OnBehalf.KNOWN: "by somebody who knows the victim",
    OnBehalf.WORK: "by somebody who helps the victim in their work",
    OnBehalf.SEVERAL: "by one of several homes",
}


# ---- in words -----------------------------------------------------------------------------------


def lede(case: Application) -> str:
    """What it is about, when it was applied for and by whom: no name, no street."""
    by = BY.get(OnBehalf(case.on_behalf), "") if case.on_behalf else ""
    day = longdate(case.received_on) if case.received_on else "no day yet"
    applied = f"Applied for on {day} {by}".strip()
    return f"{about(case)}. {applied}{consent_words(case)}."


def consent_words(case: Application) -> str:
    """What the victim said about somebody else's asking, as the end of a sentence."""
    if not others_ask(case):
        return ""
    said = consent_of(case)
    if said is None or said.given is None:
        return "; the victim has not been asked yet"
    return ", with the victim’s consent" if said.given else "; the victim has refused consent"


def others_ask(case: Application) -> bool:
    """Whether somebody else than the victim applied, so that the victim is asked for consent."""
    return case.on_behalf in FOR_ANOTHER


def consent_of(case: Application) -> Consent | None:
    """What the victim said last."""
    return case.consents.first()


def stands_still(case: Application) -> bool:
    """Whether the victim refused, and nobody has decided since how to go on."""
    said = consent_of(case) if others_ask(case) else None
    if said is None or said.given is not False:
        return False
    decided = CaseNote.objects.filter(application=case, kind=NoteKind.CONSENT, at__gte=said.at)
    return not decided.exists()


# ---- the person ---------------------------------------------------------------------------------


def party(case: Application, kind: str) -> Party | None:
    """The victim, or who applied for them."""
    return case.parties.filter(kind=kind).first()


def safe_contact(who: Party | None) -> str:
    """How they may be reached without harm: no name, no number, no address."""
    if who is None or not who.way:
        return "Not told. Ask before you write or call"
    words = [str(Way(who.way).label)]
    if who.times:
        words.append(who.times)
    said = ", ".join(words)
    if who.never:
        said = f"{said}. Never: {who.never}"
    if who.way in (Way.TELEPHONE, Way.TEXT):
        said += ". A message is safe" if who.messages_are_safe else ". Leave no message"
    return said


def about_person(case: Application, labels: Mapping[str, str]) -> list[Fact]:
    """What an officer needs at a glance, without a name. ``labels`` are those of the questions."""
    victim, applicant = party(case, PartyKind.VICTIM), party(case, PartyKind.APPLICANT)
    impact = Impact.objects.filter(application=case).first()
    facts = [Fact("Safe contact", safe_contact(applicant or victim))]
    if applicant and victim and victim.way:
        facts.append(Fact("Safe contact of the victim", safe_contact(victim)))
    facts.append(Fact("Vulnerable", vulnerable(impact, labels)))
    if impact and impact.unsafe_now:
        facts.append(Fact("In danger now", "Says so. Check on them today"))
    facts.append(Fact("Applicant", applicant_words(case)))
    if impact and impact.voice:
        facts.append(Fact("Wants", Voice(impact.voice).label))
    for need in needs(victim, applicant):
        facts.append(Fact("Needs", need))
    return facts


def vulnerable(impact: Impact | None, labels: Mapping[str, str]) -> str:
    """What they ticked that makes it worse for them; what they wrote stands with the name."""
    if impact is None:
        return "Removed"
    ticked = [labels[each].lower() for each in impact.vulnerable if each in labels]
    if ticked:
        return f"Yes: {', '.join(ticked)}"
    return "Yes, see what they wrote" if impact.vulnerability else "They named nothing"


def needs(*parties: Party | None) -> list[str]:
    """Language, interpreter and access, once each."""
    found: list[str] = []
    for who in filter(None, parties):
        if who.interpreter:
            found.append(f"Interpreter, {who.language}" if who.language else "Interpreter")
        if who.access_needs:
            found.append("Access needs, see contact")
    return list(dict.fromkeys(found))


def applicant_words(case: Application) -> str:
    """Who applied, and what the victim said to it."""
    if not others_ask(case):
        return "The victim"
    who, said = str(OnBehalf(case.on_behalf).label), consent_of(case)
    if said is None or said.given is None:
        return f"{who}. Consent not asked yet"
    verb = "given" if said.given else "refused"
    return f"{who}. Consent {verb} {longdate(said.said_on)}"


# ---- what bodies were asked ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """One body's request: how it stands, how much it sent, and who of it can open it."""

    information: Any
    states: list[tuple[str, str]]
    entries: int
    reached: bool
    late: int

    @property
    def shown(self) -> bool:
        """Whether its answer can be read by the officers: it was sent."""
        return self.information.sent_on is not None


def asked_for(case: Application, user: Any) -> list[Asked]:
    """What bodies were asked in a case: all for its officers, for others their own body's."""
    today = clock.today()
    found = (
        InformationRequest.objects.visible_to(user)
        .filter(application=case)
        .select_related("request__group", "request__partnership", "agency", "application")
        .annotate(lines=Count("entries", filter=Q(sent_on__isnull=False)))
    )
    works = bool(can(user, "work on", case))
    return [_asked(each, today, works=works) for each in found]


def _asked(information: Any, today: datetime.date, *, works: bool) -> Asked:
    request = information.request
    late = asked.is_late(request, today)
    days = working_days_between(request.first_due_on, today) if late else 0
    states = [
        (f"{count(days, 'working day')} late", tone) if tone == "late" and days else (label, tone)
        for label, tone in asked.states(request, today)
    ]
    waiting = works and request.is_open and request.status != RequestStatus.ANSWERED
    reached = bool(asked.answerers(request, today)) if waiting else True
    return Asked(information, states, information.lines, reached, days)


# ---- others -------------------------------------------------------------------------------------


def links_of(case: Application, user: Any) -> list[tuple[CaseLink, Application]]:
    """The cases linked to this one, to officers of both."""
    found = CaseLink.objects.visible_to(user).filter(Q(first=case) | Q(second=case))
    pairs = found.select_related("first__partnership", "second__partnership", "first", "second")
    return [
        (link, link.second if link.first_id == case.pk else link.first)
        for link in pairs
        if can(user, "view", link)
    ]


def panel_words(case: Application) -> str:
    """When the panel sits, who chairs it and how many sit on it, in a sentence or two."""
    if case.stage in (Stage.RECEIVED, Stage.NO_REVIEW, Stage.WITHDRAWN):
        return ""
    on_case = people.people_of(case)
    chair = next((each.seat for each in on_case if each.seat.role == Role.CHAIR), None)
    members = sum(each.seat.role in (Role.MEMBER, Role.VICE_CHAIR) for each in on_case)
    who = f"Chair: {chair.person}, {chair.agency}." if chair else "It has no chair yet."
    return f"{who} {count(members, 'member')} named."


def steps_left(case: Application, works: bool) -> dict[str, bool]:
    """Which steps of an officer's the case's state leaves open."""
    is_open, stage = case.is_open, case.stage
    return {
        "acknowledge": works and is_open and case.acknowledged_on is None,
        "sort": works and is_open,
        "consent": works and is_open and others_ask(case),
        "close": works and stage in (Stage.NO_REVIEW, Stage.MONITORING, Stage.OUTCOME),
        "reopen": works and stage in (Stage.CLOSED, Stage.WITHDRAWN) and case.erased_on is None,
        "withdraw": works and is_open,
        "change": works and is_open,
    }


def shown(case: Application, user: Any, labels: Mapping[str, str]) -> dict[str, Any]:
    """The context of the case's page."""
    works = bool(can(user, "work on", case))
    still = stands_still(case)
    return {
        "lede": lede(case),
        "stands_still": still,
        "facts": about_person(case, labels) if works else [],
        "asked": asked_for(case, user),
        "links": links_of(case, user) if works else [],
        "panel": panel_words(case),
        "may": steps_left(case, works),
        "waiting": waiting_for(case) if works else [],
    }


def waiting_for(case: Application) -> list[tuple[str, str, str]]:
    """What the applicant sent by the private link: in words, the page that answers it, its link."""
    corrections = case.corrections.filter(answer="waiting").count()
    messages = case.messages.filter(dealt_at=None).count()
    found = []
    if corrections:
        words = f"{count(corrections, 'correction')} of the list of incidents"
        found.append((words, "triggers:case_incidents", "See corrections"))
    if messages:
        found.append((count(messages, "message"), "triggers:case_person", "See messages"))
    return found


def what_keeps_open(case: Application) -> str:
    """Why a case cannot be closed yet; nothing where it can."""
    if stands_still(case) or case.stage == Stage.NO_REVIEW:
        return ""
    if case.stage == Stage.OUTCOME:
        return "The outcome letter has not been sent yet."
    if case.stage != Stage.MONITORING:
        return "The case is not at its end: decide the threshold, or hold the review, first."
    waiting = Q(response="waiting") | Q(action__isnull=False) & ~Q(action__status__in=FINISHED)
    left = Recommendation.objects.filter(waiting, application=case).count()
    if left:
        verb = "is" if left == 1 else "are"
        return f"{count(left, 'recommendation')} {verb} still open."
    return ""


def impact_of(case: Application) -> Impact | None:
    """How the trouble hurts, while that is kept."""
    return Impact.objects.filter(application=case).first()
