"""Packs: their contents, their files, late papers sent in supplements, and who has opened them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from audit.workflow import record_read
from core.markings import Marking
from core.pdf import PDFUnavailable
from core.permissions import can, load, policy, require
from core.workflow import Wrong
from documents.files import download
from documents.queries import title_for
from meetings import workflow
from meetings.models import Making, Meeting, Pack, PackFile, PackPart, Rendition
from meetings.packs.shapes import PackFailed
from meetings.public import with_public_agenda
from meetings.queries import packs as reading
from meetings.queries.books import parts_in, withdrawn
from meetings.recusal import recused
from meetings.views import dossier
from meetings.views.panel import to
from meetings.workflow import making
from meetings.workflow import packs as verbs
from membership.models import Partnership

REFRESH = 5  # seconds


# ---- for the group ------------------------------------------------------------------------------


@policy(Meeting, "view")
def pack(request: HttpRequest, slug: str) -> HttpResponse:
    """What was sent, with the page on which each paper stands, and the files to take away."""
    meeting = load(request, Meeting, "view", slug=slug)
    sent = reading.packs_of(meeting, request.user)
    verbs.opened(meeting.packs.all(), by=request.user)
    sends = workflow.may(request.user, "send papers", meeting)
    making_now = any(each.in_the_making for each in sent)
    refreshes = making_now and "still" not in request.GET
    context = {
        "meeting": meeting, "packs": sent, "sends": sends,
        "waiting": len(reading.waiting(meeting)) if sent and sends else 0,
        "next_name": reading.next_name(meeting) if sent and sends else "",
        "follows": can(request.user, "see who has opened", meeting),
        "tries": can(request.user, "send papers", meeting),
        "dossiers": dossier.links(request.user, meeting), "making": making_now,
        "refreshes": refreshes, "refresh": REFRESH,
    }  # fmt: skip
    response = render(request, "meetings/pack.html", context)
    if refreshes:
        # As a header: the page offers a way to stop it, and needs no script.
        response["Refresh"] = str(REFRESH)
    return response


@policy(Pack, "view")
def pack_file(request: HttpRequest, slug: str, number: int, rendition: str) -> HttpResponse:
    """A pack as one PDF, for those who may have this rendition of it."""
    the_pack = load(request, Pack, "view", meeting__slug=slug, number=number)
    meeting = the_pack.meeting
    if rendition == Rendition.RESTRICTED:
        require(can(request.user, "open restricted", the_pack))
    file = get_object_or_404(the_pack.files.defer("content__data"), rendition=rendition)
    if file.state != Making.READY:
        messages.error(request, "This file is still being put together.")
        return redirect(to(meeting, "pack"))
    try:
        data = _bytes(file, the_pack, request.user)
    except (PackFailed, PDFUnavailable) as failure:
        messages.error(request, str(failure))
        return redirect(to(meeting, "pack"))
    verbs.opened([the_pack], by=request.user)
    if rendition == Rendition.RESTRICTED:
        record_read(meeting, by=request.user, partnership=meeting.partnership, group=meeting.group)
    return download(data, "application/pdf", file.file_name)


def _bytes(file: PackFile, the_pack: Pack, user: Any) -> Any:
    """The file as it was put together; for somebody who withdrew from an item, one without it."""
    own = recused(user)
    gone = withdrawn(parts_in(the_pack, file.rendition), the_pack, file.rendition, user)
    if gone or (own and the_pack.meeting.items.filter(pk__in=own).exists()):
        return making.pack_bytes(the_pack, file.rendition, user=user)
    assert file.content is not None  # noqa: S101 - a constraint says so of ready files
    return file.content.data


@policy(Meeting, POST="send papers")
def pack_again(request: HttpRequest, slug: str, number: int, rendition: str) -> HttpResponse:
    """Put a file together again that could not be."""
    meeting = load(request, Meeting, "send papers", slug=slug)
    try:
        verbs.try_again(meeting, number=number, rendition=rendition, by=request.user)
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
    else:
        messages.success(request, "The file is being put together again.")
    return redirect(to(meeting, "pack"))


# ---- late papers --------------------------------------------------------------------------------


@policy(Meeting, GET="send papers", POST="send papers")
def supplement(request: HttpRequest, slug: str) -> HttpResponse:
    """The papers that wait, then the button that sends them."""
    meeting = load(request, Meeting, "send papers", slug=slug)
    verdict = workflow.fits("send papers", meeting)
    if not verdict:
        messages.error(request, verdict.reason)
        return redirect(meeting)
    if request.method == "POST":
        return _send(request, meeting)
    papers = reading.waiting(meeting)
    rows = [(paper, title_for(request.user, paper.document)) for paper in papers]
    context = {
        "meeting": meeting, "rows": rows, "name": reading.next_name(meeting),
        "stamp": reading.stamp(papers),
    }  # fmt: skip
    return render(request, "meetings/supplement.html", context)


def _send(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    try:
        sent = verbs.send_supplement(
            meeting, stamp=request.POST.get("stamp", ""), by=request.user
        )  # fmt: skip
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
        return redirect(to(meeting, "supplement"))
    messages.success(request, f"{sent} is sent. Everybody on the group has been told.")
    return redirect(to(meeting, "pack"))


@policy(Meeting, POST="edit agenda")
def paper_public(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Choose whether a paper is published with the public agenda, until it is sent."""
    meeting = load(request, Meeting, "edit agenda", slug=slug)
    paper = get_object_or_404(reading.papers_of(meeting), pk=pk)
    paper.item.meeting = meeting
    public = request.POST.get("public") == "yes"
    try:
        verbs.set_public(paper, public=public, by=request.user)
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
    else:
        goes = "goes out with the public agenda" if public else "is for the group only"
        messages.success(request, f"Paper {paper.letter} {goes}.")
    return redirect(f"{to(meeting, 'agenda')}#item-{paper.item_id}")


# ---- who has opened -----------------------------------------------------------------------------


@policy(Meeting, GET="see who has opened", POST="see who has opened")
def pack_readers(request: HttpRequest, slug: str) -> HttpResponse:
    """Who on the group has opened what was sent, and a reminder for the others."""
    meeting = load(request, Meeting, "see who has opened", slug=slug)
    if request.method == "POST":
        return _remind(request, meeting)
    readers = reading.readers_of(meeting)
    context = {
        "meeting": meeting, "readers": readers,
        "packs": list(meeting.packs.order_by("number")),
        "not_yet": sum(not reader.has_all for reader in readers),
    }  # fmt: skip
    return render(request, "meetings/pack_readers.html", context)


def _remind(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    try:
        told = verbs.remind(meeting, by=request.user)
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
    else:
        people = "1 person has" if told == 1 else f"{told} people have"
        says = f"{people} been reminded. Nobody is reminded twice on one day."
        messages.success(request, says if told else "Nobody had to be reminded.")
    return redirect(to(meeting, "pack_readers"))


# ---- for everybody ------------------------------------------------------------------------------


def _published(request: HttpRequest, slug: str) -> Meeting:
    require(can(request.user, "read public pages", request.partnership))
    return get_object_or_404(with_public_agenda(request.partnership), slug=slug)


@login_not_required
@policy(Partnership, "read public pages")
def public_pack(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The public pack of a published agenda, as it was put together."""
    meeting = _published(request, slug)
    file = next(
        (each for each in reading.public_files(meeting) if each.pack.number == number), None
    )
    if file is None or file.content is None:
        raise Http404
    the_pack = file.pack
    the_pack.meeting = meeting
    if withdrawn(parts_in(the_pack, Rendition.PUBLIC), the_pack, Rendition.PUBLIC, None):
        raise Http404
    return download(file.content.data, "application/pdf", file.file_name)


@login_not_required
@policy(Partnership, "read public pages")
def public_paper(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A paper that was published with the agenda, in the version that was sent."""
    meeting = _published(request, slug)
    part: PackPart = get_object_or_404(reading.public_parts(meeting), pk=pk)
    version = part.version
    return download(
        version.content.data, version.content_type, version.file_name, marking=Marking.OFFICIAL
    )
