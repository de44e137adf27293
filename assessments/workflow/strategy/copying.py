"""What a refresh takes over from the edition before it."""

from typing import Any

from actions.models import Action
from assessments.models import (
    DeliveryAction,
    Edition,
    Measure,
    Objective,
    Priority,
    PriorityEvidence,
)
from core import history

PRIORITY = ("number", "title", "why", "aim", "owner", "post", "theme")
MEASURE = (
    "name", "indicator", "crime_type", "source", "unit", "better", "baseline", "baseline_from",
    "baseline_until", "baseline_period", "target", "target_by", "why_no_target",
)  # fmt: skip


def copy_plan(last: Edition, edition: Edition, *, by: Any) -> None:
    """Every priority with its evidence, objectives and measures, and the actions still open."""
    for old in last.priorities.order_by("number"):
        new = Priority(edition=edition, descends_from=old, **_fields(old, PRIORITY))
        history.save(new, by=by)
        new.plan_priorities.set(old.plan_priorities.all())
        PriorityEvidence.objects.bulk_create(
            PriorityEvidence(priority=new, **_fields(each, ("section", "indicator", "words")))
            for each in old.evidence.order_by("pk")
        )
        for objective in old.objectives.order_by("number"):
            _copy_objective(objective, new, by=by)


def _copy_objective(old: Objective, priority: Priority, *, by: Any) -> None:
    new = Objective(priority=priority, number=old.number, text=old.text)
    history.save(new, by=by)
    for measure in old.measures.order_by("pk"):
        history.save(Measure(objective=new, **_fields(measure, MEASURE)), by=by)
    open_now = Action.objects.open()
    for link in old.delivery.filter(action__in=open_now).order_by("position", "pk"):
        copied = DeliveryAction.objects.create(
            objective=new, action_id=link.action_id, resources=link.resources,
            position=link.position,
        )  # fmt: skip
        copied.partners.set(link.partners.all())


def _fields(record: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}
