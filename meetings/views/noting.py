"""A dated note on minutes that have been agreed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.forms import say_wrong
from core.markings import Marking
from core.permissions import load, policy
from meetings.forms.reviews import NoteForm
from meetings.models import Meeting
from meetings.queries.reviews import open_items
from meetings.views.panel import to
from meetings.views.reviewing import not_now
from meetings.workflow import noting


@policy(Meeting, GET="note mistakes", POST="note mistakes")
def later_note(request: HttpRequest, slug: str) -> HttpResponse:
    """Note a mistake that was found after the minutes were agreed."""
    meeting = load(request, Meeting, "note mistakes", slug=slug)
    back = not_now(request, meeting, "note a mistake")
    if back:
        return back
    form = NoteForm(
        request.POST or None, meeting=meeting, items=open_items(meeting, request.user),
        cancel=to(meeting, "draft_minutes"),
    )  # fmt: skip
    if form.is_valid():
        marking = Marking.SENSITIVE if form.cleaned_data["restricted"] else Marking.OFFICIAL
        try:
            noting.add(
                meeting, item=form.about, text=form.cleaned_data["text"], marking=marking,
                by=request.user,
            )  # fmt: skip
        except ValidationError as problem:
            say_wrong(form, problem)
        else:
            messages.success(request, "The note stands in the minutes. The members are told.")
            return redirect(to(meeting, "draft_minutes"))
    return render(request, "meetings/later_note.html", {"meeting": meeting, "form": form})
