"""What an application says so far, in whose name, and what is still to be told."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from core import clock
from figures.models import Ward
from membership.models import Partnership
from triggers.models import (
    Application,
    Complaint,
    Consent,
    Impact,
    OnBehalf,
    Party,
    PartyKind,
    Procedure,
    RelevantBody,
    Rule,
    Stage,
    Way,
)

FOR_ANOTHER = (OnBehalf.KNOWN, OnBehalf.WORK)

# Which field of a party a way to reach them needs.
NEEDS = {
    Way.EMAIL: "email",
    Way.TELEPHONE: "telephone",
    Way.TEXT: "telephone",
    Way.POST: "address",
    Way.OTHER: "way_detail",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """An application with what belongs to it. What is not there yet is empty, and not saved.

    ``speaker`` is who writes: the victim, or who applies for them.
    """

    application: Application
    victim: Party
    speaker: Party
    impact: Impact
    consent: Consent | None
    complaints: list[Complaint]

    @property
    def for_another(self) -> bool:
        """Whether somebody else writes than the one to whom it happens."""
        return for_another(self.application)

    @property
    def told(self) -> list[Complaint]:
        """The reports of which at least something was told."""
        return [each for each in self.complaints if each.what]


def for_another(application: Application) -> bool:
    """Whether somebody else applies than the victim."""
    return application.on_behalf in FOR_ANOTHER


def speaker_kind(application: Application) -> str:
    """Who writes to us: the applicant where that is somebody else, or the victim."""
    return PartyKind.APPLICANT if for_another(application) else PartyKind.VICTIM


def draft(application: Application) -> Draft:
    """All that an application says, in four queries."""
    parties = {each.kind: each for each in application.parties.all()}
    for kind in PartyKind:
        parties.setdefault(kind, Party(application=application, kind=kind))
    impact = Impact.objects.filter(application=application).first()
    return Draft(
        application=application, victim=parties[PartyKind.VICTIM],
        speaker=parties[speaker_kind(application)],
        impact=impact or Impact(application=application),
        consent=application.consents.first(),
        complaints=list(listed(application)),
    )  # fmt: skip


def listed(application: Application) -> QuerySet[Complaint]:
    """The reports on the list, in their order."""
    complaints = application.complaints.filter(removed_because="").order_by("number")
    return complaints.select_related("body__agency")


def reachable(party: Party) -> bool:
    """Whether we know a safe way to reach somebody."""
    return bool(party.way and getattr(party, NEEDS[Way(party.way)]))


# ---- what is still to be told -------------------------------------------------------------------


def missing(found: Draft) -> list[tuple[str, str]]:
    """What we cannot do without, in words, each with the page that asks it."""
    lacks = []
    if not found.application.on_behalf:
        lacks.append(("Say who the trouble has happened to", "who"))
    if not found.speaker.name:
        lacks.append(("Tell us your name", "name"))
    if found.for_another and not found.victim.name:
        lacks.append(("Tell us the name of the person you ask for", "their-name"))
    if found.for_another and found.consent is None:
        lacks.append(("Say if they have agreed", "agreed"))
    if not found.speaker.way:
        lacks.append(("Say how we may reach you", "way"))
    elif not reachable(found.speaker):
        lacks.append(("Tell us how to reach you in the way you chose", "contact"))
    if not found.told:
        lacks.append(("Tell us about one thing that happened", "reports"))
    return lacks


def about_is_done(found: Draft) -> bool:
    """Whether the first part has all that we need."""
    return not [page for _, page in missing(found) if page != "reports"]


def about_is_begun(found: Draft) -> bool:
    """Whether anything of the first part was told."""
    return bool(found.application.on_behalf or found.speaker.name or found.speaker.way)


def effect_is_begun(found: Draft) -> bool:
    """Whether anything was told of how it affects them."""
    said = found.impact
    return bool(
        said.feels or said.harm or said.vulnerable or said.vulnerability or said.hate
        or said.unsafe_now is not None or said.wishes or said.voice
    )  # fmt: skip


def effect_is_done(found: Draft) -> bool:
    """Whether the last question of that part was answered, and one about the harm."""
    return bool(found.impact.voice and (found.impact.feels or found.impact.harm))


# ---- what is offered ----------------------------------------------------------------------------


def procedure_of(partnership: Partnership) -> Procedure | None:
    """What the partnership has laid down, if it has."""
    return Procedure.objects.of(partnership).select_related("group").first()


def rule_on(day: datetime.date) -> Rule | None:
    """The law's own limits on a day."""
    return Rule.objects.on(day).first()


def bodies(partnership: Partnership, also: int | None = None) -> Iterable[RelevantBody]:
    """Whom a report may have been made to: those of the last year, and the one chosen already."""
    year_ago = clock.today() - datetime.timedelta(days=365)
    found = RelevantBody.objects.of(partnership).filter(starts_on__lte=clock.today())
    held = found.select_related("agency")
    return [
        each for each in held if each.pk == also or each.ends_on is None or each.ends_on > year_ago
    ]


def wards(partnership: Partnership) -> QuerySet[Ward]:
    """The wards of the partnership's districts, of the newest drawing that is known."""
    codes = partnership.areas.on(clock.today()).values("gss_code")
    return Ward.objects.filter(district__in=codes).select_related("district").order_by("name")


def drafts_of(user: Any, partnership: Partnership) -> QuerySet[Application]:
    """Applications that an officer has begun to write down for somebody; nobody else's."""
    begun = Application.objects.of(partnership).filter(stage=Stage.DRAFT, taken_by=user)
    return begun.order_by("-saved_at")
