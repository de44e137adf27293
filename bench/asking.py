"""What the figures of a dashboard and of an assessment ask of the database, and how long it takes.

Asked of January 2025 in Dartford, whatever else is held.
"""

import datetime
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from django.db import connection
from django.http import QueryDict

from assessments.figures_of import PUBLIC, frozen_for
from assessments.models import Assessment
from figures.forms.crime import CrimeForm
from figures.models import District
from figures.queries import chosen, comparing, dashboard, drawings
from figures.workflow import areas
from membership.models import Partnership, PartnershipArea

DISTRICT = "E07000107"
FIRST, AFTER = datetime.date(2025, 1, 1), datetime.date(2025, 2, 1)
TIMES = 5


def asked() -> dict[str, dict[str, float]]:
    """Of each: its queries, and the seconds that the database needs for them, medians."""
    partnership = _partnership()
    return {
        "dashboard": _cost(lambda: _dashboard(partnership)),
        "assessment": _cost(lambda: _assessment(partnership)),
    }


def _partnership() -> Partnership:
    if not District.objects.exists():
        areas.load()
    partnership, new = Partnership.objects.get_or_create(
        slug="bench", defaults={"name": "Bench", "place": "Dartford"}
    )
    if new:
        PartnershipArea.objects.create(
            partnership=partnership, gss_code=DISTRICT, name="Dartford", starts_on=FIRST
        )
    return partnership


def _dashboard(partnership: Partnership) -> None:
    area = chosen.area_of(partnership)
    period = QueryDict(f"period={chosen.value(FIRST, FIRST)}")
    choice = CrimeForm(period, area=area, types=chosen.types()).chosen(area)
    found = dashboard.figures(choice)
    drawings.ward_map(found)
    comparing.hot_places(choice.selection)


def _assessment(partnership: Partnership) -> None:
    frozen_for(Assessment(partnership=partnership, starts_on=FIRST, ends_on=AFTER), PUBLIC)


def _cost(deed: Callable[[], None]) -> dict[str, float]:
    deed()
    took: list[list[float]] = []
    for _ in range(TIMES):
        with connection.execute_wrapper(_timing(each := [])):
            deed()
        took.append(each)
    return {"queries": len(took[0]), "seconds": median(sum(each) for each in took)}


def _timing(took: list[float]) -> Callable[..., Any]:
    def timed(execute: Callable[..., Any], *args: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*args)
        finally:
            took.append(time.perf_counter() - began)

    return timed
