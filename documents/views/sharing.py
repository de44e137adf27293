"""The record of sharing: what went to whom, under which protocol and lawful gateway."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from audit.workflow import record
from core.components import View
from core.exports import csv_response
from core.forms import say_wrong
from core.history import timeline
from core.permissions import can, load, policy, require
from documents import queries, workflow
from documents.forms import SharingFilter, SharingForm
from documents.models import SharingRecord
from membership.models import Partnership
from membership.workflow.keeping import Changed, version

HEADINGS = [
    "Date shared", "What was shared", "Shared by", "Shared with", "Who received it", "Group",
    "Protocol", "Lawful gateway", "Why", "How often", "Written down by", "Written down on",
]  # fmt: skip
WORDS = {"": "All", "once": "Once", "repeat": "Repeated"}


@policy(Partnership, "read record of sharing")
def sharing_record(request: HttpRequest) -> HttpResponse:
    """The log, to be filtered, printed, or handed to a regulator as CSV."""
    partnership = request.partnership
    require(can(request.user, "read record of sharing", partnership))
    chooser = SharingFilter(request.GET or None, user=request.user, partnership=partnership)
    choice = chooser.choice
    lines = queries.sharing(request.user, partnership, choice)
    if request.GET.get("format") == "csv":
        return _csv(request, lines)
    counts = queries.sharing_counts(request.user, partnership, choice)
    context = {
        "filter": chooser,
        "page": Paginator(lines, 50).get_page(request.GET.get("page")),
        "views": [_view(request, form, counts[form], choice.form) for form in WORDS],
        "total": counts[choice.form],
        "may_keep": can(request.user, "keep record of sharing", partnership),
    }
    return render(request, "documents/sharing_record.html", context)


def _view(request: HttpRequest, form: str, count: int, current: str) -> View:
    chosen = request.GET.copy()
    for name in ("page", "format", "show"):
        chosen.pop(name, None)
    if form:
        chosen["show"] = form
    return View(WORDS[form], count, f"?{chosen.urlencode()}", current=form == current)


def _csv(request: HttpRequest, lines: Any) -> HttpResponse:
    record(
        "downloaded the record of sharing", by=request.user, partnership=request.partnership,
        detail={"lines": len(lines)},
    )  # fmt: skip
    rows = (
        [
            line.on, line.what, line.shared_by, line.shared_with, line.recipient, line.group,
            line.protocol, line.lawful_gateway, line.reason, line.repeats or "once",
            line.created_by, line.created_at.date(),
        ]
        for line in lines
    )  # fmt: skip
    return csv_response(f"record-of-sharing-{request.partnership.slug}", HEADINGS, rows)


@policy(Partnership, GET="keep record of sharing", POST="keep record of sharing")
def sharing_record_add(request: HttpRequest) -> HttpResponse:
    """Write down something that was shared."""
    partnership = request.partnership
    require(can(request.user, "keep record of sharing", partnership))
    cancel = reverse("documents:sharing_record", args=[partnership.slug])
    form = SharingForm(
        request.POST or None, user=request.user, partnership=partnership, version=0, cancel=cancel
    )
    if form.is_valid():
        fields = _fields(form)
        try:
            workflow.record_sharing(partnership, by=request.user, **fields)
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            messages.success(request, "It is in the record of sharing.")
            return redirect(cancel)
    return render(request, "documents/sharing_record_add.html", {"form": form})


@policy(SharingRecord, "view")
def sharing_record_line(request: HttpRequest, pk: Any) -> HttpResponse:
    """One line, and every correction of it."""
    line = load(request, SharingRecord, "view", pk=pk)
    context = {
        "line": line,
        "history": timeline(line),
        "may_change": can(request.user, "change", line),
    }
    return render(request, "documents/sharing_record_line.html", context)


@policy(SharingRecord, GET="change", POST="change")
def sharing_record_change(request: HttpRequest, pk: Any) -> HttpResponse:
    """Correct a line; where somebody else has corrected it meanwhile, both are shown."""
    line = load(request, SharingRecord, "change", pk=pk)
    what, status, theirs = line.what, 200, []
    form = _correction(request, line, request.POST or None)
    if form.is_valid():
        try:
            workflow.correct_sharing(
                line, by=request.user, version=form.cleaned_data["version"], **_fields(form)
            )
        except Changed:
            line = load(request, SharingRecord, "change", pk=pk)
            what, theirs = line.what, _differences(form, line)
            form = _correction(request, line, _with_version(request.POST, version(line)))
            status = 409
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            messages.success(request, "The line has been corrected.")
            return redirect(_line_url(request, line))
    context = {"what": what, "form": form, "theirs": theirs, "url": _line_url(request, line)}
    return render(request, "documents/sharing_record_change.html", context, status=status)


def _correction(request: HttpRequest, line: SharingRecord, typed: Any) -> SharingForm:
    return SharingForm(
        typed, instance=line, user=request.user, partnership=request.partnership,
        version=version(line), cancel=_line_url(request, line),
    )  # fmt: skip


def _line_url(request: HttpRequest, line: SharingRecord) -> str:
    return reverse("documents:sharing_record_line", args=[request.partnership.slug, line.pk])


def _fields(form: SharingForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}


def _with_version(typed: Any, current: int) -> Any:
    """What was typed, as if it had been typed over the line as it is now."""
    again = typed.copy()
    again["version"] = current
    return again


def _differences(form: SharingForm, line: SharingRecord) -> list[tuple[str, Any, Any]]:
    """Each field in which what was typed differs from what is saved: its name, saved, typed."""
    return [
        (form.fields[name].label, getattr(line, name), value)
        for name, value in _fields(form).items()
        if getattr(line, name) != value
    ]
