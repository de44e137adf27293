"""Requests for information: asked, answered, checked, chased, taken to the chair.

Lateness is counted from the date first set, whatever has been agreed since.
"""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import Truncator

from actions.models import Chase, Request, RequestStatus, Return
from actions.queries import requests as asked
from actions.workflow import references
from actions.workflow.keeping import LONG, REASON, line, wrong_line
from actions.workflow.requesting import keep, leave, record, take, tell
from core import clock, history
from core.dates import longdate
from core.markings import Marking
from core.markup import plain
from core.permissions import can, require
from documents.models import Document
from documents.workflow import add_document
from membership import standing
from membership.models import Agency, Group, Partner, Post

SUBJECT = 200


@transaction.atomic
def ask(
    group: Group, *, agency: Agency, kind: str = "information", subject: str, detail: str = "",
    due_on: datetime.date, marking: str = Marking.OFFICIAL, post: Post | None = None,
    answer_url: str = "", raised_url: str = "", by: Any,
) -> Request:  # fmt: skip
    """Ask an agency for something by a day.

    ``kind`` is the word of the room that asks; ``answer_url`` its own page for the answer, if it
    has one. Raises ``ValidationError`` by field and ``Refused``.
    """
    require(can(by, "ask for information", group))
    if marking == Marking.SENSITIVE:
        require(standing.clearance(by, group))
    subject, detail = line(subject), plain(detail)
    wrong = wrong_line("subject", subject, "what you ask for", SUBJECT)
    if len(detail) > LONG:
        wrong["detail"] = f"This must be {LONG} characters or fewer. It has {len(detail)}"
    if due_on < clock.today():
        wrong["due_on"] = "The date by which you need it must be today or later"
    if not Partner.objects.of(group.partnership).on(clock.today()).filter(agency=agency).exists():
        wrong["agency"] = f"{agency} is not a partner today"
    if post and post.agency_id != agency.pk:
        wrong["post"] = f"{post} is not a post of {agency}"
    if wrong:
        raise ValidationError(wrong)
    request = Request(
        group=group, partnership=group.partnership, kind=kind, subject=subject, detail=detail,
        marking=marking, agency=agency, post=post, first_due_on=due_on, due_on=due_on,
        answer_url=leave(answer_url), raised_url=leave(raised_url), asked_by=by,
        reference=references.take_next(Request, group.partnership, f"R-{clock.today().year}-"),
    )  # fmt: skip
    history.save(request, by=by)
    record("asked for", request, by, due_on=due_on.isoformat())
    tell(asked.answerers(request), request, "request-made",
         f"{agency} is asked for information by {longdate(due_on)}", by=by)  # fmt: skip
    return request


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
    text = plain(text)
    if len(text) > LONG:
        message = f"This must be {LONG} characters or fewer. It has {len(text)}"
        raise ValidationError({"text": message})
    if not text and document is None and file is None:
        raise ValidationError({"text": "Write an answer, or choose a file"})
    if document and document.group_id != request.group_id:
        raise ValidationError({"file": f"The file must be a paper of {request.group}"})
    if file is not None:
        document = _kept(request, file, by)
    given = Return.objects.create(
        request=request, number=request.returns.count() + 1, text=text, document=document, by=by
    )
    request = keep(request, "answered", by, status=RequestStatus.ANSWERED)
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
    _checked(request, accepted=True, remark=_remark(remark), by=by)
    request = keep(
        request, "accepted the answer to", by, status=RequestStatus.ACCEPTED,
        closed_at=clock.now(), closed_by=by,
    )  # fmt: skip
    tell(asked.answerers(request), request, "request-accepted", "Accepted, with thanks", by=by)
    return request


@transaction.atomic
def send_back(request: Request, *, remark: str, by: Any, version: int | None = None) -> Request:
    """Say what is wrong with the answer, or missing; the request waits again."""
    request = take(request, "check", by, version)
    remark = _remark(remark)
    if not remark:
        raise ValidationError({"remark": "Say what is wrong or missing"})
    _checked(request, accepted=False, remark=remark, by=by)
    request = keep(request, "sent back the answer to", by, status=RequestStatus.SENT_BACK)
    tell(asked.answerers(request), request, "request-sent-back",
         "Sent back: something is wrong or missing", by=by)  # fmt: skip
    return request


def _remark(text: str) -> str:
    text = plain(text)
    if len(text) > LONG:
        message = f"This must be {LONG} characters or fewer. It has {len(text)}"
        raise ValidationError({"remark": message})
    return text


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
    reason = _because(reason, "reason")
    request = keep(
        request, "withdrew", by, status=RequestStatus.WITHDRAWN, closed_because=reason,
        closed_at=clock.now(), closed_by=by,
    )  # fmt: skip
    tell(asked.answerers(request), request, "request-withdrawn", "No longer needed", by=by)
    return request


@transaction.atomic
def move_due_date(
    request: Request, *, due_on: datetime.date, reason: str, by: Any, version: int | None = None
) -> Request:
    """Agree a later date. The one first set stands, and lateness is counted from it."""
    request = take(request, "move due date", by, version)
    reason = _because(reason, "reason")
    if due_on < max(request.first_due_on, clock.today()):
        first = f"{longdate(request.first_due_on)}, the date first set"
        today = "today" if clock.today() > request.first_due_on else first
        raise ValidationError({"due_on": f"The new date must not be before {today}"})
    if due_on == request.due_on:
        raise ValidationError({"due_on": "This is the date on which it is due already"})
    request = keep(request, "moved the due date of", by, due_on=due_on, moved_because=reason)
    tell(asked.answerers(request), request, "request-moved",
         f"Now due {longdate(due_on)}", by=by)  # fmt: skip
    return request


def _because(text: str, name: str) -> str:
    text = line(text)
    wrong = wrong_line(name, text, "the reason", REASON)
    if wrong:
        raise ValidationError(wrong)
    return text


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
    keep(request, "told the chair of", by, escalated_at=clock.now())
    return chased


def _chased(
    request: Request, people: list[Any], audience: str, says: str, text: str, by: Any
) -> Chase:
    text = plain(text)
    if len(text) > REASON:
        message = f"This must be {REASON} characters or fewer. It has {len(text)}"
        raise ValidationError({"text": message})
    if asked.chased_on(request, audience, clock.today()):
        raise ValidationError({"text": "They have been told today already. Try again tomorrow"})
    chased = Chase.objects.create(request=request, by=by, audience=audience, text=text)
    due = "Late, " if asked.is_late(request, clock.today()) else ""
    tell(people, request, f"request-chase-{audience}",
         f"{says}. {due}due {longdate(request.due_on)}", by=by,
         occurrence=str(clock.today()))  # fmt: skip
    record("chased", request, by, audience=audience)
    return chased
