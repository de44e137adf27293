"""Single records of a plan: one recommendation, one action, one file that came back."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from actions.models import Update
from core import clock
from dhr.models import PlanFile, PlanItem, Recommendation, Review, Stage
from dhr.queries import plans

# A plan is made while the review runs, and delivered until it is closed.
PLANNED_AT = (
    Stage.UNDER_WAY, Stage.SUBMITTED, Stage.RETURNED, Stage.CLEARED, Stage.PUBLISHED,
)  # fmt: skip


def can_plan(review: Review) -> bool:
    """Whether the plan can be changed now."""
    return review.stage in PLANNED_AT and review.erased_on is None


def recommendation(review: Review, number: int) -> Recommendation | None:
    """The recommendation with this number, also one that was taken off."""
    rows = Recommendation.objects.filter(review=review, number=number)
    return rows.select_related("agency", "review__partnership", "review__group").first()


def block(recommendation: Recommendation) -> plans.Block:
    """A recommendation with its actions."""
    today = clock.today()
    found = plans.items(PlanItem.objects.filter(recommendation=recommendation, removed_because=""))
    repeated = recommendation.repeated_by.filter(removed_because="").count()
    rows = [plans.row(each, today) for each in found.order_by("number")]
    return plans.Block(recommendation, rows, repeated)


def dropped(review: Review) -> list[Recommendation]:
    """Recommendations that were taken off, with the reason."""
    rows = Recommendation.objects.filter(review=review).exclude(removed_because="")
    return list(rows.order_by("number"))


def by_key(rows: QuerySet[Recommendation], key: str) -> Recommendation | None:
    """The one of these with this key; nothing where the key is none."""
    try:
        return rows.filter(pk=uuid.UUID(key)).first()
    except ValueError:
        return None


# ---- files that came back -----------------------------------------------------------------------


def files_waiting(review: Review) -> list[PlanFile]:
    """Those that were neither taken over nor put away, the newest first."""
    rows = PlanFile.objects.filter(review=review, taken_over_at=None, put_away_at=None)
    return list(rows.select_related("by"))


def file_of(review: Review, pk: uuid.UUID) -> PlanFile | None:
    """One of the review's files."""
    return PlanFile.objects.filter(review=review, pk=pk).select_related("by").first()


# ---- one action ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Progress:
    """What its agency said in the register, and what shows it."""

    updates: list[Update]
    shown: bool


def progress(item: PlanItem) -> Progress:
    """What was said of an item's action, the newest first."""
    if item.action is None:
        return Progress([], plans.has_evidence(item))
    rows = Update.objects.filter(action=item.action).select_related("by", "agency", "evidence")
    return Progress(list(rows), plans.has_evidence(item))


def shown(item: PlanItem) -> plans.Row:
    """The item as a page shows it."""
    return plans.row(plans.items(PlanItem.objects.filter(pk=item.pk)).get(), clock.today())


# ---- what waits for officers --------------------------------------------------------------------


def waiting(groups: Any, on: Any) -> dict[Any, dict[str, int]]:
    """How many items wait for the officers of these reviews: by review, in numbers."""
    rows = PlanItem.objects.filter(
        recommendation__review__group__in=groups, recommendation__review__stage__in=PLANNED_AT,
        removed_because="", recommendation__removed_because="",
    )  # fmt: skip
    found: dict[Any, dict[str, int]] = {}
    for item in plans.items(rows).select_related("recommendation__review__partnership"):
        row = plans.row(item, on)
        of = found.setdefault(item.review, dict.fromkeys(("sign", "evidence", "check"), 0))
        of["sign"] += plans.fits(row, "sign")
        of["evidence"] += row.missing
        of["check"] += bool(row.check and row.check.first_due_on <= on)
    return found
