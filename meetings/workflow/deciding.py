"""What a group resolves: a numbered decision, with who proposed it and how it was voted on."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from core import clock, history
from core.dates import count
from core.markings import Marking, holds_passage
from core.markup import plain
from core.workflow import Wrong
from meetings.models import HERE, Attendance, Decision, Declaration, Item
from meetings.workflow import note
from meetings.workflow.writing import locked_item

DECISION = 2000  # characters
NAME = 120
MOST = 32_767  # votes

PASSAGES = (
    "Take out [[ and ]]: they restrict words in the minutes only. To restrict all of this, tick "
    "“Restricted”"
)


@dataclass(frozen=True, slots=True)
class Vote:
    """How a decision was taken, where the minutes are to say so.

    The three counts go together: all, or none where nobody counted. ``dissent`` are the names of
    those who asked that it be recorded.
    """

    moved_by: str = ""
    votes_for: int | None = None
    votes_against: int | None = None
    votes_abstained: int | None = None
    dissent: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int | None]:
        """The three counts by the names of their fields."""
        return {
            "votes_for": self.votes_for, "votes_against": self.votes_against,
            "votes_abstained": self.votes_abstained,
        }  # fmt: skip


@transaction.atomic
def decide(
    item: Item, *, text: str, marking: str = Marking.OFFICIAL, strategic: bool = False,
    vote: Vote | None = None, by: Any,
) -> Decision:  # fmt: skip
    """Record what the group resolved, under the meeting's next number.

    ``strategic``: it sets strategic direction (purpose 1 of the terms of reference). Raises
    ``ValidationError`` where the vote does not fit those who were there.
    """
    meeting, current = locked_item(item, by=by)
    made = Decision.objects.filter(item__meeting=meeting).aggregate(last=Max("number"))
    decision = Decision(
        item=current, number=(made["last"] or 0) + 1, text=_resolved(text),
        marking=marked(current, marking), strategic=strategic, made_at=clock.now(), made_by=by,
        **_voted(current, vote or Vote()),
    )  # fmt: skip
    history.save(decision, by=by)
    note("recorded", decision, meeting, by=by, sensitive=decision.restricted)
    return decision


@transaction.atomic
def change_decision(
    decision: Decision, *, text: str, marking: str, was: str | None = None,
    strategic: bool | None = None, vote: Vote | None = None, by: Any,
) -> Decision:  # fmt: skip
    """Put a decision into other words while minutes are being taken.

    ``was`` is the text that its writer saw: raises ``Wrong`` when somebody has changed it since.
    ``strategic`` and ``vote`` stay as they are where nothing is said of them.
    """
    meeting, item = locked_item(decision.item, by=by)
    current = item.decisions.get(pk=decision.pk)
    current.item = item
    if was is not None and plain(was) != current.text:
        raise Wrong("Somebody changed this decision while you were writing.", code="stale")
    current.text, current.marking = _resolved(text), marked(item, marking)
    if strategic is not None:
        current.strategic = strategic
    for name, value in (_voted(item, vote) if vote else {}).items():
        setattr(current, name, value)
    history.save(current, by=by)
    note("changed", current, meeting, by=by, sensitive=current.restricted)
    return current


@transaction.atomic
def remove_decision(decision: Decision, *, by: Any) -> None:
    """Take out a decision that was not one. What rests on it must go first."""
    meeting, item = locked_item(decision.item, by=by)
    current = item.decisions.get(pk=decision.pk)
    if current.chair_reviews.exists() or current.admissions.exists():
        raise Wrong(
            f"Decision {current.reference} cannot be removed: the review of an office, or a "
            "partner’s joining, rests on it."
        )
    note("removed", current, meeting, by=by, sensitive=current.restricted)
    current._history_user = by  # type: ignore[attr-defined]
    current.delete()


def marked(item: Item, marking: str) -> str:
    """Nothing in a restricted item is less restricted than the item."""
    return Marking.SENSITIVE if item.restricted else Marking(marking)


def _resolved(text: str) -> str:
    words = plain(text)
    if not words:
        raise ValidationError({"text": "Enter what was decided"})
    if len(words) > DECISION:
        message = f"A decision must be {DECISION:,} characters or fewer. This has {len(words):,}"
        raise ValidationError({"text": message})
    without_passages(words)
    return words


def without_passages(text: str) -> None:
    """Raise for marks of restriction where they would restrict nothing."""
    if holds_passage(text):
        raise ValidationError({"text": PASSAGES})


# ---- the vote -----------------------------------------------------------------------------------


def _voted(item: Item, vote: Vote) -> dict[str, Any]:
    """The fields of a decision that say how it was taken, once they fit the meeting."""
    wrong = _wrong_counts(item, vote)
    withdrawn = _withdrawn(item)
    moved_by = " ".join(vote.moved_by.split())
    if len(moved_by) > NAME:
        wrong["moved_by"] = f"The name must be {NAME} characters or fewer"
    elif moved_by in withdrawn:
        wrong["moved_by"] = f"{moved_by} withdrew from this item because of an interest"
    problem = _wrong_dissent(item, vote.dissent, withdrawn)
    if problem:
        wrong["dissent"] = problem
    if wrong:
        raise ValidationError(wrong)
    return {**vote.counts, "moved_by": moved_by, "dissent": "; ".join(vote.dissent)}


def _wrong_counts(item: Item, vote: Vote) -> dict[str, str]:
    counts = vote.counts
    missing = [name for name, number in counts.items() if number is None]
    if len(missing) == len(counts):
        return {}
    if missing:
        return {missing[0]: "Enter all three counts of the vote, or none. Nobody is 0"}
    for name, number in counts.items():
        if not 0 <= (number or 0) <= MOST:
            return {name: f"The count must be a number from 0 to {MOST:,}"}
    cast = sum(number or 0 for number in counts.values())
    here = item.meeting.attendance.filter(presence__in=("present", "substitute"))
    may_vote = here.exclude(person__in=_withdrawals(item).values("person")).count()
    if may_vote and cast > may_vote:
        message = (
            f"{count(cast, 'vote')} counted, but {count(may_vote, 'member')} recorded as here may "
            "vote. Put the counts right, or the attendance first"
        )
        return {"votes_for": message}
    return {}


def _wrong_dissent(item: Item, names: Iterable[str], withdrawn: set[str]) -> str:
    here = set(item.meeting.attendance.filter(presence__in=HERE).values_list("name", flat=True))
    for name in names:
        if name in withdrawn:
            return f"{name} withdrew from this item because of an interest, so did not vote"
        if name not in here:
            return f"{name} is not recorded as here. Put the attendance right first"
    return ""


def _withdrawals(item: Item) -> Any:
    return Declaration.objects.standing().filter(item=item, recused=True)


def _withdrawn(item: Item) -> set[str]:
    """The names, as this meeting's attendance has them, of those who withdrew from an item."""
    people = list(_withdrawals(item).values_list("person", "person__name"))
    rows = Attendance.objects.filter(
        meeting=item.meeting, person__in=[person for person, _ in people]
    )
    return {name for _, name in people} | set(rows.values_list("name", flat=True))
