"""The powers and their limits as they hold on a day, and what changed."""

import csv
import datetime
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db.models import Prefetch

from assessments.models import Power, PowerLimit
from core.dates import longdate

NOTES = Path(__file__).parent.parent / "facts" / "power_notes.csv"
LONGEST = "Longest duration"
LONGEST_IN_ALL = "Longest duration in all"
CONSULTED = "Consultation first"


@dataclass(frozen=True, slots=True)
class Held:
    """A power on a day, with the limits in force then."""

    power: Power
    limits: list[PowerLimit]

    @property
    def unchecked(self) -> bool:
        """Whether any of what is said of it was not read in the Act."""
        return not self.power.verified or any(not each.verified for each in self.limits)


def on(day: datetime.date) -> list[Held]:
    """The powers in force on a day, in the order of the Act."""
    in_force = PowerLimit.objects.on(day).order_by("pk")
    rows = Power.objects.on(day).select_related("replaces")
    rows = rows.prefetch_related(Prefetch("limits", in_force, to_attr="in_force"))
    return [Held(each, each.in_force) for each in rows]


@dataclass(frozen=True, slots=True)
class Change:
    """That a power or a limit began or ended on a day."""

    on: datetime.date
    what: str
    source: str
    verified: bool


def changes() -> list[Change]:
    """Every day on which a power or one of its limits began or ended, newest first."""
    found = []
    for power in Power.objects.all():
        found.append(Change(power.starts_on, f"{power.name}: in force", power.law, power.verified))
        if power.ends_on:
            what = f"{power.name}: no longer in force"
            found.append(Change(power.ends_on, what, power.law, power.verified))
    for limit in PowerLimit.objects.select_related("power"):
        if limit.starts_on > limit.power.starts_on:
            what = f"{limit.power.name}: {limit.name.lower()}, {limit.words[:1].lower()}"
            found.append(
                Change(limit.starts_on, what + limit.words[1:], limit.source, limit.verified)
            )
        if limit.ends_on:
            what = f"{limit.power.name}: “{limit.words}” no longer holds"
            found.append(Change(limit.ends_on, what, limit.source, limit.verified))
    return sorted(found, key=lambda each: each.on, reverse=True)


def limits_of(power: Power) -> list[PowerLimit]:
    """Every limit that a power has had, the newest first."""
    return list(power.limits.order_by("-starts_on", "name"))


def limit(power: Power, name: str, day: datetime.date) -> PowerLimit | None:
    """The limit of that name in force on a day."""
    return PowerLimit.objects.on(day).filter(power=power, name=name).first()


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader should know of the register as a whole, between two days."""

    starts_on: datetime.date
    ends_on: datetime.date | None
    words: str
    source: str


def notes(day: datetime.date) -> list[Note]:
    """The notes that hold on a day."""
    return [
        each
        for each in _notes()
        if each.starts_on <= day and (each.ends_on is None or day < each.ends_on)
    ]


@cache
def _notes() -> list[Note]:
    with NOTES.open(encoding="utf-8", newline="") as text:
        return [
            Note(
                datetime.date.fromisoformat(row["starts_on"]),
                datetime.date.fromisoformat(row["ends_on"]) if row["ends_on"] else None,
                row["words"], row["source"],
            )
            for row in csv.DictReader(text)
        ]  # fmt: skip


def latest_end(found: PowerLimit, starts_on: datetime.date) -> datetime.date | None:
    """The latest first day without an order that begins on ``starts_on`` under this limit.

    A limit in hours may touch one day more than its days, since it need not begin at midnight.
    Nothing where the limit is in words only.
    """
    if found.value is None:
        return None
    number = int(found.value)
    if found.unit == "hours":
        return starts_on + datetime.timedelta(days=-(-number // 24) + 1)
    if found.unit == "days":
        return starts_on + datetime.timedelta(days=number)
    months = number * {"months": 1, "years": 12}.get(found.unit, 0)
    return later(starts_on, months) if months else None


def later(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months on or back; the last of the month where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_after = datetime.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = (first_after - datetime.timedelta(days=1)).day
    return datetime.date(year, month + 1, min(day.day, last))


def too_long(
    power: Power, starts_on: datetime.date, ends_on: datetime.date, *, since: datetime.date
) -> str:
    """Why an order may not hold so long, with the limit's source; nothing where it may.

    ``since`` is the first day of the first order, where this one carries others on.
    """
    for name, begins in ((LONGEST, starts_on), (LONGEST_IN_ALL, since)):
        found = limit(power, name, starts_on)
        end = latest_end(found, begins) if found else None
        if found and end and ends_on > end:
            last = longdate(end - datetime.timedelta(days=1))
            source = found.source if found.verified else f"{found.source}, not checked here"
            words = found.words[:1].lower() + found.words[1:]
            return f"Its last day is {last} at the latest: {words} ({source})"
    return ""
