"""What a measure reads: its baseline, counted where it can be, and the newest figure like it.

The newest figure is of the same months a year or more later, so that no season passes for a
change. It is read only where every month is held, of the area's own force, and none is unusual.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from assessments.models import Measure
from figures.queries import months
from figures.queries.counts import of_partnership, total
from figures.queries.held import held
from figures.queries.indicators import series
from membership.models import Partnership

Amount = tuple[Decimal | None, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """A measure's figures. Without one, ``why_no_baseline`` or ``why_not`` says what is missing."""

    baseline: Decimal | None = None
    baseline_period: str = ""
    why_no_baseline: str = ""
    now: Decimal | None = None
    now_period: str = ""
    why_not: str = ""
    source: str = ""


def reading(measure: Measure, partnership: Partnership, on: datetime.date) -> Reading:
    """What a measure reads on a day, for everybody: nothing restricted or suppressed is in it."""
    if measure.crime_type:
        name = measure.crime_type.name
        return _counted(measure, on, lambda *part: _crimes(partnership, name, *part),
                        "data.police.uk, street-level crime")  # fmt: skip
    if measure.indicator:
        source = str(measure.indicator.source_agency)
        return _counted(measure, on, _observed(measure), source)
    return Reading(
        baseline=measure.baseline, baseline_period=measure.baseline_period, source=measure.source,
        why_no_baseline="" if measure.baseline is not None else "No figure has been given.",
        why_not="Its figures are typed, and none has been given since.",
    )  # fmt: skip


def _counted(
    measure: Measure, on: datetime.date, count: Callable[..., Amount], source: str
) -> Reading:
    """The baseline of its months, and the same months of the newest year that is held."""
    first, last = measure.baseline_from, measure.baseline_until
    if first is None or last is None:
        why = "The months of its baseline have not been chosen."
        return Reading(why_no_baseline=why, why_not=why, source=source)
    baseline, why_no_baseline = count(first, last)
    now, period, why_not = None, "", f"No figure for the same months after {last.year} is held."
    for years in range(on.year - last.year, 0, -1):
        part = months.later(first, 12 * years), months.later(last, 12 * years)
        if months.later(part[1]) > on:
            continue
        now, why = count(*part)
        if now is not None:
            period, why_not = months.period(*part), ""
            break
        why_not = why
    return Reading(
        baseline, months.period(first, last), why_no_baseline, now, period, why_not, source
    )  # fmt: skip


def _crimes(
    partnership: Partnership, crime_type: str, first: datetime.date, last: datetime.date
) -> Amount:
    selection = of_partnership(partnership, first, last, types=(crime_type,))
    known = held(selection)
    if known.missing:
        return None, f"Not held: {months.listed(list(known.missing))}."
    if known.unusual:
        month, why = known.unusual[0]
        return None, f"{months.name(month)} is unusual: {why}"
    return Decimal(total(selection.but(forces=(known.own_force,)))), ""


def _observed(measure: Measure) -> Callable[..., Amount]:
    """What agencies observed of the whole area, as the public may read it."""
    indicator = measure.indicator
    assert indicator is not None  # noqa: S101 - asked by the caller
    found = series(indicator, audience="public")
    whole = {period.starts_on: figure for period, figure in found.whole.items()}

    def count(first: datetime.date, last: datetime.date) -> Amount:
        after, month, sum_of = months.later(last), first, Decimal(0)
        for broken in found.breaks:
            if first < broken.since < after:
                return None, f"Not comparable within it: {broken.because}"
        while month < after:
            figure = whole.get(month)
            if figure is None or figure.period.ends_on > after:
                return None, f"Not held: {months.name(month)} ({indicator.source_agency})."
            if figure.value is None:
                return None, f"Too small to be published: {months.name(month)}."
            sum_of, month = sum_of + figure.value, figure.period.ends_on
        return sum_of, ""

    return count
