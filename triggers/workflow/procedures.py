"""The procedure of a partnership: set up, and changed within what the law leaves to it."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from audit import workflow as audit
from core import clock
from core.markings import Marking
from core.permissions import can, require
from core.workflow import Wrong
from membership.models import Group, GroupKind, Partnership
from membership.queries import partners_on
from membership.workflow import set_protocol, set_up_group
from membership.workflow.keeping import keep, locked
from triggers.models import ClockSetting, ClockStage, CountedFrom, Procedure
from triggers.queries.procedures import IN_FORCE, proposed
from triggers.queries.threshold import rule_of
from triggers.workflow import rules

GATEWAY = "Anti-social Behaviour, Crime and Policing Act 2014, Schedule 4"
SOURCE = "Set by the partnership; not law"
# stage: (days, whether working days, counted from)
CLOCKS = {
    ClockStage.ACKNOWLEDGE: (2, True, CountedFrom.RECEIPT),
    ClockStage.INFORMATION: (14, True, CountedFrom.RECEIPT),
    ClockStage.THRESHOLD: (21, True, CountedFrom.RECEIPT),
    ClockStage.PANEL: (28, True, CountedFrom.RECEIPT),
    ClockStage.OUTCOME: (7, True, CountedFrom.PANEL),
    ClockStage.RESPONSES: (28, False, CountedFrom.OUTCOME),
    ClockStage.APPEAL: (20, True, CountedFrom.OUTCOME),
    ClockStage.HEARING: (15, True, CountedFrom.APPEAL),
}

FIELDS = (
    "shown_name", "is_open", "complaints_needed", "contact_name", "contact_email",
    "contact_telephone", "contact_address", "other_ways", "exit_url", "appeal_to",
    "commissioner_contact", "draft_days", "keep_years", "year_starts_in", "text",
)  # fmt: skip


class Changed(Wrong):
    """Somebody else changed the procedure after the form was read."""

    def __init__(self, now: Procedure) -> None:
        super().__init__("Somebody changed this while your page was open.")
        self.now = now


@transaction.atomic
def set_up(partnership: Partnership, *, by: Any) -> Procedure:
    """Begin case reviews: the standing panel and its protocol, the bodies, the clocks.

    Everything can be changed afterwards. The law's limits are loaded if they are not there.
    """
    require(can(by, "set up case reviews", partnership))
    Partnership.objects.select_for_update(of=("self",)).get(pk=partnership.pk)
    if Procedure.objects.filter(partnership=partnership).exists():
        raise Wrong("Case reviews are set up already.")
    rules.load()
    today = clock.today()
    group = _standing_panel(partnership, today, by)
    procedure = Procedure(
        partnership=partnership, group=group, contact_name="The community safety team",
        contact_email=partnership.contact_email, contact_telephone=partnership.contact_telephone,
    )  # fmt: skip
    keep(procedure, by=by)
    for body in proposed(partnership):
        keep(body, by=by)
    for stage, (days, working, counted_from) in CLOCKS.items():
        setting = ClockSetting(
            partnership=partnership, stage=stage, days=days, working=working,
            counted_from=counted_from, source=SOURCE, starts_on=IN_FORCE,
        )  # fmt: skip
        keep(setting, by=by)
    note("set up", procedure, by)
    return procedure


def _standing_panel(partnership: Partnership, on: datetime.date, by: Any) -> Group:
    groups = Group.objects.filter(partnership=partnership).on(on)
    secretariat = groups.filter(kind=GroupKind.SECRETARIAT).first()
    group = set_up_group(
        partnership, name="Case review panel", short_name="Case reviews", kind=GroupKind.PANEL,
        starts_on=on, administered_by=secretariat,
        reports_to=groups.filter(kind=GroupKind.BOARD).first(),
        default_marking=Marking.SENSITIVE, by=by,
        purpose="Who may be asked to sit on the panel of a case review, or to answer for their "
        "body. To be here opens no case: each case has its own list of people.",
    )  # fmt: skip
    set_protocol(
        group, title="Case reviews: Frequent Sharing Protocol", lawful_gateway=GATEWAY,
        purpose="To carry out ASB case reviews: what each body knows of the behaviour, what it "
        "did, and what the panel recommends.",
        information="What is needed for one case, by those who sit on it only. Bodies with public "
        "functions must give what is asked, within data protection law.",
        parties=[partner.agency for partner in partners_on(partnership, on)], starts_on=on,
        review_on=_a_year_after(on), by=by,
    )  # fmt: skip
    return group


def _a_year_after(day: datetime.date) -> datetime.date:
    return day + datetime.timedelta(days=365)


@transaction.atomic
def change(
    procedure: Procedure, *, version: int | None = None, by: Any, **fields: Any
) -> Procedure:
    """Change what the procedure says. ``fields`` are those of ``FIELDS``.

    Raises ``ValidationError`` where more complaints are asked for than the law allows.
    """
    procedure = locked(procedure)
    require(can(by, "change", procedure))
    if version is not None and version != procedure.version:
        raise Changed(procedure)
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"not of a procedure: {', '.join(sorted(unknown))}")
    for name, value in fields.items():
        setattr(procedure, name, value)
    _within_law(procedure)
    procedure.version += 1
    keep(procedure, by=by)
    note("changed", procedure, by)
    return procedure


def _within_law(procedure: Procedure) -> None:
    """The complaints asked for, against the law as it is today; and a point of contact."""
    wrong = {}
    if refused := beyond_law(procedure.complaints_needed):
        wrong["complaints_needed"] = refused
    if not procedure.contact_email and not procedure.contact_telephone:
        wrong["contact_email"] = (
            "Enter an email address or a telephone number: the law asks for a contact point"
        )
    if wrong:
        raise ValidationError(wrong)


def beyond_law(number: int) -> str:
    """Why no procedure may ask for so many complaints today; empty where it may."""
    rule = rule_of(clock.today())
    most = rule.complaints_at_most
    if 1 <= number <= most:
        return ""
    return (
        f"The number of complaints must be from 1 to {most}. The law lets a partnership ask for "
        f"fewer than {most}, never for more ({rule.name})"
    )


def note(verb: str, record: Any, by: Any, **detail: str) -> None:
    """Write a change of the procedure into the audit."""
    partnership = record.partnership
    audit.record(verb, record, by=by, partnership=partnership, detail=detail)
