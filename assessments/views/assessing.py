"""A Strategic Assessment: the list, how far one is, and its editions to read."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from assessments import renditions
from assessments.figures_of import PUBLIC, RESTRICTED, figures_of
from assessments.forms.assessing import BeginForm
from assessments.models import Assessment, AssessmentStatus
from assessments.queries import assessing as reading
from assessments.renditions.shapes import Report
from assessments.workflow import assessing
from audit.workflow import record, record_read
from core import clock
from core.exports import csv_response
from core.forms import say_wrong
from core.pdf import PDFUnavailable
from core.permissions import Verdict, can, load, policy, require
from membership.models import Partnership

VERBS = ("open", "write", "offer evidence", "put before the board", "adopt", "publish")


def to(assessment: Assessment, name: str, *args: Any) -> str:
    """The address of one of its pages."""
    return reverse(
        f"assessments:{name}", args=[assessment.partnership.slug, assessment.slug, *args]
    )


def stays(request: HttpRequest, verb: Any, *args: Any, **words: Any) -> bool:
    """Take a step that needs no form; what stands in the way is said on the next page."""
    try:
        verb(*args, **words, by=request.user)
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
        return False
    except PDFUnavailable as missing:
        messages.error(request, str(missing))
        return False
    return True


# ---- list and beginning -------------------------------------------------------------------------


@policy(Partnership, "read assessments")
def listing(request: HttpRequest) -> HttpResponse:
    """Every assessment, newest first."""
    require(can(request.user, "read assessments", request.partnership))
    rows = [
        (each, *reading.state_of(each))
        for each in reading.assessments(request.user, request.partnership)
    ]
    context = {
        "rows": rows,
        "may_begin": can(request.user, "begin assessments", request.partnership),
    }
    return render(request, "assessments/list.html", context)


@policy(Partnership, GET="begin assessments", POST="begin assessments")
def begin(request: HttpRequest) -> HttpResponse:
    """Begin the assessment of twelve months."""
    require(can(request.user, "begin assessments", request.partnership))
    back = reverse("assessments:assessments", args=[request.partnership.slug])
    form = BeginForm(request.POST or None, partnership=request.partnership, cancel=back)
    if form.is_valid():
        try:
            made = assessing.begin(
                request.partnership, starts_on=form.cleaned_data["starts_on"], by=request.user
            )
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            messages.success(request, "The assessment is begun, and what figures allow is drafted.")
            return redirect(made)
    return render(request, "assessments/begin.html", {"form": form, "back": back})


# ---- one assessment -----------------------------------------------------------------------------


@policy(Assessment, "view")
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """How far each section is, and what comes next."""
    assessment = load(request, Assessment, "view", slug=slug)
    may = {verb.replace(" ", "_"): can(request.user, verb, assessment) for verb in VERBS}
    figures = figures_of(assessment, RESTRICTED if may["open"] else PUBLIC)
    steps = reading.steps(assessment, figures["sentences"] if may["write"] else {})
    if not may["write"]:
        steps = [reading.Step(each.section, each.state, each.tone, False) for each in steps]
    undone = sum(each.section.done_at is None for each in steps)
    heading, words = reading.next_words(assessment, undone)
    drafting = assessment.status == AssessmentStatus.DRAFTING
    context = {
        "assessment": assessment,
        "state": reading.state_of(assessment),
        "stages": reading.stages(assessment),
        "steps": steps,
        "undone": undone,
        "may": may,
        "drafting": drafting,
        "period": figures["period"],
        "missing": renditions.missing_words(figures),
        "next_heading": heading,
        "next_words": words,
        "to_read": reading.to_read(assessment),
    }
    return render(request, "assessments/detail.html", context)


def _edition(request: HttpRequest, slug: str, edition: str) -> tuple[Assessment, Report]:
    """An edition for this reader, once it is on record that they read what is restricted."""
    assessment = load(request, Assessment, "view", slug=slug)
    if edition not in renditions.TITLES:
        raise Http404
    if edition == RESTRICTED:
        require(can(request.user, "open", assessment))
    report = renditions.build(assessment, edition)
    if report.restricted:
        read_it(request, assessment)
    return assessment, report


def read_it(request: HttpRequest, assessment: Assessment) -> None:
    """Put on record that somebody reads what is restricted in an assessment."""
    record_read(
        assessment, by=request.user, partnership=assessment.partnership, group=assessment.group
    )


@policy(Assessment, "view")
def read(request: HttpRequest, slug: str, edition: str) -> HttpResponse:
    """An edition as it reads now, from beginning to end."""
    assessment, report = _edition(request, slug, edition)
    opens: Verdict = can(request.user, "open", assessment)
    context = {
        "assessment": assessment,
        "report": report,
        "edition": edition,
        "title": f"{report.title}: {renditions.TITLES[edition].lower()}",
        "opens": opens,
    }
    return render(request, "assessments/read.html", context)


@policy(Assessment, "view")
def as_pdf(request: HttpRequest, slug: str, edition: str) -> HttpResponse:
    """The same as a PDF."""
    assessment, report = _edition(request, slug, edition)
    try:
        made = renditions.document(report)
    except PDFUnavailable as missing:
        messages.error(request, str(missing))
        return redirect(assessment)
    _downloaded(request, assessment, report)
    response = HttpResponse(made, content_type="application/pdf")
    name = renditions.file_name(assessment, report)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@policy(Assessment, "view")
def as_csv(request: HttpRequest, slug: str, edition: str) -> HttpResponse:
    """Its figures, one a line."""
    assessment, report = _edition(request, slug, edition)
    _downloaded(request, assessment, report)
    name = renditions.file_name(assessment, report).removesuffix(".pdf")
    lines = renditions.csv_lines(report)
    return csv_response(f"{name}-figures", renditions.CSV_HEADINGS, lines)


def _downloaded(request: HttpRequest, assessment: Assessment, report: Report) -> None:
    record(
        "downloaded", assessment, by=request.user, partnership=assessment.partnership,
        group=assessment.group, detail={"edition": report.edition},
    )  # fmt: skip


@policy(Assessment, "view")
def sources(request: HttpRequest, slug: str) -> HttpResponse:
    """The files that its street-crime figures come from."""
    assessment = load(request, Assessment, "view", slug=slug)
    context = {
        "assessment": assessment,
        "sources": renditions.sources_shown(assessment),
        "today": clock.today(),
    }
    return render(request, "assessments/sources.html", context)
