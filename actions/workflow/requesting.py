"""Which steps a request allows in which state, and its row, locked for one of them."""

from typing import Any

from actions.models import WAITING, Request, RequestStatus
from core import clock
from core.permissions import ALLOWED, Verdict, can, denied, require
from core.workflow import Wrong

ANSWERED = (RequestStatus.ANSWERED,)
GIVEN = (RequestStatus.ANSWERED, RequestStatus.ACCEPTED)

# verb → the states in which it may be taken
STATES: dict[str, tuple[str, ...]] = {
    "answer": WAITING,
    "check": ANSWERED,
    "take back": GIVEN,
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
    if not request.is_open and request.status not in STATES[verb]:
        return denied("This request is closed.")
    if request.status not in STATES[verb]:
        if verb in ("check", "take back"):
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
