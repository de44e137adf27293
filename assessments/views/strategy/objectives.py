"""Objectives, how each is measured, and the actions that deliver it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from actions.models import Action
from assessments.forms import priorities as forms
from assessments.models import DeliveryAction, Edition, Measure, Objective
from assessments.views.strategy.priorities import one_of
from assessments.views.strategy.shared import address, show, step, take_step, the_edition, unfit
from assessments.workflow import strategy as verbs
from core.markings import Marking
from core.permissions import policy
from membership.models import GroupKind

# ---- objectives and measures --------------------------------------------------------------------


@policy(Edition, GET="edit", POST="edit")
def objective_add(request: HttpRequest, slug: str, year: int, pk: Any) -> HttpResponse:
    """Add an objective."""
    edition, found, away = one_of(request, slug, year, pk)
    if away:
        return away
    back = address("priority", edition, pk)
    form = forms.ObjectiveForm(request.POST or None, cancel=back)

    def act(**fields: Any) -> None:
        verbs.add_objective(found, **fields)

    return step(
        request, edition, form, act, title=f"Add an objective to priority {found.number}",
        back=back, done="The objective is added. Say how it is measured next.",
    )  # fmt: skip


def _objective(
    request: HttpRequest, slug: str, year: int, pk: Any
) -> tuple[Edition, Objective, str, HttpResponse | None]:
    edition = the_edition(request, slug, year, "edit")
    found = get_object_or_404(Objective, priority__edition=edition, pk=pk)
    back = address("priority", edition, found.priority_id)
    return edition, found, back, unfit(request, edition, "edit")


@policy(Edition, GET="edit", POST="edit")
def objective_change(request: HttpRequest, slug: str, year: int, pk: Any) -> HttpResponse:
    """Word an objective otherwise."""
    edition, found, back, away = _objective(request, slug, year, pk)
    if away:
        return away
    form = forms.ObjectiveForm(request.POST or None, initial={"text": found.text}, cancel=back)

    def act(**fields: Any) -> None:
        verbs.change_objective(found, **fields)

    return step(
        request, edition, form, act, title="Change the objective", back=back,
        done="The objective is changed.",
    )  # fmt: skip


@policy(Edition, GET="edit", POST="edit")
def objective_remove(request: HttpRequest, slug: str, year: int, pk: Any) -> HttpResponse:
    """Remove an objective, after a question."""
    edition, found, back, away = _objective(request, slug, year, pk)
    if away:
        return away
    if request.method == "POST":
        return take_step(
            request, lambda by: verbs.remove_objective(found, by=by), back=back,
            done="The objective is removed.",
        )  # fmt: skip
    context = {
        "what": f"the objective “{found}”", "back": back,
        "with_it": "Its measures go with it. Its actions stay in the register.",
    }  # fmt: skip
    return show(request, "assessments/strategy/remove.html", edition, context)


@policy(Edition, GET="edit", POST="edit")
def measure_add(request: HttpRequest, slug: str, year: int, pk: Any) -> HttpResponse:
    """Say how an objective is measured."""
    edition, found, back, away = _objective(request, slug, year, pk)
    if away:
        return away
    form = forms.MeasureForm(request.POST or None, edition=edition, cancel=back)

    def act(**fields: Any) -> None:
        verbs.add_measure(found, **fields)

    return step(
        request, edition, form, act, title=f"Add a measure: {found}", back=back,
        done="The measure is added.",
    )  # fmt: skip


def _measure(
    request: HttpRequest, slug: str, year: int, pk: Any
) -> tuple[Edition, Measure, str, HttpResponse | None]:
    edition = the_edition(request, slug, year, "edit")
    found = get_object_or_404(
        Measure.objects.select_related("objective"), objective__priority__edition=edition, pk=pk
    )
    back = address("priority", edition, found.objective.priority_id)
    return edition, found, back, unfit(request, edition, "edit")


@policy(Edition, GET="edit", POST="edit")
def measure_change(request: HttpRequest, slug: str, year: int, pk: Any) -> HttpResponse:
    """Change a measure."""
    edition, found, back, away = _measure(request, slug, year, pk)
    if away:
        return away
    form = forms.MeasureForm(request.POST or None, edition=edition, measure=found, cancel=back)

    def act(**fields: Any) -> None:
        verbs.change_measure(found, **fields)

    return step(
        request, edition, form, act, title="Change the measure", back=back,
        done="The measure is changed.",
    )  # fmt: skip


@policy(Edition, POST="edit")
def measure_remove(request: HttpRequest, slug: str, year: int, pk: Any) -> HttpResponse:
    """Measure by this no longer."""
    _, found, back, away = _measure(request, slug, year, pk)
    return away or take_step(
        request, lambda by: verbs.remove_measure(found, by=by), back=back,
        done=f"“{found}” is no longer measured.",
    )  # fmt: skip


# ---- delivery -----------------------------------------------------------------------------------


@policy(Edition, GET="edit", POST="edit")
def action_add(request: HttpRequest, slug: str, year: int, pk: Any) -> HttpResponse:
    """Make a new action that delivers an objective."""
    edition, found, back, away = _objective(request, slug, year, pk)
    if away:
        return away
    form = forms.NewActionForm(request.POST or None, edition=edition, cancel=back)

    def act(**fields: Any) -> None:
        verbs.deliver(found, **fields)

    return step(
        request, edition, form, act, title=f"A new action: {found}", back=back,
        done="The action is in the register, and its owner has been told.",
    )  # fmt: skip


@policy(Edition, GET="edit", POST="edit")
def action_link(request: HttpRequest, slug: str, year: int, pk: Any) -> HttpResponse:
    """Put an action of the register into the plan."""
    edition, found, back, away = _objective(request, slug, year, pk)
    if away:
        return away
    visible = Action.objects.visible_to(request.user).of(edition.partnership).open()
    open_ones = visible.filter(marking=Marking.OFFICIAL).exclude(group__kind=GroupKind.PANEL)
    offered = open_ones.exclude(delivers__objective=found)
    form = forms.LinkActionForm(request.POST or None, edition=edition, offered=offered, cancel=back)

    def act(**fields: Any) -> None:
        verbs.deliver(found, **fields)

    return step(
        request, edition, form, act, title=f"An action of the register: {found}", back=back,
        done="The action is in the plan.",
    )  # fmt: skip


def _link(
    request: HttpRequest, slug: str, year: int, pk: int
) -> tuple[Edition, DeliveryAction, str]:
    edition = the_edition(request, slug, year, "edit")
    links = DeliveryAction.objects.select_related("objective", "action")
    found = get_object_or_404(
        links, objective__priority__edition=edition, action__marking=Marking.OFFICIAL, pk=pk
    )
    return edition, found, address("priority", edition, found.objective.priority_id)


@policy(Edition, GET="edit", POST="edit")
def delivery_change(request: HttpRequest, slug: str, year: int, pk: int) -> HttpResponse:
    """Say what an action of the plan takes and who helps."""
    edition, found, back = _link(request, slug, year, pk)
    if away := unfit(request, edition, "edit"):
        return away
    initial = {
        "resources": found.resources, "partners": [each.pk for each in found.partners.all()],
    }  # fmt: skip
    form = forms.DeliveryForm(request.POST or None, edition=edition, initial=initial, cancel=back)

    def act(**fields: Any) -> None:
        verbs.change_delivery(found, **fields)

    return step(
        request, edition, form, act, title=f"{found.action.reference}: resources and partners",
        back=back, done="Saved.",
    )  # fmt: skip


@policy(Edition, POST="edit")
def delivery_remove(request: HttpRequest, slug: str, year: int, pk: int) -> HttpResponse:
    """Take an action out of the plan."""
    edition, found, back = _link(request, slug, year, pk)
    away = unfit(request, edition, "edit")
    return away or take_step(
        request, lambda by: verbs.stop_delivering(found, by=by), back=back,
        done=f"{found.action.reference} is out of the plan. It is still in the register.",
    )  # fmt: skip
