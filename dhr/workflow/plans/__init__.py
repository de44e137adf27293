"""What a review recommends, and the plan by which it is delivered, shown and signed off."""

from dhr.workflow.plans.items import (
    add_item,
    change_item,
    move_target,
    outside_answered,
    put_back,
    take_off_item,
)
from dhr.workflow.plans.recommending import (
    change_recommendation,
    put_back_recommendation,
    recommend,
    same_lesson,
    take_off,
)
from dhr.workflow.plans.signing import (
    check_difference,
    complete,
    incomplete,
    open_evidence,
    send_back,
    sign_off,
)

__all__ = [
    "add_item", "change_item", "change_recommendation", "check_difference", "complete",
    "incomplete", "move_target", "open_evidence", "outside_answered", "put_back",
    "put_back_recommendation", "recommend", "same_lesson", "send_back", "sign_off", "take_off",
    "take_off_item",
]  # fmt: skip
