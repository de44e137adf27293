"""Evidence of partners, what the public said, and the scores of threats."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from assessments import scoring
from assessments.forms.assessing import (
    AnswerForm,
    EvidenceForm,
    FindingForm,
    ScoreForm,
    WeightsForm,
)
from assessments.models import (
    Assessment,
    AssessmentStatus,
    ConsultationFinding,
    Evidence,
    ThreatScore,
)
from assessments.queries import assessing as reading
from assessments.views.assessing import stays, to
from assessments.workflow import contributing
from audit.workflow import record_read, record_reads
from core.forms import say_wrong
from core.permissions import can, load, policy

# ---- evidence -----------------------------------------------------------------------------------


@policy(Assessment, "view")
def evidence(request: HttpRequest, slug: str) -> HttpResponse:
    """What partners sent in, and what became of it."""
    assessment = load(request, Assessment, "view", slug=slug)
    rows = []
    for each in reading.evidence_of(request.user, assessment):
        each.assessment = assessment
        answers = bool(can(request.user, "answer", each))
        rows.append((each, can(request.user, "open", each), answers))
    opened = [each for each, opens, _ in rows if each.restricted and opens]
    if opened:
        record_reads(opened, by=request.user, partnership=assessment.partnership)
    drafting = assessment.status == AssessmentStatus.DRAFTING
    context = {
        "assessment": assessment,
        "rows": rows,
        "drafting": drafting,
        "may_offer": drafting and can(request.user, "offer evidence", assessment),
    }
    return render(request, "assessments/evidence.html", context)


@policy(Assessment, GET="offer evidence", POST="offer evidence")
def offer(request: HttpRequest, slug: str) -> HttpResponse:
    """Send in what your agency knows."""
    assessment = load(request, Assessment, "offer evidence", slug=slug)
    back = to(assessment, "evidence")
    if assessment.status != AssessmentStatus.DRAFTING:
        messages.error(request, "The text is fixed by now, so no more evidence can be sent in.")
        return redirect(back)
    form = EvidenceForm(
        request.POST or None, assessment=assessment, user=request.user, cancel=back,
        initial={"section": request.GET.get("section")},
    )  # fmt: skip
    if form.is_valid():
        try:
            contributing.offer_evidence(assessment, **form.cleaned_data, by=request.user)
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            messages.success(request, "Sent in. The officers have been told.")
            return redirect(back)
    return render(
        request, "assessments/evidence_offer.html", {"assessment": assessment, "form": form}
    )


@policy(Evidence, GET="answer", POST="answer")
def answer(request: HttpRequest, slug: str, pk: uuid.UUID) -> HttpResponse:
    """Say whether it is used."""
    found = load(request, Evidence, "answer", assessment__slug=slug, pk=pk)
    assessment = found.assessment
    form = AnswerForm(
        request.POST or None, cancel=to(assessment, "evidence"),
        initial={"state": found.state, "answer": found.answer},
    )  # fmt: skip
    if form.is_valid():
        try:
            contributing.answer_evidence(found, **form.cleaned_data, by=request.user)
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            messages.success(request, f"Answered. {found.agency} can read it.")
            return redirect(to(assessment, "evidence"))
    if found.restricted:
        record_read(
            found, by=request.user, partnership=assessment.partnership, group=assessment.group
        )
    context = {"assessment": assessment, "evidence": found, "form": form}
    return render(request, "assessments/evidence_answer.html", context)


# ---- consultation -------------------------------------------------------------------------------


@policy(Assessment, "view")
def consultation(request: HttpRequest, slug: str) -> HttpResponse:
    """What the public said."""
    assessment = load(request, Assessment, "view", slug=slug)
    context = {
        "assessment": assessment,
        "findings": assessment.consultation.select_related("theme"),
        "writes": _writes(request, assessment),
    }
    return render(request, "assessments/consultation.html", context)


def _writes(request: HttpRequest, assessment: Assessment) -> bool:
    drafting = assessment.status == AssessmentStatus.DRAFTING
    return drafting and bool(can(request.user, "write", assessment))


@policy(Assessment, GET="write", POST="write")
def finding_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Add what a consultation found."""
    assessment = load(request, Assessment, "write", slug=slug)
    return _finding(request, assessment, None)


@policy(Assessment, GET="write", POST="write")
def finding_change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Correct it."""
    assessment = load(request, Assessment, "write", slug=slug)
    return _finding(request, assessment, _of(assessment.consultation.all(), pk))


def _finding(
    request: HttpRequest, assessment: Assessment, found: ConsultationFinding | None
) -> HttpResponse:
    back = to(assessment, "findings")
    form = FindingForm(
        request.POST or None, instance=found, partnership=assessment.partnership, cancel=back
    )
    if form.is_valid():
        try:
            if found is None:
                contributing.add_finding(assessment, **form.cleaned_data, by=request.user)
            else:
                contributing.change_finding(found, **form.cleaned_data, by=request.user)
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            messages.success(request, "Saved.")
            return redirect(back)
    context = {
        "assessment": assessment, "form": form, "back": back, "back_label": "Consultation",
        "title": "Change a consultation" if found else "Add a consultation",
    }  # fmt: skip
    return render(request, "assessments/form.html", context)


@policy(Assessment, POST="write")
def finding_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take it out."""
    assessment = load(request, Assessment, "write", slug=slug)
    found = _of(assessment.consultation.all(), pk)
    if stays(request, contributing.remove_finding, found):
        messages.success(request, "Removed.")
    return redirect(to(assessment, "findings"))


def _of(rows: object, pk: int) -> object:
    found = rows.filter(pk=pk).first()  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


# ---- scores -------------------------------------------------------------------------------------


@policy(Assessment, "view")
def scores(request: HttpRequest, slug: str) -> HttpResponse:
    """Threats by their scores, with weights and working. Why they are scored so is restricted."""
    assessment = load(request, Assessment, "view", slug=slug)
    opens = bool(can(request.user, "open", assessment))
    wanted = ("pk", "name", "scores", "why") if opens else ("pk", "name", "scores")
    weights = scoring.weights_of(assessment.weights)
    context = {
        "assessment": assessment,
        "ranked": scoring.ranked(assessment.scores.values(*wanted), assessment.weights),
        "factors": [(each, weights[each.key]) for each in scoring.FACTORS],
        "writes": _writes(request, assessment),
        "opens": opens,
    }
    return render(request, "assessments/scores.html", context)


@policy(Assessment, GET="write", POST="write")
def score_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Score a threat."""
    return _score(request, load(request, Assessment, "write", slug=slug), None)


@policy(Assessment, GET="write", POST="write")
def score_change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Score it anew."""
    assessment = load(request, Assessment, "write", slug=slug)
    return _score(request, assessment, _of(assessment.scores.all(), pk))


def _score(
    request: HttpRequest, assessment: Assessment, threat: ThreatScore | None
) -> HttpResponse:
    back = to(assessment, "scores")
    initial = {}
    if threat:
        initial = {"name": threat.name, "why": threat.why, "theme": threat.theme_id}
        initial |= {f"score_{key}": threat.scores.get(key) for key in scoring.KEYS}
    form = ScoreForm(
        request.POST or None, partnership=assessment.partnership, initial=initial, cancel=back
    )
    if form.is_valid():
        words = form.cleaned_data
        try:
            contributing.score(
                assessment, name=words["name"], why=words["why"], theme=words["theme"],
                scores=form.scores, threat=threat, by=request.user,
            )  # fmt: skip
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            messages.success(request, "Scored.")
            return redirect(back)
    context = {
        "assessment": assessment, "form": form, "back": back, "back_label": "Scores",
        "title": f"Score again: {threat.name}" if threat else "Score a threat",
    }  # fmt: skip
    return render(request, "assessments/form.html", context)


@policy(Assessment, POST="write")
def score_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a threat out of the ranking."""
    assessment = load(request, Assessment, "write", slug=slug)
    if stays(request, contributing.remove_score, _of(assessment.scores.all(), pk)):
        messages.success(request, "Removed from the ranking.")
    return redirect(to(assessment, "scores"))


@policy(Assessment, GET="write", POST="write")
def weights(request: HttpRequest, slug: str) -> HttpResponse:
    """Set how much each factor weighs."""
    assessment = load(request, Assessment, "write", slug=slug)
    back = to(assessment, "scores")
    now = scoring.weights_of(assessment.weights)
    initial = {f"weight_{key}": weight for key, weight in now.items()}
    form = WeightsForm(request.POST or None, initial=initial, cancel=back)
    if form.is_valid():
        try:
            contributing.weigh(assessment, weights=form.weights, by=request.user)
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            messages.success(request, "The weights are set, and the ranking follows them.")
            return redirect(back)
    context = {
        "assessment": assessment, "form": form, "back": back, "back_label": "Scores",
        "title": "Weights of the scoring",
    }  # fmt: skip
    return render(request, "assessments/form.html", context)
