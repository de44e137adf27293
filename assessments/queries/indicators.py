"""What agencies supplied in the months of an assessment, as one reader may see it."""

import datetime
from decimal import Decimal
from typing import Any

from figures.models import Frequency, Indicator, Standing
from figures.queries import indicators as reading
from figures.queries import periods
from figures.queries.indicators import Figure, Series
from membership.models import Partnership

EACH = {Frequency.MONTH: "month", Frequency.QUARTER: "quarter", Frequency.YEAR: "year"}
COUNTED = ("percent", "%", "rate", "average")  # words of units that cannot be added up


def indicator_figures(
    partnership: Partnership, first: datetime.date, ends_on: datetime.date, *, audience: str
) -> dict[str, dict[str, Any]]:
    """Each indicator's figures of the time, by its slug. Nothing restricted for the public."""
    last = ends_on - datetime.timedelta(days=1)
    rows = Indicator.objects.of(partnership).filter(starts_on__lt=ends_on)
    found = [
        each
        for each in rows.order_by("position", "name")
        if (each.ends_on is None or each.ends_on > first) and reading.reads(each, audience)
    ]
    series = reading.table(partnership, found, first, last, audience=audience)
    wards = reading.wards(partnership, last)
    return {each.slug: _plain(series[each], first, last, wards) for each in found}


def _plain(
    series: Series, first: datetime.date, last: datetime.date, wards: dict[str, str]
) -> dict[str, Any]:
    each = series.indicator
    asked = periods.between(max(first, each.starts_on), last, each.frequency)
    asked = [period for period in asked if period.ends_on <= last + datetime.timedelta(days=1)]
    held = series.whole
    figures = sorted(series.figures, key=lambda cell: (cell.area, cell.part, cell.period))
    return {
        "name": each.name, "unit": each.unit, "definition": each.definition,
        "agency": str(each.source_agency), "theme": each.theme.slug if each.theme else "",
        "each": EACH[Frequency(each.frequency)], "restricted": each.restricted,
        "below": each.suppress_below, "counted": not _is_share(each),
        "breaks": [f"Not comparable since {found.since:%-d %B %Y}: {found.because}."
                   for found in series.breaks if first < found.since <= last],
        "missing": [period.words for period in asked if period not in held],
        "cells": [_cell(cell, wards) for cell in figures],
    }  # fmt: skip


def _is_share(indicator: Indicator) -> bool:
    return any(word in indicator.unit.lower() for word in COUNTED)


def plain(value: Decimal) -> str:
    """644 or 61.5, as text."""
    return f"{value:.0f}" if value == value.to_integral_value() else f"{value.normalize():f}"


def _cell(cell: Figure, wards: dict[str, str]) -> dict[str, Any]:
    return {
        "period": cell.period.words, "ward": wards.get(cell.area, cell.area),
        "breakdown": cell.part, "value": None if cell.value is None else plain(cell.value),
        "suppressed": cell.suppressed,
        "standing": "provisional" if cell.standing == Standing.PROVISIONAL else "audited",
    }  # fmt: skip
