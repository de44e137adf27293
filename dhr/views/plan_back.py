"""A plan that comes back as a spreadsheet: what differs is shown, then taken over or put away."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from core.dates import count, longdate
from core.permissions import policy
from core.workflow import Wrong
from dhr.forms.plans import BackForm
from dhr.models import PlanFile, Review
from dhr.queries import plan_records as records
from dhr.views.asking import do
from dhr.views.frame import address, opened, page
from dhr.views.plans import TAB, here
from dhr.views.versions import TEMPLATE
from dhr.workflow import plan_files
from dhr.workflow.plan_rows import DAYS
from dhr.workflow.plan_sheet import day

KINDS = {
    "problem": "Cannot be taken over",
    "conflict": "Changed here too",
    "changed": "Changed",
    "added": "New",
    "missing": "Not in the file",
}


def in_words(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the preview, its dates as people write them."""
    fields = [
        {**each, **{name: _day(each[name]) for name in ("was", "now", "before")}}
        if each["name"] in DAYS
        else each
        for each in row["fields"]
    ]
    return {**row, "fields": fields}


def _day(text: str) -> str:
    try:
        return longdate(day(text)) if text else ""
    except ValueError:
        return text


def _file(review: Review, pk: uuid.UUID) -> PlanFile:
    found = records.file_of(review, pk)
    if found is None:
        raise Http404
    return found


@policy(Review, GET="work on", POST="work on")
def plan_receive(request: HttpRequest, reference: str) -> HttpResponse:
    """Read a plan that comes back. Nothing is changed yet."""
    review = opened(request, reference, "work on")
    form = BackForm(request.POST or None, request.FILES or None, cancel=here(request, review))
    if form.is_bound and form.is_valid():
        try:
            made = plan_files.receive(review, file=form.cleaned_data["file"], by=request.user)
            return redirect(address(request, "plan_back", reference, made.pk))
        except Wrong as wrong:
            messages.error(request, wrong.messages[0])
            return redirect(here(request, review))
        except ValidationError as wrong:
            form.add_error("file", wrong.message_dict["file"])
    context = {"form": form, "title": "A plan that comes back", "intro": ""}
    return page(request, TEMPLATE, review, TAB, context)


@policy(Review, "work on")
def plan_back(request: HttpRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """What the file would change, row by row."""
    review = opened(request, reference, "work on")
    file = _file(review, pk)
    rows = [in_words(each) for each in file.differences]
    found = {kind: [each for each in rows if each["kind"] == kind] for kind in KINDS}
    context = {
        "file": file,
        "waits": file.taken_over_at is None and file.put_away_at is None,
        "groups": [(KINDS[kind], kind, rows) for kind, rows in found.items() if rows],
        "takes": len(found["changed"]) + len(found["added"]),
        "conflicts": len(found["conflict"]),
        "here": here(request, review),
    }
    return page(request, "dhr/plan_back.html", review, TAB, context)


@policy(Review, POST="work on")
def plan_take_over(request: HttpRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Take over what was shown."""
    review = opened(request, reference, "work on")
    file = _file(review, pk)
    both = "conflicts" in request.POST
    try:
        taken = plan_files.take_over(file, conflicts=both, by=request.user)
    except ValidationError as wrong:
        messages.error(request, wrong.messages[0])
        return redirect(address(request, "plan_back", reference, pk))
    messages.success(request, f"{count(taken, 'row')} taken over.")
    return redirect(here(request, review))


@policy(Review, POST="work on")
def plan_put_away(request: HttpRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Take nothing over."""
    review = opened(request, reference, "work on")
    file = _file(review, pk)
    return do(
        request, lambda: plan_files.put_away(file, by=request.user),
        done="Nothing was changed. The file is put away.", to=here(request, review),
    )  # fmt: skip
