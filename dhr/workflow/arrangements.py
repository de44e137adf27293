"""How a partnership holds its death reviews: set up, and changed."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from audit import workflow as audit
from core import clock
from core.markings import Marking
from core.permissions import can, require
from core.workflow import Wrong
from dhr.models import Arrangement
from dhr.workflow import rules, themes
from membership.models import Group, GroupKind, Partnership
from membership.queries import partners_on
from membership.workflow import set_protocol, set_up_group
from membership.workflow.keeping import keep, locked

GATEWAY = "Domestic Violence, Crime and Victims Act 2004, section 9"
FIELDS = (
    "shown_name", "led_by", "contact_name", "contact_email", "home_office", "information_days",
    "check_months", "site_years", "keep_years", "source",
)  # fmt: skip


class Changed(Wrong):
    """Somebody else changed the arrangement after the form was read."""

    def __init__(self, now: Arrangement) -> None:
        super().__init__("Somebody changed this while your page was open.")
        self.now = now


@transaction.atomic
def set_up(partnership: Partnership, *, by: Any) -> Arrangement:
    """Begin death reviews: the standing panel and its protocol. All can be changed afterwards.

    The versions of the law and the themes of learning are loaded if they are not there.
    """
    require(can(by, "set up death reviews", partnership))
    Partnership.objects.select_for_update(of=("self",)).get(pk=partnership.pk)
    if Arrangement.objects.filter(partnership=partnership).exists():
        raise Wrong("Death reviews are set up already.")
    rules.load()
    themes.load()
    made = Arrangement(
        partnership=partnership, group=_standing_panel(partnership, clock.today(), by),
        contact_name="The community safety team", contact_email=partnership.contact_email,
    )  # fmt: skip
    keep(made, by=by)
    _note("set up", made, by)
    return made


def _standing_panel(partnership: Partnership, on: datetime.date, by: Any) -> Group:
    groups = Group.objects.filter(partnership=partnership).on(on)
    group = set_up_group(
        partnership, name="Death review panel", short_name="Death reviews", kind=GroupKind.PANEL,
        starts_on=on, administered_by=groups.filter(kind=GroupKind.SECRETARIAT).first(),
        reports_to=groups.filter(kind=GroupKind.BOARD).first(),
        default_marking=Marking.SENSITIVE, by=by,
        purpose="Who may be asked to sit on the panel of a death review, or to answer for their "
        "agency. To be here opens no review: each has its own list of people.",
    )  # fmt: skip
    set_protocol(
        group, title="Death reviews: Frequent Sharing Protocol", lawful_gateway=GATEWAY,
        purpose="To review deaths where abuse had a part: what each agency knew, what it did, and "
        "what is to be learned.",
        information="What is needed for one review, by those who sit on it only, under pseudonyms.",
        parties=[partner.agency for partner in partners_on(partnership, on)], starts_on=on,
        review_on=on + datetime.timedelta(days=365), by=by,
    )  # fmt: skip
    return group


@transaction.atomic
def change(
    arrangement: Arrangement, *, version: int | None = None, by: Any, **fields: Any
) -> Arrangement:
    """Change what is laid down. ``fields`` are those of ``FIELDS``."""
    arrangement = locked(arrangement)
    require(can(by, "change", arrangement))
    if version is not None and version != arrangement.version:
        raise Changed(arrangement)
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"not of an arrangement: {', '.join(sorted(unknown))}")
    for name, value in fields.items():
        setattr(arrangement, name, value)
    wrong = {
        name: "This must be at least 1"
        for name in ("information_days", "check_months", "site_years", "keep_years")
        if getattr(arrangement, name) < 1
    }
    if wrong:
        raise ValidationError(wrong)
    arrangement.version += 1
    keep(arrangement, by=by)
    _note("changed", arrangement, by)
    return arrangement


def _note(verb: str, arrangement: Arrangement, by: Any) -> None:
    audit.record(verb, arrangement, by=by, partnership=arrangement.partnership)
