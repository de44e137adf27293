"""The indicators by which the use of powers is counted, so that agencies are asked for them."""

import csv
from typing import Any

from django.db import transaction

from assessments.models import Power, PowerIndicator
from assessments.workflow.powers import FACTS
from assessments.workflow.taking import hold
from audit.workflow import record
from core import clock
from core.permissions import can, require
from figures.models import Frequency, Indicator
from figures.queries import periods
from figures.workflow import indicators
from membership.models import Agency, Partner, Partnership, Theme

COUNTS = FACTS / "power_counts.csv"
SOURCE = "Terms of reference, purpose 8: use of anti-social behaviour powers"
THEME = "asb"


@transaction.atomic
def count_use(partnership: Partnership, *, by: Any) -> list[Indicator]:
    """Ask agencies each quarter how often they used each power; what is asked already stays.

    An indicator that counts the same thing already is taken for it. Powers that are not in the
    register, and agencies that are not partners, are passed over.
    """
    require(can(by, "count use of powers", partnership))
    hold(partnership)
    powers = {power.slug: power for power in Power.objects.on(clock.today())}
    agencies = _agencies(partnership)
    there = {each.slug: each for each in Indicator.objects.of(partnership)}
    theme = Theme.objects.of(partnership).on(clock.today()).filter(slug=THEME).first()
    made = []
    for row in _rows():
        power, agency = powers.get(row["power"]), agencies.get(row["agency_kind"])
        slug = f"power-{row['power']}-{row['agency_kind']}"
        if power is None or agency is None or slug in there:
            continue
        indicator = there.get(row["existing"]) or _add(partnership, slug, row, agency, theme, by)
        _, new = PowerIndicator.objects.get_or_create(
            indicator=indicator, defaults={"power": power}
        )
        if new:
            made.append(indicator)
    if made:
        record(
            "began to count the use of powers in", partnership, by=by, partnership=partnership,
            detail={"indicators": len(made)},
        )  # fmt: skip
    return made


def _agencies(partnership: Partnership) -> dict[str, Agency]:
    found: dict[str, Agency] = {}
    partners = Partner.objects.of(partnership).on(clock.today()).select_related("agency")
    for partner in partners:
        found.setdefault(partner.agency.kind, partner.agency)
    if "unitary" in found:
        found.setdefault("district", found["unitary"])
    return found


def _rows() -> list[dict[str, str]]:
    with COUNTS.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def _add(
    partnership: Partnership, slug: str, row: dict[str, str], agency: Agency,
    theme: Theme | None, by: Any,
) -> Indicator:  # fmt: skip
    return indicators.add(
        partnership, slug=slug, name=row["name"], definition=row["counts"], unit=row["unit"],
        source=SOURCE, source_agency=agency, theme=theme, frequency=Frequency.QUARTER,
        by_ward=row["by_ward"] == "yes", breakdowns=[p for p in row["breakdowns"].split("|") if p],
        adds_up=False, used_for="powers",
        starts_on=periods.before(clock.today(), Frequency.QUARTER).starts_on, by=by,
    )  # fmt: skip
