"""What is unusual about a month, said at the file before anybody draws a trend through it."""

import datetime
import statistics
from collections.abc import Iterable

from core.dates import count
from figures.models import CrimeFile, Force

AROUND = 6  # months before and after
FEWEST = 3  # of them that must be held
FAR_BELOW = 0.6
FAR_ABOVE = 1 / FAR_BELOW


def remark(forces: Iterable[Force]) -> list[CrimeFile]:
    """Compare every month of these forces with those around it; gives the files that stand out."""
    found = []
    for force in forces:
        held = CrimeFile.objects.filter(force=force, replaced_by__isnull=True).order_by("month")
        files = list(held)
        for file in files:
            says = unusual(file, files)
            if says != file.remark:
                file.remark = says
                file.save(update_fields=["remark"])
            if says:
                found.append(file)
    return found


def unusual(file: CrimeFile, files: Iterable[CrimeFile]) -> str:
    """What stands out about a file, beside the others of its force; empty where nothing does."""
    said = []
    around = [each.rows_kept for each in files if 0 < _apart(file.month, each.month) <= AROUND]
    if len(around) >= FEWEST:
        usual = statistics.median(around)
        rows = f"It has {file.rows_kept:,} rows, and the months around it about {usual:,.0f}"
        if file.rows_kept < FAR_BELOW * usual:
            said.append(f"{rows}: it may not be whole")
        elif file.rows_kept > FAR_ABOVE * usual:
            said.append(rows)
    if file.rows_refused:
        said.append(f"{count(file.rows_refused, 'row')} could not be kept")
    return ". ".join(said)


def _apart(month: datetime.date, other: datetime.date) -> int:
    return abs((month.year - other.year) * 12 + month.month - other.month)
