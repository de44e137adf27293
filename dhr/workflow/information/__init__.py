"""What agencies are asked for a review, what they answer, and what the check of it finds.

The life of a request is the linked one's, in the one list of requests for information.
"""

from dhr.workflow.information.answering import Changed, save_answer, send_answer
from dhr.workflow.information.asking import KIND, ask, due, take_further
from dhr.workflow.information.checking import check
from dhr.workflow.information.lines import (
    add_line,
    add_lines,
    change_line,
    read_lines,
    remove_line,
)
from dhr.workflow.information.reports import (
    Doubtful,
    move_to_right_review,
    open_report,
    send_report,
    take_off,
)

__all__ = [
    "KIND", "Changed", "Doubtful", "add_line", "add_lines", "ask", "change_line", "check", "due",
    "move_to_right_review", "open_report", "read_lines", "remove_line", "save_answer",
    "send_answer", "send_report", "take_further", "take_off",
]  # fmt: skip
