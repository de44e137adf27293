"""What every step of a plan does: take the review and the row, look through the words, keep them.

Whatever a plan says leaves the panel: agencies read it, and at last the public. So no text of it
may hold a name of the key.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError

from core import history
from core.permissions import can, require
from core.workflow import Wrong
from dhr.models import PlanItem, Recommendation, Review
from dhr.queries import progress
from dhr.queries.plan_records import PLANNED_AT
from dhr.workflow.steps import note, take

NAMED = "This holds a name. It leaves the panel, so it must name nobody"
CHANGED = "Somebody else has changed this while your page was open. Look at it again."


def taken(review: Review, *, by: Any) -> Review:
    """The review, locked, for who works on it."""
    return take(review, by=by, stages=PLANNED_AT)


def locked_recommendation(
    recommendation: Recommendation, *, by: Any, version: int | None = None
) -> Recommendation:
    """The recommendation, locked after its review."""
    review = taken(recommendation.review, by=by)
    found = Recommendation.objects.select_for_update(of=("self",)).get(pk=recommendation.pk)
    if version is not None and version != found.version:
        raise Wrong(CHANGED)
    found.review = review
    return found


def locked_item(item: PlanItem, *, version: int | None = None) -> PlanItem:
    """The item, locked after its review, whoever asks: the verb says who may."""
    rows = Review.objects.select_for_update(of=("self",)).select_related("group", "partnership")
    review = rows.get(pk=item.recommendation.review_id)
    if review.stage not in PLANNED_AT or review.erased_on:
        raise Wrong(f"This cannot be done now: {review.get_stage_display().lower()}.")
    items = PlanItem.objects.select_for_update(of=("self",))
    items = items.select_related("recommendation", "agency", "partnership", "part__group")
    found: PlanItem = items.select_related("action").get(pk=item.pk)
    if version is not None and version != found.version:
        raise Wrong(CHANGED)
    found.recommendation.review = review
    return found


def worked_on(item: PlanItem, *, by: Any, version: int | None = None) -> PlanItem:
    """The same, for who works on the review."""
    found = locked_item(item, version=version)
    require(can(by, "work on", found.review))
    return found


def there(item: PlanItem) -> PlanItem:
    """An item that stands in the plan. Raises ``Wrong`` where it was taken off."""
    if item.removed_because or item.recommendation.removed_because:
        raise Wrong("This was taken off the plan. Put it back first.")
    return item


def keep(it: Recommendation | PlanItem, verb: str, *, by: Any, **changes: Any) -> None:
    """Save the changes as the next version, and record the deed: its number is all that is said."""
    new = it._state.adding
    for name, value in changes.items():
        setattr(it, name, value)
    if not new:
        it.version += 1
    history.save(it, by=by)
    note(verb, it.review, by=by, number=number_of(it))
    if isinstance(it, PlanItem) and it.part:
        note(verb, it.part, by=by, number=number_of(it))


def number_of(it: Recommendation | PlanItem) -> str:
    """3, or 3.2."""
    if isinstance(it, Recommendation):
        return str(it.number)
    return f"{it.recommendation.number}.{it.number}"


def unnamed(review: Review, wrong: dict[str, str], *, by: Any, **texts: str) -> None:
    """Say beside each text that holds a name of the key whose name it is, by pseudonym: to those
    on the review. Who sits on a part only is told that there is one."""
    for name, text in texts.items():
        if name not in wrong and (refused := progress.named(review, text)):
            wrong[name] = refused if can(by, "view", review) else NAMED


def refuse(wrong: dict[str, str]) -> None:
    """Raise ``ValidationError`` where anything is wrong."""
    if wrong:
        raise ValidationError(wrong)


def next_number(rows: Iterable[int]) -> int:
    """The number after the last; one that was taken off keeps its own."""
    return max(rows, default=0) + 1
