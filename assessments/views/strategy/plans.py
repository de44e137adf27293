"""Police and Crime Plans, and which of their priorities ours serve."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from assessments.forms.strategy import PoliceCrimePlanForm
from assessments.models import PoliceCrimePlan
from assessments.queries.strategy import editions, plans
from assessments.workflow import strategy as verbs
from core import clock
from core.forms import say_wrong
from core.permissions import can, load, policy, require
from membership.models import Partnership


@policy(Partnership, "read strategies")
def police_plans(request: HttpRequest) -> HttpResponse:
    """Each plan with its priorities, and what of the strategy that holds serves them."""
    partnership = request.partnership
    require(can(request.user, "read strategies", partnership))
    holding = editions.holding(partnership, clock.today())
    found = PoliceCrimePlan.objects.visible_to(request.user).of(partnership)
    rows = [(each, plans.matches(each, holding)) for each in found.prefetch_related("priorities")]
    context = {
        "rows": rows, "holding": holding,
        "keeps": can(request.user, "keep police plans", partnership),
    }  # fmt: skip
    return render(request, "assessments/strategy/police_plans.html", context)


@policy(Partnership, GET="keep police plans", POST="keep police plans")
def police_plan_add(request: HttpRequest) -> HttpResponse:
    """Keep another plan."""
    require(can(request.user, "keep police plans", request.partnership))

    def act(**fields: Any) -> None:
        verbs.add_plan(request.partnership, **fields)

    return _ask(request, None, act, "Add a Police and Crime Plan", "The plan is kept.")


@policy(PoliceCrimePlan, GET="change", POST="change")
def police_plan_change(request: HttpRequest, pk: Any) -> HttpResponse:
    """Change a plan."""
    plan: PoliceCrimePlan = load(request, PoliceCrimePlan, "change", pk=pk)

    def act(**fields: Any) -> None:
        verbs.change_plan(plan, **fields)

    return _ask(request, plan, act, f"Change {plan}", "The plan is changed.")


def _ask(
    request: HttpRequest, plan: PoliceCrimePlan | None, act: Any, title: str, done: str
) -> HttpResponse:
    back = reverse("assessments:police_plans", args=[request.partnership.slug])
    form = PoliceCrimePlanForm(request.POST or None, plan=plan, cancel=back)
    if form.is_valid():
        try:
            act(**form.cleaned_data, by=request.user)
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            messages.success(request, done)
            return redirect(back)
    return render(request, "assessments/strategy/plan_form.html", {"form": form, "title": title})
