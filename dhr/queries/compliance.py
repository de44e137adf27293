"""How agencies keep to their duty to give information, over time and over all reviews: counts.

Lateness is counted from the date first set to the first answer. The record is the agency's that was
asked, under the name that it had. It says nothing of which review anything was asked for.
"""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Count, Min, Q

from actions.models import RequestStatus
from core import clock
from core.dates import london_date
from dhr.models import InformationRequest
from membership.models import Partnership

FEW = 5
BAND = "fewer than 5"
BESIDE = "not shown"


@dataclass(frozen=True, slots=True)
class Record:
    """What one agency was asked that was first due in one year, and how it answered."""

    agency: str
    year: int
    asked: int = 0
    on_time: int = 0
    late: int = 0
    late_days: int = 0
    sent_back: int = 0
    never: int = 0
    to_chair: int = 0

    @property
    def share(self) -> int | None:
        """Answered on time, in whole per cent of what was due."""
        return round(100 * self.on_time / self.asked) if self.asked else None


COUNTS = tuple(each.name for each in fields(Record) if each.type in (int, "int"))[1:]


def compliance(
    partnership: Partnership, *, agency: str = "", year: int | None = None,
    on: datetime.date | None = None,
) -> list[Record]:  # fmt: skip
    """Each agency by year, the newest first. What is not due yet and not answered is left out, and
    what was withdrawn. ``on`` is the day to which it is counted."""
    on = on or clock.today()
    counts: dict[tuple[str, int], Counter[str]] = {}
    for row in _rows(partnership, agency, on):
        due, first = row["request__first_due_on"], row["first"]
        if (first is None and due >= on) or (year and due.year != year):
            continue
        counts.setdefault((row["agency__name"], due.year), Counter()).update(_one(row, on))
    ordered = sorted(counts, key=lambda key: (key[0], -key[1]))
    return [Record(key[0], key[1], **counts[key]) for key in ordered]


def _rows(partnership: Partnership, agency: str, on: datetime.date) -> Iterable[dict[str, Any]]:
    asked = InformationRequest.objects.of(partnership).order_by()
    asked = asked.exclude(request__status=RequestStatus.WITHDRAWN)
    if agency:
        asked = asked.filter(agency__slug=agency)
    return asked.values(
        "pk", "agency__name", "request__first_due_on", "request__escalated_at"
    ).annotate(
        first=Min("request__returns__at"),
        back=Count("request__returns", filter=Q(request__returns__accepted=False)),
    )


def _one(row: dict[str, Any], on: datetime.date) -> dict[str, int]:
    """What one request adds to the counts."""
    due, first = row["request__first_due_on"], row["first"]
    told = {"asked": 1, "sent_back": int(row["back"] > 0),
            "to_chair": int(row["request__escalated_at"] is not None)}  # fmt: skip
    if first is None:
        return told | {"never": 1}
    days = (london_date(first) - due).days
    return told | ({"late": 1, "late_days": days} if days > 0 else {"on_time": 1})


def years(partnership: Partnership) -> list[int]:
    """The years in which something was first due, the newest first."""
    days = InformationRequest.objects.of(partnership).order_by()
    return sorted({each.year for each in days.dates("request__first_due_on", "year")}, reverse=True)


def together(records: Iterable[Record]) -> list[Record]:
    """Each agency over all its years, as one record of the year 0."""
    counts: dict[str, Counter[str]] = {}
    for each in records:
        counts.setdefault(each.agency, Counter()).update(
            {name: getattr(each, name) for name in COUNTS}
        )
    return [Record(agency, 0, **counts[agency]) for agency in sorted(counts)]


def banded(record: Record) -> dict[str, str]:
    """Its counts as they may be shown outside: 1 to 4 are not told apart, nor given away by the
    others, so that of an agency that was asked fewer than five times nothing more is said."""
    if 0 < record.asked < FEW:
        return {name: BAND if name == "asked" else "" for name in COUNTS}
    shown = {}
    for name in COUNTS:
        number = getattr(record, name)
        shown[name] = BAND if 0 < number < FEW else str(number)
    parts = {name: shown[name] for name in ("on_time", "late", "never")}
    if BAND in parts.values():
        shown |= {name: says if says == BAND else BESIDE for name, says in parts.items()}
        shown["late_days"] = ""
    return shown
