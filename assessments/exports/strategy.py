"""The delivery plan as a file to take away."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse

from assessments.models import Edition, Priority
from assessments.queries.strategy.progress import Standing
from core.exports import csv_response

COLUMNS = (
    "Priority", "Objective", "Reference", "Action", "Lead agency", "Lead post", "Partners",
    "Resources", "First due", "Now due", "State", "Stands", "Why",
)  # fmt: skip


def plan_csv(edition: Edition, rows: list[tuple[Priority, Standing]]) -> HttpResponse:
    """One action a line, dates as 2027-01-06 so that a spreadsheet sorts them."""
    name = f"{edition.partnership.slug}-delivery-plan-{edition.year}"
    return csv_response(name, COLUMNS, _lines(rows))


def _lines(rows: list[tuple[Priority, Standing]]) -> Iterator[list[Any]]:
    for priority, stands in rows:
        for objective in priority.objectives.all():
            for link in objective.delivery.all():
                action, light = link.action, stands.actions[link.pk]
                yield [
                    f"{priority.number}. {priority.title}",
                    f"{priority.number}.{objective.number} {objective.text}",
                    action.reference, action.text, str(action.owner), action.post or "",
                    "; ".join(str(each) for each in link.partners.all()), link.resources,
                    action.first_due_on, action.due_on, action.get_status_display(),
                    light.words, light.why,
                ]  # fmt: skip
