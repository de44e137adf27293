"""Duties that come round: an officer adds, changes, ends and resumes them."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from audit import workflow as audit
from core import clock, history
from core.dates import longdate
from core.permissions import can, require
from core.workflow import Wrong
from membership.models import Partnership
from notices.models import Cycle, Turn
from notices.workflow.turns import lay, lay_anew

OWN = "own-"  # how the keys of duties begin that a partnership added itself


def _take(cycle: Cycle, by: Any) -> Cycle:
    locked = Cycle.objects.select_for_update(of=("self",)).select_related("partnership")
    taken = locked.get(pk=cycle.pk)
    require(can(by, "change", taken))
    return taken


def _checked(cycle: Cycle) -> Cycle:
    """The duty with its words tidied. Raises ``ValidationError`` for what does not fit."""
    cycle.title, cycle.source = cycle.title.strip(), cycle.source.strip()
    if not cycle.title:
        raise ValidationError({"title": "Enter what is to be done"})
    if not cycle.source:
        raise ValidationError({"source": "Enter who asks for it: a law, a clause, a decision"})
    today = clock.today()
    if abs(cycle.starts_on.year - today.year) > 10:
        raise ValidationError({"starts_on": "Enter a date within ten years of today"})
    if not 1 <= cycle.month <= 12:
        raise ValidationError({"month": "Choose a month"})
    if not 1 <= cycle.day <= 31:
        raise ValidationError({"day": "Enter a day from 1 to 31"})
    cycle.clean_fields(exclude=["partnership", "key"])
    return cycle


@transaction.atomic
def add(
    partnership: Partnership, *, title: str, source: str, owner: str, every: str, month: int,
    day: int, starts_on: datetime.date, by: Any,
) -> Cycle:  # fmt: skip
    """Add a duty of the partnership's own, with its first turns."""
    require(can(by, "manage calendar", partnership))
    cycle = Cycle(
        partnership=partnership, title=title, source=source, owner=owner, every=every,
        month=month, day=day, starts_on=starts_on,
    )  # fmt: skip
    cycle.key = _free_key(partnership, title)
    history.save(_checked(cycle), by=by)
    lay([cycle], clock.today())
    audit.record("added the duty", cycle, by=by, partnership=partnership)
    return cycle


def _free_key(partnership: Partnership, title: str) -> str:
    key = f"{OWN}{slugify(title)}"[:54]
    taken = set(partnership.cycles.filter(key__startswith=key).values_list("key", flat=True))
    numbered = (f"{key}-{number}" for number in range(2, len(taken) + 3))
    return key if key not in taken else next(each for each in numbered if each not in taken)


@transaction.atomic
def change(
    cycle: Cycle, *, title: str, source: str, owner: str, every: str, month: int, day: int,
    starts_on: datetime.date, reason: str, by: Any,
) -> Cycle:  # fmt: skip
    """Change a duty, with a reason. Turns to come that nobody has touched get the new dates."""
    cycle = _take(cycle, by)
    if not reason.strip():
        raise ValidationError({"reason": "Say why the duty is changed"})
    cycle.title, cycle.source, cycle.owner, cycle.every = title, source, owner, every
    cycle.month, cycle.day, cycle.starts_on = month, day, starts_on
    history.save(_checked(cycle), by=by, why=reason.strip()[:100])
    lay_anew(cycle, clock.today())
    _record("changed the duty", cycle, by, reason)
    return cycle


@transaction.atomic
def end(cycle: Cycle, *, on: datetime.date, reason: str, by: Any) -> Cycle:
    """Say that a duty is not asked for from a day on; its open turns from then on go."""
    cycle = _take(cycle, by)
    if cycle.ends_on:
        raise Wrong(f"This duty ends on {longdate(cycle.ends_on)} already.")
    if on < cycle.starts_on:
        day = longdate(cycle.starts_on)
        raise ValidationError({"on": f"It began on {day}, so it cannot end before that"})
    if not reason.strip():
        raise ValidationError({"reason": "Say why it is not asked for any more"})
    cycle.ends_on = on
    history.save(cycle, by=by, why=reason.strip()[:100], fields=["ends_on"])
    Turn.objects.filter(cycle=cycle, first_due_on__gte=on, done_on=None).delete()
    _record("ended the duty", cycle, by, reason)
    return cycle


@transaction.atomic
def resume(cycle: Cycle, *, by: Any) -> Cycle:
    """Take an end back: the duty comes round as before."""
    cycle = _take(cycle, by)
    if cycle.ends_on is None:
        raise Wrong("This duty has no end.")
    cycle.ends_on = None
    history.save(cycle, by=by, fields=["ends_on"])
    lay_anew(cycle, clock.today())
    _record("resumed the duty", cycle, by)
    return cycle


def _record(verb: str, cycle: Cycle, by: Any, reason: str = "") -> None:
    detail = {"reason": reason.strip()} if reason.strip() else {}
    audit.record(verb, cycle, by=by, partnership=cycle.partnership, detail=detail)
