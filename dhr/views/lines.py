"""An agency's chronology, line by line, or taken over from a table."""

import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from core.permissions import policy
from dhr.forms import information as forms
from dhr.models import ChronologyLine, InformationRequest
from dhr.queries import information as queries
from dhr.views.asked import ask_one, load_one, page_one, url_of
from dhr.views.asking import do
from dhr.workflow import information as workflow
from figures.sheets import chronology
from membership.models import Agency


@policy(InformationRequest, GET="answer", POST="answer")
def line_add(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Add a line to the chronology."""
    found = load_one(request, pk, "answer")
    to = request.path if "again" in request.POST else ""
    return ask_one(
        request, found, partial(_line_form, request, found),
        partial(workflow.add_line, found, by=request.user),
        title="Add a line to your chronology", to=to,
    )  # fmt: skip


def _line_form(request: HttpRequest, found: InformationRequest, posted: Any, **more: Any) -> Any:
    keys = [each.pk for each in queries.agencies(found.review) if each.pk != found.agency_id]
    others = Agency.objects.filter(pk__in=keys).order_by("name")
    return forms.LineForm(posted, agencies=others, cancel=url_of(request, found), **more)


def _line(found: InformationRequest, key: int) -> ChronologyLine:
    line = next((each for each in queries.lines(found) if each.pk == key), None)
    if line is None:
        raise Http404
    return line


@policy(InformationRequest, GET="answer", POST="answer")
def line_change(request: HttpRequest, pk: uuid.UUID, line: int) -> HttpResponse:
    """Correct a line."""
    found = load_one(request, pk, "answer")
    kept = _line(found, line)
    names = (
        "on", "at", "who", "what", "done", "contact_with", "contact_other", "risk",
        "source_reference",
    )  # fmt: skip
    initial = {name: getattr(kept, name) for name in names}
    return ask_one(
        request, found, partial(_line_form, request, found, initial=initial),
        partial(workflow.change_line, kept, by=request.user),
        title="Change a line of your chronology",
    )  # fmt: skip


@policy(InformationRequest, POST="answer")
def line_remove(request: HttpRequest, pk: uuid.UUID, line: int) -> HttpResponse:
    """Take a line out."""
    found = load_one(request, pk, "answer")
    kept = _line(found, line)
    return do(
        request, lambda: workflow.remove_line(kept, by=request.user), done="The line is gone.",
        to=f"{url_of(request, found)}#chronology",
    )  # fmt: skip


@policy(InformationRequest, GET="answer", POST="answer")
def line_import(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Read a chronology out of a file or a pasted table: shown first, kept when confirmed."""
    found = load_one(request, pk, "answer")
    here = f"{url_of(request, found)}#chronology"
    form = forms.TableForm(
        request.POST or None, request.FILES or None, cancel=url_of(request, found)
    )
    if form.is_bound and form.is_valid():
        table = form.cleaned_data["found"]
        read = workflow.read_lines(found, table)
        if "keep" not in request.POST:
            context = {
                "found": read, "text": chronology.as_text(table.lines), "shown": read.lines[:200],
                "back": url_of(request, found),
            }  # fmt: skip
            return page_one(request, "dhr/asked_preview.html", found, context)
        try:
            added = workflow.add_lines(found, lines=read.lines, by=request.user)
            messages.success(request, _added(added, len(read.lines)))
        except ValidationError as wrong:
            messages.error(request, wrong.messages[0])
        return redirect(here)
    context = {"form": form, "title": "Take over a chronology from a table"}
    return page_one(request, "dhr/asked_step.html", found, context)


def _added(added: int, of: int) -> str:
    said = "1 line is added." if added == 1 else f"{added} lines are added."
    return said if added == of else f"{said} The others were there already."
