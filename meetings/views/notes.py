"""A person's own notes on all papers, for reading before a meeting and for taking away."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core import clock
from core.exports import csv_response
from core.permissions import can, policy, require
from documents.queries import own_notes
from meetings.queries.notes import noted
from membership.models import Partnership

PAGE = 50
HEADINGS = ["Meetings", "Paper", "Page", "Written", "Note"]


@policy(Partnership, "read own notes")
def notes(request: HttpRequest) -> HttpResponse:
    """All that one has written down on papers here, the newest first."""
    require(can(request.user, "read own notes", request.partnership))
    own = own_notes(request.user, request.partnership)
    page = Paginator(own, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "notes": noted(page.object_list, request.user)}
    return render(request, "meetings/notes.html", context)


@policy(Partnership, "read own notes")
def notes_csv(request: HttpRequest) -> HttpResponse:
    """The same as a file. That somebody took their own notes away is nobody else's matter."""
    require(can(request.user, "read own notes", request.partnership))
    lines = (
        [each.where, each.title, each.note.page or "", each.note.written_at.date(), each.note.text]
        for each in noted(own_notes(request.user, request.partnership), request.user)
    )
    return csv_response(f"my-notes-{clock.today().isoformat()}", HEADINGS, lines)
