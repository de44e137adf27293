"""Where a figure comes from: the files whose rows it counts."""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from figures.models import CrimeCount, CrimeFile, Lsoa
from figures.queries.counts import Selection
from figures.queries.holding import by_whom
from membership.models import Partnership


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a figure: what it is called, its hash, of what it is, when and by whom read."""

    name: str
    sha256: str
    force: str
    month: datetime.date
    read_at: datetime.datetime
    by_name: str
    pk: int = 0


def sources(selection: Selection, partnership: Partnership | None = None) -> list[Source]:
    """The files that the selection's months hold something of here, by month and force.

    People are named to their own ``partnership`` alone.
    """
    here = Lsoa.objects.filter(district__in=selection.districts).values("code")
    counted = CrimeCount.objects.filter(
        lsoa_code__in=here, month=OuterRef("month"), force=OuterRef("force")
    )
    found = CrimeFile.objects.filter(
        Exists(counted),
        replaced_by__isnull=True, month__gte=selection.first, month__lte=selection.last,
    )  # fmt: skip
    if selection.forces:
        found = found.filter(force__name__in=selection.forces)
    found = found.select_related("force", "run__asked_by", "run__partnership")
    return [
        Source(each.name, each.sha256, each.force.name, each.month, each.read_at,
               by_whom(each.run, partnership), each.pk)
        for each in found.order_by("month", "force__name")
    ]  # fmt: skip
