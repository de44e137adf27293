"""An agency writes its answer: its own until it is sent, and again while it mends it."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

import actions.workflow.requests as requests
from actions.models import WAITING
from core import clock, history
from core.permissions import can, require
from core.workflow import Wrong
from dhr.models import InformationRequest
from dhr.queries import information as queries
from dhr.workflow.steps import note, past_day, text_of
from documents.models import Document

SENT = "Sent on the form of its own."
LONG = 20_000


class Changed(Wrong):
    """Somebody of the same agency saved meanwhile."""


def locked(information: InformationRequest) -> InformationRequest:
    """The request, locked, with all that its rules ask."""
    rows = InformationRequest.objects.select_for_update(of=("self",))
    return rows.select_related(
        "request__group", "request__partnership", "request__agency", "agency",
        "review__group__reports_to", "review__partnership", "document",
    ).get(pk=information.pk)  # fmt: skip


def opened(information: InformationRequest, by: Any) -> InformationRequest:
    """The answer, locked, if this person may write it and it waits."""
    information = locked(information)
    require(can(by, "answer", information))
    if information.request.status not in WAITING:
        raise Wrong("This has been answered, or is no longer needed.")
    return information


def kept(information: InformationRequest, by: Any) -> InformationRequest:
    """Save an answer as a draft: the agency's alone, or of the officer who writes it down."""
    information.taken_by = None if queries.is_agency(by, information) else by
    information.sent_on = None
    information.version += 1
    history.save(information, by=by)
    return information


@transaction.atomic
def save_answer(
    information: InformationRequest, *, known: bool | None = None,
    secured_on: datetime.date | None = None, text: str = "", withheld: str = "",
    version: int | None = None, by: Any,
) -> InformationRequest:  # fmt: skip
    """Keep what is written of an answer. Nobody but the agency sees it before it is sent."""
    information = opened(information, by)
    if version is not None and version != information.version:
        raise Changed("Somebody of your organisation saved this while your page was open.")
    wrong: dict[str, str] = {}
    information.known = known
    information.secured_on = secured_on
    information.text = text_of(wrong, "text", text, most=LONG)
    information.withheld = text_of(wrong, "withheld", withheld, most=LONG)
    if secured_on is not None:
        past_day(wrong, "secured_on", secured_on, datetime.date(1990, 1, 1), "records were kept")
    if wrong:
        raise ValidationError(wrong)
    return kept(information, by)


@transaction.atomic
def send_answer(information: InformationRequest, *, by: Any) -> InformationRequest:
    """Send the answer to the review's officers. It can be changed only if they send it back."""
    information = opened(information, by)
    lacking = queries.lacking(information)
    if lacking:
        raise ValidationError(lacking)
    return sent(information, by=by)


def sent(
    information: InformationRequest, *, document: Document | None = None, by: Any
) -> InformationRequest:
    """Hand the answer over, with its report where there is one."""
    information.document = document or information.document
    information.sent_on = clock.today()
    information.version += 1
    history.save(information, by=by)
    given = requests.answer(information.request, text=SENT, document=information.document, by=by)
    information.request = given.request
    note(
        "answered the request for information in", information.review, by=by,
        agency=information.agency.slug, kind=information.kind,
    )  # fmt: skip
    return information
