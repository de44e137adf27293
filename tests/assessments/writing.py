"""An assessment with real and suppressed figures, and its steps, for the tests of this room."""

import datetime

from assessments.models import Assessment
from assessments.workflow import assessing, contributing
from core.markings import Marking
from figures.models import (
    CrimeCount,
    CrimeFile,
    CrimeImport,
    CrimeType,
    District,
    Force,
    Indicator,
    Lsoa,
    Observation,
    Population,
    Ward,
)
from figures.queries import months
from meetings.models import Decision, Item, Meeting
from membership.models import PartnershipArea

STARTS = datetime.date(2024, 10, 1)
JANUARY, LAST = datetime.date(2025, 1, 1), datetime.date(2025, 9, 1)
SLUG = "2024-10-to-2025-09"
URL = f"/dartford/assessments/strategic/{SLUG}/"
SECRET = "Zephyrine"  # a word that no page may show to the uncleared
MANY = 7313  # a figure of a restricted indicator
FEW = 3  # a figure too small for the public


def crime(world, *, first=JANUARY, last=LAST, n=40) -> None:
    """Counts of two types in two wards of Dartford, for each month, with their files."""
    force, _ = Force.objects.get_or_create(name="Kent Police", slug="kent")
    types = [CrimeType.objects.get_or_create(name=name)[0] for name in ("Burglary", "Drugs")]
    district, _ = District.objects.get_or_create(
        code="E07000107", defaults={"name": "Dartford", "vintage": 2024}
    )
    PartnershipArea.objects.get_or_create(
        partnership=world.partnership, gss_code="E07000107",
        defaults={"starts_on": datetime.date(2020, 1, 1), "name": "Dartford"},
    )  # fmt: skip
    run = CrimeImport.objects.create(name="test", state="done")
    for at, ward in enumerate(("Town", "Brent")):
        place, _ = Ward.objects.get_or_create(
            code=f"E0500000{at}", defaults={"name": ward, "vintage": 2024, "district": district}
        )
        Lsoa.objects.get_or_create(
            code=f"E0100000{at}",
            defaults={"name": ward, "in_2011": True, "in_2021": True, "district": district,
                      "ward": place},
        )  # fmt: skip
        Population.objects.get_or_create(
            area_code=place.code, source="Census", year=2021, defaults={"residents": 5000}
        )
    for month in months.months(first, last):
        CrimeFile.objects.create(
            run=run, name=f"{month:%Y-%m}-kent-street.csv",
            sha256=f"{month:%Y%m}{n}".ljust(64, "a"), size=1, force=force, month=month,
            rows_read=n, rows_kept=n, rows_without_place=0, rows_refused=0,
        )  # fmt: skip
        CrimeCount.objects.bulk_create(
            CrimeCount(lsoa_code=f"E0100000{at}", month=month, type=kind, force=force, n=n + at)
            for at in range(2)
            for kind in types
        )


def indicator(world, slug: str, value: int, **more) -> Indicator:
    """An indicator of the police with one figure in each quarter of the year."""
    made = Indicator.objects.create(
        partnership=world.partnership, slug=slug, name=slug.capitalize(), definition="Counted.",
        source_agency=world.police, starts_on=datetime.date(2020, 1, 1), **more,
    )  # fmt: skip
    for start in (STARTS, datetime.date(2025, 1, 1), datetime.date(2025, 4, 1)):
        Observation.objects.create(
            indicator=made, starts_on=start, ends_on=months.later(start, 3), value=value,
            recorded_by=world.officer,
        )  # fmt: skip
    return made


def begun(world) -> Assessment:
    return assessing.begin(world.partnership, starts_on=STARTS, by=world.officer)


def section(assessment, key="violence"):
    return assessment.sections.get(key=key)


def write(assessment, text, *, key="violence", by):
    found = section(assessment, key)
    return assessing.write_section(found, text=text, version=found.version, by=by)


def finished(world, *, secret=True) -> Assessment:
    """All sections done, with a restricted passage, evidence, a score and a finding."""
    assessment = begun(world)
    passage = f"[[{SECRET} in a passage]]" if secret else ""
    for found in assessment.sections.all():
        saved = assessing.write_section(
            found, text=f"About {found.heading}. {passage}", version=1, by=world.officer
        )
        assessing.mark_done(saved, by=world.officer)
    scores = dict.fromkeys(
        ("physical", "psychological", "financial", "community", "likelihood", "confidence",
         "capacity"), 2,
    )  # fmt: skip
    contributing.score(
        assessment, name="Knives", scores=scores, why=f"{SECRET} why" if secret else "",
        by=world.officer,
    )  # fmt: skip
    sent = contributing.offer_evidence(
        assessment, agency=world.police, text=f"{SECRET} evidence", source=f"{SECRET} source",
        marking=Marking.SENSITIVE, by=world.vice,
    )  # fmt: skip
    contributing.answer_evidence(sent, state="used", answer=f"{SECRET} answer", by=world.officer)
    return assessment


def meeting(world, *, on=datetime.date(2027, 1, 20), status="scheduled") -> Item:
    """An item of a meeting of the board."""
    made = Meeting.objects.create(
        group=world.board, slug=f"board-{on}", on=on, starts_at=datetime.time(10),
        ends_at=datetime.time(12), venue="Civic Centre", year=on.year, number=on.month,
        status=status, created_by=world.officer,
    )  # fmt: skip
    return Item.objects.create(meeting=made, title="Strategy", position=1, number=1)


def decision(world, *, item=None) -> Decision:
    found = item or meeting(world, on=datetime.date(2026, 1, 21), status="held")
    return Decision.objects.create(
        item=found, number=1, text="The board adopted it.", made_by=world.officer
    )


def ready(world, *, secret=True) -> Assessment:
    """Before the board, without the paper that needs a PDF."""
    assessment = finished(world, secret=secret)
    Assessment.objects.filter(pk=assessment.pk).update(status="ready")
    return Assessment.objects.get(pk=assessment.pk)


def adopted(world, *, secret=True) -> Assessment:
    return assessing.adopt(ready(world, secret=secret), decision=decision(world), by=world.officer)
