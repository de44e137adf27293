"""What is decided on a review, who is told, and by when each step is to be done."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from core import clock
from core.permissions import policy
from dhr.forms import dates as date_forms
from dhr.forms import reviews as forms
from dhr.models import Delay, Milestone, Review, Step
from dhr.queries import timing
from dhr.views.asking import ask, do
from dhr.views.frame import address, opened, page
from dhr.workflow import deciding, milestones

# Steps that are done by a deed of their own, and the page where it is written down.
DONE_ELSEWHERE = dict.fromkeys(milestones.BY_DEED, "") | {
    Step.DECIDE: "review_decide",
    Step.TELL_HOME_OFFICE: "review_tell",
    Step.TELL_FAMILY: "review_tell",
    Step.COPIES: "review_tell",
    Step.SUBMIT: "review_report",
    Step.FEEDBACK: "review_report",
    Step.PUBLISH: "review_report",
    Step.REMOVE: "review_report",
}


@policy(Review, GET="work on", POST="work on")
def review_decide(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down whether a review is held, or that the decision is reversed."""
    found = opened(request, reference, "work on")
    before = found.decisions.first()
    intro = "The guidance: the chair of the partnership decides, within a month."
    if not found.led_here:
        intro = f"{found.led_by} leads this review: write down its decision as it told you."
    if before:
        intro = f"Decided before: {before.get_outcome_display()}. That stays on the review."
    return ask(
        request, found,
        lambda data: forms.DecideForm(
            data, again=bool(before), initial={"decided_on": clock.today()},
            cancel=found.get_absolute_url(),
        ),
        lambda **said: deciding.decide(found, **said, by=request.user),
        title="Reverse the decision" if before else "Write down the decision",
        done="The decision is saved. Tell the Home Office and the family.", intro=intro,
    )  # fmt: skip


@policy(Review, GET="work on", POST="work on")
def review_tell(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down that somebody was told."""
    found = opened(request, reference, "work on")
    return ask(
        request, found,
        lambda data: forms.TellForm(
            data, initial={"on": clock.today()}, cancel=found.get_absolute_url()
        ),
        lambda **said: deciding.tell(found, **said, by=request.user),
        title="Write down who was told", done="It is written down.",
    )  # fmt: skip


@policy(Review, POST="work on")
def told_take_back(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Take back that somebody was told: a mistake."""
    found = opened(request, reference, "work on")
    told = _or_404(found.told.filter(pk=pk))
    return do(
        request, lambda: deciding.take_back_told(told, by=request.user), done="It is taken back.",
        to=found,
    )  # fmt: skip


# ---- steps and dates ----------------------------------------------------------------------------


@policy(Review, "view")
def review_dates(request: HttpRequest, reference: str) -> HttpResponse:
    """Every step with its date, its delays, and when it was done."""
    found = opened(request, reference)
    rows = timing.of_review(found)
    by_deed = DONE_ELSEWHERE if found.led_here else {}
    pages = {
        step: address(request, name, found.reference) if name else ""
        for step, name in by_deed.items()
    }
    context = {"rows": [(each, pages.get(each.step)) for each in rows]}
    return page(request, "dhr/dates.html", found, "review", context)


@policy(Review, GET="work on", POST="work on")
def date_plan(request: HttpRequest, reference: str) -> HttpResponse:
    """Set the panel's own date for a step, or the leader's as told."""
    found = opened(request, reference, "work on")
    running = set(
        found.milestones.filter(done_on=None, stopped_on=None).values_list("step", flat=True)
    )
    return ask(
        request, found,
        lambda data: date_forms.PlanForm(
            data, review=found, running=running, cancel=_dates(request, found)
        ),
        lambda **said: milestones.plan(found, **said, by=request.user),
        title="Set a date for a step", done="The date is set.", to=_dates(request, found),
        intro="The date first set always stands; a later one is set beside it.",
    )  # fmt: skip


@policy(Review, GET="work on", POST="work on")
def date_done(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Say that a step was done."""
    found = opened(request, reference, "work on")
    step = _step(found, pk)
    return ask(
        request, found,
        lambda data: date_forms.OnForm(
            data, says="When was it done?", initial={"on": clock.today()},
            cancel=_dates(request, found),
        ),
        lambda on: milestones.done(step, on=on, by=request.user),
        title=f"{step}: done", done="The step is done.", to=_dates(request, found),
    )  # fmt: skip


@policy(Review, GET="work on", POST="work on")
def date_delay(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Set a later date beside the first, with its reason."""
    found = opened(request, reference, "work on")
    step = _step(found, pk)
    return ask(
        request, found,
        lambda data: date_forms.DelayForm(
            data, proceedings=found.proceedings.filter(ends_on=None),
            tells=milestones.tells_home_office(step), cancel=_dates(request, found),
        ),
        lambda **said: milestones.put_off(step, **said, by=request.user),
        title=f"{step}: a later date", done="The later date is set.", to=_dates(request, found),
    )  # fmt: skip


@policy(Review, GET="work on", POST="work on")
def date_stop(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Say that a step is not needed."""
    found = opened(request, reference, "work on")
    step = _step(found, pk)
    return ask(
        request, found, lambda data: date_forms.StopForm(data, cancel=_dates(request, found)),
        lambda because: milestones.call_off(step, because=because, by=request.user),
        title=f"{step}: not needed", done="The step no longer runs.", to=_dates(request, found),
    )  # fmt: skip


@policy(Review, POST="work on")
def date_undo(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Let a step run on that was said to be done, or not needed, by mistake."""
    found = opened(request, reference, "work on")
    step = _step(found, pk)
    return do(
        request, lambda: milestones.undo(step, by=request.user), done="The step runs on.",
        to=_dates(request, found),
    )  # fmt: skip


@policy(Review, GET="work on", POST="work on")
def delay_told(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Say on which day the Home Office was told of a delay."""
    found = opened(request, reference, "work on")
    delay = _or_404(Delay.objects.visible_to(request.user).filter(milestone__review=found, pk=pk))
    return ask(
        request, found,
        lambda data: date_forms.OnForm(
            data, says="When was the Home Office told?", initial={"on": clock.today()},
            cancel=_dates(request, found),
        ),
        lambda on: milestones.home_office_told(delay, on=on, by=request.user),
        title="The Home Office was told of the delay", done="It is written down.",
        to=_dates(request, found),
    )  # fmt: skip


def _dates(request: HttpRequest, found: Review) -> str:
    return address(request, "review_dates", found.reference)


def _step(found: Review, pk: int) -> Milestone:
    step: Milestone = _or_404(found.milestones.filter(pk=pk))
    return step


def _or_404(rows: Any) -> Any:
    found = rows.first()
    if found is None:
        raise Http404
    return found
