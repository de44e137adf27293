"""The steps of a meeting's life: which there are, from where to where, and how one is taken.

Every verb of this package goes through ``move_on``, which locks the meeting, asks the permission
and the table, saves, and writes the record.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from audit.workflow import record
from core import clock, history
from core.permissions import ALLOWED, Verdict, can, denied, require
from core.workflow import Wrong
from meetings.models import AFTER, Meeting, Status
from membership.models import Group
from membership.queries import members_of
from notices.workflow import tell


@dataclass(frozen=True, slots=True)
class Move:
    """A step: the row of the policy it stands under, the states it needs, the state it leads to.

    ``after`` is empty for a step that changes the meeting's records but not its state.
    """

    verb: str
    before: tuple[Status, ...]
    after: Status | None = None


DRAFTED, OUT, HELD = Status.SCHEDULED, Status.AGENDA_PUBLISHED, Status.HELD

MOVES: dict[str, Move] = {
    "edit agenda": Move("edit agenda", (DRAFTED, OUT)),
    "reorder agenda": Move("edit agenda", (DRAFTED,)),
    "add papers": Move("edit agenda", (DRAFTED, OUT, HELD)),
    "carry an item": Move("edit agenda", (*AFTER, Status.CANCELLED)),
    "offer": Move("offer items", (DRAFTED, OUT)),
    "publish agenda": Move("publish agenda", (DRAFTED,), OUT),
    "send papers": Move("send papers", (OUT, HELD)),
    "move date": Move("move or cancel", (DRAFTED, OUT)),
    "cancel": Move("move or cancel", (DRAFTED, OUT), Status.CANCELLED),
    "say who is coming": Move("say who is coming", (DRAFTED, OUT)),
    "declare an interest": Move("declare an interest", (DRAFTED, OUT, HELD)),
    "record attendance": Move("take minutes", (DRAFTED, OUT, HELD)),
    "open": Move("open meeting", (OUT,), HELD),
    "take minutes": Move("take minutes", (HELD,)),
    "review chair": Move("review chair", (HELD,)),
    "send to chair": Move("send to chair", (HELD,), Status.WITH_CHAIR),
    "clear": Move("clear minutes", (Status.WITH_CHAIR,), Status.WITH_PARTNERS),
    "return": Move("return minutes", (Status.WITH_CHAIR, Status.WITH_PARTNERS), HELD),
    "review": Move("review minutes", (Status.WITH_PARTNERS,)),
    "follow reviews": Move("follow reviews", (Status.WITH_PARTNERS,)),
    "answer corrections": Move("answer corrections", (Status.WITH_PARTNERS,)),
    "agree": Move("agree minutes", (Status.WITH_PARTNERS,), Status.AGREED),
    "give reasons": Move(
        "read redactions", (Status.WITH_PARTNERS, Status.AGREED, Status.PUBLISHED)
    ),
    "note a mistake": Move("note mistakes", (Status.AGREED, Status.PUBLISHED)),
    "ask to publish": Move("publish minutes", (Status.AGREED, Status.PUBLISHED)),
    "approve": Move("approve publication", (Status.AGREED, Status.PUBLISHED)),
    "publish": Move("publish minutes", (Status.AGREED,), Status.PUBLISHED),
    "publish again": Move("publish minutes", (Status.PUBLISHED,)),
}

NOT_YET = {
    Status.SCHEDULED: "its agenda has not been published",
    Status.AGENDA_PUBLISHED: "the meeting has not been held",
    Status.HELD: "its minutes are being taken",
    Status.WITH_CHAIR: "its minutes are with the chair",
    Status.WITH_PARTNERS: "its minutes are with the partners",
    Status.AGREED: "its minutes have been agreed",
    Status.PUBLISHED: "its minutes have been published",
    Status.CANCELLED: "the meeting was cancelled",
}

ALREADY = {
    "publish agenda": "The agenda has already been published.",
    "open": "The meeting has already been opened.",
    "send to chair": "The minutes are already with the chair.",
    "clear": "The minutes have already been cleared.",
    "agree": "The minutes have already been agreed.",
    "publish": "The minutes have already been published.",
    "cancel": "The meeting has already been cancelled.",
}

FITTING = "This cannot be done now: {}."


def fits(step: str, meeting: Meeting) -> Verdict:
    """Whether the state of a meeting allows a step, and if not, what stands in the way."""
    move = MOVES[step]
    if meeting.status in move.before:
        return ALLOWED
    if meeting.status == move.after:
        return denied(ALREADY.get(step, FITTING.format(NOT_YET[Status(meeting.status)])))
    return denied(FITTING.format(NOT_YET[Status(meeting.status)]))


def may(user: Any, step: str, meeting: Meeting) -> Verdict:
    """Whether this person may take this step now: the permission first, then the state."""
    return can(user, MOVES[step].verb, meeting) and fits(step, meeting)


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it stands now, kept from others until the transaction ends."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("group__partnership")
    return rows.get(pk=meeting.pk)


@transaction.atomic
def take(step: str, meeting: Meeting, *, by: Any) -> Meeting:
    """Lock a meeting for a step. Raises ``Refused`` or, where the state does not fit, ``Wrong``."""
    current = locked(meeting)
    require(can(by, MOVES[step].verb, current))
    verdict = fits(step, current)
    if not verdict:
        raise Wrong(verdict.reason)
    return current


@transaction.atomic
def move_on(
    meeting: Meeting, step: str, *, by: Any, says: str, why: str = "",
    detail: dict[str, Any] | None = None, **fields: Any,
) -> Meeting:  # fmt: skip
    """Take one step of ``MOVES``: lock, check, save these fields and the new state, record it.

    ``says`` is the verb of the audit entry (“published the agenda of”). Returns the fresh row;
    the one that was passed keeps its old values. Raises ``Refused`` and ``Wrong``.
    """
    current = take(step, meeting, by=by)
    after = MOVES[step].after
    if after is not None:
        fields["status"] = after
    for name, value in fields.items():
        setattr(current, name, value)
    if fields:
        history.save(current, by=by, why=why, fields=fields)
    record(
        says, current, by=by, partnership=current.partnership, group=current.group, detail=detail
    )
    return current


def tell_members(
    meeting: Meeting, *, kind: str, text: str, url: str = "", occurrence: str = "", but: Any = None
) -> int:
    """Tell everybody who holds a seat on the group today, once per ``occurrence``."""
    return tell(
        members_of(meeting.group, clock.today()), kind=kind, about=meeting, text=text,
        url=url or meeting.get_absolute_url(), partnership=meeting.partnership,
        occurrence=occurrence, but=but,
    )  # fmt: skip


def tell_people(
    people: Iterable[Any], meeting: Meeting, *, kind: str, text: str, url: str = "",
    occurrence: str = "", but: Any = None,
) -> int:  # fmt: skip
    """Tell these people something about a meeting, once per ``occurrence``."""
    return tell(
        people, kind=kind, about=meeting, text=text, url=url or meeting.get_absolute_url(),
        partnership=meeting.partnership, occurrence=occurrence, but=but,
    )  # fmt: skip


def note(
    says: str, subject: Any, meeting: Meeting, *, by: Any, sensitive: bool = False,
    detail: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """Write the record of a deed on something that belongs to a meeting: an item, a paper."""
    group: Group = meeting.group
    record(
        says, subject, by=by, partnership=group.partnership, group=group, sensitive=sensitive,
        detail=detail,
    )  # fmt: skip
