"""Two people publish what is or was restricted: an officer asks, somebody else approves.

The request names the digest of the public rendition that was checked. If the minutes read otherwise
by the time of the answer, it is not theirs that was checked, and it is asked for again.
"""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import clock
from core.markup import plain
from core.permissions import can
from core.workflow import Wrong
from meetings.checking import check
from meetings.models import Meeting, PublicationRequest, Status
from meetings.queries.approval import approvers, open_request
from meetings.workflow import note, take, tell_people
from meetings.workflow.publication import (
    changes_public,
    go_out,
    is_public,
    looked_at,
    noted,
    reads_all,
    waiting_notes,
)

CHANGED = "The minutes had changed since; it was asked for again."


@transaction.atomic
def ask(
    meeting: Meeting, *, acknowledged: Collection[str] = (), correction_note: str = "", by: Any
) -> PublicationRequest:
    """Ask another officer, the chair or the vice-chair to approve the publication.

    Raises ``Wrong`` where one person is enough, something is not looked at, or it is asked already.
    """
    current = take("ask to publish", meeting, by=by)
    if not is_public(current):
        raise Wrong("These minutes are not public, so nobody needs to approve their publication.")
    reads_all(current, by)
    words = ""
    if current.status == Status.PUBLISHED:
        if not waiting_notes(current) or not changes_public(current):
            raise Wrong("No public note has been made since these minutes were published.")
        words = noted(correction_note)
    found = check(current)
    if not found.two_people:
        raise Wrong("Nothing in these minutes is or was restricted, so you can publish them.")
    looked_at(found, acknowledged)
    _none_waits(current, found.digest, by)
    request = PublicationRequest.objects.create(
        meeting=current, digest=found.digest, replaces=current.public_minutes,
        correction_note=words, asked_at=clock.now(), asked_by=by,
    )  # fmt: skip
    detail = {"redactions": len(found.withheld), "looked at": len(found.findings)}
    note("asked to publish the minutes of", current, current, by=by, detail=detail)
    tell_people(
        approvers(current), current, kind="minutes-to-approve", but=by,
        occurrence=str(request.pk), text=f"{current}: the minutes wait for you to approve that "
        "they are published",
    )  # fmt: skip
    return request


def _none_waits(meeting: Meeting, digest: str, by: Any) -> None:
    """One request at a time; one of a text that has changed since gives way."""
    waiting = open_request(meeting)
    if waiting is None:
        return
    if waiting.digest == digest:
        raise Wrong(f"{waiting.asked_by} has already asked for the publication of these minutes.")
    _answer(waiting, approved=False, words=CHANGED, by=by)


@transaction.atomic
def approve(request: PublicationRequest, *, by: Any) -> Meeting:
    """Approve, and thereby publish. Whoever asked cannot; who cannot read all of it cannot."""
    meeting, current = _waiting(request, by)
    if current.asked_by_id == by.pk:
        raise Wrong("Somebody else must approve this: you asked for it.")
    reads_all(meeting, by)
    if check(meeting).digest != current.digest:
        raise Wrong(
            "The public minutes have changed since this was asked for. The officer must check "
            "them and ask again.", code="changed",
        )  # fmt: skip
    if not can(current.asked_by, "publish minutes", meeting):
        raise Wrong(f"{current.asked_by}, who asked, is no longer an officer of the group.")
    _answer(current, approved=True, words="", by=by)
    note("approved the publication of the minutes of", meeting, meeting, by=by)
    moved = go_out(meeting, correction_note=current.correction_note, by=current.asked_by)
    _tell_asker(current, moved, "was approved, and they are published", by)
    return moved


@transaction.atomic
def decline(request: PublicationRequest, *, words: str, by: Any) -> PublicationRequest:
    """Do not approve, and say why."""
    meeting, current = _waiting(request, by)
    if current.asked_by_id == by.pk:
        raise Wrong("You asked for this yourself. Withdraw it if it should not go out.")
    said = plain(words)
    if not said:
        raise _field("words", "Say why you do not approve it")
    if len(said) > 300:
        raise _field("words", f"This must be 300 characters or fewer. It has {len(said)}")
    _answer(current, approved=False, words=said, by=by)
    note("did not approve the publication of the minutes of", meeting, meeting, by=by)
    _tell_asker(current, meeting, "was not approved. The page says why", by)
    return current


@transaction.atomic
def withdraw(request: PublicationRequest, *, by: Any) -> PublicationRequest:
    """Take the question back: an officer of the group can, whoever asked."""
    meeting = take("ask to publish", request.meeting, by=by)
    current = _locked(request)
    _answer(current, approved=False, words="Withdrawn", by=by)
    note("withdrew the question whether to publish the minutes of", meeting, meeting, by=by)
    return current


# ---- what they share ----------------------------------------------------------------------------


def _waiting(request: PublicationRequest, by: Any) -> tuple[Meeting, PublicationRequest]:
    meeting = take("approve", request.meeting, by=by)
    return meeting, _locked(request)


def _locked(request: PublicationRequest) -> PublicationRequest:
    rows = PublicationRequest.objects.select_for_update(of=("self",)).select_related(
        "asked_by", "answered_by"
    )
    current = rows.get(pk=request.pk)
    if current.answered_at is not None:
        how = "approved" if current.approved else "closed"
        raise Wrong(f"This was {how} by {current.answered_by} already.", code="answered")
    return current


def _answer(request: PublicationRequest, *, approved: bool, words: str, by: Any) -> None:
    request.approved, request.note = approved, words
    request.answered_at, request.answered_by = clock.now(), by
    request.save(update_fields=["approved", "note", "answered_at", "answered_by"])


def _tell_asker(request: PublicationRequest, meeting: Meeting, what: str, by: Any) -> None:
    tell_people(
        [request.asked_by], meeting, kind="publication-answered", but=by,
        occurrence=str(request.pk), text=f"{meeting}: the publication of the minutes {what}",
    )  # fmt: skip


def _field(name: str, says: str) -> ValidationError:
    return ValidationError({name: says})
