"""Which step leads from which state to which."""

from typing import Any

from actions.models import Action, Status
from core.permissions import ALLOWED, Verdict, can, denied

# verb → state → the states to which it may lead
MOVES: dict[str, dict[str, tuple[str, ...]]] = {
    "update": {
        Status.NOT_STARTED: (Status.NOT_STARTED, Status.IN_PROGRESS, Status.SAYS_DONE),
        Status.IN_PROGRESS: (Status.IN_PROGRESS, Status.SAYS_DONE),
        Status.SAYS_DONE: (Status.IN_PROGRESS, Status.SAYS_DONE),
    },
    "move due date": {
        Status.NOT_STARTED: (Status.NOT_STARTED,),
        Status.IN_PROGRESS: (Status.IN_PROGRESS,),
    },
    "confirm done": {Status.SAYS_DONE: (Status.DONE,)},
    "reopen": {
        Status.SAYS_DONE: (Status.IN_PROGRESS,),
        Status.DONE: (Status.IN_PROGRESS,),
        Status.DROPPED: (Status.IN_PROGRESS,),
    },
    "drop": {
        Status.NOT_STARTED: (Status.DROPPED,),
        Status.IN_PROGRESS: (Status.DROPPED,),
        Status.SAYS_DONE: (Status.DROPPED,),
    },
    "hand over": {
        Status.NOT_STARTED: (Status.NOT_STARTED,),
        Status.IN_PROGRESS: (Status.IN_PROGRESS,),
    },
}


class Changed(Exception):
    """Somebody else changed the action after this person opened the page; ``action`` is it now."""

    def __init__(self, action: Action) -> None:
        super().__init__(f"{action.reference} has changed")
        self.action = action


def fits(verb: str, action: Action) -> Verdict:
    """Whether the action's state allows this verb; if not, what stands in the way."""
    if action.status in MOVES[verb]:
        return ALLOWED
    if not action.is_open:
        return denied("This action is closed. An officer can reopen it.")
    if verb == "reopen":
        return denied("This action is already open.")
    if verb == "confirm done":
        return denied(
            f"{action.owner} has not said that this is done. Add an update that says so first."
        )
    return denied("This action is said to be done. Confirm that, or send it back, first.")


def may(user: Any, verb: str, action: Action) -> Verdict:
    """Whether this person may do this with the action as it now stands."""
    return can(user, verb, action) and fits(verb, action)
