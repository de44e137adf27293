"""The part of a partnership in a review held elsewhere: what it needs to know, what it does."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

import audit.workflow
from core import clock
from core.permissions import load, policy
from dhr.models import Part, PlanItem
from dhr.queries import plans
from membership.queries import panels


@policy(Part, "view")
def part(request: HttpRequest, reference: str) -> HttpResponse:
    """The part, its list, and the actions that are delivered here."""
    found = load(request, Part, "view", reference=reference)
    audit.workflow.record_read(
        found, by=request.user, partnership=request.partnership, group=found.group
    )
    items = PlanItem.objects.visible_to(request.user).filter(part=found, removed_because="")
    items = plans.items(items.filter(recommendation__removed_because="")).order_by("target_on")
    context = {
        "part": found,
        "delivered": [plans.row(each, clock.today()) for each in items],
        "people": panels.people_of(found.group),
        "number": panels.how_many_can_open(found.group),
    }
    return render(request, "dhr/part.html", context)
