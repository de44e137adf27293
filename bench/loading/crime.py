"""Street crime by the million: for measuring alone, since the product never makes up a row.

The areas are the real ones. The first partnership's is Dartford; the small set holds that district
for five years, the big one all of Kent for ten: five million rows.
"""

from typing import Any

from bench.loading.keys import key_of
from bench.loading.known import TODAY
from figures.models import Crime, CrimeCount, CrimeFile, CrimeImport, CrimeType, Force
from figures.queries.months import later
from figures.workflow import areas
from membership.models import PartnershipArea

DISTRICT = "E07000107"
NEWEST = later(TODAY.replace(day=1), -2)
TYPES = (
    "Anti-social behaviour", "Bicycle theft", "Burglary", "Criminal damage and arson", "Drugs",
    "Other crime", "Other theft", "Possession of weapons", "Public order", "Robbery",
    "Shoplifting", "Theft from the person", "Vehicle crime", "Violence and sexual offences",
)  # fmt: skip

COUNTS = """
INSERT INTO figures_crimecount (lsoa_code, month, type_id, force_id, n)
SELECT l.code, f.month, t.id, f.force_id, 1 + abs(hashtext(l.code || f.month || t.name)) %% 4
    + CASE WHEN t.name = 'Violence and sexual offences' THEN 3 ELSE 0 END
FROM figures_lsoa l, figures_crimefile f, figures_crimetype t
WHERE l.in_2021 AND (l.district_id = %(district)s OR %(county)s)
"""
ROWS = """
INSERT INTO figures_crime (file_id, line, type_id, lsoa_code, longitude, latitude, location)
SELECT f.id, row_number() OVER (PARTITION BY f.id), c.type_id, c.lsoa_code, 0.2, 51.4,
    'On or near Street ' || abs(hashtext(c.lsoa_code)) %% 9 || (copy %% 3)
FROM figures_crimecount c JOIN figures_crimefile f ON f.month = c.month,
    generate_series(1, c.n) copy
"""


def load(cursor: Any, scale: Any) -> dict[str, int]:
    """Areas, files, counts and rows; gives how many."""
    areas.load()
    county = scale.partnerships > 1
    PartnershipArea.objects.filter(partnership_id=key_of("partnership", 1)).update(
        gss_code=DISTRICT, name="Dartford"
    )
    force = Force.objects.create(name="Kent Police", slug="kent-police")
    CrimeType.objects.bulk_create(CrimeType(name=name, expected=True) for name in TYPES)
    run = CrimeImport.objects.create(name="bench", state="done")
    CrimeFile.objects.bulk_create(
        CrimeFile(
            run=run, name=f"{month}.csv", sha256=f"{month}", size=1, force=force, month=month,
            rows_read=0, rows_kept=0, rows_without_place=0, rows_refused=0,
        )
        for month in (later(NEWEST, -back) for back in range(120 if county else 60))
    )  # fmt: skip
    cursor.execute(COUNTS, {"district": DISTRICT, "county": county})
    counts = cursor.rowcount
    cursor.execute(ROWS, {})
    return {CrimeCount.__name__: counts, Crime.__name__: cursor.rowcount}
