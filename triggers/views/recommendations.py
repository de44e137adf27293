"""A recommendation as its body sees it, and on which it answers. It shows nothing of the case."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

import audit.workflow
from core import clock
from core.forms import say_wrong
from core.permissions import can, load, policy
from core.workflow import Wrong
from membership import succession
from triggers.forms.panels import RespondForm
from triggers.models import Recommendation, Response
from triggers.permissions import on_case
from triggers.queries import recommendations as queries
from triggers.views.frame import address
from triggers.workflow import panels


@policy(Recommendation, GET="view", POST="respond")
def recommendation(request: HttpRequest, pk: int) -> HttpResponse:
    """What is recommended to a body, and its answer."""
    found = load(request, Recommendation, "respond" if request.method == "POST" else "view", pk=pk)
    body = succession.standing_for(found.agency, clock.today())
    form = _form(request, found, str(body))
    if form is not None and form.is_bound and form.is_valid():
        try:
            panels.respond(found, **form.cleaned_data, by=request.user)
            messages.success(request, "The answer is sent to the officers of the case.")
            return redirect(address(request, "recommendation", found.pk))
        except Wrong as wrong:
            messages.error(request, wrong.messages[0])
            return redirect(address(request, "recommendation", found.pk))
        except ValidationError as wrong:
            say_wrong(form, wrong)
    return _page(request, found, {"form": form, "body": body})


def _form(request: HttpRequest, found: Recommendation, body: str) -> RespondForm | None:
    """The form, while there is something to answer and the person may."""
    if found.sent_on is None or found.response == Response.ACCEPTED:
        return None
    if not can(request.user, "respond", found):
        return None
    answers = bool(queries.people_of(found).filter(pk=request.user.pk).exists())
    return RespondForm(
        request.POST or None, version=found.version, posts=queries.posts_of(found),
        body="" if answers else body, initial={"due_on": found.due_on},
    )  # fmt: skip


def _page(request: HttpRequest, found: Recommendation, context: dict[str, Any]) -> HttpResponse:
    """Show it, after it is on record who reads it."""
    case = found.application
    audit.workflow.record_read(
        case, by=request.user, partnership=request.partnership, group=case.group
    )
    action = found.action
    context |= {
        "recommendation": found,
        "state": queries.state(found, clock.today()),
        "action": action,
        "opens": bool(action and can(request.user, "view", action)),
        "on_case": bool(on_case(request.user, found)),
        "title": f"{found} of case review {case}",
    }
    return render(request, "triggers/recommendation.html", context)
