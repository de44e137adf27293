"""What a partnership has laid down, as its settings pages show it."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst

from core import clock
from core.components import Fact
from core.dates import count
from membership import standing, succession
from membership.models import Agency, AgencyKind, Partner, Partnership, Role, Seat
from membership.queries import partners_on, seats_on
from triggers.models import (
    BodyKind,
    ClockSetting,
    ClockStage,
    LocalAddition,
    Procedure,
    RelevantBody,
    Rule,
)

IN_FORCE = datetime.date(2014, 10, 20)  # the first day of the law's first version

# The bodies that the Act itself names (section 105); a housing provider is co-opted.
KINDS = {
    AgencyKind.DISTRICT: BodyKind.COUNCIL,
    AgencyKind.UNITARY: BodyKind.COUNCIL,
    AgencyKind.POLICE: BodyKind.POLICE,
    AgencyKind.HEALTH: BodyKind.HEALTH,
    AgencyKind.HOUSING: BodyKind.HOUSING,
}


def of(partnership: Partnership) -> Procedure | None:
    """The procedure, where one was set up."""
    rows = Procedure.objects.of(partnership)
    return rows.select_related("group", "partnership").first()


def proposed(partnership: Partnership) -> list[RelevantBody]:
    """The bodies that today's partners make relevant, not saved.

    A council, the police and the NHS count by law for as long as they exist; a housing provider
    from the day on which it joined. A county counts only where there is no district.
    """
    partners = list(partners_on(partnership, clock.today()))
    kinds = {each: KINDS.get(AgencyKind(each.agency.kind)) for each in partners}
    if BodyKind.COUNCIL not in kinds.values():
        counties = [each for each in partners if each.agency.kind == AgencyKind.COUNTY]
        kinds |= dict.fromkeys(counties, BodyKind.COUNCIL)
    return [
        RelevantBody(
            partnership=partnership, agency=partner.agency, kind=kind,
            starts_on=_counts_from(partner, kind), ends_on=partner.agency.ends_on,
        )
        for partner, kind in kinds.items() if kind
    ]  # fmt: skip


def _counts_from(partner: Partner, kind: BodyKind) -> datetime.date:
    if kind == BodyKind.HOUSING:
        return partner.starts_on
    return max(partner.agency.starts_on, IN_FORCE)


@dataclass(frozen=True, slots=True)
class Body:
    """A body that takes part, or did, and what there is to do about it."""

    body: RelevantBody
    state: str
    tone: str
    successor: Agency | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """The page of the settings."""

    facts: list[Fact]
    rule: Rule | None
    coming: list[Rule]
    additions: list[LocalAddition]
    bodies: list[Body]
    pool: list[Seat]
    takes_cases: str
    knows_panel: bool
    stops: list[str]


def shown(procedure: Procedure, user: Any) -> Shown:
    """The settings as they hold today, with what stands in the way of cases."""
    today, partnership = clock.today(), procedure.partnership
    pool = list(seats_on(procedure.group, today))
    bodies = [_body(each, today) for each in _bodies(partnership)]
    return Shown(
        facts=facts(procedure), rule=Rule.objects.on(today).first(),
        coming=list(Rule.objects.filter(starts_on__gt=today)),
        additions=list(LocalAddition.objects.of(partnership)), bodies=bodies, pool=pool,
        takes_cases=_takes_cases(pool), stops=_stops(procedure, bodies, today),
        knows_panel=procedure.group_id in standing.groups(user),
    )  # fmt: skip


def facts(procedure: Procedure) -> list[Fact]:
    """What the procedure says, one line each."""
    contact = [
        procedure.contact_name, procedure.contact_email, procedure.contact_telephone,
        procedure.contact_address,
    ]  # fmt: skip
    return [
        Fact("Called", procedure.get_shown_name_display()),
        Fact("Applications online", "Open" if procedure.is_open else "Closed"),
        Fact("Qualifying complaints needed", procedure.complaints_needed),
        Fact("Contact point", ", ".join(filter(None, contact))),
        Fact("Other ways to apply", procedure.other_ways),
        Fact("Who hears an appeal", capfirst(procedure.appeal_to)),
        Fact("The commissioner’s office", procedure.commissioner_contact),
        Fact("“Exit this page” leads to", procedure.exit_url),
        Fact("An unfinished application is kept", count(procedure.draft_days, "day")),
        Fact("A closed case is kept", count(procedure.keep_years, "year")),
    ]


def _bodies(partnership: Partnership) -> list[RelevantBody]:
    rows = RelevantBody.objects.of(partnership).select_related("agency")
    return sorted(rows, key=lambda each: (each.ends_on is not None, each.kind, each.agency.name))


def _body(body: RelevantBody, today: datetime.date) -> Body:
    over = min((day for day in (body.ends_on, body.agency.ends_on) if day), default=None)
    if body.starts_on > today:
        return Body(body, "Not yet", "idle")
    if body.ends_on and body.ends_on <= today:
        return Body(body, "Ended", "idle")
    if over and over <= today:
        after = succession.standing_for(body.agency, today)
        return Body(body, "Dissolved", "late", after if after.pk != body.agency_id else None)
    return Body(body, "Takes part", "")


def _takes_cases(pool: list[Seat]) -> str:
    officers = [seat.person.name for seat in pool if seat.role == Role.OFFICER]
    if officers:
        return f"New cases go to {', '.join(officers)}."
    return "New cases go to every officer of the secretariat. Seat officers here to change that."


def _stops(procedure: Procedure, bodies: list[Body], today: datetime.date) -> list[str]:
    """What would keep a case from being opened or reviewed."""
    found = []
    if not procedure.group.protocols.on(today).exists():
        found.append("The panel has no Frequent Sharing Protocol in force: no case can be opened.")
    if not any(each.state == "Takes part" for each in bodies):
        found.append("No body takes part: no complaint would count.")
    if not Rule.objects.on(today).exists():
        found.append("No version of the law is loaded: ask a system administrator.")
    if not procedure.text:
        found.append("The procedure itself is not written yet. The law asks you to publish it.")
    return found


# ---- clocks -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ClockRow:
    """A step with the setting that holds today and every other one, the newest first."""

    stage: ClockStage
    now: ClockSetting | None
    others: list[ClockSetting]


def clock_rows(partnership: Partnership) -> list[ClockRow]:
    """Every step in its order."""
    today = clock.today()
    found: dict[str, list[ClockSetting]] = {}
    for setting in ClockSetting.objects.of(partnership).order_by("-starts_on"):
        found.setdefault(setting.stage, []).append(setting)
    return [_clock_row(stage, found.get(stage, []), today) for stage in ClockStage]


def _clock_row(stage: ClockStage, rows: list[ClockSetting], today: datetime.date) -> ClockRow:
    now = next(
        (r for r in rows if r.starts_on <= today and (r.ends_on is None or r.ends_on > today)), None
    )
    return ClockRow(stage, now, [each for each in rows if each is not now])
