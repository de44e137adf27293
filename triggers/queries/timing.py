"""The clocks of a case as its page shows them: every stage, with the first date and what came."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from core import clock as time
from core.components import Stage
from core.dates import tabledate
from core.permissions import can
from core.working_days import working_days_between
from triggers.models import Application, Clock, ClockSetting, ClockStage, CountedFrom

# The stages that every case has; the others show once they have a clock.
ALWAYS = (
    ClockStage.ACKNOWLEDGE, ClockStage.INFORMATION, ClockStage.THRESHOLD, ClockStage.PANEL,
    ClockStage.OUTCOME,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page of a case says of its clocks."""

    today: str
    stages: list[Stage]
    delays: list[tuple[Clock, Any]] = field(default_factory=list)
    may_keep: bool = False
    label: str = "Clocks of this case"


def shown(case: Application, user: Any) -> Shown:
    """The stages with their dates, and today's number."""
    on, clocks = time.today(), of_case(case)
    latest = {clock.stage: clock for clock in clocks}  # the last turn of each stage
    running = [clock for clock in clocks if clock.runs]
    now = min((c.stage for c in running if c.stage != ClockStage.APPEAL), key=_place, default="")
    settings = {each.stage: each for each in ClockSetting.objects.of(case.partnership).on(on)}
    stages = [
        _stage(stage, latest.get(stage), settings.get(stage), case, on, is_now=stage == now)
        for stage in ClockStage
        if stage in latest or stage in ALWAYS
    ]
    delays = [(clock, clock.delays.all()[0]) for clock in running if clock.delays.all()]
    label = "Clocks of this case"
    if case.received_on:
        label = f"Clocks of this case, counted from {tabledate(case.received_on, on)}"
    return Shown(today_words(case, clocks, on), stages, delays, _keeps(user, running), label)


def _keeps(user: Any, running: list[Clock]) -> bool:
    return bool(running and can(user, "keep", running[0]))


def of_case(case: Application) -> list[Clock]:
    """Every clock of a case in the order of its stages and turns, with its delays."""
    rows = Clock.objects.filter(application=case).select_related("application__group")
    found = rows.prefetch_related("delays__by")
    return sorted(found, key=lambda each: (_place(each.stage), each.occurrence))


def _place(stage: str) -> int:
    return list(ClockStage).index(ClockStage(stage))


def today_words(case: Application, clocks: list[Clock], on: datetime.date) -> str:
    """Today is day 16 of 28: by the clock that runs longest from the application."""
    longest = [c for c in clocks if c.runs and c.working and c.starts_on == case.received_on]
    if not longest or case.received_on is None:
        return ""
    most = max(longest, key=lambda each: each.days)
    return f"Today is day {working_days_between(case.received_on, on)} of {most.days}."


def _stage(
    stage: ClockStage, clock: Clock | None, setting: ClockSetting | None, case: Application,
    on: datetime.date, *, is_now: bool,
) -> Stage:  # fmt: skip
    if clock is None:
        return Stage(str(stage.label), _before(setting))
    note, state = _note(clock, on)
    if stage == ClockStage.INFORMATION and clock.runs:
        note = f"{_answered(case)}{note}"
    if clock.runs and not state and is_now:
        state = "now"
    return Stage(str(stage.label), note, state)


def _before(setting: ClockSetting | None) -> str:
    if setting is None:
        return "No clock is set"
    return f"within {setting.length} of {CountedFrom(setting.counted_from).label}"


def _note(clock: Clock, on: datetime.date) -> tuple[str, str]:
    """What stands under a stage, and its state: done, late or nothing."""
    due = tabledate(clock.first_due_on, on)
    number = f"day {clock.days}" if clock.working else f"{clock.days} days"
    if clock.stopped_on:
        return f"Stopped {tabledate(clock.stopped_on, on)}: {clock.stopped_because}", ""
    if clock.done_on:
        done = tabledate(clock.done_on, on)
        if clock.late(on):
            return f"{done}. Was due {due}", "done"
        return f"{done}, day {_day(clock, clock.done_on)} of {clock.days}", "done"
    if clock.stage == ClockStage.APPEAL:
        return f"{'was' if clock.late(on) else 'until'} {due}", ""
    if clock.late(on):
        later = (
            f". Now by {tabledate(clock.due_on, on)}" if clock.due_on != clock.first_due_on else ""
        )
        return f"Was due {due}, {number}{later}", "late"
    if clock.due_on != clock.first_due_on:
        return f"First due {due}. Now by {tabledate(clock.due_on, on)}", ""
    return f"by {due}, {number}", ""


def _day(clock: Clock, day: datetime.date) -> int:
    if clock.working:
        return working_days_between(clock.starts_on, day)
    return (day - clock.starts_on).days


def _answered(case: Application) -> str:
    """How many of the bodies that were asked have answered: 3 of 4."""
    asked = list(case.information_requests.values_list("sent_on", flat=True))
    return f"{sum(map(bool, asked))} of {len(asked)}. " if asked else ""
