"""The threshold and the clocks of a case: worked out, decided, delayed, stopped."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from core.forms import say_wrong
from core.permissions import can, policy, require
from core.workflow import Wrong
from triggers.forms.deciding import DecideForm, DelayForm, StopForm
from triggers.models import Application, Clock
from triggers.queries import threshold as queries
from triggers.queries import timing
from triggers.views.asking import ask, do
from triggers.views.frame import address, opened, page
from triggers.workflow import clocks, threshold


def shown(request: HttpRequest, case: Application) -> dict[str, Any]:
    """What ``triggers/_threshold.html`` and ``_clocks.html`` need on the page of a case."""
    found = queries.shown(case, request.user)
    form = None
    decides = found.may_decide and not found.stale and found.check
    if decides and found.check.counted >= found.check.needed:
        to = address(request, "threshold_decide", case.reference)
        form = DecideForm(None, check=found.check, before=None, action=to)
    return {"threshold": found, "decide_form": form, "clocks": timing.shown(case, request.user)}


@policy(Application, "view")
def case_threshold(request: HttpRequest, reference: str) -> HttpResponse:
    """Every working-out of the threshold and every decision, the newest first."""
    case = opened(request, reference)
    checks = [(check, queries.table(check)) for check in queries.checks(case)]
    context = {
        "checks": checks,
        "decisions": queries.decisions(case),
        "threshold": queries.shown(case, request.user),
    }
    return page(request, "triggers/threshold.html", case, "case", context)


@policy(Application, POST="decide threshold")
def threshold_work_out(request: HttpRequest, reference: str) -> HttpResponse:
    """Work out the threshold on what is known now, and keep it."""
    case = opened(request, reference, "decide threshold")
    return do(
        request, lambda: threshold.work_out(case, by=request.user),
        done="The threshold was worked out.", to=f"{case.get_absolute_url()}#threshold",
    )  # fmt: skip


@policy(Application, GET="decide threshold", POST="decide threshold")
def threshold_decide(request: HttpRequest, reference: str) -> HttpResponse:
    """Decide on the newest working-out, or change the decision that stands."""
    case = opened(request, reference, "decide threshold")
    found = queries.shown(case, request.user)
    if found.check is None or found.stale or not (found.may_decide or found.may_change):
        stops = threshold.STALE if found.stale else "There is nothing to decide now."
        messages.error(request, "Work out the threshold first." if not found.check else stops)
        return redirect(case)
    form = DecideForm(
        request.POST or None, check=found.check, before=found.decision,
        cancel=case.get_absolute_url(),
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        if form.corrects:
            return redirect(address(request, "case_incidents", case.reference))
        try:
            threshold.decide(case, **form.said(), by=request.user)
            messages.success(request, "The decision is recorded. A letter can be written now.")
            return redirect(case)
        except Wrong as wrong:
            messages.error(request, wrong.messages[0])
            return redirect(case)
        except ValidationError as wrong:
            say_wrong(form, wrong)
    title = "Change the threshold decision" if found.decision else "Decide the threshold"
    context = {"form": form, "threshold": found, "title": title}
    return page(request, "triggers/threshold_decide.html", case, "case", context)


# ---- clocks -------------------------------------------------------------------------------------


@policy(Application, "view")
def case_clocks(request: HttpRequest, reference: str) -> HttpResponse:
    """Every clock of a case with its first date, what came of it, and its delays."""
    case = opened(request, reference)
    rows = timing.of_case(case)
    keeps = bool(rows and can(request.user, "keep", rows[0]))
    context = {"rows": rows, "keeps": keeps, "clocks": timing.shown(case, request.user)}
    return page(request, "triggers/clocks.html", case, "case", context)


@policy(Clock, GET="keep", POST="keep")
def clock_delay(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Set a later date beside the first, with the reason."""
    case, clock = _clock(request, reference, pk)
    return ask(
        request, case, lambda data: DelayForm(data, cancel=_clocks_url(request, case)),
        lambda **said: clocks.put_off(clock, **said, by=request.user),
        title=f"{clock.get_stage_display()}: set a later date", to=_clocks_url(request, case),
        done="The later date is set. Tell the applicant.", intro=_now(clock),
    )  # fmt: skip


@policy(Clock, GET="keep", POST="keep")
def clock_stop(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Stop a clock, with the reason."""
    case, clock = _clock(request, reference, pk)
    return ask(
        request, case, lambda data: StopForm(data, cancel=_clocks_url(request, case)),
        lambda **said: clocks.call_off(clock, **said, by=request.user),
        title=f"{clock.get_stage_display()}: stop the clock", to=_clocks_url(request, case),
        done="The clock is stopped.", intro=_now(clock),
    )  # fmt: skip


def _clock(request: HttpRequest, reference: str, pk: int) -> tuple[Application, Clock]:
    case = opened(request, reference)
    rows = Clock.objects.visible_to(request.user).filter(application=case)
    clock = rows.select_related("application__group").filter(pk=pk).first()
    if clock is None:
        raise Http404
    require(can(request.user, "keep", clock))
    return case, clock


def _clocks_url(request: HttpRequest, case: Application) -> str:
    return address(request, "case_clocks", case.reference)


def _now(clock: Clock) -> str:
    return f"{clock.says}. First due {clock.first_due_on:%-d %B %Y}."
