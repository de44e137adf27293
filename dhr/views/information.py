"""What agencies are asked in a review: the list of its officers and panel, and their steps."""

import uuid
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from actions.models import RequestStatus
from core import clock
from core.exports import csv_response
from core.permissions import can, load, policy, require
from dhr import names
from dhr.exports.chronology import ASKED, asked_lines
from dhr.forms import information as forms
from dhr.forms.fields import ReasonForm
from dhr.models import InformationRequest, Review, Stage
from dhr.queries import information as queries
from dhr.views.asking import ask
from dhr.views.frame import address, opened, page, read, stamp
from dhr.workflow import information as workflow
from membership.models import Agency


@policy(Review, "view")
def review_information(request: HttpRequest, reference: str) -> HttpResponse:
    """Who was asked for what, when it was due, and what became of it."""
    review = opened(request, reference)
    chosen = {name: request.GET.get(name, "") for name in ("agency", "kind")}
    asked = queries.asked_in(review)
    asks = can(request.user, "ask for information", review)
    context = {
        "asked": [
            each for each in asked
            if chosen["agency"] in ("", each.information.agency.slug)
            and chosen["kind"] in ("", each.information.kind)
        ],
        "any": asked,
        "filter": forms.AskedFilter(
            request.GET, agencies=dict.fromkeys(each.information.agency for each in asked)
        ),
        "counts": _counts(asked),
        "asks": asks,
        "here": address(request, "review_information", reference),
    }  # fmt: skip
    return page(request, "dhr/review_information.html", review, "review_information", context)


def _counts(asked: list[queries.Asked]) -> dict[str, int]:
    states = [each.information.request.status for each in asked]
    return {
        "answered": sum(state == RequestStatus.ACCEPTED for state in states),
        "to_check": sum(state == RequestStatus.ANSWERED for state in states),
        "late": sum(bool(each.late) and each.received_on is None for each in asked),
    }


@policy(Review, "view")
def review_information_csv(request: HttpRequest, reference: str) -> HttpResponse:
    """The same as a CSV file, with the name of who took it."""
    review = opened(request, reference)
    read(request, review)
    name = f"{review.reference}-information-{clock.today().isoformat()}"
    lines = [*asked_lines(queries.asked_in(review)), [stamp(request)]]
    return csv_response(name, ASKED, lines)


@policy(Review, GET="ask for information", POST="ask for information")
def review_ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask agencies for one thing, several at once."""
    review = opened(request, reference, "ask for information")
    offered = queries.agencies(review)

    def asked(agencies: list[str], **told: Any) -> None:
        for agency in Agency.objects.filter(slug__in=agencies).order_by("name"):
            try:
                workflow.ask(review, agency=agency, **told, by=request.user)
            except ValidationError as wrong:
                errors: Any = wrong.message_dict
                raise ValidationError(
                    {"agencies" if name == "agency" else name: errors[name] for name in errors}
                ) from wrong

    stops = queries.stops(review, offered)
    only_secure = review.stage == Stage.NOTIFIED and review.led_here
    here = address(request, "review_information", reference)
    return ask(
        request, review,
        lambda posted: forms.AskForm(
            posted, agencies=offered, stops=stops, only_secure=only_secure, cancel=here,
            initial={"due_on": workflow.due(review), "kind": request.GET.get("kind")},
        ),
        transaction.atomic(asked), title="Ask agencies for information", done="They are asked.",
        to=here, tab="review_information",
        intro="Each answers on a page of its own and sees no other’s answer. Its people are told, "
        "and reminded before and after the day.",
    )  # fmt: skip


def _loaded(request: HttpRequest, pk: uuid.UUID, verb: str) -> InformationRequest:
    found: InformationRequest = load(request, InformationRequest, "view", pk=pk)
    require(can(request.user, verb, found))
    return found


@policy(InformationRequest, GET="check", POST="check")
def asked_check(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Check an answer point by point: take it, or send it back."""
    found = _loaded(request, pk, "check")
    here = address(request, "asked_one", pk)
    points = queries.points(found)
    named = names.found_in(found.review, found.text, *_texts(found))
    return ask(
        request, found.review, lambda posted: forms.CheckForm(posted, points=points, cancel=here),
        partial(workflow.check, found, by=request.user),
        title=f"Check what {found.agency} sent", done="The check is saved. The agency is told.",
        to=here, tab="review_information", template="dhr/asked_check.html", information=found,
        named=named,
    )  # fmt: skip


def _texts(found: InformationRequest) -> list[str]:
    fields = ("who", "what", "done", "contact_other", "source_reference")
    return [text for line in found.lines.values_list(*fields) for text in line]


@policy(InformationRequest, GET="take further", POST="take further")
def asked_further(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take it to whoever sits for the agency in the partnership."""
    found = _loaded(request, pk, "take further")
    here = address(request, "asked_one", pk)
    return ask(
        request, found.review,
        lambda posted: ReasonForm(posted, submit="Take it further", cancel=here),
        partial(workflow.take_further, found, by=request.user),
        title=f"Take it to those who sit for {found.agency}",
        done="It is open to all who sit for the agency now, and they are told.", to=here,
        tab="review_information",
        intro="Whoever sits for the agency on the board or a subgroup can then open this request "
        "and answer it. They learn that there is a review, and no more of it.",
    )  # fmt: skip
