"""Police and Crime Plans: which holds, and which of their priorities nothing of ours serves."""

import datetime
from dataclasses import dataclass

from assessments.models import Edition, PlanPriority, PoliceCrimePlan, Priority
from membership.models import Partnership


@dataclass(frozen=True, slots=True)
class Match:
    """A priority of a plan, and those of an edition that serve it. Without any it is unmatched."""

    priority: PlanPriority
    served_by: list[Priority]

    @property
    def matched(self) -> bool:
        """Whether anything of ours serves it."""
        return bool(self.served_by)


def plan_on(partnership: Partnership, on: datetime.date) -> PoliceCrimePlan | None:
    """The plan that holds on a day."""
    found = PoliceCrimePlan.objects.of(partnership).on(on)
    return found.prefetch_related("priorities").order_by("-starts_on").first()


def matches(plan: PoliceCrimePlan, edition: Edition | None) -> list[Match]:
    """Each priority of a plan with the edition's priorities that serve it."""
    served: dict[int, list[Priority]] = {}
    if edition:
        found = Priority.objects.filter(edition=edition, plan_priorities__plan=plan).distinct()
        for priority in found.order_by("number").prefetch_related("plan_priorities"):
            for each in priority.plan_priorities.all():
                served.setdefault(each.pk, []).append(priority)
    return [Match(each, served.get(each.pk, [])) for each in plan.priorities.all()]


def choices(partnership: Partnership, on: datetime.date) -> list[PlanPriority]:
    """Plan priorities to choose from: of the plans that hold on a day or later."""
    found = PlanPriority.objects.of(partnership).select_related("plan")
    held = PoliceCrimePlan.objects.of(partnership).on(on)
    return list(found.filter(plan__in=held).order_by("plan__starts_on", "number"))
