"""What every step of a request does: take the row, keep the change, write it down, tell people."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import Truncator

import audit.workflow
import notices.workflow
from actions.models import WAITING, Request, RequestStatus
from core import clock, history
from core.permissions import ALLOWED, Verdict, can, denied, require
from core.workflow import Wrong

ANSWERED = (RequestStatus.ANSWERED,)

# verb → the states in which it may be taken
STATES: dict[str, tuple[str, ...]] = {
    "answer": WAITING,
    "check": ANSWERED,
    "withdraw": (*WAITING, *ANSWERED),
    "move due date": WAITING,
    "chase": WAITING,
    "escalate": WAITING,
}


class RequestChanged(Exception):
    """Somebody else changed the request after this person opened the page."""

    def __init__(self, request: Request) -> None:
        super().__init__(f"{request.reference} has changed")
        self.request = request


def fits(verb: str, request: Request) -> Verdict:
    """Whether the request's state allows this verb; if not, what stands in the way."""
    if not request.is_open:
        return denied("This request is closed.")
    if request.status not in STATES[verb]:
        if verb == "check":
            return denied(f"{request.agency} has not answered yet.")
        return denied("It has been answered. Accept the answer, or send it back, first.")
    if verb == "escalate" and request.first_due_on >= clock.today():
        return denied("It is not late yet, so it is not for the chair.")
    return ALLOWED


def may(user: Any, verb: str, request: Request) -> Verdict:
    """Whether this person may do this with the request as it now stands."""
    return can(user, verb, request) and fits(verb, request)


def take(request: Request, verb: str, by: Any, version: int | None) -> Request:
    """The request, locked, if this person may do this with it as it now stands."""
    rows = Request.objects.select_for_update(of=("self",))
    request = rows.select_related("group", "agency", "post", "partnership").get(pk=request.pk)
    require(can(by, "view", request))
    if version is not None and version != request.version:
        raise RequestChanged(request)
    require(can(by, verb, request))
    verdict = fits(verb, request)
    if not verdict:
        raise Wrong(verdict.reason)
    return request


def keep(request: Request, verb: str, by: Any, **changes: Any) -> Request:
    """Save the changes and record the deed."""
    changes["version"] = request.version + 1
    for name, value in changes.items():
        setattr(request, name, value)
    history.save(request, by=by, fields=changes)
    record(verb, request, by, status=request.status, due_on=request.due_on.isoformat())
    return request


def record(verb: str, request: Request, by: Any, **detail: str) -> None:
    """Write the deed into the audit."""
    audit.workflow.record(
        verb, request, by=by, partnership=request.partnership, group=request.group,
        sensitive=request.restricted, detail=detail,
    )  # fmt: skip


def tell(
    people: Iterable[Any], request: Request, kind: str, says: str, *, by: Any, occurrence: str = ""
) -> None:
    """Tell each once of this change. Of a restricted request the reference is all that is said."""
    notices.workflow.tell(
        people, kind=kind, about=request, text=Truncator(f"{says}. {request}").chars(300),
        url=request.get_absolute_url(), partnership=request.partnership,
        occurrence=occurrence or str(request.version), but=by,
    )  # fmt: skip


def leave(url: str) -> str:
    """An address of a page of this site, or nothing."""
    if url and (not url.startswith("/") or url.startswith("//")):
        raise ValidationError({"answer_url": "The link must lead to a page of this site"})
    return url
