"""The page of a priority, and everything that is written on it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from assessments.editions.plan import number
from assessments.editions.recent import recent
from assessments.forms import priorities as forms
from assessments.models import Edition, Priority, PriorityEvidence
from assessments.queries.strategy import editions as queries
from assessments.queries.strategy import missing as lacking
from assessments.queries.strategy import progress
from assessments.views.strategy import shown
from assessments.views.strategy.shared import address, show, step, take_step, the_edition, unfit
from assessments.workflow import strategy as verbs
from core import clock
from core.permissions import policy


@policy(Edition, "view")
def priority(request: HttpRequest, slug: str, year: int, pk: Any) -> HttpResponse:
    """A priority: why, whose, where from, what shows it, its objectives and how they stand."""
    edition = the_edition(request, slug, year)
    found = next((each for each in queries.priorities_of(edition) if each.pk == pk), None)
    if found is None:
        found = get_object_or_404(edition.priorities, pk=pk)
    stands = progress.of_priority(found, clock.today())
    gaps = lacking.of_priority(found, edition) if edition.status in shown.WRITING else []
    context = {
        "priority": found, "stands": stands, "may": shown.may(request.user, edition),
        "gaps": gaps, "objectives": _objectives(found, stands), "crime": _crime(found),
        "count": edition.priorities.count(),
    }  # fmt: skip
    return show(request, "assessments/strategy/priority.html", edition, context)


def _objectives(found: Priority, stands: progress.Standing) -> list[dict[str, Any]]:
    """The objectives with what each measure reads and how each action stands."""
    return [
        {
            "objective": each,
            "measures": [
                {"measure": m, "reading": (r := stands.readings[m.pk]),
                 "light": stands.measures[m.pk], "baseline": number(r.baseline),
                 "now": number(r.now), "target": number(m.target)}
                for m in each.measures.all()
            ],
            "actions": [{"link": a, "light": stands.actions[a.pk]} for a in each.delivery.all()],
        }
        for each in found.objectives.all()
    ]  # fmt: skip


def _crime(found: Priority) -> dict[str, Any]:
    """Chart and map of the crime type by which the priority is first counted."""
    measures = [m for each in found.objectives.all() for m in each.measures.all()]
    counted = next((m for m in measures if m.crime_type and m.baseline_from), None)
    if counted is None or counted.crime_type is None:
        return {}
    return recent(found.partnership, counted.crime_type.name)


# ---- the priority itself ------------------------------------------------------------------------


@policy(Edition, GET="edit", POST="edit")
def add(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Add a priority at the end."""
    edition = the_edition(request, slug, year, "edit")
    if away := unfit(request, edition, "edit"):
        return away
    back = edition.get_absolute_url()
    form = forms.PriorityForm(request.POST or None, edition=edition, cancel=back)

    def act(**fields: Any) -> None:
        verbs.add_priority(edition, **fields)

    return step(
        request, edition, form, act, title="Add a priority", back=back,
        done="The priority is added. Give it evidence, an objective and a measure next.",
    )  # fmt: skip


def one_of(
    request: HttpRequest, slug: str, year: int, pk: Any
) -> tuple[Edition, Priority, HttpResponse | None]:
    """An edition to be edited, one of its priorities, and the way back where it is frozen."""
    edition = the_edition(request, slug, year, "edit")
    found = get_object_or_404(edition.priorities, pk=pk)
    return edition, found, unfit(request, edition, "edit")


@policy(Edition, GET="edit", POST="edit")
def change(request: HttpRequest, slug: str, year: int, pk: Any) -> HttpResponse:
    """Change a priority."""
    edition, found, away = one_of(request, slug, year, pk)
    if away:
        return away
    back = address("priority", edition, pk)
    form = forms.PriorityForm(request.POST or None, edition=edition, priority=found, cancel=back)

    def act(**fields: Any) -> None:
        verbs.change_priority(found, **fields)

    return step(
        request, edition, form, act, title=f"Change priority {found.number}", back=back,
        done="The priority is changed.",
    )  # fmt: skip


@policy(Edition, POST="edit")
def move(request: HttpRequest, slug: str, year: int, pk: Any) -> HttpResponse:
    """Move a priority one place up or down."""
    edition, found, away = one_of(request, slug, year, pk)
    way = request.POST.get("way", "")
    back = f"{edition.get_absolute_url()}#priorities"
    return away or take_step(
        request, lambda by: verbs.move_priority(found, way=way, by=by), back=back,
        done=f"“{found}” was moved {way}.",
    )  # fmt: skip


@policy(Edition, GET="edit", POST="edit")
def remove(request: HttpRequest, slug: str, year: int, pk: Any) -> HttpResponse:
    """Remove a priority, after a question."""
    edition, found, away = one_of(request, slug, year, pk)
    if away:
        return away
    if request.method == "POST":
        return take_step(
            request, lambda by: verbs.remove_priority(found, by=by),
            back=edition.get_absolute_url(), done=f"“{found}” is removed.",
        )  # fmt: skip
    context = {
        "what": f"priority {found.number}, {found.title}",
        "with_it": "Its evidence, objectives and measures go with it. Its actions stay in the "
        "register.",
        "back": address("priority", edition, pk),
    }
    return show(request, "assessments/strategy/remove.html", edition, context)


# ---- evidence -----------------------------------------------------------------------------------


@policy(Edition, GET="edit", POST="edit")
def evidence_add(request: HttpRequest, slug: str, year: int, pk: Any) -> HttpResponse:
    """Say what shows that it is a priority."""
    edition, found, away = one_of(request, slug, year, pk)
    if away:
        return away
    back = address("priority", edition, pk)
    form = forms.EvidenceForm(request.POST or None, edition=edition, cancel=back)

    def act(**fields: Any) -> None:
        verbs.add_evidence(found, **fields)

    return step(
        request, edition, form, act, title=f"Evidence for priority {found.number}", back=back,
        done="The evidence is added.",
    )  # fmt: skip


@policy(Edition, POST="edit")
def evidence_remove(request: HttpRequest, slug: str, year: int, pk: int) -> HttpResponse:
    """Take back a piece of evidence."""
    edition = the_edition(request, slug, year, "edit")
    found = get_object_or_404(PriorityEvidence, priority__edition=edition, pk=pk)
    back = address("priority", edition, found.priority_id)
    return take_step(
        request, lambda by: verbs.remove_evidence(found, by=by), back=back,
        done="The evidence is taken back.",
    )  # fmt: skip
