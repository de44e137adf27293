"""Returns of figures: the list, the form, the template, a file in its place."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

import audit.workflow
from actions.models import WAITING
from core import clock
from core.dates import count
from core.exports import csv_response
from core.forms import say_wrong
from core.permissions import can, load, policy, require
from core.workflow import Wrong
from figures import sheets
from figures.forms import returns as forms
from figures.models import FiguresReturn, ReturnUpload
from figures.queries import indicators, periods
from figures.queries import returns as queries
from figures.sheets.reading import XLSX
from figures.views.indicators import address
from figures.workflow import returns as workflow
from figures.workflow import uploads
from membership.models import Partnership


@policy(Partnership, "read indicators")
def returns(request: HttpRequest) -> HttpResponse:
    """The returns that the person may know of, and how far each is."""
    require(can(request.user, "read indicators", request.partnership))
    today = clock.today()
    may_ask = can(request.user, "ask for figures", request.partnership)
    context = {
        "returns": list(queries.returns_of(request.user, request.partnership)[:100]),
        "may_ask": may_ask,
        "next": periods.before(today, "quarter") if may_ask else None,
        "today": today,
    }
    return render(request, "figures/returns.html", context)


@policy(Partnership, POST="ask for figures")
def returns_ask(request: HttpRequest) -> HttpResponse:
    """Ask every agency for the figures of the last month, quarter and year that are over."""
    require(can(request.user, "ask for figures", request.partnership))
    asked = [
        each
        for frequency in periods.LENGTH
        for each in workflow.ask(
            request.partnership, on=clock.today(), frequency=frequency, by=request.user
        )
    ]
    if asked:
        names = ", ".join(sorted({each.agency.name for each in asked}))
        messages.success(request, f"{count(len(asked), 'return')} asked for, of {names}.")
    else:
        messages.info(request, "Everybody who supplies figures has been asked already.")
    return redirect("figures:returns", request.partnership.slug)


@policy(FiguresReturn, GET="view", POST="fill in")
def figures_return(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What an agency gives for a period: to be filled in, or as it was sent."""
    own = load(request, FiguresReturn, "view", pk=pk)
    _read(request, own)
    may_fill = can(request.user, "fill in", own)
    if request.method == "POST":
        require(may_fill)
        return _filled_in(request, own)
    waiting = own.request.status in WAITING
    if not may_fill or not (waiting or "change" in request.GET):
        return _sent(request, own)
    return _form(request, own, forms.ReturnForm(sections=_sections(own), version=own.version))


def _sections(own: FiguresReturn) -> list[queries.Section]:
    return queries.sections(own, clock.today())


def _read(request: HttpRequest, own: FiguresReturn) -> None:
    """Put on record that restricted figures are read."""
    audience = indicators.audience_of(request.user, request.partnership)
    for each in queries.indicators_of(own, clock.today()):
        if each.restricted and indicators.reads(each, audience):
            audit.workflow.record_read(each, by=request.user, partnership=own.partnership)


def _filled_in(request: HttpRequest, own: FiguresReturn) -> HttpResponse:
    sections = _sections(own)
    form = forms.ReturnForm(request.POST, sections=sections, version=own.version)
    form.is_valid()
    version = form.cleaned_data.get("version")
    if form.data.get("asked") != form.fingerprint:
        return _stale(request, own, form)
    try:
        own = workflow.save_draft(own, draft=form.draft(), by=request.user, version=version)
        if "send" not in request.POST:
            messages.success(request, "The draft is saved. Only people of your agency see it.")
            return redirect("figures:return", own.partnership.slug, own.pk)
        workflow.send(own, by=request.user)
    except workflow.Stale as stale:
        return _stale(request, stale.current, form)
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
        return redirect("figures:return", own.partnership.slug, own.pk)
    except ValidationError as wrong:
        typed = request.POST.copy()
        typed["version"] = str(own.version)
        form = forms.ReturnForm(typed, sections=sections, version=own.version)
        form.is_valid()
        say_wrong(form, wrong, called=form.names)
        return _form(request, own, form)
    messages.success(request, "Your figures are sent. An officer checks them.")
    return redirect("figures:return", own.partnership.slug, own.pk)


def _stale(request: HttpRequest, own: FiguresReturn, form: Any) -> HttpResponse:
    """What was typed stays in the boxes; beside each that differs stands what the other saved."""
    typed = request.POST.copy()
    typed["version"] = str(own.version)
    sections = _sections(own)
    form = forms.ReturnForm(typed, sections=sections, version=own.version)
    typed["asked"] = form.fingerprint
    form.is_valid()
    for section in sections:
        for row in section.rows:
            field = form[form.names[row.key]]
            if row.drafted and row.drafted != typed.get(form.names[row.key], ""):
                field.help_text = f"The other saved {row.drafted}. {field.help_text}".strip()
    return _form(request, own, form, stale=True)


def _form(
    request: HttpRequest, own: FiguresReturn, form: Any, *, stale: bool = False
) -> HttpResponse:
    context = {
        "own": own,
        "period": queries.period(own),
        "form": form,
        "groups": list(form.groups()),
        "stale": stale,
        "unsigned": queries.waiting_for_signature(own, clock.today()),
        "sent_back": own.request.returns.first() if own.request.status == "sent_back" else None,
    }
    return render(request, "figures/return_form.html", context, status=409 if stale else 200)


@dataclass(frozen=True, slots=True)
class Given:
    """An indicator of a return that was sent, as its reader may see it."""

    section: queries.Section
    series: indicators.Series
    gap: Any

    @property
    def whole(self) -> list[queries.Row]:
        """The whole and its parts."""
        return [row for row in self.section.rows if not row.area]

    @property
    def wards(self) -> list[queries.Row]:
        """The wards of which there is a figure."""
        return [row for row in self.section.rows if row.area and row.held is not None]


def _sent(request: HttpRequest, own: FiguresReturn) -> HttpResponse:
    audience = indicators.audience_of(request.user, request.partnership)
    sections = _sections(own)
    known = indicators.many(
        [each.indicator for each in sections], audience=audience, first=own.starts_on,
        last=own.starts_on,
    )  # fmt: skip
    names = indicators.wards(own.partnership, own.ends_on)
    given = [
        Given(each, known[each.indicator], queries.said_missing(each.indicator, own.starts_on))
        for each in sections
    ]
    context = {
        "own": own,
        "period": queries.period(own),
        "given": given,
        "names": names,
        "asked": own.request,
        "may_change": can(request.user, "fill in", own) and own.request.status != "withdrawn",
    }
    return render(request, "figures/return.html", context)


# ---- files --------------------------------------------------------------------------------------


@policy(FiguresReturn, "fill in")
def return_template(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """The template of the return, with everything that is asked for and what is drafted."""
    own = load(request, FiguresReturn, "view", pk=pk)
    require(can(request.user, "fill in", own))
    _read(request, own)
    sections = _sections(own)
    name = f"figures-{own.agency.slug}-{own.starts_on.isoformat()}"
    if kind == "csv":
        return csv_response(name, sheets.COLUMNS, sheets.csv_lines(own, sections))
    response = HttpResponse(sheets.workbook(own, sections), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


@policy(FiguresReturn, GET="fill in", POST="fill in")
def return_upload(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send in a file in place of typing."""
    own = load(request, FiguresReturn, "view", pk=pk)
    require(can(request.user, "fill in", own))
    back = address(request, "return", own.pk)
    form = forms.UploadForm(request.POST or None, request.FILES or None, cancel=back)
    try:
        if form.is_valid():
            sent = uploads.upload(own, file=form.cleaned_data["file"], by=request.user)
            return redirect("figures:return_preview", own.partnership.slug, own.pk, sent.pk)
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
        return redirect(back)
    except ValidationError as wrong:
        say_wrong(form, wrong)
    context = {"form": form, "own": own, "period": queries.period(own)}
    return render(request, "figures/return_upload.html", context)


@policy(FiguresReturn, GET="fill in", POST="fill in")
def return_preview(request: HttpRequest, pk: UUID, upload: UUID) -> HttpResponse:
    """What the file changes, and what of it could not be read; taken over when told to."""
    own = load(request, FiguresReturn, "view", pk=pk)
    require(can(request.user, "fill in", own))
    sent = own.uploads.filter(pk=upload).first()
    if sent is None:
        raise Http404
    _read(request, own)
    if request.method == "POST":
        return _taken_over(request, own, sent)
    changes = _changes(own, sent)
    context = {
        "own": own,
        "sent": sent,
        "period": queries.period(own),
        "changes": changes,
        "new": sum(each["how"] == "New" for each in changes),
        "changed": sum(each["how"] == "Changed" for each in changes),
        "formulas": [each for each in changes if each["formula"]],
    }
    return render(request, "figures/return_preview.html", context)


def _taken_over(request: HttpRequest, own: FiguresReturn, sent: ReturnUpload) -> HttpResponse:
    try:
        uploads.take_over(sent, formulas="formulas" in request.POST, by=request.user)
        messages.success(request, "Taken over into the draft. Look through it, then send it.")
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
    return redirect("figures:return", own.partnership.slug, own.pk)


def _changes(own: FiguresReturn, sent: ReturnUpload) -> list[dict[str, Any]]:
    """Each figure of the file beside what is drafted, or else held."""
    rows = {row.key: row for section in _sections(own) for row in section.rows}
    found = []
    for each in sent.found:
        row = rows.get(each["key"])
        if row is None:
            continue
        held = indicators.in_words(row.held) if row.held is not None else ""
        now = row.drafted or held
        same = now and _same(now, each["value"], row.indicator.unit)
        how = "Same" if same else "Changed" if now else "New"
        found.append({**each, "row": row, "now": now, "how": how})
    return found


def _same(now: str, given: str, unit: str) -> bool:
    try:
        return queries.parse(now, unit) == queries.parse(given, unit)
    except ValueError:
        return False
