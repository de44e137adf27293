"""What death reviews ask of a person: the next step of each of their reviews."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse

from core.dates import count
from core.registries import Work, work
from dhr.models import Milestone, Review, Stage
from dhr.queries import plan_records, timing
from membership import standing
from membership.models import Role

NEAR = datetime.timedelta(days=14)


@work
def reviews(user: Any, on: datetime.date) -> Iterator[Work]:
    """The next step of each review that this person works on; its reference is all that shows."""
    groups = [
        seat.group_id
        for seat in standing.seats(user)
        if seat.role == Role.OFFICER and seat.group.kind == "panel"
    ]
    if not groups:
        return
    yield from _plans(groups, on)
    running = Milestone.objects.filter(done_on=None, stopped_on=None)
    steps = Milestone.objects.prefetch_related("delays")
    found = (
        Review.objects.exclude(stage=Stage.CLOSED)
        .filter(group__in=groups)
        .select_related("partnership")
        .prefetch_related(
            Prefetch("milestones", running.order_by("due_on", "id"), to_attr="running"),
            Prefetch("milestones", steps, to_attr="steps"),
        )
        .order_by("reference")
    )
    for review in found:
        yield from _of(review, on)


def _plans(groups: list[Any], on: datetime.date) -> Iterator[Work]:
    """What the plans of these reviews wait for, in numbers only."""
    for review, numbers in plan_records.waiting(groups, on).items():
        says = [
            f"{numbers['sign']} to sign off" if numbers["sign"] else "",
            f"{numbers['evidence']} without evidence" if numbers["evidence"] else "",
            f"{numbers['check']} of which the difference is to be checked"
            if numbers["check"] else "",
        ]  # fmt: skip
        told = ", ".join(filter(None, says))
        if told:
            url = reverse("dhr:review_plan", args=[review.partnership.slug, review.reference])
            yield Work(
                partnership=review.partnership, url=url, what=f"{review}: actions of the plan",
                why=f"{told[:1].upper()}{told[1:]}.",
            )  # fmt: skip


def _of(review: Any, on: datetime.date) -> Iterator[Work]:
    if timing.untold(review, review.steps):
        yield Work(
            partnership=review.partnership, url=review.get_absolute_url(),
            what=f"{review}: tell the Home Office of a delay",
        )  # fmt: skip
    due = [each for each in review.running if each.due_on <= on + NEAR or each.late(on)]
    if not due:
        return
    first = due[0]
    says = str(first)
    more = f"{count(len(due) - 1, 'more step')} due soon." if len(due) > 1 else ""
    yield Work(
        partnership=review.partnership, what=f"{review}: {says[:1].lower()}{says[1:]}",
        url=review.get_absolute_url(), why=more,
        due=first.first_due_on if first.late(on) else first.due_on,
    )  # fmt: skip
