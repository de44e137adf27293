"""Clocks of a case: begun as settings say, done, delayed with a reason, or stopped.

The day of the event is day 0. The first date is never changed.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from audit import workflow as audit
from core import clock as time
from core.dates import longdate
from core.history import save
from core.permissions import can, require
from core.workflow import Wrong
from core.working_days import add_working_days
from triggers.models import Application, Clock, ClockSetting, ClockStage, Delay, Response


def due(on: datetime.date, days: int, *, working: bool) -> datetime.date:
    """The day on which a clock that begins on ``on`` is due."""
    return add_working_days(on, days) if working else on + datetime.timedelta(days=days)


@transaction.atomic
def begin(
    application: Application, counted_from: str, on: datetime.date, *, by: Any
) -> list[Clock]:
    """Begin every clock that counts from this event, by the settings in force on its day.

    A clock that runs already goes on: its first date stands.
    """
    settings = ClockSetting.objects.of(application.partnership).on(on)
    return [
        made
        for setting in settings.filter(counted_from=counted_from)
        if _wanted(application, setting)
        and (made := _start(application, setting, on, by=by)) is not None
    ]


@transaction.atomic
def begin_again(
    application: Application, stage: str, on: datetime.date, *, from_what: str, by: Any
) -> Clock | None:
    """Begin one stage's clock once more from another day, as after a reversed decision."""
    settings = ClockSetting.objects.of(application.partnership).on(on).filter(stage=stage)
    setting = settings.first()
    return _start(application, setting, on, from_what=from_what, by=by) if setting else None


@transaction.atomic
def finish(application: Application, stage: str, on: datetime.date, *, by: Any) -> Clock | None:
    """Say that a stage was done on that day, if its clock runs."""
    clock = _running(application).filter(stage=stage).first()
    if clock is None:
        return None
    clock.done_on = on
    save(clock, by=by)
    return clock


@transaction.atomic
def stop(
    application: Application, stages: Iterable[str], *, because: str, on: datetime.date, by: Any
) -> list[Clock]:
    """Let the clocks of these stages run no longer, with the reason."""
    stopped = list(_running(application).filter(stage__in=list(stages)))
    for clock in stopped:
        clock.stopped_on, clock.stopped_because = on, because
        save(clock, by=by)
    return stopped


@transaction.atomic
def call_off(clock: Clock, *, because: str, by: Any) -> Clock:
    """Stop one clock by hand. Its date and the reason stay on the case."""
    clock = _taken(clock, by)
    if not because.strip():
        raise ValidationError({"because": "Enter why this clock is stopped"})
    stop(clock.application, [clock.stage], because=because.strip(), on=time.today(), by=by)
    _note("stopped a clock of", clock, by)
    return clock


@transaction.atomic
def put_off(clock: Clock, *, due_on: datetime.date, reason: str, by: Any) -> Delay:
    """Say that a clock will not be kept: a later date beside the first, with the reason."""
    clock = _taken(clock, by)
    wrong = {}
    if not reason.strip():
        wrong["reason"] = "Enter the reason, in words the applicant may read"
    if due_on < clock.first_due_on:
        first = longdate(clock.first_due_on)
        wrong["due_on"] = f"The new date must not be before the one first set, {first}"
    elif due_on < time.today():
        wrong["due_on"] = "The new date must be today or in the future"
    elif due_on == clock.due_on:
        wrong["due_on"] = f"It is due on {longdate(due_on)} already"
    if wrong:
        raise ValidationError(wrong)
    made = Delay.objects.create(clock=clock, due_on=due_on, reason=reason.strip(), by=by)
    clock.due_on = due_on
    save(clock, by=by)
    _note("set a later date in", clock, by)
    return made


def _running(application: Application) -> Any:
    rows = Clock.objects.select_for_update(of=("self",))
    return rows.filter(application=application, done_on=None, stopped_on=None)


def _wanted(application: Application, setting: ClockSetting) -> bool:
    """Answers to recommendations are waited for only where some are still to come."""
    responses = setting.stage == ClockStage.RESPONSES
    waiting = application.recommendations.filter(response=Response.WAITING)
    return not responses or waiting.exists()


def _start(
    application: Application, setting: ClockSetting, on: datetime.date, *, from_what: str = "",
    by: Any,
) -> Clock | None:  # fmt: skip
    if _running(application).filter(stage=setting.stage).exists():
        return None
    stage = Clock.objects.filter(application=application, stage=setting.stage)
    first = due(on, setting.days, working=setting.working)
    clock = Clock(
        application=application, stage=setting.stage, starts_on=on, first_due_on=first,
        due_on=first, working=setting.working, days=setting.days,
        occurrence=(stage.aggregate(last=Max("occurrence"))["last"] or 0) + 1,
        says=f"{setting.length} from {from_what}" if from_what else setting.words,
    )  # fmt: skip
    save(clock, by=by)
    return clock


def _taken(clock: Clock, by: Any) -> Clock:
    """The clock, locked, if this person keeps it and it runs."""
    rows = Clock.objects.select_for_update(of=("self",)).select_related("application__group")
    clock = rows.get(pk=clock.pk)
    require(can(by, "keep", clock))
    if not clock.runs:
        raise Wrong("This clock no longer runs.")
    return clock


def _note(verb: str, clock: Clock, by: Any) -> None:
    application = clock.application
    audit.record(
        verb, application, by=by, partnership=application.partnership, group=application.group,
        sensitive=True, detail={"stage": clock.stage, "due_on": clock.due_on.isoformat()},
    )  # fmt: skip
