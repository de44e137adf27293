"""Requests for information: asked, answered, checked, chased, taken to the chair.

Lateness is counted from the date first set, whatever has been agreed since.
"""

import datetime
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import Truncator

from actions.models import Chase, Request, RequestStatus, Return
from actions.queries import requests as asked
from actions.workflow import references
from actions.workflow.keeping import (
    REASON,
    change,
    line,
    reasoned,
    record,
    refuse,
    tell,
    too_long,
    within,
    wrong_line,
    wrong_link,
)
from actions.workflow.requesting import take
from core import clock, history
from core.dates import longdate
from core.markings import Marking
from core.markup import plain
from core.permissions import can, require
from documents.models import Document
from documents.workflow import add_document
from membership import standing
from membership.models import Agency, Group, GroupKind, Partner, Post

SUBJECT = 200

# What the room that asks lets nobody write to the agency, or do, with a request of its kind.
_guards: dict[str, Callable[[Request, str, dict[str, str]], None]] = {}


def guarded(kind: str) -> Callable[[Callable[[Request, str, dict[str, str]], None]], Any]:
    """Use as a decorator: the function is asked of each step with a request of this kind.

    It is given the request, the verb, and what was written, by field; it raises
    ``ValidationError`` where that must not be.
    """

    def register(guard: Callable[[Request, str, dict[str, str]], None]) -> Any:
        _guards[kind] = guard
        return guard

    return register


def _guard(request: Request, verb: str, **texts: str) -> None:
    if request.kind in _guards:
        _guards[request.kind](request, verb, texts)


# What the room that asks does when a request of its kind is withdrawn.
_on_withdrawal: dict[str, Callable[[Request, Any], None]] = {}


def withdrawn(kind: str) -> Callable[[Callable[[Request, Any], None]], Any]:
    """Use as a decorator: the function is told of each request of this kind that is withdrawn."""

    def register(hear: Callable[[Request, Any], None]) -> Callable[[Request, Any], None]:
        _on_withdrawal[kind] = hear
        return hear

    return register


@transaction.atomic
def ask(
    group: Group, *, agency: Agency, kind: str = "information", subject: str, detail: str = "",
    due_on: datetime.date, marking: str = Marking.OFFICIAL, post: Post | None = None,
    through: Group | None = None, answer_url: str = "", raised_url: str = "", by: Any,
) -> Request:  # fmt: skip
    """Ask an agency for something by a day.

    ``through`` is the group whose members of the agency answer, where not all may know of it.
    ``kind`` is the word of the room that asks; ``answer_url`` its own page for the answer, if it
    has one. Boards and their groups ask partners; a panel asks whom its law names.

    Raises ``ValidationError`` by field and ``Refused``.
    """
    require(can(by, "ask for information", group))
    if marking == Marking.SENSITIVE:
        require(standing.clearance(by, group))
    subject, detail = line(subject), plain(detail)
    wrong = {
        **wrong_line("subject", subject, "what you ask for", SUBJECT),
        **too_long("detail", detail),
        **wrong_link("answer_url", answer_url),
        **wrong_link("raised_url", raised_url),
    }
    if due_on < clock.today():
        wrong["due_on"] = "The date by which you need it must be today or later"
    if group.kind != GroupKind.PANEL and not _is_partner(agency, group):
        wrong["agency"] = f"{agency} is not a partner today"
    if post and post.agency_id != agency.pk:
        wrong["post"] = f"{post} is not a post of {agency}"
    refuse(wrong)
    request = Request(
        group=group, partnership=group.partnership, kind=kind, subject=subject, detail=detail,
        marking=marking, agency=agency, post=post, through=through, first_due_on=due_on,
        due_on=due_on, answer_url=answer_url, raised_url=raised_url, asked_by=by,
        reference=references.take_next(Request, group.partnership, f"R-{clock.today().year}-"),
    )  # fmt: skip
    history.save(request, by=by)
    record("asked for", request, by, due_on=due_on.isoformat())
    tell(asked.answerers(request), request, "request-made",
         f"{agency} is asked for information by {longdate(due_on)}", by=by)  # fmt: skip
    return request


def _is_partner(agency: Agency, group: Group) -> bool:
    partners = Partner.objects.of(group.partnership).on(clock.today())
    return partners.filter(agency=agency).exists()


@transaction.atomic
def answer(
    request: Request, *, text: str = "", document: Document | None = None, file: Any = None,
    by: Any, version: int | None = None,
) -> Return:  # fmt: skip
    """Return what was asked for: in words, as a paper of the group that asks, or both.

    A ``file`` becomes such a paper, marked as the request is. An officer may write down here what
    came another way.
    """
    request = take(request, "answer", by, version)
    text = within(text, "text")
    if not text and document is None and file is None:
        raise ValidationError({"text": "Write an answer, or choose a file"})
    if document and document.group_id != request.group_id:
        raise ValidationError({"file": f"The file must be a paper of {request.group}"})
    if file is not None:
        document = _kept(request, file, by)
    given = Return.objects.create(
        request=request, number=request.returns.count() + 1, text=text, document=document, by=by
    )
    request = change(request, "answered", by, status=RequestStatus.ANSWERED)
    tell(asked.askers(request), request, "request-answered",
         f"{request.agency} has answered: please check", by=by)  # fmt: skip
    return given


def _kept(request: Request, file: Any, by: Any) -> Document:
    title = f"Return to {request.reference}"
    if not request.restricted:
        title = f"{title}: {getattr(file, 'file_name', None) or file.name}"
    try:
        return add_document(
            request.group, title=Truncator(title).chars(200), marking=request.marking, file=file,
            allowed=can(by, "answer", request), by=by,
        )  # fmt: skip
    except ValidationError as wrong:
        raise ValidationError({"file": wrong.messages}) from wrong


@transaction.atomic
def accept(request: Request, *, remark: str = "", by: Any, version: int | None = None) -> Request:
    """Agree that the answer is what was asked for. This closes the request."""
    request = take(request, "check", by, version)
    _guard(request, "check", remark=remark)
    _checked(request, accepted=True, remark=within(remark, "remark"), by=by)
    request = change(
        request, "accepted the answer to", by, status=RequestStatus.ACCEPTED,
        closed_at=clock.now(), closed_by=by,
    )  # fmt: skip
    tell(asked.answerers(request), request, "request-accepted", "Accepted, with thanks", by=by)
    return request


@transaction.atomic
def send_back(request: Request, *, remark: str, by: Any, version: int | None = None) -> Request:
    """Say what is wrong with the answer, or missing; the request waits again."""
    request = take(request, "check", by, version)
    remark = within(remark, "remark")
    if not remark:
        raise ValidationError({"remark": "Say what is wrong or missing"})
    _guard(request, "check", remark=remark)
    _checked(request, accepted=False, remark=remark, by=by)
    request = change(request, "sent back the answer to", by, status=RequestStatus.SENT_BACK)
    tell(asked.answerers(request), request, "request-sent-back",
         "Sent back: something is wrong or missing", by=by)  # fmt: skip
    return request


@transaction.atomic
def take_back(request: Request, *, reason: str, by: Any) -> Request:
    """Take an answer back that was given by mistake: its words and its paper go, the request waits.

    The paper itself is its room's to remove. An answer that was accepted may be taken back too.
    """
    request = take(request, "take back", by, None)
    reason = reasoned(reason)
    newest = request.returns.first()
    if newest:
        newest.text, newest.document, newest.accepted = "", None, False
        newest.remark, newest.checked_at, newest.checked_by = reason, clock.now(), by
        newest.save()
    request = change(
        request, "took back the answer to", by, status=RequestStatus.SENT_BACK, closed_at=None,
        closed_by=None,
    )  # fmt: skip
    people = {each.pk: each for each in [*asked.askers(request), *asked.answerers(request)]}
    tell(people.values(), request, "request-taken-back", "The answer was taken back", by=by)
    return request


def _checked(request: Request, *, accepted: bool, remark: str, by: Any) -> None:
    newest = request.returns.first()
    if newest:
        newest.accepted, newest.remark = accepted, remark
        newest.checked_at, newest.checked_by = clock.now(), by
        newest.save()


@transaction.atomic
def withdraw(request: Request, *, reason: str, by: Any, version: int | None = None) -> Request:
    """Say that it is no longer needed, and why. This closes the request."""
    request = take(request, "withdraw", by, version)
    reason = reasoned(reason)
    _guard(request, "withdraw", reason=reason)
    request = change(
        request, "withdrew", by, status=RequestStatus.WITHDRAWN, closed_because=reason,
        closed_at=clock.now(), closed_by=by,
    )  # fmt: skip
    tell(asked.answerers(request), request, "request-withdrawn", "No longer needed", by=by)
    if request.kind in _on_withdrawal:
        _on_withdrawal[request.kind](request, by)
    return request


@transaction.atomic
def open_to_agency(request: Request, *, by: Any) -> Request:
    """Let whoever sits for the agency answer, and tell them, not only its people on one group."""
    request = take(request, "chase", by, None)
    request = change(request, "opened to all of the agency", by, through=None)
    tell(asked.answerers(request), request, "request-made", "Please answer", by=by)
    return request


@transaction.atomic
def move_due_date(
    request: Request, *, due_on: datetime.date, reason: str, by: Any, version: int | None = None
) -> Request:
    """Agree a later date. The one first set stands, and lateness is counted from it."""
    request = take(request, "move due date", by, version)
    reason = reasoned(reason)
    _guard(request, "move due date", reason=reason)
    if due_on < max(request.first_due_on, clock.today()):
        first = f"{longdate(request.first_due_on)}, the date first set"
        today = "today" if clock.today() > request.first_due_on else first
        raise ValidationError({"due_on": f"The new date must not be before {today}"})
    if due_on == request.due_on:
        raise ValidationError({"due_on": "This is the date on which it is due already"})
    request = change(request, "moved the due date of", by, due_on=due_on, moved_because=reason)
    tell(asked.answerers(request), request, "request-moved",
         f"Now due {longdate(due_on)}", by=by)  # fmt: skip
    return request


@transaction.atomic
def chase(request: Request, *, text: str = "", by: Any, version: int | None = None) -> Chase:
    """Remind the agency by hand: its people are told at most once a day."""
    request = take(request, "chase", by, version)
    return _chased(request, asked.answerers(request), "owner", "Please answer", text, by)


@transaction.atomic
def escalate(request: Request, *, text: str = "", by: Any, version: int | None = None) -> Chase:
    """Tell the chair of the group that asks that the agency is late."""
    request = take(request, "escalate", by, version)
    people = asked.chairs(request)
    if not people:
        raise ValidationError({"text": f"{request.group} has neither a chair nor a vice-chair"})
    chased = _chased(request, people, "chair", f"{request.agency} is late", text, by)
    change(request, "told the chair of", by, escalated_at=clock.now())
    return chased


def _chased(
    request: Request, people: list[Any], audience: str, says: str, text: str, by: Any
) -> Chase:
    text = within(text, "text", REASON)
    _guard(request, "chase", text=text)
    if asked.chased_on(request, audience, clock.today()):
        raise ValidationError({"text": "They have been told today already. Try again tomorrow"})
    chased = Chase.objects.create(request=request, by=by, audience=audience, text=text)
    due = "Late, " if asked.is_late(request, clock.today()) else ""
    tell(people, request, f"request-chase-{audience}",
         f"{says}. {due}due {longdate(request.due_on)}", by=by,
         occurrence=str(clock.today()))  # fmt: skip
    record("chased", request, by, audience=audience)
    return chased
