"""Street crime: what is held and where it comes from, and sending in more."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from core.components import View
from core.exports import csv_response
from core.forms import say_wrong
from core.permissions import can, policy, require
from core.workflow import Wrong
from figures.exports import holding as exports
from figures.forms.sending import SendInForm, UseAgainForm
from figures.models import CrimeFile, CrimeImport, ImportState
from figures.queries import holding as reading
from figures.views.crime import links
from figures.workflow import going_back, sending
from membership.models import Partnership

ROWS = 50
LATEST = 10
REFRESH = 5  # seconds


@policy(Partnership, "read figures")
def holding(request: HttpRequest) -> HttpResponse:
    """Which months by which forces are held, and every file with its hash."""
    require(can(request.user, "read figures", request.partnership))
    replaced, everywhere = request.GET.get("view") == "replaced", "all" in request.GET
    files = reading.files(replaced=replaced)
    here = reverse("figures:holding", args=[request.partnership.slug])
    context = {
        "grid": reading.grid(request.partnership, all_forces=everywhere),
        "everywhere": everywhere, "page": Paginator(files, ROWS).get_page(request.GET.get("page")),
        "views": [
            View("Counted", reading.files().count(), f"{here}#files", not replaced),
            View("Replaced", reading.files(replaced=True).count(), f"{here}?view=replaced#files",
                 replaced),
        ],
        "replaced": replaced, "runs": list(reading.runs(request.partnership)[:LATEST]),
        "sends": can(request.user, "send in crime files", request.partnership),
        "unknown": reading.unheard_of(), "links": links(request),
    }  # fmt: skip
    return render(request, "figures/holding.html", context)


@policy(Partnership, "read figures")
def holding_csv(request: HttpRequest) -> HttpResponse:
    """Every file that was ever read, with its hash, as CSV."""
    require(can(request.user, "read figures", request.partnership))
    lines = exports.file_lines(request.partnership)
    return csv_response("street-crime-files", exports.FILE_HEADINGS, lines)


@policy(Partnership, "read figures")
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """One file: its hash, what it held, who brought it when, what replaced it."""
    require(can(request.user, "read figures", request.partnership))
    found = _file(request, pk)
    goes_back = can(request.user, "send in crime files", request.partnership)
    context = {
        "file": found, "by_whom": reading.by_whom(found.run, request.partnership),
        "replaces": list(found.replaces.all()),
        "refusals": list(reading.refusals_of(found)[:ROWS]),
        "run": found.run if reading.is_known(found.run, request.partnership) else None,
        "stop": going_back.stop(found) if goes_back else going_back.HOLDS,
        "goes_back": goes_back and found.replaced_by,
    }  # fmt: skip
    return render(request, "figures/file.html", context)


@policy(Partnership, GET="send in crime files", POST="send in crime files")
def use_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why a replaced file is right after all, then count it again."""
    require(can(request.user, "send in crime files", request.partnership))
    found = _file(request, pk)
    back = reverse("figures:file", args=[request.partnership.slug, found.pk])
    if why := going_back.stop(found):
        messages.error(request, why)
        return redirect(back)
    form = UseAgainForm(request.POST or None, cancel=back)
    if form.is_valid():
        try:
            going_back.use_again(
                found, reason=form.cleaned_data["reason"], by=request.user,
                partnership=request.partnership,
            )  # fmt: skip
        except Wrong as wrong:
            messages.error(request, wrong.message)
        else:
            messages.success(request, f"{found.base_name} is counted again.")
        return redirect(back)
    instead = reading.holding_instead(found)
    return render(
        request, "figures/use_again.html", {"form": form, "file": found, "instead": instead}
    )


def _file(request: HttpRequest, pk: int) -> CrimeFile:
    visible = CrimeFile.objects.visible_to(request.user).of(request.partnership)
    whole = visible.select_related("force", "run__asked_by", "run__partnership", "replaced_by")
    return get_object_or_404(whole, pk=pk)


@policy(Partnership, GET="send in crime files", POST="send in crime files")
def send_in(request: HttpRequest) -> HttpResponse:
    """Send in a file from data.police.uk."""
    require(can(request.user, "send in crime files", request.partnership))
    sent = request.method == "POST"
    form = SendInForm(
        request.POST if sent else None, request.FILES if sent else None,
        cancel=reverse("figures:holding", args=[request.partnership.slug]),
    )  # fmt: skip
    if form.is_valid():
        try:
            run = sending.send_in(
                request.partnership, file=form.cleaned_data["file"], by=request.user
            )
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            return redirect("figures:run", request.partnership.slug, run.pk)
    return render(request, "figures/send_in.html", {"form": form})


@policy(Partnership, "read figures")
def run(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """How far an import is; then what it brought, what it refused, and why."""
    require(can(request.user, "read figures", request.partnership))
    found = _run(request, pk)
    going = found.state in (ImportState.WAITING, ImportState.READING)
    refreshes = going and "still" not in request.GET
    context: dict[str, Any] = {
        "run": found, "going": going, "refreshes": refreshes, "refresh": REFRESH,
        "hangs": reading.hangs(found), "by_whom": reading.by_whom(found, request.partnership),
        "files": list(found.files.select_related("force").order_by("month", "force__name")),
        "refusals": list(found.refusals.all()[:ROWS]), "kinds": reading.kinds(found),
        "aside": reading.aside(found), "percent": reading.percent(found),
        "tries": found.may_be_tried_again
        and can(request.user, "send in crime files", request.partnership),
    }  # fmt: skip
    context["new_types"] = reading.new_types(context["files"])
    response = render(request, "figures/run.html", context)
    if refreshes:
        # As a header: the page offers a way to stop it, and needs no script.
        response["Refresh"] = str(REFRESH)
    return response


@policy(Partnership, "read figures")
def refusals_csv(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The rows of a run that were not kept: file, line, why."""
    require(can(request.user, "read figures", request.partnership))
    lines = exports.refusal_lines(_run(request, pk))
    return csv_response("rows-not-kept", exports.REFUSAL_HEADINGS, lines)


@policy(Partnership, POST="send in crime files")
def run_again(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Read a file again that failed for no fault of its own."""
    require(can(request.user, "send in crime files", request.partnership))
    found = _run(request, pk)
    try:
        sending.try_again(found, by=request.user)
    except Wrong as wrong:
        messages.error(request, wrong.message)
    return redirect("figures:run", request.partnership.slug, found.pk)


def _run(request: HttpRequest, pk: uuid.UUID) -> CrimeImport:
    visible = CrimeImport.objects.visible_to(request.user).of(request.partnership)
    return get_object_or_404(visible.select_related("asked_by", "partnership"), pk=pk)
