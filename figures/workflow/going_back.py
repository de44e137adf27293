"""Going back to the file of a month that a newer one replaced, where the newer one was wrong.

The rows of the file that was replaced last are kept for this; its counts are made of them again.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from audit.workflow import record
from core import clock
from core.permissions import can, require
from core.workflow import Wrong
from figures.models import Crime, CrimeCount, CrimeFile
from figures.workflow.importing import LOCK
from figures.workflow.remarks import remark
from figures.workflow.statistics import look_over
from membership.models import Partnership

HOLDS = "This file is the one that is counted."
LET_GO = "Its rows are not kept any more. Fetch the month anew from data.police.uk and send it in."
BUSY = "Files are being read just now. Try again when that has ended."

_COUNTS = """
    INSERT INTO figures_crimecount (lsoa_code, month, type_id, force_id, n)
    SELECT lsoa_code, %s, type_id, %s, count(*) FROM figures_crime WHERE file_id = %s
    GROUP BY lsoa_code, type_id
"""


def stop(file: CrimeFile) -> str:
    """Why a file cannot be used again; nothing where it can."""
    if file.replaced_by_id is None:
        return HOLDS
    return "" if Crime.objects.filter(file=file).exists() else LET_GO


@transaction.atomic
def use_again(file: CrimeFile, *, reason: str, by: Any, partnership: Partnership) -> CrimeFile:
    """Count a replaced file again, and no longer the one that is counted for its month.

    Figures that were frozen at an adoption stay as they are. Raises ``Wrong`` while files are
    read, or where the rows are gone.
    """
    require(can(by, "send in crime files", partnership))
    if not reason.strip():
        raise ValidationError({"reason": "Say why the earlier file is right"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise Wrong(BUSY)
    month = CrimeFile.objects.select_for_update(of=("self",)).filter(
        force=file.force_id, month=file.month
    )
    files = {each.pk: each for each in month}
    current = files[file.pk]
    if why := stop(current):
        raise Wrong(why)
    instead = next(each for each in files.values() if each.replaced_by_id is None)
    _exchange(current, instead, reason.strip())
    remark([current.force])
    look_over(CrimeCount, CrimeFile)
    record(
        "used again", current, by=by, partnership=partnership,
        detail={"instead of": instead.sha256, "reason": reason.strip()},
    )  # fmt: skip
    return current


def _exchange(current: CrimeFile, instead: CrimeFile, reason: str) -> None:
    instead.replaced_by, instead.replaced_at = current, clock.now()
    instead.replaced_because = reason
    instead.save(update_fields=["replaced_by", "replaced_at", "replaced_because"])
    current.replaced_by, current.replaced_at, current.replaced_because = None, None, ""
    current.save(update_fields=["replaced_by", "replaced_at", "replaced_because"])
    CrimeCount.objects.filter(force=current.force_id, month=current.month).delete()
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [current.month, current.force_id, current.pk])
