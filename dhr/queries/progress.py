"""How a review stands: what is done, and what is in the way of its end."""

from typing import Any

from dhr.models import PlanItem, Review, Stage, Step
from dhr.names import found_in


def items_of(review: Review) -> Any:
    """The items of its plan that were not taken off."""
    rows = PlanItem.objects.filter(recommendation__review=review, removed_because="")
    return rows.filter(recommendation__removed_because="")


def open_items(review: Review) -> Any:
    """Those that nobody has signed off."""
    return items_of(review).filter(signed_off_at=None)


def what_keeps_open(review: Review) -> list[str]:
    """Why a review should not be closed yet; nothing where its plan is delivered."""
    if review.stage == Stage.NO_REVIEW:
        return _untold(review)
    found = []
    left = open_items(review).count()
    if left:
        noun = "action is" if left == 1 else "actions are"
        found.append(f"{left} {noun} not signed off")
    if review.stage != Stage.PUBLISHED and review.led_here:
        found.append("the report is not published")
    return found


def _untold(review: Review) -> list[str]:
    steps = review.milestones.filter(
        done_on=None, stopped_on=None, step__in=(Step.TELL_HOME_OFFICE, Step.TELL_FAMILY)
    )
    return [f"{each.get_step_display().lower()}: this is not done" for each in steps]


def named(review: Review, *texts: str) -> str:
    """What is said beside a text that is to leave the panel and holds a name of the key.

    It says whose name, by pseudonym, and never the name. Nothing where there is none.
    """
    found = found_in(review, *texts)
    if not found:
        return ""
    whose = " and ".join(found)
    return f"This holds a name of {whose}. It leaves the panel, so it must name nobody"
