"""Holding a meeting: its chair, its minutes, what it decides and asks for, until they are agreed.

An item's text is written in ``writing``, which keeps two typists from overwriting one another.
"""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef

import actions.workflow
from accounts.models import User
from actions.models import Action
from core import clock
from core.dates import count, longdate
from core.markings import Marking
from core.markup import plain
from core.workflow import Wrong
from meetings.models import (
    Attendance,
    Decision,
    Draft,
    Item,
    ItemKind,
    Meeting,
    MinutedAction,
    Presence,
)
from meetings.queries.attendance import AWAY, roll
from meetings.queries.corrections import corrected_in, listed, open_corrections
from meetings.queries.minutes import agreeing_item
from meetings.recusal import withdrawn_from
from meetings.workflow import attendance, move_on, take, tell_members, tell_people
from meetings.workflow.deciding import (
    DECISION,
    Vote,
    change_decision,
    decide,
    marked,
    remove_decision,
    without_passages,
)
from meetings.workflow.writing import Conflict, legible, locked_item, put_together, write
from membership.models import Agency, Post, Role, Seat

__all__ = [
    "DECISION", "Conflict", "Vote", "agree", "change_chair", "change_decision", "clear", "clears",
    "decide", "legible", "make_action", "open", "put_together", "remove_decision",
    "return_to_officers", "send_to_chair", "unfinished", "unminuted", "write",
]  # fmt: skip

# ---- the chair of the day -----------------------------------------------------------------------


@transaction.atomic
def open(meeting: Meeting, *, chaired_by: Any, chair_note: str = "", by: Any) -> Meeting:
    """Begin the meeting, with somebody in the chair. Not before its day."""
    current = take("open", meeting, by=by)
    if current.on > clock.today():
        raise Wrong(
            "Minutes cannot be taken of a meeting not yet held. "
            f"This one is on {longdate(current.on)}."
        )
    attendance.settle(current, by=by)
    return move_on(
        current, "open", by=by, says="opened", opened_at=clock.now(), opened_by=by,
        **_in_the_chair(current, chaired_by, chair_note),
    )  # fmt: skip


@transaction.atomic
def change_chair(meeting: Meeting, *, chaired_by: Any, chair_note: str = "", by: Any) -> Meeting:
    """Put right who took the meeting, while its minutes are being taken."""
    return move_on(
        meeting, "take minutes", by=by, says="changed who chaired",
        **_in_the_chair(meeting, chaired_by, chair_note),
    )  # fmt: skip


def _in_the_chair(meeting: Meeting, person: Any, words: str) -> dict[str, Any]:
    there = meeting.attendance.filter(person=person)
    seated = Seat.objects.on(meeting.on).filter(group=meeting.group, person=person)
    if not there.exists() and not seated.exists():
        raise ValidationError({"chaired_by": "Choose somebody who is at the meeting"})
    if there.filter(presence__in=AWAY).exists() and not there.exclude(presence__in=AWAY).exists():
        raise ValidationError(
            {"chaired_by": f"{person} is recorded as not there. Put the attendance right first"}
        )
    return {"chaired_by": person, "chair_note": words.strip() or chair_words(meeting, person)}


def chair_words(meeting: Meeting, person: Any) -> str:
    """How the chair was taken, for the minutes; nothing where the chair took it as always.

    If the chair is not there the vice-chair takes the meeting (terms of reference, Governance).
    """
    holders = {
        seat.role: seat.person
        for seat in Seat.objects.on(meeting.on)
        .filter(group=meeting.group, role__in=(Role.CHAIR, Role.VICE_CHAIR))
        .select_related("person")
    }
    chair, vice = holders.get(Role.CHAIR), holders.get(Role.VICE_CHAIR)
    if person == chair:
        return ""
    why_not = _why_not(meeting, "chair", chair)
    if person == vice:
        return f"{why_not}, so the vice-chair, {person}, took the meeting."
    vice_not = _why_not(meeting, "vice-chair", vice)
    vice_not = vice_not[:1].lower() + vice_not[1:]
    return f"{why_not}, and {vice_not}, so the meeting chose {person} to take the chair."


def _why_not(meeting: Meeting, office: str, holder: User | None) -> str:
    if holder is None:
        return f"There was no {office}"
    rows = Attendance.objects.filter(meeting=meeting, person=holder)
    sent = rows.filter(presence__in=(Presence.APOLOGIES, Presence.SUBSTITUTED)).exists()
    return f"The {office}, {holder}, {'sent apologies' if sent else 'was not in the chair'}"


# ---- actions ----------------------------------------------------------------------------------


@transaction.atomic
def make_action(
    item: Item, *, text: str, owner: Agency, post: Post | None = None, due_on: datetime.date,
    marking: str = Marking.OFFICIAL, by: Any,
) -> Action:  # fmt: skip
    """Ask an agency's post for something, in the register of the group and in this item."""
    meeting, current = locked_item(item, by=by)
    without_passages(text)
    if due_on < meeting.on:
        message = f"It must be due on or after the day of the meeting, {longdate(meeting.on)}"
        raise ValidationError({"due_on": message})
    action = actions.workflow.make(
        meeting.group, text=text, owner=owner, post=post, due_on=due_on, made_on=meeting.on,
        marking=marked(current, marking), raised_in=f"{meeting}, item {current.number}",
        raised_url=meeting.get_absolute_url(), shut_out=withdrawn_from(current), by=by,
    )  # fmt: skip
    MinutedAction.objects.create(item=current, action=action)
    return action


# ---- to the chair, to the partners, agreed ------------------------------------------------------


def unminuted(meeting: Meeting) -> list[Item]:
    """The items of which the minutes say nothing: no text, decision, action or declaration."""
    items = meeting.items.exclude(Exists(Decision.objects.filter(item=OuterRef("pk"))))
    items = items.exclude(Exists(MinutedAction.objects.filter(item=OuterRef("pk"))))
    declared = meeting.declarations.standing().exists()
    said = {ItemKind.INTERESTS} if declared else set()
    return [
        item
        for item in items.order_by("number")
        if not item.minute.strip() and item.kind not in said
    ]


def unfinished(meeting: Meeting) -> list[str]:
    """What the minutes do not yet say, each as a sentence without a restricted title."""
    stops = [
        f"In item {draft.item.number}, words of {draft.person} are still kept apart."
        for draft in Draft.objects.filter(item__meeting=meeting).select_related("person", "item")
    ]
    missing = unminuted(meeting)
    if missing:
        stops.append(f"No minutes yet: {', '.join(_named(item) for item in missing)}.")
    unrecorded = roll(meeting).unrecorded
    if unrecorded:
        names = ", ".join(person.name for person in unrecorded)
        stops.append(f"Not recorded whether they were there: {names}.")
    return stops


def _named(item: Item) -> str:
    """An item in a message, which never holds the title of a restricted one."""
    return f"{item.number} (restricted)" if item.restricted else str(item)


@transaction.atomic
def send_to_chair(meeting: Meeting, *, acknowledged: bool = False, by: Any) -> Meeting:
    """Ask the chair to clear the minutes; what they do not say yet must be acknowledged."""
    current = take("send to chair", meeting, by=by)
    stops = unfinished(current)
    if stops and not acknowledged:
        raise Wrong(
            f"{' '.join(stops)} Put this right, or tick that the minutes may go as they are."
        )
    moved = move_on(
        current, "send to chair", by=by, says="sent the chair the minutes of", return_note=""
    )
    tell_people(
        _clearing(moved), moved, kind="minutes-to-clear", but=by, occurrence=_moment(),
        text=f"{moved}: the minutes are ready for you to clear",
    )  # fmt: skip
    return moved


def _clearing(meeting: Meeting) -> list[User]:
    """Those who clear these minutes: the chair, and the vice-chair who took the meeting."""
    seats = Seat.objects.on(clock.today()).filter(
        group=meeting.group, role__in=(Role.CHAIR, Role.VICE_CHAIR)
    )
    holders = list(seats.select_related("person").order_by("role"))
    asked = [
        seat.person
        for seat in holders
        if seat.role == Role.CHAIR or seat.person_id == meeting.chaired_by_id
    ]
    return asked or [seat.person for seat in holders]


def clears(meeting: Meeting, person: Any) -> bool:
    """Whether the clearing falls to this person, without a word about the chair."""
    return person in _clearing(meeting)


@transaction.atomic
def clear(meeting: Meeting, *, chair_away: bool = False, by: Any) -> Meeting:
    """Clear the minutes, so that partners can read the draft.

    The vice-chair clears what they chaired; anything else only if the chair is not available,
    and then says so.
    """
    current = take("clear", meeting, by=by)
    falls_to = clears(current, by)
    if not falls_to and not chair_away:
        raise Wrong(
            "The chair clears these minutes. If the chair is not available, say so and clear "
            "them as vice-chair."
        )
    moved = move_on(
        current, "clear", by=by, says="cleared the minutes of", cleared_at=clock.now(),
        cleared_by=by, return_note="", detail={} if falls_to else {"chair": "not available"},
    )  # fmt: skip
    tell_members(
        moved, kind="draft-minutes", but=by, occurrence=_moment(),
        text=f"{moved}: the draft minutes are ready to read",
    )  # fmt: skip
    return moved


@transaction.atomic
def return_to_officers(meeting: Meeting, *, note: str, by: Any) -> Meeting:
    """Send minutes back to be changed, and say what; also when partners have them already."""
    words = plain(note)
    if not words:
        raise ValidationError({"note": "Say what is to be changed"})
    moved = move_on(
        meeting, "return", by=by, says="returned the minutes of", return_note=words,
        cleared_at=None, cleared_by=None,
    )  # fmt: skip
    tell_people(
        officers_of(moved), moved, kind="minutes-returned", but=by, occurrence=_moment(),
        text=f"{moved}: the minutes came back to be changed",
    )  # fmt: skip
    return moved


def officers_of(meeting: Meeting) -> list[User]:
    """Those who run the group's business today."""
    groups = [meeting.group_id, meeting.group.administered_by_id]
    seats = Seat.objects.on(clock.today()).filter(group__in=groups, role=Role.OFFICER)
    return [seat.person for seat in seats.select_related("person")]


@transaction.atomic
def agree(meeting: Meeting, *, agreed_in: Meeting, corrections: str = "", by: Any) -> Meeting:
    """Agree cleared minutes at a later meeting of the same group. Then no verb changes them.

    It is recorded there as a decision, in the item on the minutes of the last meeting.
    """
    later = take("take minutes", agreed_in, by=by)
    if later.group_id != meeting.group_id or later.on <= meeting.on:
        raise Wrong("Minutes are agreed at a later meeting of the same group.")
    item = agreeing_item(later)
    if item is None:
        raise Wrong(f"The agenda of the {later}, has no item in which to agree minutes.")
    take("agree", meeting, by=by)
    waiting = open_corrections(meeting)
    if waiting:
        raise Wrong(
            f"{count(waiting, 'correction')} to these minutes {'is' if waiting == 1 else 'are'} "
            "not answered yet. Accept or decline each before you record that they were agreed.",
            code="corrections",
        )
    moved = move_on(
        meeting, "agree", by=by, says="agreed the minutes of", agreed_at=clock.now(),
        agreed_by=by, agreed_in=later,
    )  # fmt: skip
    open_ones, restricted = corrected_in(moved, later)
    decide(item, text=_agreement(moved, open_ones, corrections), marking=item.marking, by=by)
    if restricted:
        decide(item, text=_agreement(moved, restricted, ""), marking=Marking.SENSITIVE, by=by)
    return moved


def _agreement(meeting: Meeting, places: list[str], corrections: str) -> str:
    """What is resolved: paragraphs are named where the meeting changed them, not their words."""
    words = plain(corrections)
    record = f"The minutes of the meeting on {longdate(meeting.on)} were agreed as a correct record"
    if places:
        called = "paragraph" if len(places) == 1 else "paragraphs"
        record += f", as corrected at this meeting in {called} {listed(places)}"
    return f"{record}, with this correction: {words}" if words else f"{record}."


def _moment() -> str:
    """Each time that minutes are sent or come back is told anew."""
    return clock.now().isoformat()
