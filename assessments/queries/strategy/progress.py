"""How far a plan is: red, amber or green, computed from its actions and measures, never typed.

An action is red past the date first set, amber where its date was moved or it has not begun a month
before, green otherwise. A measure is green at its target, amber nearer to it than the baseline,
red otherwise. A priority is as its worst part is. What cannot be told is grey, and says why.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from actions.models import Action, Status
from assessments.models import Edition, Measure, Priority
from assessments.queries.strategy.readings import Reading, reading
from core.dates import longdate
from core.markings import Marking

SOON = datetime.timedelta(days=31)
WORST = ("red", "amber", "green", "grey")
WORDS = {"red": "Red", "amber": "Amber", "green": "Green", "grey": "Cannot be told", "done": "Done",
         "dropped": "Dropped"}  # fmt: skip
TONES = {"red": "late", "amber": "due", "green": "good", "grey": "idle", "done": "", "dropped": ""}


@dataclass(frozen=True, slots=True)
class Light:
    """How something stands, and why it is said to."""

    state: str
    why: str

    @property
    def words(self) -> str:
        """Red, Amber, Green: never colour alone."""
        return WORDS[self.state]

    @property
    def tone(self) -> str:
        """The tone of its tag on a page."""
        return TONES[self.state]


@dataclass(frozen=True, slots=True)
class Delivered:
    """How much of a plan is done: actions confirmed as done, of those not dropped."""

    done: int
    of: int
    dropped: int

    @property
    def percent(self) -> int | None:
        """In whole percent, or nothing where there is nothing to count."""
        return round(100 * self.done / self.of) if self.of else None

    @property
    def says(self) -> str:
        """The count first, then the share."""
        if not self.of:
            return "It had no action in the register."
        dropped = f" {self.dropped} more were dropped." if self.dropped else ""
        return f"{self.done} of {self.of} actions are done ({self.percent}%).{dropped}"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a priority stands: its light, and those of what it is made of."""

    light: Light
    actions: dict[int, Light]
    readings: dict[object, Reading]
    measures: dict[object, Light]


def of_action(action: Action, on: datetime.date) -> Light:
    """How an action stands on a day."""
    if action.status == Status.DONE:
        return Light("done", "Confirmed as done")
    if action.status == Status.DROPPED:
        return Light("dropped", "Will not be done")
    if action.first_due_on < on:
        return Light("red", f"Past {longdate(action.first_due_on)}, the date first set")
    if action.due_on > action.first_due_on:
        return Light("amber", f"Moved from {longdate(action.first_due_on)}")
    if action.status == Status.NOT_STARTED and action.first_due_on - on <= SOON:
        return Light("amber", f"Not begun, and due on {longdate(action.first_due_on)}")
    return Light("green", f"Due on {longdate(action.first_due_on)}")


def of_measure(measure: Measure, found: Reading) -> Light:
    """How a measure stands, by what was read of it."""
    if measure.target is None:
        return Light("grey", measure.why_no_target or "It has no target")
    if found.now is None:
        return Light("grey", found.why_not)
    if measure.better == "neither":
        return Light("grey", "More or less of it is neither better nor worse by itself")
    # How far towards what is better, whichever way that is.
    sign = -1 if measure.better == "lower" else 1
    now, target = sign * found.now, sign * measure.target
    if now >= target:
        return Light("green", "At its target, or past it")
    if found.baseline is None:
        return Light("grey", "Without a baseline nobody can tell which way it goes")
    if now > sign * found.baseline:
        return Light("amber", "Nearer to its target than at the baseline")
    return Light("red", "No nearer to its target than at the baseline")


def of_priority(priority: Priority, on: datetime.date) -> Standing:
    """How a priority of ``editions.priorities_of`` stands on a day."""
    actions, measures, readings = {}, {}, {}
    for objective in priority.objectives.all():
        for link in objective.delivery.all():
            actions[link.pk] = of_action(link.action, on)
        for measure in objective.measures.all():
            readings[measure.pk] = reading(measure, priority.partnership, on)
            measures[measure.pk] = of_measure(measure, readings[measure.pk])
    light = worst(actions.values(), measures.values())
    return Standing(light, actions, readings, measures)


def worst(actions: Iterable[Light], measures: Iterable[Light]) -> Light:
    """The light of the whole: that of its worst part, with the count of why."""
    acts, measured = list(actions), list(measures)
    states = [each.state for each in [*acts, *measured] if each.state != "dropped"]
    if not states:
        return Light("grey", "Nothing has been set against which it could be told")
    for state in WORST:
        if state in states and state != "grey":
            return Light(state, _count(state, acts, measured))
    if "done" in states:
        return Light("green", "Every action is done")
    return Light("grey", "No later figure is held, and no action has begun to count")


# What an action is that stands so, and what a measure is.
REASONS = {
    "red": ("late", "no nearer to the target"),
    "amber": ("moved or not begun", "not at the target yet"),
    "green": ("on time", "at the target"),
}


def _count(state: str, actions: list[Light], measures: list[Light]) -> str:
    of_actions = sum(each.state == state for each in actions)
    of_measures = sum(each.state == state for each in measures)
    counted = sum(each.state != "dropped" for each in actions)
    acts, measured = REASONS[state]
    parts = []
    if of_actions:
        parts.append(f"{of_actions} of {counted} actions {acts}")
    if of_measures:
        parts.append(f"{of_measures} of {len(measures)} measures {measured}")
    return ", ".join(parts)


def delivered(edition: Edition) -> Delivered:
    """How much of an edition's delivery plan is done by now."""
    linked = Action.objects.filter(
        delivers__objective__priority__edition=edition, marking=Marking.OFFICIAL
    ).distinct()
    states = list(linked.values_list("status", flat=True))
    dropped = states.count(Status.DROPPED)
    return Delivered(states.count(Status.DONE), len(states) - dropped, dropped)
