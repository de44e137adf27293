"""What is to be reached under a priority, and how that is measured."""

import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from assessments.models import Edition, Measure, Objective, Priority
from assessments.workflow.strategy.keeping import (
    LINE,
    line,
    note,
    refuse,
    renumber,
    take,
    too_long,
    touched,
    wrong_text,
)
from assessments.workflow.strategy.priorities import held
from core import history
from core.workflow import Wrong
from figures.models import Better, CrimeType, Indicator

MOST = Decimal(10) ** 10


@transaction.atomic
def add_objective(priority: Priority, *, text: str, by: Any) -> Objective:
    """Add an objective at the end of a priority's. Raises ``ValidationError`` by field."""
    current, fresh = held(priority, by=by)
    text = line(text)
    refuse(wrong_text("text", text, "the objective", LINE))
    number = fresh.objectives.count() + 1
    objective = Objective(priority=fresh, number=number, text=text)
    history.save(objective, by=by)
    _noted("added an objective to", current, by)
    return objective


@transaction.atomic
def change_objective(objective: Objective, *, text: str, by: Any) -> Objective:
    """Word an objective otherwise."""
    current, fresh = held_objective(objective, by=by)
    text = line(text)
    refuse(wrong_text("text", text, "the objective", LINE))
    fresh.text = text
    history.save(fresh, by=by, fields=["text"])
    _noted("changed an objective of", current, by)
    return fresh


@transaction.atomic
def remove_objective(objective: Objective, *, by: Any) -> None:
    """Remove an objective with its measures; its actions stay in the register."""
    current, fresh = held_objective(objective, by=by)
    priority = fresh.priority
    history.remove(fresh, by=by)
    renumber(priority.objectives.order_by("number"), by=by)
    _noted("removed an objective of", current, by)


def held_objective(objective: Objective, *, by: Any) -> tuple[Edition, Objective]:
    """The edition, taken for editing, and the objective as it now stands."""
    current = take(objective.priority.edition, "edit", by=by)
    found = Objective.objects.select_related("priority")
    fresh = found.filter(priority__edition=current, pk=objective.pk).first()
    if fresh is None:
        raise Wrong("This objective has been removed meanwhile.")
    fresh.priority.edition = current
    return current, fresh


def _noted(says: str, edition: Edition, by: Any) -> None:
    touched(edition)
    note(says, edition, edition, by=by)


# ---- measures -----------------------------------------------------------------------------------


@transaction.atomic
def add_measure(objective: Objective, *, name: str, by: Any, **fields: Any) -> Measure:
    """Add a measure: of an indicator, a crime type, or typed with its source.

    ``fields`` are those of ``change_measure``. Raises ``ValidationError`` by field.
    """
    current, fresh = held_objective(objective, by=by)
    measure = Measure(objective=fresh)
    _set(measure, current, name=name, **fields)
    history.save(measure, by=by)
    _noted("added a measure to", current, by)
    return measure


@transaction.atomic
def change_measure(measure: Measure, *, name: str, by: Any, **fields: Any) -> Measure:
    """Change a measure. Raises ``ValidationError`` by field."""
    current, fresh = held_measure(measure, by=by)
    _set(fresh, current, name=name, **fields)
    history.save(fresh, by=by)
    _noted("changed a measure of", current, by)
    return fresh


@transaction.atomic
def remove_measure(measure: Measure, *, by: Any) -> None:
    """Measure an objective by this no longer."""
    current, fresh = held_measure(measure, by=by)
    history.remove(fresh, by=by)
    _noted("removed a measure of", current, by)


def held_measure(measure: Measure, *, by: Any) -> tuple[Edition, Measure]:
    """The edition, taken for editing, and the measure as it now stands."""
    current, objective = held_objective(measure.objective, by=by)
    fresh = Measure.objects.filter(objective=objective, pk=measure.pk).first()
    if fresh is None:
        raise Wrong("This measure has been removed meanwhile.")
    fresh.objective = objective
    return current, fresh


def _set(
    measure: Measure, edition: Edition, *, name: str, indicator: Indicator | None = None,
    crime_type: CrimeType | None = None, source: str = "", unit: str = "",
    better: str = Better.LOWER, baseline: Decimal | None = None,
    baseline_from: datetime.date | None = None, baseline_until: datetime.date | None = None,
    baseline_period: str = "", target: Decimal | None = None,
    target_by: datetime.date | None = None, why_no_target: str = "",
) -> None:  # fmt: skip
    """Put these values into a measure, or say by field what is wrong with them."""
    measure.name, measure.source, measure.unit = line(name), line(source), line(unit)
    measure.indicator, measure.crime_type, measure.better = indicator, crime_type, better
    counted = bool(indicator or crime_type)
    # What is counted is not typed as well: there would be two baselines.
    measure.baseline = None if counted else baseline
    measure.baseline_period = "" if counted else line(baseline_period)
    measure.baseline_from = baseline_from if counted else None
    measure.baseline_until = baseline_until if counted else None
    measure.target, measure.target_by = target, target_by if target is not None else None
    measure.why_no_target = line(why_no_target) if target is None else ""
    refuse(
        {**_wrong_source(measure, edition), **_wrong_baseline(measure), **_wrong_target(measure)}
    )


def _wrong_source(measure: Measure, edition: Edition) -> dict[str, str]:
    wrong = {
        **wrong_text("name", measure.name, "what is measured", 200),
        **too_long("source", measure.source, 160),
        **too_long("unit", measure.unit, 40),
    }
    indicator = measure.indicator
    if indicator and measure.crime_type:
        wrong["crime_type"] = "Choose an indicator or a crime type, not both"
    if indicator and indicator.partnership_id != edition.strategy.partnership_id:
        wrong["indicator"] = "Choose an indicator of this partnership"
    elif indicator and indicator.restricted:
        wrong["indicator"] = "This indicator is restricted, and the strategy is published"
    if measure.better not in Better.values:
        wrong["better"] = "Choose which way is better"
    if measure.baseline is not None and not measure.source:
        wrong["source"] = "Enter whose figures these are"
    return wrong


def _wrong_baseline(measure: Measure) -> dict[str, str]:
    first, last = measure.baseline_from, measure.baseline_until
    wrong = too_long("baseline_period", measure.baseline_period, 80)
    if (first is None) != (last is None):
        missing = "baseline_from" if first is None else "baseline_until"
        wrong[missing] = "Enter both months of the baseline, or neither"
    elif first and last and last < first:
        wrong["baseline_until"] = "The last month is before the first"
    elif first and last and (last.year - first.year) * 12 + last.month - first.month > 11:
        wrong["baseline_until"] = "A baseline holds twelve months or fewer"
    if measure.baseline is not None and not measure.baseline_period:
        wrong["baseline_period"] = "Enter the period of this figure"
    return wrong | _wrong_number("baseline", measure.baseline)


def _wrong_target(measure: Measure) -> dict[str, str]:
    wrong = too_long("why_no_target", measure.why_no_target, LINE)
    if measure.target is not None and measure.target_by is None:
        wrong["target_by"] = "Enter the day by which it is to be reached"
    return wrong | _wrong_number("target", measure.target)


def _wrong_number(name: str, number: Decimal | None) -> dict[str, str]:
    if number is None:
        return {}
    if not number.is_finite() or number < 0 or number >= MOST:
        return {name: "Enter a number of 0 or more"}
    if number != round(number, 2):
        return {name: "Enter a number with two decimal places or fewer"}
    return {}
