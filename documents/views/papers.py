"""A paper: what it is, its files, who may open it, and an officer's exception for one agency."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core import clock
from core.components import Link
from core.forms import say_wrong
from core.permissions import Refused, can, load, policy
from core.workflow import Wrong
from documents import queries, workflow
from documents.checks import scanner
from documents.files import download, for_reader
from documents.forms import ChangeForm, OpeningForm, VersionForm
from documents.models import Document, Opening, Version
from documents.refusal import refused
from documents.views.notes import note_form
from membership.forms.asking import ask


@policy(Document, "view")
def detail(request: HttpRequest, pk: Any) -> HttpResponse:
    """What it is and who may open it; of one that this person may not open, no more than that."""
    document = load(request, Document, "view", pk=pk)
    may_open = can(request.user, "open", document)
    if not may_open:
        withdrew = queries.withdrew_from(request.user, document)
        context = {"document": document, "reason": may_open.reason, "withdrew": withdrew}
        return render(request, "documents/withheld.html", context)
    today = clock.today()
    sees_to_it = can(request.user, "open to an agency", document)
    context = {
        "document": document,
        "versions": queries.versions(document),
        "readers": queries.readers(document, today),
        "now": clock.now(),
        "sees_to_it": sees_to_it,
        "may_change": can(request.user, "change", document),
        "openings": queries.openings(document) if sees_to_it else [],
        "reads": queries.reads(document)[:50] if sees_to_it else [],
        "events": queries.events(document) if sees_to_it else [],
        "scanner": scanner.in_use(),
        "notes": queries.notes_on(document, request.user),
        "note_form": note_form(document),
    }
    return render(request, "documents/detail.html", context)


@policy(Document, "open")
def file(request: HttpRequest, pk: Any, number: int) -> HttpResponse:
    """One version, to be saved; or the page that says what keeps it shut."""
    try:
        document = load(request, Document, "open", pk=pk)
        version = workflow.open_file(document, number=number, by=request.user)
    except Version.DoesNotExist as missing:
        raise Http404 from missing
    except Refused as refusal:
        document = load(request, Document, "view", pk=pk)
        return refused(
            request, refusal.verdict, group=document.group, about=document,
            url=document.get_absolute_url(),
            back=Link("Back to the group", document.group.get_absolute_url()),
        )  # fmt: skip
    data = for_reader(document, version, request.user)
    return download(data, version.content_type, version.file_name, marking=document.marking)


@policy(Document, GET="change", POST="change")
def change(request: HttpRequest, pk: Any) -> HttpResponse:
    """Give it another title, or say otherwise how it is to be handled."""
    document = load(request, Document, "change", pk=pk)
    form = ChangeForm(request.POST or None, record=document, cancel=document.get_absolute_url())
    if ask(form, lambda **given: workflow.retitle(document, **given), by=request.user):
        messages.success(request, "The paper is changed.")
        return redirect(document)
    context = {"document": document, "form": form}
    return render(request, "documents/change.html", context, status=409 if form.stale else 200)


@policy(Document, GET="change", POST="change")
def version_add(request: HttpRequest, pk: Any) -> HttpResponse:
    """Send in a newer version."""
    document = load(request, Document, "change", pk=pk)
    form = VersionForm(
        request.POST or None, request.FILES or None, cancel=document.get_absolute_url()
    )
    if form.is_valid():
        try:
            version = workflow.add_version(document, by=request.user, **form.cleaned_data)
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            messages.success(request, f"Version {version.number} has been sent in.")
            return redirect(document)
    return render(request, "documents/version_add.html", {"document": document, "form": form})


@policy(Document, GET="open to an agency", POST="open to an agency")
def open_to(request: HttpRequest, pk: Any) -> HttpResponse:
    """Open a restricted paper to one agency for a stated time, with the reason and the gateway."""
    document = load(request, Document, "open to an agency", pk=pk)
    form = OpeningForm(request.POST or None, document=document, cancel=document.get_absolute_url())
    if form.is_valid():
        try:
            opening = workflow.open_to_agency(document, by=request.user, **form.cleaned_data)
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            says = f"{opening.agency} can open this paper. It is in the record of sharing."
            messages.success(request, says)
            return redirect(document)
    title = queries.title_for(request.user, document)
    context = {"document": document, "form": form, "paper": title}
    return render(request, "documents/open_to.html", context)


@policy(Opening, POST="close")
def opening_close(request: HttpRequest, pk: Any) -> HttpResponse:
    """Close an exception before its time."""
    opening = load(request, Opening, "close", pk=pk)
    try:
        workflow.close_opening(opening, by=request.user)
    except Wrong as wrong:
        messages.error(request, wrong.message)
    else:
        messages.success(request, f"The paper is closed to {opening.agency}.")
    return redirect(opening.document)
