"""A small county for tests of counts: made-up districts, wards and small areas, and their files.

Codes are none of the real ones, so that it may stand beside these.
"""

import datetime
import hashlib
from types import SimpleNamespace

from figures.models import (
    Crime,
    CrimeCount,
    CrimeFile,
    CrimeImport,
    CrimeType,
    District,
    Force,
    Lsoa,
    Outline,
    Population,
    Ward,
)
from membership.models import PartnershipArea

ASB, THEFT, VIOLENCE = "Anti-social behaviour", "Shoplifting", "Violence and sexual offences"
OWN, RAIL = "Weald Police", "Railway Police"


def month(text):
    return datetime.date.fromisoformat(f"{text}-01")


def build(partnership=None):
    """Two districts of one force; the first has three wards, one of which shares its name."""
    c = SimpleNamespace(run=CrimeImport.objects.create(name="test", state="done"))
    c.home = district("E07999901", "Homefield")
    c.away = district("E07999902", "Awaybridge")
    c.high = ward("E05999901", "High Street", c.home)
    c.park = ward("E05999902", "Park", c.home)
    c.mill = ward("E05999903", "Mill", c.home)
    c.other_park = ward("E05999904", "Park", c.away)
    c.lsoas = [
        lsoa("E01999901", "Homefield 001A", c.home, c.high, 1000),
        lsoa("E01999902", "Homefield 001B", c.home, c.high, 1500),
        lsoa("E01999903", "Homefield 002A", c.home, c.park, 2000),
        lsoa("E01999904", "Homefield 002B", c.home, c.mill, 500),
        lsoa("E01999905", "Awaybridge 001A", c.away, c.other_park, 4000),
    ]
    c.split = Lsoa.objects.create(
        code="E01999911", name="Homefield 009X", district=c.home, in_2011=True, in_2021=False
    )
    c.types = {
        name: CrimeType.objects.get_or_create(name=name)[0] for name in (ASB, THEFT, VIOLENCE)
    }
    c.forces = {
        OWN: Force.objects.create(name=OWN, slug="weald-police"),
        RAIL: Force.objects.create(name=RAIL, slug="railway-police"),
    }
    if partnership:
        PartnershipArea.objects.create(
            partnership=partnership, gss_code=c.home.code, name="Homefield",
            starts_on=datetime.date(2020, 10, 1),
        )  # fmt: skip
    return c


def district(code, name):
    return District.objects.create(
        code=code, name=name, vintage=2024, police_force_area="E23999901",
        police_force_area_name="Weald",
    )  # fmt: skip


def ward(code, name, of):
    return Ward.objects.create(code=code, name=name, vintage=2024, district=of)


def lsoa(code, name, of, within, residents):
    Population.objects.create(area_code=code, source="Census 2021", year=2021, residents=residents)
    return Lsoa.objects.create(
        code=code, name=name, district=of, ward=within, in_2011=False, in_2021=True
    )


def file(c, text, force=OWN, *, remark=""):
    """A file that holds, of a force and a month, with no rows in it yet."""
    return CrimeFile.objects.get_or_create(
        force=c.forces[force], month=month(text), replaced_by=None,
        defaults={
            "run": c.run, "name": f"{text}-{c.forces[force].slug}-street.csv", "remark": remark,
            "sha256": hashlib.sha256(f"{text}{force}".encode()).hexdigest(), "size": 1,
            "rows_read": 0, "rows_kept": 0, "rows_without_place": 0, "rows_refused": 0,
        },
    )[0]  # fmt: skip


def crimes(c, text, code, kind, n, force=OWN, location="On or near High Street"):
    """So many crimes, as rows and as a count."""
    held = file(c, text, force)
    count, _ = CrimeCount.objects.get_or_create(
        lsoa_code=code, month=month(text), type=c.types[kind], force=c.forces[force],
        defaults={"n": 0},
    )  # fmt: skip
    count.n += n
    count.save()
    start = Crime.objects.filter(file=held).count() + 1
    Crime.objects.bulk_create(
        Crime(
            file=held, line=start + at, type=c.types[kind], lsoa_code=code, location=location,
            longitude=0.2, latitude=51.4,
        )
        for at in range(n)
    )  # fmt: skip


def year(c, first="2025-01", length=9, *, base=20):
    """Months one after another, each with some crimes of each type in each small area."""
    at = month(first)
    for number in range(length):
        text = f"{at:%Y-%m}"
        for place, each in enumerate(c.lsoas):
            crimes(c, text, each.code, ASB, base + number + place)
            crimes(c, text, each.code, THEFT, 5 + place)
        at = (at + datetime.timedelta(days=32)).replace(day=1)


def outlines(c):
    """Squares beside one another."""
    for at, each in enumerate([c.high, c.park, c.mill]):
        square(each.code, c.home, "ward", at)
    for at, each in enumerate(c.lsoas[:4]):
        square(each.code, c.home, "lsoa", at)


def square(code, of, layer, at):
    west, south = 0.2 + at * 0.1, 51.4
    ring = [
        [west, south], [west + 0.1, south], [west + 0.1, south + 0.1], [west, south + 0.1],
        [west, south],
    ]  # fmt: skip
    Outline.objects.create(
        area_code=code, district=of, layer=layer, vintage=2025, polygons=[[ring]], source="Drawn"
    )
