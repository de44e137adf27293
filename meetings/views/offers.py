"""What members and leads offer for an agenda, and how officers answer papers."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from audit.workflow import record_read
from core import clock
from core.dates import longdate
from core.forms import say_wrong
from core.permissions import can, load, policy, require
from core.workflow import Wrong
from documents.files import download
from meetings.forms.beforehand import AcceptPaperForm, DeclineForm, OfferedPaperForm, OfferForm
from meetings.models import Answer, Item, Meeting, OfferedPaper
from meetings.queries import beforehand as reading
from meetings.views.asking import attempt, question
from meetings.views.panel import to
from meetings.workflow import fits
from meetings.workflow import offers as verbs
from membership.models import Partnership


def own(request: Any) -> str:
    """The address of what one has offered oneself."""
    return reverse("meetings:offers", args=[request.partnership.slug])


def of(offered: OfferedPaper, name: str = "offered") -> str:
    """The address of a page about an offered paper."""
    return reverse(f"meetings:{name}", args=[offered.partnership.slug, offered.pk])


@policy(Partnership, "read meetings")
def offers(request: HttpRequest) -> HttpResponse:
    """What one has offered, how it was answered, and the meetings that one may offer for."""
    partnership = request.partnership
    require(can(request.user, "read meetings", partnership))
    coming = reading.coming_to_offer_for(request.user, partnership)
    context = {
        "own_items": reading.as_waiting(reading.own_offers(request.user, partnership)),
        "papers": [
            (paper, reading.is_late(paper))
            for paper in reading.own_papers(request.user, partnership)
        ],
        "coming": [(meeting, reading.submit_by(meeting)) for meeting in coming[:6]],
        "today": clock.today(),
    }  # fmt: skip
    return render(request, "meetings/offers.html", context)


@policy(Meeting, GET="offer items", POST="offer items")
def offer(request: HttpRequest, slug: str) -> HttpResponse:
    """Offer an item for a meeting, with a paper or without."""
    meetings = reading.meetings_to_offer_for(request.user, request.partnership)
    meeting = meetings.filter(slug=slug).first()
    if meeting is None:
        raise Http404
    require(can(request.user, "offer items", meeting))
    stopped = _stopped(request, meeting)
    if stopped:
        return stopped
    form = OfferForm(
        request.POST or None, request.FILES or None, meeting=meeting, cancel=own(request)
    )
    if form.is_valid():
        try:
            verbs.offer(meeting, by=request.user, **form.cleaned_data)
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            messages.success(request, "The officers have been told. You see here what they answer.")
            return redirect(own(request))
    title = f"Offer an item for the {verbs.called(meeting)}"
    return question(request, form, title, _crumbs(request), intro=_by_when(meeting))


def _crumbs(request: HttpRequest) -> list[tuple[str, str]]:
    return [("What you have offered", own(request))]


def _by_when(meeting: Meeting) -> str:
    last = reading.submit_by(meeting)
    if clock.today() <= last:
        return f"Items and papers for this meeting are asked for by {longdate(last)}."
    return (
        f"Items and papers for this meeting were asked for by {longdate(last)}. You may still "
        "send this: it is marked late, and the officers decide."
    )


def _stopped(request: HttpRequest, meeting: Meeting) -> HttpResponse | None:
    """Back, with the reason, where nothing may be offered for a meeting any more."""
    verdict = fits("offer", meeting)
    if verdict and meeting.on >= clock.today():
        return None
    past = f"This meeting was on {longdate(meeting.on)}. Offer it for the next one."
    messages.error(request, verdict.reason or past)
    return redirect(own(request))


# ---- papers for an item that one leads ----------------------------------------------------------


@policy(Item, GET="offer papers", POST="offer papers")
def paper_offer(request: HttpRequest, slug: str, pk: uuid.UUID) -> HttpResponse:
    """Offer a paper for an item on an agenda."""
    item = reading.item_to_offer_for(request.user, request.partnership, slug, pk)
    if item is None:
        raise Http404
    require(can(request.user, "offer papers", item))
    meeting = item.meeting
    stopped = _stopped(request, meeting)
    if stopped:
        return stopped
    form = OfferedPaperForm(
        request.POST or None, request.FILES or None, item=item, cancel=own(request)
    )
    if form.is_valid():
        try:
            verbs.offer_paper(item, by=request.user, **form.cleaned_data)
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            messages.success(request, "The officers have been told. You see here what they answer.")
            return redirect(own(request))
    known = not item.restricted or can(request.user, "open", item)
    intro = f"{item.title}. {_by_when(meeting)}" if known else _by_when(meeting)
    title = f"Offer a paper for item {item.number} of the {verbs.called(meeting)}"
    return question(request, form, title, _crumbs(request), intro=intro)


@policy(OfferedPaper, GET="view", POST="answer")
def offered(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """An offered paper: for its sender its state, for officers the form that takes it."""
    verb = "answer" if request.method == "POST" else "view"
    paper: OfferedPaper = load(request, OfferedPaper, verb, pk=pk)
    answers = can(request.user, "answer", paper)
    waits = paper.state == Answer.WAITING
    form = AcceptPaperForm(request.POST or None, offered=paper, cancel=_back(paper, request))
    if form.is_valid():
        try:
            taken = verbs.accept_paper(paper, by=request.user, **form.cleaned_data)
        except Wrong as wrong:
            messages.error(request, wrong.messages[0])
            return redirect(of(paper))
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            messages.success(request, f"Paper {taken.letter} is on the agenda.")
            return redirect(_back(paper, request))
    context = {
        "offered": paper, "form": form if answers and waits and paper.item else None,
        "late": reading.is_late(paper), "waits": waits, "answers": answers,
        "own": paper.created_by_id == request.user.pk, "meeting": paper.meeting,
    }  # fmt: skip
    return render(request, "meetings/offered.html", context)


def _back(paper: OfferedPaper, request: HttpRequest) -> str:
    """Officers go back to the agenda, senders to what they have offered."""
    meeting = paper.meeting
    if meeting is not None and can(request.user, "edit agenda", meeting):
        return to(meeting, "agenda") if fits("edit agenda", meeting) else to(meeting, "detail")
    return own(request)


@policy(OfferedPaper, "view")
def offered_file(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The file of an offered paper, for its sender and the officers."""
    paper: OfferedPaper = load(request, OfferedPaper, "view", pk=pk)
    if paper.restricted:
        record_read(paper, by=request.user, partnership=paper.partnership, group=paper.group)
    return download(paper.content.data, paper.content_type, paper.file_name, marking=paper.marking)


@policy(OfferedPaper, GET="answer", POST="answer")
def offered_decline(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Decline a paper, and say why."""
    paper: OfferedPaper = load(request, OfferedPaper, "answer", pk=pk)
    form = DeclineForm(request.POST or None, cancel=of(paper))
    if form.is_valid():
        try:
            verbs.decline_paper(paper, by=request.user, **form.cleaned_data)
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            messages.success(request, "It is declined, and whoever offered it has been told.")
            return redirect(_back(paper, request))
    return question(request, form, "Decline the paper", [("The paper", of(paper))])


@policy(OfferedPaper, POST="withdraw")
def offered_withdraw(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take back a paper that one offered."""
    paper: OfferedPaper = load(request, OfferedPaper, "withdraw", pk=pk)
    if attempt(request, verbs.withdraw_paper, paper):
        messages.success(request, "You have taken it back.")
    return redirect(own(request))
