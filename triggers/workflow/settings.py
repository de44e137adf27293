"""What a procedure sets from a day: local rules, clocks, and the bodies that count.

A new setting ends the one before it. Cases keep what held when theirs began.
"""

import datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction

from core import clock
from core.dates import longdate
from core.permissions import can, require
from core.workflow import Wrong
from membership import succession
from membership.models import Agency, Partnership
from membership.workflow.keeping import keep, locked, stop
from triggers.models import (
    AdditionKind,
    BodyKind,
    ClockSetting,
    ClockStage,
    CountedFrom,
    LocalAddition,
    RelevantBody,
)
from triggers.workflow.procedures import note

Dated = TypeVar("Dated", bound=models.Model)

MOST_DAYS = 365
MOST_HOMES = 50

# From which events a stage's clock can be counted: those that come before it.
EVENTS = {
    ClockStage.ACKNOWLEDGE: (CountedFrom.RECEIPT,),
    ClockStage.INFORMATION: (CountedFrom.RECEIPT,),
    ClockStage.THRESHOLD: (CountedFrom.RECEIPT,),
    ClockStage.PANEL: (CountedFrom.RECEIPT, CountedFrom.DECISION),
    ClockStage.OUTCOME: (CountedFrom.PANEL, CountedFrom.DECISION, CountedFrom.RECEIPT),
    ClockStage.RESPONSES: (CountedFrom.OUTCOME,),
    ClockStage.APPEAL: (CountedFrom.OUTCOME,),
    ClockStage.HEARING: (CountedFrom.APPEAL,),
}


# ---- local rules --------------------------------------------------------------------------------


@transaction.atomic
def add_addition(
    partnership: Partnership, *, kind: str, number: int, source: str, starts_on: datetime.date,
    by: Any,
) -> LocalAddition:  # fmt: skip
    """Let something else meet the threshold too, from a day, with where that stands written."""
    require(can(by, "keep case reviews", partnership))
    homes = kind == AdditionKind.HOUSEHOLDS
    if homes and not 2 <= number <= MOST_HOMES:
        raise ValidationError({"number": f"The number of homes must be from 2 to {MOST_HOMES}"})
    if not homes and not 0 <= number <= 2:
        message = "Enter 0, 1 or 2: with 3 qualifying complaints the law itself says met"
        raise ValidationError({"number": message})
    made = LocalAddition(
        partnership=partnership, kind=kind, number=number, source=source.strip(),
        starts_on=starts_on,
    )  # fmt: skip
    keep(made, by=by)
    note("added a local rule:", made, by)
    return made


# ---- clocks -------------------------------------------------------------------------------------


@transaction.atomic
def set_clock(
    partnership: Partnership, *, stage: str, days: int, working: bool, counted_from: str,
    source: str = "", starts_on: datetime.date, by: Any,
) -> ClockSetting:  # fmt: skip
    """Set a stage's clock from a day; what was set before ends then. Running clocks stay."""
    require(can(by, "keep case reviews", partnership))
    _fits(stage, days, counted_from)
    before = _of_stage(partnership, stage).on(starts_on).first()
    made = ClockSetting(partnership=partnership, stage=stage, starts_on=starts_on)
    if before and before.starts_on == starts_on:
        made = before
    elif before:
        made.ends_on = before.ends_on
        stop(before, on=starts_on, by=by, why="Replaced")
    else:
        later = _of_stage(partnership, stage).filter(starts_on__gt=starts_on)
        made.ends_on = later.order_by("starts_on").values_list("starts_on", flat=True).first()
    made.days, made.working, made.counted_from = days, working, counted_from
    made.source = source.strip()
    keep(made, by=by)
    note("set a clock:", made, by)
    return made


def _of_stage(partnership: Partnership, stage: str) -> Any:
    rows = ClockSetting.objects.select_for_update(of=("self",))
    return rows.filter(partnership=partnership, stage=stage)


def _fits(stage: str, days: int, counted_from: str) -> None:
    wrong = {}
    if not 1 <= days <= MOST_DAYS:
        wrong["days"] = f"Days must be from 1 to {MOST_DAYS}"
    if counted_from not in EVENTS[ClockStage(stage)]:
        labels = " or ".join(str(each.label) for each in EVENTS[ClockStage(stage)])
        wrong["counted_from"] = f"This clock can be counted from {labels}"
    if wrong:
        raise ValidationError(wrong)


# ---- bodies -------------------------------------------------------------------------------------


@transaction.atomic
def add_body(
    partnership: Partnership, *, agency: Agency, kind: str, also_reports: str = "",
    starts_on: datetime.date, by: Any,
) -> RelevantBody:  # fmt: skip
    """Let a body take part in reviews, and complaints to it count, from a day."""
    require(can(by, "keep case reviews", partnership))
    if starts_on < agency.starts_on:
        began = longdate(agency.starts_on)
        raise ValidationError({"starts_on": f"{agency} did not exist before {began}"})
    if agency.ends_on and agency.ends_on <= starts_on:
        raise ValidationError({"starts_on": f"{agency} ended on {longdate(agency.ends_on)}"})
    made = RelevantBody(
        partnership=partnership, agency=agency, kind=kind, also_reports=also_reports.strip(),
        starts_on=starts_on,
    )  # fmt: skip
    keep(made, by=by)
    note("added a body:", made, by)
    return made


@transaction.atomic
def change_body(body: RelevantBody, *, kind: str, also_reports: str, by: Any) -> RelevantBody:
    """Change what makes it a body that counts, or what the public calls it."""
    body = _taken(body, by)
    body.kind, body.also_reports = BodyKind(kind), also_reports.strip()
    keep(body, by=by)
    note("changed a body:", body, by)
    return body


@transaction.atomic
def succeed_body(body: RelevantBody, *, by: Any) -> RelevantBody:
    """Put the body that came after a dissolved one in its place, from the day it began."""
    body = _taken(body, by)
    successor = succession.standing_for(body.agency, clock.today())
    if successor.pk == body.agency_id:
        raise Wrong(f"No body has come in the place of {body.agency}.")
    _end(body, body.agency.ends_on or successor.starts_on, by)
    return add_body(
        body.partnership, agency=successor, kind=body.kind, also_reports=body.also_reports,
        starts_on=max(successor.starts_on, body.ends_on or successor.starts_on), by=by,
    )  # fmt: skip


# ---- for all of them ----------------------------------------------------------------------------


@transaction.atomic
def end(record: Any, *, on: datetime.date, by: Any) -> Any:
    """Let a local rule, a clock's setting or a body hold no longer from that day."""
    record = _taken(record, by)
    if record.ends_on and record.ends_on <= on:
        raise Wrong(f"It ended on {longdate(record.ends_on)}.")
    if on < record.starts_on:
        raise ValidationError({"on": f"It began on {longdate(record.starts_on)}"})
    _end(record, on, by)
    note("ended", record, by)
    return record


def _end(record: Any, on: datetime.date, by: Any) -> None:
    if record.ends_on is None or record.ends_on > on:
        stop(record, on=on, by=by)


def _taken(record: Any, by: Any) -> Any:
    record = locked(record)
    require(can(by, "change", record))
    return record
