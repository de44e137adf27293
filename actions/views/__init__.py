"""The register of actions and the pages of one; requests for information."""

from actions.views.pages import add, detail, history
from actions.views.register import download, register
from actions.views.reminding import remind
from actions.views.request import (
    request_answer,
    request_chase,
    request_check,
    request_escalate,
    request_history,
    request_move,
    request_page,
    request_withdraw,
)
from actions.views.requests import request_ask, request_list, requests_csv, requests_kept
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
    "request_answer",
    "request_ask",
    "request_chase",
    "request_check",
    "request_escalate",
    "request_history",
    "request_list",
    "request_move",
    "request_page",
    "request_withdraw",
    "requests_csv",
    "requests_kept",
    "update",
]
