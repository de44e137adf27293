"""What came of decisions: those that set strategic direction are followed to their end."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import clock, history
from core.markup import plain
from core.permissions import can, require
from core.workflow import Wrong
from meetings.models import Decision, Outcome, OutcomeState
from meetings.workflow import note

TEXT = 2000
NOT_STRATEGIC = "Only strategic decisions are followed. Mark it as strategic first."


def _taken(decision: Decision, by: Any) -> Decision:
    """The decision as it stands now, kept from others, if this person follows it."""
    rows = Decision.objects.select_for_update(of=("self",))
    current = rows.select_related("item__meeting__group__partnership").get(pk=decision.pk)
    require(can(by, "follow", current))
    return current


@transaction.atomic
def set_strategic(decision: Decision, *, strategic: bool, by: Any) -> Decision:
    """Say, later than in the minutes, whether a decision sets strategic direction (purpose 1)."""
    current = _taken(decision, by)
    if current.strategic == strategic:
        says = "already marked as strategic" if strategic else "not marked as strategic"
        raise Wrong(f"This decision is {says}.")
    current.strategic = strategic
    history.save(current, by=by, fields=["strategic"])
    says = "marked as strategic" if strategic else "no longer counted as strategic"
    note(says, current, current.item.meeting, by=by, sensitive=current.restricted)
    return current


@transaction.atomic
def record_outcome(decision: Decision, *, state: str, text: str, by: Any) -> Outcome:
    """Say what has come of a strategic decision. Raises ``ValidationError`` by field."""
    current = _taken(decision, by)
    if not current.strategic:
        raise Wrong(NOT_STRATEGIC)
    text = plain(text).strip()
    wrong = {}
    if state not in OutcomeState.values:
        wrong["state"] = "Choose how far it has been carried out"
    if not text:
        wrong["text"] = "Enter what has come of it"
    elif len(text) > TEXT:
        wrong["text"] = f"This must be {TEXT} characters or fewer. It has {len(text)}"
    if wrong:
        raise ValidationError(wrong)
    made = Outcome.objects.create(decision=current, state=state, text=text, at=clock.now(), by=by)
    note(
        "recorded what came of", current, current.item.meeting, by=by,
        sensitive=current.restricted, detail={"state": state},
    )  # fmt: skip
    return made


@transaction.atomic
def take_back(outcome: Outcome, *, by: Any) -> Decision:
    """Take back the latest word of what came of a decision, where it was recorded by mistake."""
    current = _taken(outcome.decision, by)
    latest = current.outcomes.first()
    if latest is None or latest.pk != outcome.pk:
        raise Wrong("Only the latest entry can be taken back. Somebody has just changed it.")
    state = latest.state
    latest.delete()
    note(
        "took back what came of", current, current.item.meeting, by=by,
        sensitive=current.restricted, detail={"state": state},
    )  # fmt: skip
    return current
