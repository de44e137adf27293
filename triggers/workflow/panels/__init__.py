"""The panel of a case: who sits, when it meets, what the victim says, what it finds and asks for.

``responses`` holds what bodies answer once the recommendations were sent to them.
"""

from triggers.workflow.panels.finding import (
    add_finding,
    change_finding,
    change_recommendation,
    recommend,
    remove_finding,
    remove_recommendation,
)
from triggers.workflow.panels.people import (
    ask_onto_panel,
    check_again,
    invite_onto_panel,
    step_down,
)
from triggers.workflow.panels.responses import respond, take_further
from triggers.workflow.panels.sitting import finish, hold, make_pack, set_meeting, sit_again
from triggers.workflow.panels.voice import change_voice, record_voice, write_in

__all__ = [
    "add_finding",
    "ask_onto_panel",
    "change_finding",
    "change_recommendation",
    "change_voice",
    "check_again",
    "finish",
    "hold",
    "invite_onto_panel",
    "make_pack",
    "recommend",
    "record_voice",
    "remove_finding",
    "remove_recommendation",
    "respond",
    "set_meeting",
    "sit_again",
    "step_down",
    "take_further",
    "write_in",
]
