"""Personal notes on papers: each is its writer's alone."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from core.forms import say_wrong
from core.permissions import can, load, policy
from core.workflow import Wrong
from documents import workflow
from documents.forms import NoteForm
from documents.models import Document, PersonalNote


def note_form(document: Document) -> NoteForm:
    """The form for a new note, sent to the address that keeps it."""
    form = NoteForm()
    form.action = reverse("documents:note_add", args=[document.partnership.slug, document.pk])
    return form


@policy(Document, GET="write notes", POST="write notes")
def note_add(request: HttpRequest, pk: Any) -> HttpResponse:
    """Write down something on a paper."""
    document = load(request, Document, "write notes", pk=pk)
    here = f"{document.get_absolute_url()}#notes"
    form = NoteForm(request.POST or None, cancel=here)
    if form.is_valid() and _kept(form, workflow.write_note, document, by=request.user):
        messages.success(request, "Your note is saved. Only you see it.")
        return redirect(here)
    context = {"form": form, "title": "A note on this paper", "document": document}
    return render(request, "documents/note.html", context)


@policy(PersonalNote, GET="change", POST="change")
def note_change(request: HttpRequest, pk: Any) -> HttpResponse:
    """Put one's own note into other words."""
    note = load(request, PersonalNote, "change", pk=pk)
    back = _back(request, note)
    initial = {"text": note.text, "page": note.page}
    form = NoteForm(request.POST or None, initial=initial, cancel=back)
    if form.is_valid() and _kept(form, workflow.change_note, note, by=request.user):
        messages.success(request, "Your note is changed.")
        return redirect(back)
    context = {"form": form, "title": "Change your note", "note": note}
    return render(request, "documents/note.html", context)


@policy(PersonalNote, GET="change", POST="change")
def note_remove(request: HttpRequest, pk: Any) -> HttpResponse:
    """Ask, then throw one's own note away."""
    note = load(request, PersonalNote, "change", pk=pk)
    back = _back(request, note)
    if request.method != "POST":
        return render(request, "documents/note_remove.html", {"note": note, "back": back})
    try:
        workflow.remove_note(note, by=request.user)
        messages.success(request, "Your note is removed.")
    except Wrong as wrong:
        messages.error(request, wrong.message)
    return redirect(back)


def _back(request: Any, note: PersonalNote) -> str:
    """The paper, where it still opens; else the list of one's own notes."""
    document = note.document
    if can(request.user, "open", document):
        return f"{document.get_absolute_url()}#notes"
    return reverse("meetings:notes", args=[request.partnership.slug])


def _kept(form: NoteForm, verb: Any, subject: Any, *, by: Any) -> bool:
    """Save it; what is wrong is said beside the field."""
    try:
        verb(subject, **form.cleaned_data, by=by)
    except ValidationError as wrong:
        say_wrong(form, wrong)
        return False
    return True
