"""How an action stands, in words and tones."""

import datetime

from actions.models import Action, Status
from core import dates

TONES = {
    Status.NOT_STARTED: "idle",
    Status.IN_PROGRESS: "busy",
    Status.SAYS_DONE: "unsure",
    Status.DONE: "",
    Status.DROPPED: "",
}


def times(number: int) -> str:
    """Once, twice, 3 times."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def moved_words(action: Action) -> str:
    """Moved twice; nothing where the first date stands."""
    return f"moved {times(action.times_moved)}" if action.times_moved else ""


def is_late(action: Action, on: datetime.date) -> bool:
    """Open and past the date first set, whatever has been agreed since."""
    return action.is_open and action.first_due_on < on


def states(action: Action, on: datetime.date) -> list[tuple[str, str]]:
    """The words and tones in which a table shows how far an action is and whether it is late."""
    own = [(Status(action.status).label, TONES[Status(action.status)])]
    if not is_late(action, on):
        return own
    late = [("Late", "late")]
    return own + late if action.status == Status.SAYS_DONE else late


def title_states(action: Action, on: datetime.date) -> list[tuple[str, str]]:
    """The same beside its title, with how often its date has moved: Late, moved twice."""
    moved = moved_words(action)
    return [
        (f"{label}, {moved}" if moved and tone == "late" else label, tone)
        for label, tone in states(action, on)
    ]


def owner_words(action: Action) -> str:
    """The agency and the post, under the names they had: Kent Police, District Commander."""
    return f"{action.owner}, {action.post}" if action.post else str(action.owner)


def lede(action: Action, on: datetime.date) -> str:
    """How it stands, in a sentence or two: 55 days past the date first set. Now due on …"""
    due = dates.longdate(action.due_on)
    if action.closed_at:
        how = "Confirmed as done" if action.status == Status.DONE else "Dropped"
        return f"{how} by {action.closed_by} on {dates.longdate(action.closed_at)}."
    if not is_late(action, on):
        return f"Due on {due}, {dates.in_days(action.due_on, on)}."
    days = dates.count((on - action.first_due_on).days, "day")
    moved = f" Now due on {due}." if action.times_moved else ""
    return f"{days} past the date first set.{moved}"
