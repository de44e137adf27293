"""What a panel finds and recommends, until its review is finished."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from core.permissions import policy
from membership.models import Agency
from triggers.forms import panels as forms
from triggers.forms.casework import ReasonForm
from triggers.models import Application, Finding, Recommendation, Stage
from triggers.queries import panels as queries
from triggers.views.asking import ask, do
from triggers.views.frame import address, opened
from triggers.views.panels import TAB, home
from triggers.workflow import panels


def _bodies(case: Application) -> Any:
    return Agency.objects.filter(pk__in=[each.pk for each in queries.bodies(case)])


def _again(request: HttpRequest, case: Application, name: str) -> str:
    """Back to the panel, or to another of the same."""
    return (
        address(request, name, case.reference) if "again" in request.POST else home(request, case)
    )


def _of(request: HttpRequest, case: Application, model: Any, number: int) -> Any:
    rows = model.objects.visible_to(request.user).filter(application=case, number=number)
    found = rows.select_related("agency", "application").first()
    if found is None:
        raise Http404
    return found


def _open(request: HttpRequest, reference: str) -> Application:
    case = opened(request, reference, "work on")
    if case.stage != Stage.REVIEW:
        raise Http404
    return case


# ---- findings -----------------------------------------------------------------------------------


def _finding(
    request: HttpRequest, case: Application, verb: Callable[..., Any], title: str,
    initial: dict[str, Any],
) -> HttpResponse:  # fmt: skip
    return ask(
        request, case,
        lambda posted: forms.FindingForm(
            posted, bodies=_bodies(case), initial=initial, cancel=home(request, case)
        ),
        verb, title=title, done="The finding is saved.", tab=TAB,
        to=_again(request, case, "finding_add"),
        intro="Say what was done well, and what was missed. The letter to the applicant tells "
        "what was found.",
    )  # fmt: skip


@policy(Application, GET="work on", POST="work on")
def finding_add(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down a finding."""
    case = _open(request, reference)
    verb = partial(panels.add_finding, case, by=request.user)
    return _finding(request, case, verb, "Add a finding", {})


@policy(Application, GET="work on", POST="work on")
def finding_change(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Say a finding better."""
    case = _open(request, reference)
    found = _of(request, case, Finding, number)
    initial = {"text": found.text, "agency": found.agency}
    verb = partial(panels.change_finding, found, by=request.user)
    return _finding(request, case, verb, f"Finding {number}", initial)


@policy(Application, POST="work on")
def finding_remove(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Take a finding away."""
    case = _open(request, reference)
    found = _of(request, case, Finding, number)
    return do(
        request, lambda: panels.remove_finding(found, by=request.user),
        done="The finding is removed.", to=home(request, case),
    )  # fmt: skip


# ---- recommendations ----------------------------------------------------------------------------


def _recommendation(
    request: HttpRequest, case: Application, verb: Callable[..., Any], title: str,
    initial: dict[str, Any],
) -> HttpResponse:  # fmt: skip
    return ask(
        request, case,
        lambda posted: forms.RecommendationForm(
            posted, bodies=_bodies(case), initial=initial, cancel=home(request, case)
        ),
        verb, title=title, done="The recommendation is saved.", tab=TAB,
        to=_again(request, case, "recommendation_add"),
        intro="The body must consider it, and accept it or say why not. It is sent when the "
        "review is finished.",
    )  # fmt: skip


@policy(Application, GET="work on", POST="work on")
def recommendation_add(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down a recommendation."""
    case = _open(request, reference)
    verb = partial(panels.recommend, case, by=request.user)
    return _recommendation(request, case, verb, "Add a recommendation", {})


@policy(Application, GET="work on", POST="work on")
def recommendation_change(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Say a recommendation better."""
    case = _open(request, reference)
    found = _of(request, case, Recommendation, number)
    initial = {name: getattr(found, name) for name in ("agency", "text", "why", "due_on")}
    verb = partial(panels.change_recommendation, found, by=request.user)
    return _recommendation(request, case, verb, f"Recommendation {number}", initial)


@policy(Application, POST="work on")
def recommendation_remove(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Take a recommendation away."""
    case = _open(request, reference)
    found = _of(request, case, Recommendation, number)
    return do(
        request, lambda: panels.remove_recommendation(found, by=request.user),
        done="The recommendation is removed.", to=home(request, case),
    )  # fmt: skip


@policy(Application, GET="work on", POST="work on")
def recommendation_further(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Take one that is not answered to whoever sits for the body."""
    case = opened(request, reference, "work on")
    found = _of(request, case, Recommendation, number)
    return ask(
        request, case,
        lambda posted: ReasonForm(posted, submit="Take it further", cancel=home(request, case)),
        partial(panels.take_further, found, by=request.user),
        title=f"Take recommendation {number} to those who sit for the body",
        done="They are told.", to=home(request, case), tab=TAB,
        intro=f"Whoever sits for {found.agency} on the board or a subgroup is told, and can "
        "answer too.",
    )  # fmt: skip
