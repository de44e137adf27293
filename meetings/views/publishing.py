"""The check before minutes go out, the second person's approval, and the redaction log."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from audit.workflow import record_read
from core.dates import longdate
from core.exports import csv_response
from core.forms import say_wrong
from core.pdf import PDFUnavailable
from core.permissions import load, policy
from meetings import renditions, workflow
from meetings.checking import Check, check
from meetings.forms.publishing import CheckForm
from meetings.forms.reviews import ApproveForm, DeclineForm
from meetings.models import Meeting, Status
from meetings.queries import approval as queries
from meetings.queries.redactions import Withheld, log
from meetings.recusal import recused
from meetings.views.minutes import where_it_is
from meetings.views.panel import to
from meetings.workflow import approval, publication, redacting

# ---- the check ----------------------------------------------------------------------------------


@policy(Meeting, GET="publish minutes", POST="publish minutes")
def publish_minutes(request: HttpRequest, slug: str) -> HttpResponse:
    """What the public will read, what stays out and why, and what somebody must look at first."""
    meeting = load(request, Meeting, "publish minutes", slug=slug)
    if meeting.status == Status.PUBLISHED and not publication.waiting_notes(meeting):
        messages.error(request, workflow.fits("publish", meeting).reason)
        return where_it_is(meeting)
    verdict = workflow.fits("ask to publish", meeting)
    if not verdict:
        messages.error(request, verdict.reason)
        return where_it_is(meeting)
    if not publication.is_public(meeting):
        return _not_public(request, meeting)
    publication.reads_all(meeting, request.user)
    corrects = publication.changes_public(meeting)
    sent = request.POST if request.method == "POST" else None
    form = CheckForm(sent, found=check(meeting), corrects=corrects)
    if request.method == "POST" and form.is_valid() and _gone_on(request, meeting, form):
        return redirect(meeting if "save" not in request.POST else to(meeting, "publish_minutes"))
    return render(request, "meetings/publish_minutes.html", _checked(request, meeting, form))


def _not_public(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The minutes of a group that the public does not read: one person puts them on record."""
    if request.method == "POST" and _done(request, _publish, meeting):
        return redirect(meeting)
    full = renditions.build(meeting, renditions.RESTRICTED, request.user)
    _record(request, meeting, full.shows_restricted)
    context = {"meeting": meeting, "full": full, "again": meeting.status == Status.PUBLISHED}
    return render(request, "meetings/keep_minutes.html", context)


def _publish(meeting: Meeting, **words: Any) -> str:
    verb = publication.publish_again if meeting.status == Status.PUBLISHED else publication.publish
    verb(meeting, **words)
    return "The minutes are published."


def _checked(request: HttpRequest, meeting: Meeting, form: CheckForm) -> dict[str, Any]:
    found = form.found
    _record(request, meeting, found.full.restricted)
    return {
        "meeting": meeting, "form": form, "found": found, "full": found.full,
        "public": found.public, "again": meeting.status == Status.PUBLISHED,
        "rows": renditions.side_by_side(found.full, found.public),
        "waiting": _current(meeting, found), "last": queries.last_request(meeting),
        "approvers": [each for each in queries.approvers(meeting) if each != request.user],
    }  # fmt: skip


def _current(meeting: Meeting, found: Check) -> Any:
    """The request that waits, if it is of the text as it stands."""
    waiting = queries.open_request(meeting)
    return waiting if waiting and waiting.digest == found.digest else None


def _record(request: HttpRequest, meeting: Meeting, restricted: bool) -> None:
    if restricted:
        record_read(meeting, by=request.user, partnership=meeting.partnership, group=meeting.group)


def _gone_on(request: HttpRequest, meeting: Meeting, form: CheckForm) -> bool:
    """Keep the reasons; then publish, or ask for it, unless they were only to be saved."""
    for_all = form.cleaned_data.get("for_all", "")
    if form.found.withheld:
        try:
            redacting.give_reasons(meeting, reasons=form.given, for_all=for_all, by=request.user)
        except ValidationError as problem:
            messages.error(request, problem.messages[0])
            return False
    if "save" in request.POST:
        messages.success(request, "The reasons are saved.")
        return True
    words: dict[str, Any] = {"acknowledged": form.acknowledged}
    if meeting.status == Status.PUBLISHED:
        words["correction_note"] = form.cleaned_data.get("correction_note", "")
    verb = _ask if form.found.two_people and _to_ask(meeting) else _publish
    return _done(request, verb, meeting, form=form, **words)


def _to_ask(meeting: Meeting) -> bool:
    """Notes that the public does not read go into the full minutes without a second person."""
    return meeting.status != Status.PUBLISHED or publication.changes_public(meeting)


def _ask(meeting: Meeting, **words: Any) -> str:
    approval.ask(meeting, **words)
    return "You have asked for approval. Those who can give it are told."


def _done(
    request: HttpRequest, verb: Any, meeting: Meeting, form: Any = None, **words: Any
) -> bool:
    """Take a step and say so; what stands in the way is said too."""
    try:
        messages.success(request, verb(meeting, **words, by=request.user))
    except ValidationError as problem:
        if form is None:
            messages.error(request, problem.messages[0])
        else:
            say_wrong(form, problem)
        return False
    except PDFUnavailable as missing:
        messages.error(request, str(missing))
        return False
    return True


# ---- the second person --------------------------------------------------------------------------


@policy(Meeting, GET="approve publication", POST="approve publication")
def approve_publication(request: HttpRequest, slug: str) -> HttpResponse:
    """Read what the public will read and what stays out; approve it, or say why not."""
    meeting = load(request, Meeting, "approve publication", slug=slug)
    waiting = queries.open_request(meeting)
    if waiting is None:
        messages.error(request, "Nobody is asking for the publication of these minutes now.")
        return where_it_is(meeting)
    publication.reads_all(meeting, request.user)
    found = check(meeting)
    sent = request.POST if request.method == "POST" else None
    declining = bool(sent) and "words" in sent
    approve = ApproveForm(None if declining else sent)
    decline = DeclineForm(sent if declining else None)
    if approve.is_valid() and _done(request, _approve, waiting, form=approve):
        return redirect(meeting)
    if decline.is_valid() and _done(
        request, _decline, waiting, form=decline, words=decline.cleaned_data["words"]
    ):
        return redirect(meeting)
    _record(request, meeting, found.full.restricted)
    context = {
        "meeting": meeting, "waiting": waiting, "found": found, "public": found.public,
        "approve": approve, "decline": decline, "form": decline if declining else approve,
        "own": waiting.asked_by == request.user, "changed": waiting.digest != found.digest,
    }  # fmt: skip
    return render(request, "meetings/approve_publication.html", context)


def _approve(waiting: Any, *, by: Any) -> str:
    approval.approve(waiting, by=by)
    return "You have approved it, and the minutes are published."


def _decline(waiting: Any, *, words: str, by: Any) -> str:
    approval.decline(waiting, words=words, by=by)
    return "Whoever asked has been told why you do not approve it."


@policy(Meeting, POST="publish minutes")
def withdraw_publication(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the question back."""
    meeting = load(request, Meeting, "publish minutes", slug=slug)
    waiting = queries.open_request(meeting)
    if waiting is None:
        messages.error(request, "Nobody is asking for the publication of these minutes now.")
    else:
        _done(request, _withdraw, waiting)
    return redirect(meeting)


def _withdraw(waiting: Any, *, by: Any) -> str:
    approval.withdraw(waiting, by=by)
    return "The question is withdrawn. Nothing is published."


# ---- the log ------------------------------------------------------------------------------------


@policy(Meeting, "read redactions")
def redactions(request: HttpRequest, slug: str) -> HttpResponse:
    """What stays out of the public minutes: where, how much, since when and why. Never the words"""
    meeting = load(request, Meeting, "read redactions", slug=slug)
    closed = recused(request.user)
    whole = log(meeting)
    lines = [line for line in whole if line.item.pk not in closed]
    approved = queries.approvals(meeting)
    if request.GET.get("format") == "csv":
        return _csv(meeting, lines, approved)
    context = {
        "meeting": meeting, "lines": lines, "approved": approved, "less": len(lines) < len(whole),
        "words": sum(line.words for line in lines),
        "without": sum(not line.reason for line in lines),
        "is_public": publication.is_public(meeting),
        "may_reason": workflow.may(request.user, "ask to publish", meeting),
    }  # fmt: skip
    return render(request, "meetings/redactions.html", context)


def _csv(meeting: Meeting, lines: list[Withheld], approved: list[Any]) -> HttpResponse:
    headings = ("Item", "What", "Words", "Restricted by", "Restricted on", "Reason", "Reason by",
                "Approved by", "Approved on")  # fmt: skip
    by_name, on = "", ""
    if approved:
        by_name, on = str(approved[0].answered_by), longdate(approved[0].answered_at)
    rows = (
        (line.item.number, line.what, line.words, line.by_name,
         longdate(line.at) if line.at else "", line.reason, line.reason_by, by_name, on)
        for line in lines
    )  # fmt: skip
    return csv_response(f"{meeting.slug}-redactions", headings, rows)
