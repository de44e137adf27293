"""The check of an answer: what is good is taken, what is not goes back with what is missing."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

import actions.workflow.requests as requests
from core.permissions import can, require
from core.workflow import Wrong
from dhr import names
from dhr.models import InformationRequest, QualityCheck
from dhr.queries import information as queries
from dhr.workflow.information.answering import locked
from dhr.workflow.information.asking import KIND, finish_if_all_in
from dhr.workflow.steps import note, text_of

REMARK = 2000


@transaction.atomic
def check(
    information: InformationRequest, *, good: bool, missing: Iterable[str] = (), remark: str = "",
    by: Any,
) -> QualityCheck:  # fmt: skip
    """Take an answer, or send it back with the points that are not met.

    ``missing`` are keys of ``queries.points``. The agency reads what goes back, so nobody of the
    key may be named in it.
    """
    information = locked(information)
    require(can(by, "check", information))
    if information.request.status != "answered":
        raise Wrong("There is no answer to check.")
    points = dict(queries.points(information))
    missing = [each for each in points if each in set(missing)]
    wrong: dict[str, str] = {}
    remark = text_of(wrong, "remark", remark, most=REMARK)
    named = names.found_in(information.review, remark)
    if named:
        wrong["remark"] = f"A name of {' and '.join(named)} is in it. Use the pseudonym"
    if good and missing:
        wrong["missing"] = "It cannot be taken while points are not met. Send it back instead"
    if not good and not (missing or remark):
        wrong["missing"] = "Choose the points that are not met, or write what is wrong"
    if wrong:
        raise ValidationError(wrong)
    made = QualityCheck.objects.create(
        information=information, good=good, missing=missing, remark=remark, by=by
    )
    if good:
        requests.accept(information.request, remark=remark, by=by)
        finish_if_all_in(information.review, by=by)
    else:
        requests.send_back(
            information.request, remark=_says([points[each] for each in missing], remark), by=by
        )
    note(
        "took an answer in" if good else "sent back an answer in", information.review, by=by,
        agency=information.agency.slug, kind=information.kind,
    )  # fmt: skip
    return made


@requests.guarded(KIND)
def _guard(request: Any, verb: str, texts: dict[str, str]) -> None:
    """Nobody of the key is named to the agency, and an answer is checked point by point."""
    information = InformationRequest.objects.select_related("review").get(request=request)
    if verb == "check":
        newest = information.checks.first()
        given = request.returns.first()
        if newest is None or (given and newest.at < given.at):
            raise Wrong("Check it on the page of the review, point by point.")
    wrong = {}
    for field, text in texts.items():
        if named := names.found_in(information.review, text):
            wrong[field] = f"A name of {' and '.join(named)} is in it. Use the pseudonym"
    if wrong:
        raise ValidationError(wrong)


def _says(missing: list[str], remark: str) -> str:
    """What the agency reads: the points as a list, then the words."""
    listed = "\n".join(f"- {each}" for each in missing)
    parts = [f"Not met yet:\n{listed}"] if listed else []
    return "\n\n".join([*parts, remark] if remark else parts)
