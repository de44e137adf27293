"""The life of a strategy: begun, refreshed each year, consulted on, adopted, published, sent."""

from assessments.workflow.strategy.adopting import (
    adopt,
    not_sent,
    publish,
    sent_to_commissioner,
    take_over,
)
from assessments.workflow.strategy.delivering import change_delivery, deliver, stop_delivering
from assessments.workflow.strategy.editions import (
    TEXTS,
    begin,
    consulted,
    refresh,
    rest_on,
    withdraw,
    write,
)
from assessments.workflow.strategy.keeping import Changed, fits, may
from assessments.workflow.strategy.making import ask, make_waiting
from assessments.workflow.strategy.objectives import (
    add_measure,
    add_objective,
    change_measure,
    change_objective,
    remove_measure,
    remove_objective,
)
from assessments.workflow.strategy.plans import add_plan, change_plan
from assessments.workflow.strategy.priorities import (
    add_evidence,
    add_priority,
    change_priority,
    move_priority,
    remove_evidence,
    remove_priority,
)

__all__ = [
    "TEXTS",
    "Changed",
    "add_evidence",
    "add_measure",
    "add_objective",
    "add_plan",
    "add_priority",
    "adopt",
    "ask",
    "begin",
    "change_delivery",
    "change_measure",
    "change_objective",
    "change_plan",
    "change_priority",
    "consulted",
    "deliver",
    "fits",
    "make_waiting",
    "may",
    "move_priority",
    "not_sent",
    "publish",
    "refresh",
    "remove_evidence",
    "remove_measure",
    "remove_objective",
    "remove_priority",
    "rest_on",
    "sent_to_commissioner",
    "stop_delivering",
    "take_over",
    "withdraw",
    "write",
]
