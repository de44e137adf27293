"""The owner's steps and the officers': lateness is counted from the date first set."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import Truncator

from actions import queries
from actions.models import Action, DueDate, Status
from actions.workflow.keeping import (
    change,
    keep,
    line,
    reasoned,
    refuse,
    take,
    tell,
    tell_officers,
    tell_owner,
    too_long,
    written,
    wrong_line,
    wrong_owner,
)
from actions.workflow.making import TEXT
from actions.workflow.moves import MOVES
from core import clock, history
from core.dates import longdate
from core.markup import plain
from core.permissions import Verdict, can, require
from core.workflow import Wrong
from documents.models import Document
from documents.workflow import add_document
from membership.models import Agency, Post


@transaction.atomic
def update(
    action: Action, *, text: str, status: str, evidence: Document | None = None, file: Any = None,
    by: Any, version: int | None = None, allowed: Verdict | None = None,
) -> Action:  # fmt: skip
    """Say what has happened and how far it is; "says done" asks an officer to confirm.

    ``evidence`` is a paper of the group; a ``file`` becomes one, marked as the action is.
    """
    action = take(action, "update", by, version, allowed)
    if status not in MOVES["update"][action.status]:
        raise ValidationError({"status": "Choose how far it is from the list"})
    text = written(text, "text", "what has happened")
    if evidence and evidence.group_id != action.group_id:
        raise ValidationError({"evidence": f"The evidence must be a paper of {action.group}"})
    if evidence:
        require(can(by, "open", evidence))
    if file is not None:
        evidence = _kept(action, file, by, allowed)
    says_done = status == Status.SAYS_DONE and action.status != Status.SAYS_DONE
    summary = "Says that it is done" if says_done else ""
    action = keep(
        action, "updated", by, summary=summary, text=text, evidence=evidence, status=status
    )
    if says_done:
        tell_officers(action, "action-says-done", "Said to be done: please confirm", by=by)
    return action


def _kept(action: Action, file: Any, by: Any, allowed: Verdict | None) -> Document:
    """The file as a paper of the group. Its title says nothing where the action is restricted."""
    title = f"Evidence for {action.reference}"
    if not action.restricted:
        title = f"{title}: {getattr(file, 'file_name', None) or file.name}"
    try:
        return add_document(
            action.group, title=Truncator(title).chars(200), marking=action.marking, file=file,
            allowed=can(by, "update", action) if allowed is None else allowed, by=by,
        )  # fmt: skip
    except ValidationError as wrong:
        raise ValidationError({"evidence": wrong.messages}) from wrong


@transaction.atomic
def move_due_date(
    action: Action, *, due_on: datetime.date, reason: str, by: Any, version: int | None = None,
    allowed: Verdict | None = None,
) -> Action:  # fmt: skip
    """Agree another date. The date first set stands, and lateness is still counted from it."""
    action = take(action, "move due date", by, version, allowed)
    reason = reasoned(reason)
    if due_on < action.made_on:
        message = f"It cannot be due before it was made, on {longdate(action.made_on)}"
        raise ValidationError({"due_on": message})
    if due_on < clock.today():
        raise ValidationError({"due_on": "The new date must be today or later"})
    if due_on == action.due_on:
        raise ValidationError({"due_on": "This is the date on which it is due already"})
    DueDate.objects.create(action=action, due_on=due_on, set_by=by, reason=reason)
    action = change(
        action, "moved the due date of", by, due_on=due_on, times_moved=action.times_moved + 1
    )
    says = f"Due date moved to {longdate(due_on)}"
    tell_owner(action, "action-moved", says, by=by)
    tell_officers(action, "action-moved", says, by=by)
    return action


@transaction.atomic
def reword(action: Action, *, text: str, detail: str, allowed: Verdict, by: Any) -> Action:
    """Say better what is to be done: for the room above of whose record the action comes."""
    rows = Action.objects.select_for_update(of=("self",))
    action = rows.select_related("group", "owner", "post", "partnership").get(pk=action.pk)
    require(allowed)
    if not action.is_open:
        raise Wrong("This action is closed.")
    text, detail = line(text), plain(detail)
    refuse({**wrong_line("text", text, "what is to be done", TEXT), **too_long("detail", detail)})
    action.text = text
    history.save(action, by=by, fields=["text"])
    action = keep(action, "reworded", by, summary="Put in other words", detail=detail)
    tell_owner(action, "action-reworded", "Put in other words", by=by)
    return action


@transaction.atomic
def confirm_done(
    action: Action, *, by: Any, version: int | None = None, allowed: Verdict | None = None
) -> Action:
    """Agree that what the owner says is done is done. This closes the action."""
    action = take(action, "confirm done", by, version, allowed)
    action = keep(
        action, "confirmed as done", by, summary="Confirmed as done", status=Status.DONE,
        closed_at=clock.now(), closed_by=by,
    )  # fmt: skip
    tell_owner(action, "action-done", "Confirmed as done", by=by)
    return action


@transaction.atomic
def reopen(
    action: Action, *, reason: str, by: Any, version: int | None = None,
    allowed: Verdict | None = None,
) -> Action:  # fmt: skip
    """Send back what is said to be done but is not, or take up again what was closed."""
    action = take(action, "reopen", by, version, allowed)
    summary = "Sent back: not done yet" if action.is_open else "Reopened"
    action = keep(
        action, "reopened", by, summary=summary, text=reasoned(reason), status=Status.IN_PROGRESS,
        closed_at=None, closed_by=None,
    )  # fmt: skip
    tell_owner(action, "action-reopened", summary, by=by)
    return action


@transaction.atomic
def drop(
    action: Action, *, reason: str, by: Any, version: int | None = None,
    allowed: Verdict | None = None,
) -> Action:  # fmt: skip
    """Close what will not be done, and say why."""
    action = take(action, "drop", by, version, allowed)
    action = keep(
        action, "dropped", by, summary="Dropped", text=reasoned(reason), status=Status.DROPPED,
        closed_at=clock.now(), closed_by=by,
    )  # fmt: skip
    tell_owner(action, "action-dropped", "No longer to be done", by=by)
    return action


@transaction.atomic
def hand_over(
    action: Action, *, owner: Agency, post: Post | None = None, reason: str, by: Any,
    version: int | None = None, allowed: Verdict | None = None,
) -> Action:  # fmt: skip
    """Give the action to another agency or post. Its dates stay as they are."""
    action = take(action, "hand over", by, version, allowed)
    group = action.group if allowed is not None else None
    wrong = wrong_owner(action.partnership, owner, post, clock.today(), group=group)
    if (owner.pk, post and post.pk) == (action.owner_id, action.post_id):
        wrong["owner"] = f"{queries.owner_words(action)} already has this action"
    refuse(wrong)
    reason = reasoned(reason)
    before = queries.owners_people(action, clock.today())
    to = f"{owner}, {post}" if post else str(owner)
    summary = f"Handed over from {queries.owner_words(action)} to {to}"
    action = keep(
        action, "handed over", by, summary=Truncator(summary).chars(300), text=reason,
        owner=owner, post=post,
    )  # fmt: skip
    tell(before, action, "action-handed-over", f"Handed over to {owner}", by=by)
    says = f"Handed over to {owner}, due {longdate(action.due_on)}"
    tell_owner(action, "action-made", says, by=by)
    return action
