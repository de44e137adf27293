"""From the board's table to the public site."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from assessments import renditions
from assessments.figures_of import PUBLIC, RESTRICTED
from assessments.forms.assessing import AdoptForm, BoardForm
from assessments.models import Assessment, AssessmentStatus
from assessments.queries.approving import approvers
from assessments.views.assessing import read_it, stays
from assessments.workflow import assessing, boarding, publishing
from core.forms import say_wrong
from core.pdf import PDFUnavailable
from core.permissions import can, load, policy


@policy(Assessment, GET="put before the board", POST="put before the board")
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """Put the restricted edition on the agenda of a coming meeting."""
    assessment = load(request, Assessment, "put before the board", slug=slug)
    form = BoardForm(
        request.POST or None, user=request.user, assessment=assessment,
        cancel=assessment.get_absolute_url(),
    )  # fmt: skip
    if form.is_valid():
        item = form.items[form.cleaned_data["item"]]
        try:
            boarding.put_before_board(assessment, item=item, by=request.user)
        except ValidationError as wrong:
            say_wrong(form, wrong)
        except PDFUnavailable as missing:
            form.add_error(None, str(missing))
        else:
            messages.success(
                request, "It is on the agenda. Its text stands until you take it back."
            )
            return redirect(assessment)
    context = {
        "assessment": assessment, "form": form, "unfinished": assessing.unfinished(assessment),
    }  # fmt: skip
    return render(request, "assessments/board.html", context)


@policy(Assessment, POST="put before the board")
def take_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Take it back to be written on."""
    assessment = load(request, Assessment, "put before the board", slug=slug)
    if stays(request, assessing.take_back, assessment):
        messages.success(
            request, "You can write on it again. The paper stays on the agenda as it is; put it "
            "before the board again, and it becomes a newer version.",
        )  # fmt: skip
    return redirect(assessment)


@policy(Assessment, GET="adopt", POST="adopt")
def adopt(request: HttpRequest, slug: str) -> HttpResponse:
    """Record by which decision the board adopted it."""
    assessment = load(request, Assessment, "adopt", slug=slug)
    form = AdoptForm(
        request.POST or None, user=request.user, assessment=assessment,
        cancel=assessment.get_absolute_url(),
    )  # fmt: skip
    if form.is_valid():
        decision = form.decisions[form.cleaned_data["decision"]]
        try:
            assessing.adopt(assessment, decision=decision, by=request.user)
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            messages.success(request, "Adopted. Its figures are fixed, with their sources.")
            return redirect(assessment)
    context = {"assessment": assessment, "form": form, "none": not form.decisions}
    return render(request, "assessments/adopt.html", context)


@policy(Assessment, GET="approve publication", POST="publish")
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Look at what the public will read; publish it, or ask somebody else to approve."""
    verb = "publish" if request.method == "POST" else "approve publication"
    assessment = load(request, Assessment, verb, slug=slug)
    if request.method == "POST":
        return _published(request, assessment)
    full = renditions.build(assessment, RESTRICTED)
    if full.restricted:
        read_it(request, assessment)
    waiting = assessment.asked_at is not None
    report = renditions.build(assessment, PUBLIC)
    context = {
        "assessment": assessment,
        "report": report,
        "left_out": renditions.left_out(full, report),
        "adopted": assessment.status == AssessmentStatus.ADOPTED,
        "two": publishing.two_people(assessment),
        "waiting": waiting,
        "stale": waiting and publishing.digest(assessment) != assessment.asked_digest,
        "may_publish": can(request.user, "publish", assessment),
        "may_approve": waiting and assessment.asked_by_id != request.user.pk,
        "approvers": [each for each in approvers(assessment) if each != assessment.asked_by],
    }
    return render(request, "assessments/publish.html", context)


def _published(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    if publishing.two_people(assessment):
        if stays(request, publishing.ask_to_publish, assessment):
            messages.success(request, "Asked. Those who can approve it have been told.")
    elif stays(request, publishing.publish, assessment):
        messages.success(request, "Published.")
    return redirect(assessment)


@policy(Assessment, POST="approve publication")
def approve(request: HttpRequest, slug: str) -> HttpResponse:
    """Approve, and thereby publish."""
    assessment = load(request, Assessment, "approve publication", slug=slug)
    if stays(request, publishing.approve, assessment):
        messages.success(request, "Approved and published.")
    return redirect(assessment)


@policy(Assessment, POST="approve publication")
def decline(request: HttpRequest, slug: str) -> HttpResponse:
    """Do not approve, or take the question back."""
    assessment = load(request, Assessment, "approve publication", slug=slug)
    if stays(request, publishing.do_not_publish, assessment):
        messages.success(request, "It is not published. Whoever asked has been told.")
    return redirect(assessment)
