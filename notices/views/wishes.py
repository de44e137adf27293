"""How I am told, and the address by which a mail program turns email off."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt

from core.permissions import can, policy, require
from notices.forms.telling import WishesForm
from notices.models import Preference
from notices.permissions import Unsubscription
from notices.queries import wishes as queries
from notices.queries.log import title
from notices.workflow import wishes as verbs


@policy(Preference, GET="choose", POST="choose")
def preferences(request: HttpRequest) -> HttpResponse:
    """By email each, together or not at all, kind by kind; some cannot be turned off."""
    require(can(request.user, "choose", Preference(person=request.user)))
    form = WishesForm(
        request.POST or None, kinds=queries.kinds(), wishes=queries.wishes(request.user)
    )
    if form.is_valid():
        verbs.choose(request.user, form.wishes(), by=request.user)
        messages.success(request, "How you are told is saved.")
        return redirect("notices:preferences")
    return render(
        request, "notices/preferences.html",
        {"form": form, "title": "How you are told", "always": queries.always()},
    )  # fmt: skip


@csrf_exempt
@login_not_required
@policy(Unsubscription, GET="turn off", POST="turn off")
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask before anything is turned off; POST does it, as mail programs do by one click."""
    read = verbs.read_token(token)
    person, kind = read or (None, "")
    if not can(request.user, "turn off", Unsubscription(person)):
        raise Http404
    if verbs.is_statutory(kind):
        state = "statutory"
    elif request.method == "POST":
        verbs.turn_off(person, kind)
        state = "done"
    else:
        state = "ask"
    context = {"state": state, "kind": words(kind), "all": not kind, "site": settings.SITE_NAME}
    return render(request, "notices/unsubscribe.html", context)


unsubscribe.before_second_factor = True  # type: ignore[attr-defined]


def words(kind: str) -> Any:
    """What an email of this kind is about; "" for all."""
    return "what happens" if kind == queries.EVENT else title(kind) if kind else ""
