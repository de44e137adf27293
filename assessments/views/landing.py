"""Where assessment and strategy begin: what stands now, and the way to each part."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assessments.queries import landing
from core.permissions import can, policy, require
from membership.models import Partnership


@policy(Partnership, "read assessments")
def index(request: HttpRequest) -> HttpResponse:
    """The current assessment and strategy, and doors to themes, powers, horizon and tensions."""
    partnership = request.partnership
    require(can(request.user, "read assessments", partnership))
    context: dict[str, Any] = {
        "assessments": landing.assessments(request.user, partnership),
        "doors": landing.doors(request.user, partnership),
        "may_begin": can(request.user, "begin assessments", partnership),
    }
    return render(request, "assessments/index.html", context)
