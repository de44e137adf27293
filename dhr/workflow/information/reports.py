"""Reports as files: looked through before they are kept, and taken off again if they are wrong."""

import dataclasses
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

import actions.workflow.requests as requests
from actions.models import WAITING
from core import history
from core.markings import Marking
from core.permissions import can, require
from core.removal import blank, remove
from core.workflow import Wrong
from dhr.models import ChronologyLine, InformationRequest
from dhr.names import found_in
from dhr.queries import information as queries
from dhr.queries.reading import Reading, reading
from dhr.workflow.information.answering import locked, opened, sent
from dhr.workflow.information.lines import FIELDS
from dhr.workflow.steps import REASON, not_held, note, text_of
from documents.checks import Checked
from documents.models import Document, Version
from documents.workflow import add_document
from documents.workflow.papers import checked_file
from documents.workflow.removal import forget_contents, remove_paper

ENDINGS = ("pdf", "docx", "odt")


class Doubtful(Wrong):
    """Nobody of this review is named in the report, or it cannot be read: is it the right one?"""

    def __init__(self, found: Reading) -> None:
        super().__init__("Check that this report is for the right review.")
        self.found = found


@transaction.atomic
def send_report(
    information: InformationRequest, *, file: Any, confirmed: bool = False, by: Any
) -> InformationRequest:
    """Send a report as a file. It is kept as a restricted paper of the review.

    Raises ``Doubtful``, and keeps nothing, where nobody of the review is in it and nobody has
    ``confirmed`` that it is the right one.
    """
    information = opened(information, by)
    if not information.of_file:
        raise Wrong("This is not a request for a report.")
    checked = _checked(file)
    found = reading(information.review, checked)
    if found.doubtful and not confirmed:
        raise Doubtful(found)
    information.known = True
    return sent(information, document=_kept(information, checked, by), by=by)


def _checked(file: Any) -> Checked:
    checked = checked_file(file)
    if checked.file_name.rpartition(".")[2].lower() not in ENDINGS:
        raise ValidationError({"file": "Choose a PDF, Word (.docx) or OpenDocument (.odt) file"})
    return checked


def _kept(information: InformationRequest, checked: Checked, by: Any) -> Document:
    """The paper, under a title and a file name that tell nothing."""
    title = f"{information.get_kind_display()} for {information.request.reference}"
    ending = checked.file_name.rpartition(".")[2].lower()
    name = f"{information.request.reference}-{information.kind}.{ending}"
    return add_document(
        information.review.group, title=title, marking=Marking.SENSITIVE,
        file=dataclasses.replace(checked, file_name=name),
        allowed=can(by, "answer", information), by=by,
    )  # fmt: skip


@transaction.atomic
def open_report(information: InformationRequest, *, by: Any) -> Version:
    """The report with its bytes, for those on the review and the agency that sent it."""
    require(can(by, "view", information))
    if information.document is None or not queries.read_by(by, information):
        raise Wrong("There is no report to open.")
    return information.document.versions.select_related("content").order_by("-number")[0]


# ---- in the wrong review ------------------------------------------------------------------------


@transaction.atomic
def take_off(information: InformationRequest, *, reason: str, by: Any) -> InformationRequest:
    """Take an answer off that belongs elsewhere: its file, its lines and words go for good.

    The request waits again. By an officer of the review, or the agency itself.
    """
    return _taken_off(information, None, reason, by)


@transaction.atomic
def move_to_right_review(
    information: InformationRequest, *, to: InformationRequest, reason: str, by: Any
) -> InformationRequest:
    """Take an answer off, and send it where it belongs: an open request of the same agency for
    the same thing, which ``by`` may answer. Gives that one."""
    if to.pk not in {each.pk for each in queries.right_places(information, by)}:
        raise ValidationError({"to": "Choose an open request to the same agency"})
    return _taken_off(information, to, reason, by)


def _taken_off(
    information: InformationRequest, to: InformationRequest | None, reason: str, by: Any
) -> InformationRequest:
    information = locked(information)
    require(can(by, "take off", information))
    if information.request.status in (*WAITING, "withdrawn"):
        raise Wrong("There is no answer to take off.")
    not_held(information.review)
    wrong: dict[str, str] = {}
    reason = text_of(wrong, "reason", reason, "Enter the reason, without names", REASON)
    named = [] if queries.is_agency(by, information) else found_in(information.review, reason)
    if named:
        wrong["reason"] = f"A name of {' and '.join(named)} is in it. Use the pseudonym"
    if wrong:
        raise ValidationError(wrong)
    moved = _given_to(to, information, by) if to else None
    document = information.document
    information.document = None
    history.save(information, by=by, fields=["document"])
    _without_papers(information, document)
    requests.take_back(information.request, reason=reason, by=by)
    _emptied(information, by)
    note("took an answer off", information.review, by=by, agency=information.agency.slug)
    return moved or information


def _given_to(to: InformationRequest, of: InformationRequest, by: Any) -> InformationRequest:
    """The same answer, in the other review."""
    to = opened(to, by)
    to.known, to.secured_on, to.text, to.withheld = of.known, of.secured_on, of.text, of.withheld
    for line in of.lines.all():
        history.save(
            ChronologyLine(information=to, **{name: getattr(line, name) for name in FIELDS}), by=by
        )
    document = None
    if of.document:
        version = of.document.versions.select_related("content").order_by("-number")[0]
        checked = Checked(
            version.file_name, version.content_type, bytes(version.content.data), version.pages,
            version.scanned,
        )  # fmt: skip
        document = _kept(to, checked, by)
    return sent(to, document=document, by=by)


def _without_papers(information: InformationRequest, newest: Document | None) -> None:
    """Remove the paper of this answer for good, with its bytes where nothing else uses them."""
    if newest is None:
        return
    information.request.returns.filter(document=newest).update(document=None)
    keys = list(newest.versions.values_list("content", flat=True))
    remove_paper(newest)
    forget_contents(keys)


def _emptied(information: InformationRequest, by: Any) -> None:
    """Nothing of the answer stays, nor in its history."""
    remove(ChronologyLine, information=information.pk)
    blank(InformationRequest.objects.filter(pk=information.pk), text="", withheld="")
    information.refresh_from_db()
    information.known, information.secured_on, information.sent_on = None, None, None
    information.version += 1
    history.save(information, by=by)
