"""All of a meeting as one archive, in each rendition."""

from typing import IO, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from audit.workflow import record_read
from core.components import Link
from core.permissions import can, load, policy, require
from core.workflow import Wrong
from meetings import dossier as dossiers
from meetings.models import Meeting, Pack, Rendition
from meetings.public import with_public_agenda
from meetings.recusal import withdrew_at
from meetings.views.panel import to
from membership.models import GroupKind, Partnership

LABELS = {
    Rendition.PUBLIC: "What was published",
    Rendition.PARTNER: "For members of the group",
    Rendition.RESTRICTED: "Restricted",
}


def links(user: Any, meeting: Meeting) -> list[Link]:
    """The archives that this reader may have, once the agenda is out."""
    return [
        Link(LABELS[each], reverse_of(meeting, each))
        for each in Rendition
        if meeting.agenda_published_at and _may(user, meeting, each)
    ]


def reverse_of(meeting: Meeting, rendition: str) -> str:
    """The address of an archive."""
    return reverse("meetings:dossier", args=[meeting.partnership.slug, meeting.slug, rendition])


def _may(user: Any, meeting: Meeting, rendition: str) -> bool:
    if rendition == Rendition.PUBLIC:
        return bool(meeting.group.kind == GroupKind.BOARD)
    if rendition == Rendition.RESTRICTED:
        return bool(can(user, "open restricted", Pack(meeting=meeting)))
    return True


@policy(Meeting, "view")
def dossier(request: HttpRequest, slug: str, rendition: str) -> HttpResponse | FileResponse:
    """The archive for members, the restricted one for those behind the gate."""
    meeting = load(request, Meeting, "view", slug=slug)
    if rendition not in Rendition.values:
        raise Http404
    if rendition == Rendition.PUBLIC and meeting.group.kind != GroupKind.BOARD:
        raise Http404
    if rendition == Rendition.RESTRICTED:
        require(can(request.user, "open restricted", Pack(meeting=meeting)))
    if not meeting.packs.exists():
        messages.error(request, "Nothing has been sent yet, so there are no files.")
        return redirect(to(meeting, "pack"))
    if rendition == Rendition.RESTRICTED:
        record_read(meeting, by=request.user, partnership=meeting.partnership, group=meeting.group)
    try:
        made = _made(meeting, rendition, request.user)
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
        return redirect(to(meeting, "pack"))
    return _answer(made, meeting, rendition)


@login_not_required
@policy(Partnership, "read public pages")
def public_dossier(request: HttpRequest, slug: str) -> HttpResponse | FileResponse:
    """The archive of what was published, for everybody."""
    require(can(request.user, "read public pages", request.partnership))
    meeting = get_object_or_404(
        with_public_agenda(request.partnership).filter(packs__isnull=False).distinct(), slug=slug
    )
    try:
        made = dossiers.published(meeting)
    except Wrong as wrong:
        raise Http404 from wrong
    return _answer(made, meeting, Rendition.PUBLIC)


def _made(meeting: Meeting, rendition: str, user: Any) -> IO[bytes]:
    """What was published is the same for all but those who withdrew from an item."""
    if rendition == Rendition.PUBLIC and not withdrew_at(user, meeting):
        return dossiers.published(meeting)
    return dossiers.archive(meeting, rendition, user)


def _answer(made: Any, meeting: Meeting, rendition: str) -> FileResponse:
    name = dossiers.file_name(meeting, rendition)
    response = FileResponse(made, as_attachment=True, filename=name, content_type="application/zip")
    response["X-Content-Type-Options"] = "nosniff"
    return response
