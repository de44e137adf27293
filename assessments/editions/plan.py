"""The priorities of an edition with their measures and actions, as they are shown and kept."""

import datetime
from decimal import Decimal
from typing import Any

from assessments.editions.area import crimes_of_type
from assessments.models import DeliveryAction, Edition, Measure, Priority, PriorityEvidence
from assessments.queries.strategy import editions, progress
from assessments.queries.strategy.progress import Light, Standing
from assessments.queries.strategy.readings import Reading
from core.dates import longdate
from core.markup import plain


def priorities_as_shown(
    edition: Edition, on: datetime.date, months: list[str] | None
) -> list[dict[str, Any]]:
    """Each priority with all that stands under it; crime figures are of these months."""
    found = editions.priorities_of(edition)
    return [_priority(each, progress.of_priority(each, on), months) for each in found]


def _priority(priority: Priority, stands: Standing, months: list[str] | None) -> dict[str, Any]:
    objectives = list(priority.objectives.all())
    before = priority.descends_from
    return {
        "number": priority.number,
        "title": priority.title,
        "why": plain(priority.why),
        "aim": plain(priority.aim),
        "owner": str(priority.owner or ""),
        "post": str(priority.post.title) if priority.post else "",
        "theme": str(priority.theme or ""),
        "before": _before(before) if before else "",
        "lineage": priority.lineage,
        "plan_priorities": [each.title for each in priority.plan_priorities.all()],
        "evidence": [_evidence(each) for each in priority.evidence.all()],
        "light": light(stands.light),
        "objectives": [
            {
                "number": each.number,
                "text": each.text,
                "measures": [_measure(m, stands) for m in each.measures.all()],
                "actions": [_action(a, stands) for a in each.delivery.all()],
            }
            for each in objectives
        ],
        "crime": _crime(priority, months),
    }


def light(found: Light) -> dict[str, str]:
    """A light, as it is kept: its state, its word and its reason."""
    return {"state": found.state, "words": found.words, "why": found.why}


def _before(priority: Priority) -> str:
    edition = priority.edition
    return f"priority {priority.number} of the {edition.strategy.title}, {edition}"


def _evidence(evidence: PriorityEvidence) -> str:
    section = evidence.section
    if section:
        return f"{evidence.words} ({section.assessment}, {section.heading})"
    if evidence.indicator:
        return f"{evidence.words} ({evidence.indicator})"
    return evidence.words


def _measure(measure: Measure, stands: Standing) -> dict[str, Any]:
    found: Reading = stands.readings[measure.pk]
    return {
        "name": measure.name,
        "unit": measure.unit,
        "baseline": number(found.baseline),
        "baseline_period": found.baseline_period,
        "why_no_baseline": found.why_no_baseline,
        "target": number(measure.target),
        "target_by": longdate(measure.target_by) if measure.target_by else "",
        "why_no_target": measure.why_no_target,
        "now": number(found.now),
        "now_period": found.now_period,
        "why_not": found.why_not,
        "source": found.source,
        "light": light(stands.measures[measure.pk]),
    }


def number(amount: Decimal | None) -> str:
    """A number with its thousands marked and no idle decimals; nothing for none."""
    if amount is None:
        return ""
    return f"{amount:,.0f}" if amount == amount.to_integral() else f"{amount.normalize():,f}"


def _action(link: DeliveryAction, stands: Standing) -> dict[str, Any]:
    action = link.action
    return {
        "reference": action.reference,
        "text": action.text,
        "lead": f"{action.owner}, {action.post.title}" if action.post else str(action.owner),
        "partners": [str(each) for each in link.partners.all()],
        "resources": link.resources,
        "due": longdate(action.due_on),
        "first_due": longdate(action.first_due_on) if action.due_on != action.first_due_on else "",
        "light": light(stands.actions[link.pk]),
    }  # fmt: skip


def _crime(priority: Priority, months: list[str] | None) -> dict[str, Any]:
    """The figures of the crime type by which a priority is first measured, if by any."""
    measures = [m for each in priority.objectives.all() for m in each.measures.all()]
    kind = next((each.crime_type for each in measures if each.crime_type), None)
    return crimes_of_type(priority.partnership, kind.name, months) if kind and months else {}
