"""Recommendations of a review: made, coded by theme, changed, taken off with the reason."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from core import clock
from core.workflow import Wrong
from dhr.models import LearningTheme, Recommendation, Review, Scope
from dhr.workflow.plans.keeping import (
    keep,
    locked_recommendation,
    next_number,
    refuse,
    taken,
    unnamed,
)
from dhr.workflow.steps import REASON, text_of
from membership import succession
from membership.models import Agency

TEXT = 2000


@transaction.atomic
def recommend(
    review: Review, *, text: str, scope: str = Scope.LOCAL, themes: Iterable[LearningTheme] = (),
    early: bool = False, agency: Agency | None = None, repeats: Recommendation | None = None,
    by: Any,
) -> Recommendation:  # fmt: skip
    """Add a recommendation. ``agency`` is the one from whose own review it comes; ``repeats`` an
    earlier recommendation with the same lesson, of a review on which the person sits."""
    review = taken(review, by=by)
    numbers = Recommendation.objects.filter(review=review).values_list("number", flat=True)
    made = Recommendation(review=review, number=next_number(numbers))
    told = {"text": text, "scope": scope, "early": early, "agency": agency, "repeats": repeats}
    _say(made, "added a recommendation to", themes, told, by)
    return made


@transaction.atomic
def change_recommendation(
    recommendation: Recommendation, *, text: str, scope: str, themes: Iterable[LearningTheme],
    early: bool, agency: Agency | None, repeats: Recommendation | None,
    version: int | None = None, by: Any,
) -> Recommendation:  # fmt: skip
    """Put a recommendation otherwise. Its number stands."""
    found = locked_recommendation(recommendation, by=by, version=version)
    if found.removed_because:
        raise Wrong("This recommendation was taken off. Put it back first.")
    told = {"text": text, "scope": scope, "early": early, "agency": agency, "repeats": repeats}
    _say(found, "changed a recommendation of", themes, told, by)
    return found


def _say(
    it: Recommendation, verb: str, themes: Iterable[LearningTheme], told: dict[str, Any], by: Any
) -> None:
    wrong: dict[str, str] = {}
    told["text"] = text_of(wrong, "text", told["text"], "Enter what is recommended", TEXT)
    unnamed(it.review, wrong, by=by, text=told["text"])
    if told["scope"] not in Scope.values:
        wrong["scope"] = "Choose local, regional or national"
    if told["agency"] is not None:
        told["agency"] = succession.standing_for(told["agency"], clock.today())
    if told["repeats"] is not None:
        _wrong_repeat(it, told["repeats"], by, wrong)
    refuse(wrong)
    keep(it, verb, by=by, **told)
    it.themes.set(themes)


def _wrong_repeat(it: Recommendation, repeats: Any, by: Any, wrong: dict[str, str]) -> None:
    """An earlier one that the person may know of; no two repeat each other."""
    known = Recommendation.objects.visible_to(by).filter(removed_because="")
    if repeats.pk == it.pk or not known.filter(pk=repeats.pk).exists():
        wrong["repeats"] = "Choose a recommendation of a review on which you sit"
    elif repeats.repeats_id == it.pk:
        wrong["repeats"] = "That one says already that it repeats this one"


@transaction.atomic
def same_lesson(
    recommendation: Recommendation, *, earlier: Recommendation | None, by: Any
) -> Recommendation:
    """Say that it repeats an earlier recommendation, of any review; or take that back."""
    found = locked_recommendation(recommendation, by=by)
    if found.removed_because:
        raise Wrong("This recommendation was taken off. Put it back first.")
    wrong: dict[str, str] = {}
    if earlier is not None:
        _wrong_repeat(found, earlier, by, wrong)
    refuse(wrong)
    keep(found, "marked a repeated lesson in", by=by, repeats=earlier)
    return found


@transaction.atomic
def take_off(recommendation: Recommendation, *, reason: str, by: Any) -> Recommendation:
    """Take a recommendation off the plan, with the reason. Its actions must be taken off first."""
    found = locked_recommendation(recommendation, by=by)
    if found.removed_because:
        raise Wrong("This recommendation was taken off already.")
    if found.items.filter(removed_because="").exists():
        raise Wrong("Take the actions of this recommendation off first, each with its reason.")
    wrong: dict[str, str] = {}
    reason = text_of(wrong, "reason", reason, "Enter why it is taken off", REASON)
    unnamed(found.review, wrong, by=by, reason=reason)
    refuse(wrong)
    keep(found, "took a recommendation off", by=by, removed_because=reason)
    return found


@transaction.atomic
def put_back_recommendation(recommendation: Recommendation, *, by: Any) -> Recommendation:
    """Put a recommendation back that was taken off."""
    found = locked_recommendation(recommendation, by=by)
    if not found.removed_because:
        raise Wrong("This recommendation stands in the plan.")
    keep(found, "put a recommendation back into", by=by, removed_because="")
    return found
