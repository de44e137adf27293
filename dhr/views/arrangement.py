"""How a partnership holds its death reviews: what officers lay down, and what the law says."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core import history
from core.forms import say_wrong
from core.permissions import can, load, policy, require
from dhr.forms.arrangement import ArrangementForm
from dhr.models import Arrangement
from dhr.queries import arranged, people
from dhr.views.asking import do
from dhr.views.frame import address, emergency
from dhr.workflow import arrangements
from membership.models import Partnership


@policy(Partnership, "read death review arrangement")
def arrangement(request: HttpRequest) -> HttpResponse:
    """What is laid down and what the law says, or how to begin."""
    require(can(request.user, "read death review arrangement", request.partnership))
    found = people.arrangement_of(request.partnership)
    if found is None:
        may = can(request.user, "set up death reviews", request.partnership)
        return render(request, "dhr/arrangement_none.html", {"may": may})
    may = can(request.user, "change", found)
    context = {
        "arrangement": found, "shown": arranged.shown(found, request.user), "may": may,
        "history": history.timeline(found) if may else [], "links": emergency(request),
    }  # fmt: skip
    return render(request, "dhr/arrangement.html", context)


@policy(Partnership, POST="set up death reviews")
def arrangement_set_up(request: HttpRequest) -> HttpResponse:
    """Begin death reviews in this partnership."""
    require(can(request.user, "set up death reviews", request.partnership))
    return do(
        request, lambda: arrangements.set_up(request.partnership, by=request.user),
        done="Death reviews are set up. Look through what is laid down.",
        to=address(request, "arrangement"),
    )  # fmt: skip


@policy(Arrangement, GET="change", POST="change")
def arrangement_change(request: HttpRequest) -> HttpResponse:
    """Change what is laid down."""
    found = load(request, Arrangement, "change")
    home = address(request, "arrangement")
    form = ArrangementForm(request.POST or None, instance=found, cancel=home)
    status, conflict = 200, {}
    try:
        if form.is_bound and form.is_valid():
            now = people.arrangement_of(request.partnership)
            arrangements.change(now or found, **form.cleaned_data, by=request.user)
            messages.success(request, "It is changed.")
            return redirect(home)
    except arrangements.Changed as changed:
        status, conflict = 409, _conflict(changed.now)
        posted = request.POST.copy()
        posted["version"] = str(changed.now.version)
        form = ArrangementForm(posted, instance=changed.now, cancel=home)
    except ValidationError as wrong:
        say_wrong(form, wrong)
    context = {"form": form, "title": "How death reviews are held here", "home": home} | conflict
    return render(request, "dhr/arrangement_form.html", context, status=status)


def _conflict(now: Arrangement) -> dict[str, Any]:
    return {"theirs": arranged.facts(now)}
