"""From the draft to the commissioner: adopting, taking over, publishing, sending; and the PDFs."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from assessments.editions import content, document
from assessments.forms import strategy as forms
from assessments.models import Edition, EditionFile, EditionStatus
from assessments.queries.strategy import missing as lacking
from assessments.views.strategy import shown
from assessments.views.strategy.shared import address, show, step, take_step, the_edition, unfit
from assessments.workflow import strategy as verbs
from core import clock
from core.permissions import can, policy, require
from documents.files import download
from meetings.models import Decision, Making
from membership.models import Partnership

REFRESH = 3


@policy(Edition, GET="adopt", POST="adopt")
def adopt(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Adopt an edition by a decision of the board; what is missing is listed instead."""
    found = the_edition(request, slug, year, "adopt")
    stops = lacking.stops(lacking.missing(found))
    if away := not stops and unfit(request, found, "adopt"):
        return away
    back = found.get_absolute_url()
    if stops:
        return show(request, "assessments/strategy/not_yet.html", found, {"stops": stops})
    decisions = Decision.objects.visible_to(request.user).of(found.partnership)
    decisions = decisions.filter(item__meeting__group=found.strategy.group)
    form = forms.AdoptForm(
        request.POST or None, decisions=decisions.order_by("-item__meeting__on", "number"),
        cancel=back,
    )  # fmt: skip

    def act(**fields: Any) -> None:
        verbs.adopt(found, **fields)

    return step(
        request, found, form, act, title="Adopt it", back=back,
        done="It is adopted. Its figures no longer change, and the PDF is being made.",
        template="assessments/strategy/adopt.html",
    )  # fmt: skip


@policy(Edition, GET="adopt", POST="adopt")
def take_over(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Keep an edition that was adopted before the board kept its meetings here."""
    found = the_edition(request, slug, year, "adopt")
    if away := unfit(request, found, "take over"):
        return away
    form = forms.TakeOverForm(request.POST or None, cancel=found.get_absolute_url())

    def act(**fields: Any) -> None:
        verbs.take_over(found, **fields)

    return step(
        request, found, form, act, title="It was adopted before", back=found.get_absolute_url(),
        done="It is kept as it was adopted.", template="assessments/strategy/take_over.html",
    )  # fmt: skip


@policy(Edition, GET="publish", POST="publish")
def publish(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Look at what goes out, then publish it for good."""
    found = the_edition(request, slug, year, "publish")
    if away := unfit(request, found, "publish"):
        return away
    files = shown.files(found)
    if request.method == "POST":
        back = found.get_absolute_url()
        done = "It is published. Everybody on the board has been told."
        return take_step(request, lambda by: verbs.publish(found, by=by), done=done, back=back)
    context = {
        "files": files, "ready": len(files) == 2 and all(each.ready for each in files),
        "title_words": document.title(found), "adopted": content.adopted(found),
    }  # fmt: skip
    return show(request, "assessments/strategy/publish.html", found, context)


@policy(Edition, GET="publish", POST="publish")
def sent(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Say when the copy went to the commissioner."""
    found = the_edition(request, slug, year, "publish")
    if away := unfit(request, found, "send"):
        return away
    initial = {
        "on": found.commissioner_sent_on or clock.today(), "how": found.commissioner_how,
    }  # fmt: skip
    form = forms.SentForm(request.POST or None, initial=initial, cancel=found.get_absolute_url())

    def act(**fields: Any) -> None:
        verbs.sent_to_commissioner(found, **fields)

    return step(
        request, found, form, act, title="The copy for the commissioner",
        back=found.get_absolute_url(), done="The copy to the commissioner is recorded.",
    )  # fmt: skip


@policy(Edition, POST="publish")
def not_sent(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Undo: it has not gone to the commissioner after all."""
    found = the_edition(request, slug, year, "publish")
    return take_step(
        request, lambda by: verbs.not_sent(found, by=by), back=found.get_absolute_url(),
        done="It is no longer said to have been sent.",
    )  # fmt: skip


# ---- the PDFs -----------------------------------------------------------------------------------


@policy(Edition, "view")
def files(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The PDF and the leaflet: how far they are, and to take away."""
    found = the_edition(request, slug, year)
    made = shown.files(found)
    waits = any(not (each.ready or each.failed) for each in made)
    refreshes = waits and "still" not in request.GET
    context = {
        "files": made, "waits": waits, "refreshes": refreshes, "refresh": REFRESH,
        "makes": can(request.user, "make files", found),
    }  # fmt: skip
    response = show(request, "assessments/strategy/files.html", found, context)
    if refreshes:
        # As a header: the page offers a way to stop it, and needs no script.
        response["Refresh"] = str(REFRESH)
    return response


@policy(Edition, POST="make files")
def make(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Ask the worker for the PDF and the leaflet as the edition stands now."""
    found = the_edition(request, slug, year, "make files")
    back = address("edition_files", found)
    done = "The PDF and the leaflet are being made."
    return take_step(request, lambda by: verbs.ask(found, by=by), done=done, back=back)


@policy(Edition, "view")
def file(request: HttpRequest, slug: str, year: int, kind: str) -> HttpResponse:
    """A PDF of an edition."""
    found = the_edition(request, slug, year)
    made = EditionFile.objects.filter(edition=found, kind=kind).select_related("content").first()
    if made is None:
        raise Http404
    if made.state != Making.READY or made.content is None:
        messages.error(request, "This file is still being made.")
        return redirect(address("edition_files", found))
    return download(made.content.data, "application/pdf", made.file_name)


@login_not_required
@policy(Partnership, "read public pages")
def leaflet(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The leaflet of a published edition, for everybody."""
    require(can(request.user, "read public pages", request.partnership))
    published = Edition.objects.of(request.partnership).filter(status=EditionStatus.PUBLISHED)
    found = published.filter(strategy__slug=slug, year=year, leaflet__isnull=False)
    edition = found.select_related("leaflet", "strategy__partnership").first()
    if edition is None or edition.leaflet is None:
        raise Http404
    name = document.file_name(edition, "leaflet")
    return download(edition.leaflet.data, "application/pdf", name)
