"""The life of an action: made, updated, moved, said to be done, confirmed; and back again."""

from actions.workflow.keeping import LONG, REASON
from actions.workflow.making import ORIGIN, TEXT, make
from actions.workflow.moves import MOVES, Changed, fits, may
from actions.workflow.reminding import remind
from actions.workflow.steps import (
    confirm_done,
    drop,
    hand_over,
    move_due_date,
    reopen,
    reword,
    update,
)

__all__ = [
    "LONG",
    "MOVES",
    "ORIGIN",
    "REASON",
    "TEXT",
    "Changed",
    "confirm_done",
    "drop",
    "fits",
    "hand_over",
    "make",
    "may",
    "move_due_date",
    "remind",
    "reopen",
    "reword",
    "update",
]
