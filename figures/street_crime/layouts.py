"""The layouts of an archive of data.police.uk, told by a file's name and by its heading."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from figures.street_crime.shapes import Unreadable, shown

NAME = re.compile(
    r"(\d{4})-(\d\d)-([a-z-]+?)-(street|outcomes|stop-and-search)\.csv", re.IGNORECASE
)
OTHERS = {
    "outcomes": "Outcomes of crimes: another layout, which is not imported",
    "stop-and-search": "Stop and search: another layout, which is not imported",
}
NOT_CSV = "Not a CSV file"
NO_ROWS = "It holds no rows"

FORCE, MONTH, LSOA = "reported by", "month", "lsoa code"
LONGITUDE, LATITUDE, LOCATION, TYPE = "longitude", "latitude", "location", "crime type"
NEEDED = (FORCE, MONTH, LSOA, LONGITUDE, LATITUDE, LOCATION, TYPE)
WRITTEN = {
    FORCE: "Reported by", MONTH: "Month", LSOA: "LSOA code", LONGITUDE: "Longitude",
    LATITUDE: "Latitude", LOCATION: "Location", TYPE: "Crime type",
}  # fmt: skip

FIRST_YEAR = 2010  # the first file is of December 2010
SHORT = {"btp": "british-transport"}  # the one force whose file is not named by words of its name

# What the police say they use (data.police.uk/about), since 2013 and before.
TYPES = frozenset(
    {
        "Anti-social behaviour", "Bicycle theft", "Burglary", "Criminal damage and arson", "Drugs",
        "Other crime", "Other theft", "Possession of weapons", "Public order", "Robbery",
        "Shoplifting", "Theft from the person", "Vehicle crime", "Violence and sexual offences",
        "Public disorder and weapons", "Violent crime",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """What a file's name says of it."""

    month: datetime.date
    force: str
    layout: str


def named(base: str) -> Named | None:
    """What the name says, if it is one of the archive's. Raises ``Unreadable`` for a 13th month."""
    found = NAME.fullmatch(base)
    if not found:
        return None
    year, month, force, layout = found.groups()
    day = month_of(f"{year}-{month}")
    if day is None:
        raise Unreadable(f"{base}: {year}-{month} is not a month.")
    return Named(day, force.lower(), layout.lower())


def month_of(text: str) -> datetime.date | None:
    """The first day of a month written YYYY-MM, or nothing where it is not one."""
    if not re.fullmatch(r"\d{4}-\d\d", text, re.ASCII):
        return None
    year, month = int(text[:4]), int(text[5:])
    return datetime.date(year, month, 1) if year >= FIRST_YEAR and 1 <= month <= 12 else None


def other_layout(heading: Sequence[str]) -> str:
    """Why a file with this heading is left aside, or nothing where it is not another layout."""
    held = {cell.strip().casefold() for cell in heading}
    if "outcome type" in held:
        return OTHERS["outcomes"]
    return OTHERS["stop-and-search"] if "object of search" in held else ""


def columns(heading: Sequence[str]) -> dict[str, int]:
    """Where each column stands, whatever their order. Raises ``Unreadable``."""
    held = [cell.strip().casefold() for cell in heading]
    missing = [WRITTEN[each] for each in NEEDED if each not in held]
    if missing:
        has = shown(", ".join(cell.strip()[:40] for cell in heading[:20])) or "none"
        names = " and ".join(f"“{each}”" for each in missing)
        raise Unreadable(
            f"it has no column {names}, so it is not a street-crime file. Its columns are: {has}."
        )
    twice = [WRITTEN[each] for each in NEEDED if held.count(each) > 1]
    if twice:
        raise Unreadable(f"it has the column “{twice[0]}” twice.")
    return {each: held.index(each) for each in NEEDED}


def slug_of(force: str) -> str:
    """A force's name as words of an address: Devon & Cornwall Police, devon-and-cornwall-police."""
    words = force.casefold().replace("&", " and ")
    return "-".join(re.findall(r"[a-z0-9]+", words))


def fits(slug: str, force: str) -> bool:
    """Whether a file named so may hold rows of this force, by the words of its name."""
    words = SHORT.get(slug, slug)
    return f"-{words}-" in f"-{slug_of(force)}-"
