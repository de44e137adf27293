"""All of a case in one file: asked for, made in the background, fetched for a few days."""

import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.confirming import confirm, confirmed
from core.markings import Marking
from core.permissions import policy
from core.workflow import Wrong
from documents.files import download
from meetings.models import Making
from triggers.forms import keeping as forms
from triggers.models import Application, Dossier
from triggers.views.asking import ask, do
from triggers.views.frame import address, opened
from triggers.workflow import dossiers as verbs

REFRESH = 5  # seconds
KINDS = {"pdf": "application/pdf", "zip": "application/zip"}


@policy(Application, GET="export", POST="export")
def case_dossier(request: HttpRequest, reference: str) -> HttpResponse:
    """The dossiers of a case that are being made or still kept, and the form for another."""
    case = opened(request, reference, "export")
    here = address(request, "case_dossier", reference)
    confirm(request)
    if not confirmed(request):
        messages.error(request, "Confirm that it is you first. Nothing was put together yet.")
        return redirect(here)
    made = list(_of(case))
    making = any(each.state in (Making.WAITING, Making.MAKING) for each in made)
    refreshes = making and "still" not in request.GET and request.method == "GET"
    response = ask(
        request, case, forms.DossierForm, partial(_asked, case, by=request.user),
        title="All of the case in one file", to=here, tab="case_people",
        template="triggers/case_dossier.html", dossiers=made, making=making,
        done="It is being put together. It will stand here.", refreshes=refreshes, refresh=REFRESH,
    )  # fmt: skip
    if refreshes:
        response["Refresh"] = str(REFRESH)
    return response


def _asked(case: Application, *, whole: str, names: str, by: Any) -> Dossier:
    return verbs.ask(case, redacted=whole == forms.REDACTED, names=names, by=by)


def _of(case: Application) -> Any:
    return Dossier.objects.filter(application=case).select_related("asked_by")


def _one(case: Application, pk: uuid.UUID) -> Dossier:
    found: Dossier | None = _of(case).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@policy(Application, "export")
def dossier_file(request: HttpRequest, reference: str, pk: uuid.UUID, kind: str) -> HttpResponse:
    """A dossier as a PDF or as an archive, after it is on record who takes it."""
    case = opened(request, reference, "export")
    dossier = _one(case, pk)
    if kind not in KINDS:
        raise Http404
    confirm(request)
    try:
        content = verbs.fetch(dossier, kind=kind, by=request.user)
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
        return redirect(address(request, "case_dossier", reference))
    name = f"{case.reference}-{'redacted' if dossier.redacted else 'full'}.{kind}"
    return download(content.data, KINDS[kind], name, marking=Marking.SENSITIVE)


@policy(Application, POST="export")
def dossier_delete(request: HttpRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """Delete a dossier before its time."""
    case = opened(request, reference, "export")
    dossier = _one(case, pk)
    return do(
        request, lambda: verbs.delete(dossier, by=request.user), done="The dossier is deleted.",
        to=address(request, "case_dossier", reference),
    )  # fmt: skip
