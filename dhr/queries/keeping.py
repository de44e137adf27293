"""Which closed reviews have been kept long enough, and what stands in the way of removing them."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from actions.models import OPEN as OPEN_ACTIONS
from actions.models import Action
from core import clock
from core.dates import longdate, months_after
from dhr.models import Arrangement, Erasure, Hold, Part, PlanItem, PublishedReport, Review, Stage
from membership.models import Partnership


@dataclass(frozen=True, slots=True)
class Due:
    """A closed review of which an officer reads its reference and its dates, and no more."""

    review: Review
    kept_until: datetime.date
    obstacles: list[str]
    approved: Erasure | None

    @property
    def may_go(self) -> bool:
        """Nothing stands in the way, and nobody has said so yet."""
        return not self.obstacles and self.approved is None


def years_kept(partnership: Partnership) -> int | None:
    """How many years a closed review is kept; nothing where nothing is laid down."""
    kept = Arrangement.objects.of(partnership).values_list("keep_years", flat=True)
    return kept.first()


def due(partnership: Partnership, on: datetime.date) -> list[Due]:
    """Closed reviews whose time is over and that still hold something, the oldest first."""
    years = years_kept(partnership)
    if years is None:
        return []
    shut = Review.objects.of(partnership).filter(stage=Stage.CLOSED, erased_on=None)
    rows = shut.filter(closed_on__lte=months_after(on, -12 * years))
    reviews = list(rows.select_related("group", "partnership").order_by("closed_on", "reference"))
    approved = {each.review_id: each for each in Erasure.objects.filter(review__in=reviews)}
    in_the_way = _in_the_way(reviews) if reviews else {}
    return [
        Due(each, until, in_the_way[each.pk], approved.get(each.pk))
        for each in reviews
        if each.closed_on and (until := months_after(each.closed_on, 12 * years)) <= on
    ]


def removed(partnership: Partnership) -> QuerySet[Erasure]:
    """Reviews of which what they held was removed, the newest first."""
    done = Erasure.objects.filter(review__partnership=partnership, done_at__isnull=False)
    return done.select_related("review", "by").order_by("-done_at", "-pk")


def obstacles(review: Review, on: datetime.date) -> list[str]:
    """Why what the review holds cannot be removed on that day; nothing where it can."""
    years = years_kept(review.partnership)
    if years is None or review.closed_on is None:
        return ["The review is not closed"]
    until = months_after(review.closed_on, 12 * years)
    early = [] if until <= on else [f"It is kept until {longdate(until)}"]
    return early + _in_the_way([review])[review.pk]


def actions_of(review: Review) -> set[Any]:
    """Keys of the actions of a review's plan, wherever they stand; those too that were dropped
    when another body took them over."""
    rows = PlanItem.history.filter(recommendation__review=review, action__isnull=False)
    return set(rows.order_by().values_list("action", flat=True))


def groups_of(review: Review) -> list[Any]:
    """The review's own group, and those of its parts."""
    parts = Part.objects.filter(review=review).select_related("group")
    return [review.group, *(part.group for part in parts)]


def _in_the_way(reviews: list[Review]) -> dict[Any, list[str]]:
    """What forbids removing each, but for time, in as many queries as for one."""
    found: dict[Any, list[str]] = {each.pk: [] for each in reviews}
    held = Hold.objects.filter(review__in=reviews, lifted_at=None)
    for key in set(held.values_list("review", flat=True)):
        found[key].append("A legal hold keeps it")
    public = PublishedReport.objects.filter(review__in=reviews, removed_on=None)
    for key in set(public.values_list("review", flat=True)):
        found[key].append("Its report is still public")
    undone = PlanItem.objects.filter(
        recommendation__review__in=reviews, action__status__in=OPEN_ACTIONS
    )
    of_panel = Action.objects.filter(group__death_review__in=reviews, status__in=OPEN_ACTIONS)
    for key, reference in sorted({
        *undone.values_list("recommendation__review", "action__reference"),
        *of_panel.values_list("group__death_review", "reference"),
    }, key=str):  # fmt: skip
        found[key].append(f"Action {reference} is not done")
    return found


def shown(review: Review) -> dict[str, Any]:
    """What the page of people and record says of how long the review is kept."""
    years = years_kept(review.partnership)
    until = months_after(review.closed_on, 12 * years) if review.closed_on and years else None
    return {
        "holds": list(Hold.objects.filter(review=review).select_related("by", "lifted_by")),
        "years": years, "kept_until": until,
        "kept_long_enough": until is not None and until <= clock.today(),
    }  # fmt: skip
