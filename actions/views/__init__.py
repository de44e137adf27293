"""The register of actions and the pages of one."""

from actions.views.pages import add, detail, history
from actions.views.register import download, register
from actions.views.reminding import remind
from actions.views.steps import confirm, drop, hand_over, move, reopen, update

__all__ = [
    "add",
    "confirm",
    "detail",
    "download",
    "drop",
    "hand_over",
    "history",
    "move",
    "register",
    "remind",
    "reopen",
    "update",
]
