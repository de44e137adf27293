"""The partnership's settings, and the history of every record of this room."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.components import Link
from core.history import timeline
from core.permissions import can, load, policy, require
from membership import forms, queries, workflow
from membership.models import (
    Group,
    Partner,
    Partnership,
    Place,
    Post,
    Representation,
    Seat,
    SharingAgreement,
    SharingProtocol,
    Signature,
)
from membership.views.pages import at, form_page, people_crumb

# The kinds whose history is shown, each with the verb that its reader must be allowed.
KINDS: dict[str, Any] = {
    "group": Group,
    "place": Place,
    "seat": Seat,
    "partner": Partner,
    "agreement": SharingAgreement,
    "signature": Signature,
    "protocol": SharingProtocol,
    "countywide": Representation,
}


@policy(Partnership, GET="change settings", POST="change settings")
def settings(request: HttpRequest) -> HttpResponse:
    """The partnership's contact, introduction and working-day limits."""
    where = request.partnership
    require(can(request.user, "change settings", where))
    form = forms.SettingsForm(request.POST or None, record=where)
    if forms.ask(form, lambda **given: workflow.change_settings(where, **given), by=request.user):
        messages.success(request, "The settings are saved.")
        return redirect(at(request, "settings"))
    links = [Link("History of the settings", at(request, "history", "settings", where.pk))]
    return form_page(request, form, "Settings", [people_crumb(request)], links=links)


@policy(Partnership, "read directory")
def history(request: HttpRequest, kind: str, pk: str) -> HttpResponse:
    """Who changed a record, what and when: for whoever may see the record."""
    require(can(request.user, "read directory", request.partnership))
    record = _record(request, kind, pk)
    title = f"History: {record}"
    context = {"title": title, "crumbs": [people_crumb(request)], "history": timeline(record)}
    return render(request, "membership/history.html", context)


def _record(request: Any, kind: str, pk: str) -> Any:
    """The record, if the reader may see it; else 404, also for what is no key at all."""
    try:
        if kind == "settings" and pk == str(request.partnership.pk):
            require(can(request.user, "change settings", request.partnership))
            return request.partnership
        agencies = queries.known_agencies(request.partnership, request.user)
        if kind == "agency":
            return agencies.get(pk=pk)
        if kind == "post":
            return Post.objects.filter(agency__in=agencies).get(pk=pk)
        if kind in KINDS:
            return load(request, KINDS[kind], "view", pk=pk)
    except (ObjectDoesNotExist, ValidationError) as missing:
        raise Http404 from missing
    raise Http404
