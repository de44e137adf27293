"""Change whom a kind of reminder climbs to, and when, for one partnership."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from audit.workflow import record
from core import history
from core.permissions import can, require
from core.reminders import reminders
from core.workflow import Wrong
from membership.models import Partnership
from notices.models import Audience, Rung

FARTHEST = 120  # working days before or after: half a year
MOST = 12  # steps


@transaction.atomic
def add_rung(partnership: Partnership, *, kind: str, days: int, audience: str, by: Any) -> Rung:
    """Add a step. The first change makes the ladder the partnership's own, with our steps on it."""
    _may(partnership, kind, by)
    if abs(days) > FARTHEST:
        raise ValidationError({"days": f"Working days must be {FARTHEST} or fewer"})
    if audience not in Audience.values:
        raise ValidationError({"audience": "Choose who is told"})
    rungs = _own(partnership, kind, by)
    if any((each.days, each.audience) == (days, audience) for each in rungs):
        raise ValidationError({"days": "This step is on the ladder already."})
    if len(rungs) >= MOST:
        raise ValidationError(f"A ladder has {MOST} steps at most. Remove one first.")
    made = Rung(partnership=partnership, kind=kind, days=days, audience=audience)
    history.save(made, by=by)
    _record("added a step to the reminders of", partnership, kind, by)
    return made


@transaction.atomic
def remove_rung(partnership: Partnership, *, kind: str, days: int, audience: str, by: Any) -> None:
    """Take a step away. The last one stays: a kind that nobody is told of would be no reminder."""
    _may(partnership, kind, by)
    rungs = _own(partnership, kind, by)
    found = next((each for each in rungs if (each.days, each.audience) == (days, audience)), None)
    if found is None:
        raise Wrong("That step is not on the ladder any more.")
    if len(rungs) == 1:
        raise Wrong("Keep at least one step, or nobody would be told.")
    history.remove(found, by=by)
    _record("took a step from the reminders of", partnership, kind, by)


@transaction.atomic
def back_to_ours(partnership: Partnership, *, kind: str, by: Any) -> None:
    """Forget the partnership's own steps, so that those that come with the software hold again."""
    _may(partnership, kind, by)
    for rung in _locked(partnership, kind):
        history.remove(rung, by=by)
    _record("set back the reminders of", partnership, kind, by)


def _may(partnership: Partnership, kind: str, by: Any) -> None:
    require(can(by, "change reminders", partnership))
    if kind not in reminders:
        raise Wrong("There is no such reminder.")
    # One officer at a time, also while there are no steps to lock yet.
    Partnership.objects.select_for_update(of=("self",)).get(pk=partnership.pk)


def _locked(partnership: Partnership, kind: str) -> list[Rung]:
    rungs = Rung.objects.filter(partnership=partnership, kind=kind)
    return list(rungs.select_for_update(of=("self",)))


def _own(partnership: Partnership, kind: str, by: Any) -> list[Rung]:
    """The partnership's own steps; where it has none, ours are made its own."""
    rungs = _locked(partnership, kind)
    if not rungs:
        for step in reminders[kind].ladder:
            rung = Rung(partnership=partnership, kind=kind, days=step.days, audience=step.audience)
            history.save(rung, by=by)
            rungs.append(rung)
    return rungs


def _record(verb: str, partnership: Partnership, kind: str, by: Any) -> None:
    record(verb, partnership, by=by, partnership=partnership, detail={"kind": kind})
