"""Which body stands today in the place of another: the CCG became the ICB.

Records keep the body that they were made for, under its old name; what is still to be done passes
to its successor without anybody writing anything.
"""

import datetime
import uuid
from collections.abc import Iterable

from core import remember
from membership.models import Agency


def successors(on: datetime.date) -> dict[uuid.UUID, Agency]:
    """Every body that another has succeeded by this day, with the one in its place.

    Where a body was split, its first successor by date, then by name, stands for it.
    """
    return remember.once(("successors", on), lambda: _successors(on))


def standing_for(agency: Agency, on: datetime.date) -> Agency:
    """The body that stands in this one's place on this day: itself, where nobody succeeded it."""
    return successors(on).get(agency.pk, agency)


def lineage(agencies: Iterable[uuid.UUID], on: datetime.date) -> set[uuid.UUID]:
    """The keys of these bodies and of all in whose place they stand."""
    own = set(agencies)
    return own | {old for old, current in successors(on).items() if current.pk in own}


def _successors(on: datetime.date) -> dict[uuid.UUID, Agency]:
    succeeding = Agency.objects.filter(succeeds__isnull=False, starts_on__lte=on)
    direct: dict[uuid.UUID, Agency] = {}
    for agency in succeeding.order_by("starts_on", "name"):
        if agency.succeeds_id is not None:
            direct.setdefault(agency.succeeds_id, agency)
    return {old: _last(old, direct) for old in direct}


def _last(old: uuid.UUID, direct: dict[uuid.UUID, Agency]) -> Agency:
    """The end of the line; a line that runs in a circle ends where it would begin again."""
    seen, agency = {old}, direct[old]
    while agency.pk in direct and direct[agency.pk].pk not in seen:
        seen.add(agency.pk)
        agency = direct[agency.pk]
    return agency
