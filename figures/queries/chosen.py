"""What a page of street crime is asked for: a period, what to set it against, a type, a ward."""

import datetime
from dataclasses import dataclass, field

from core import clock
from figures.models import CrimeType, Ward
from figures.queries import months
from figures.queries.counts import Selection
from figures.queries.held import Held, held_ever
from membership.models import Partnership

BEFORE, YEAR = "before", "year"
AGAINST = ((BEFORE, "The months before"), (YEAR, "A year before"))
MOST = 24  # periods of each length to choose from


@dataclass(frozen=True, slots=True)
class Area:
    """A partnership's area as it stands today, so that all its months are of one area."""

    partnership: Partnership
    districts: tuple[str, ...]
    known: Held
    wards: dict[str, str] = field(default_factory=dict)

    @property
    def newest(self) -> datetime.date | None:
        """The newest month that is held."""
        return self.known.months[-1] if self.known.months else None

    @property
    def place(self) -> str:
        """What the area is called."""
        return self.partnership.place


@dataclass(frozen=True, slots=True)
class Chosen:
    """A selection of an area, and the earlier months that it is set against."""

    area: Area
    selection: Selection
    against: str = BEFORE

    @property
    def earlier(self) -> Selection:
        """As many months just before, or the same months a year before."""
        return self.selection.moved(-12 if self.against == YEAR else -self.selection.length)

    @property
    def period(self) -> str:
        """July to September 2025."""
        return months.period(self.selection.first, self.selection.last)

    @property
    def type(self) -> str:
        """The type chosen, or nothing for all."""
        return self.selection.types[0] if self.selection.types else ""

    @property
    def ward(self) -> str:
        """The code of the ward chosen, or nothing for all."""
        return self.selection.wards[0] if self.selection.wards else ""

    @property
    def what(self) -> str:
        """All reports; Shoplifting in Town ward."""
        what = self.type or "All reports"
        return f"{what} in {self.area.wards[self.ward]} ward" if self.ward else what


def area_of(partnership: Partnership) -> Area:
    """The area, what is held of it, and its wards by their codes."""
    today = clock.today()
    here = partnership.areas.on(today).values("gss_code")
    wards = list(Ward.objects.filter(district__in=here.order_by()).order_by("name"))
    districts = tuple(sorted({each.district_id for each in wards}))
    return Area(
        partnership,
        districts,
        held_ever(Selection(districts, today, today)),
        {each.code: each.name for each in wards},
    )


def types() -> list[str]:
    """Every type that the files name."""
    return list(CrimeType.objects.values_list("name", flat=True))


def value(first: datetime.date, last: datetime.date) -> str:
    """A period as it stands in an address: 2025-07..2025-09."""
    return f"{months.key(first)}..{months.key(last)}"


def parsed(text: str) -> tuple[datetime.date, datetime.date]:
    """The period of an address. Raises ``ValueError`` unless it is one."""
    first, separator, last = text.partition("..")
    found = months.parse(first), months.parse(last if separator else first)
    if found[0] > found[1] or len(months.months(*found)) > 120:
        raise ValueError("That is not a period")
    return found


def periods(known: Held) -> list[tuple[str, list[tuple[str, str]]]]:
    """The periods that may be chosen, in groups: quarters, twelve months, months, all of it.

    A period is offered when all of its months are held; the last is offered whatever it lacks.
    """
    if not known.months:
        return []
    held, newest, oldest = set(known.months), known.months[-1], known.months[0]
    groups = []
    for name, length, step in (("Quarters", 3, 3), ("Twelve months", 12, 3), ("Months", 1, 1)):
        found: list[tuple[datetime.date, datetime.date]] = []
        last = newest
        while last >= oldest and len(found) < MOST:
            whole = step == 1 or last.month % 3 == 0
            part = months.months(months.later(last, 1 - length), last)
            if whole and held.issuperset(part):
                found.append((part[0], last))
            last = months.later(last, -1)
        groups.append((name, [(value(*each), months.period(*each)) for each in found]))
    everything = [(value(oldest, newest), months.period(oldest, newest))]
    return [*(each for each in groups if each[1]), ("All that is held", everything)]


def default(known: Held) -> str:
    """The newest whole quarter; else the newest month."""
    groups = dict(periods(known))
    return (groups.get("Quarters") or groups["Months"])[0][0]
