"""Who is told when: the steps of each kind of reminder."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.components import Link
from core.permissions import can, policy, require
from core.workflow import Wrong
from membership.forms.asking import ask
from membership.models import Partnership
from notices.forms.telling import RungForm
from notices.queries import ladders as queries
from notices.views.schedule import at, crumb
from notices.workflow import ladders as verbs


@policy(Partnership, "see reminders")
def ladders(request: HttpRequest) -> HttpResponse:
    """Every kind with its steps, and whose they are."""
    require(can(request.user, "see reminders", request.partnership))
    context = {
        "ladders": queries.ladders(request.partnership), "crumbs": [crumb(request)],
        "changes": can(request.user, "change reminders", request.partnership),
    }  # fmt: skip
    return render(request, "notices/ladders.html", context)


@policy(Partnership, GET="change reminders", POST="change reminders")
def ladder(request: HttpRequest, kind: str) -> HttpResponse:
    """The steps of one kind: add one, take one away, go back to ours."""
    partnership = request.partnership
    require(can(request.user, "change reminders", partnership))
    found = _found(request, kind)
    form = RungForm(request.POST or None)
    made = ask(
        form, lambda **given: verbs.add_rung(partnership, kind=kind, **given), by=request.user
    )
    if made:
        messages.success(request, "The step is added.")
        return redirect(at(request, "ladder", kind))
    context = {
        "ladder": found, "form": form, "title": found.reminder.title,
        "crumbs": [crumb(request), _all(request)],
        "remove_url": at(request, "rung_remove", kind),
        "ours_url": at(request, "ladder_ours", kind),
    }  # fmt: skip
    return render(request, "notices/ladder.html", context)


def _all(request: HttpRequest) -> Link:
    return Link("Who is told when", at(request, "ladders"))


def _found(request: HttpRequest, kind: str) -> queries.Ladder:
    found = queries.ladder(request.partnership, kind)
    if found is None:
        raise Http404
    return found


@policy(Partnership, POST="change reminders")
def rung_remove(request: HttpRequest, kind: str) -> HttpResponse:
    """Take one step away."""
    require(can(request.user, "change reminders", request.partnership))
    _found(request, kind)
    try:
        days = int(request.POST.get("days", ""))
        verbs.remove_rung(
            request.partnership, kind=kind, days=days, audience=request.POST.get("audience", ""),
            by=request.user,
        )  # fmt: skip
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
    except ValueError:
        messages.error(request, "That step is not on the ladder.")
    else:
        messages.success(request, "The step is taken away.")
    return redirect(at(request, "ladder", kind))


@policy(Partnership, POST="change reminders")
def ladder_ours(request: HttpRequest, kind: str) -> HttpResponse:
    """Forget the partnership's own steps."""
    require(can(request.user, "change reminders", request.partnership))
    _found(request, kind)
    verbs.back_to_ours(request.partnership, kind=kind, by=request.user)
    messages.success(request, "The steps that come with the software hold again.")
    return redirect(at(request, "ladder", kind))
