"""Emergency reading: asked by one, agreed by another, open for an hour, and written down."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.components import Link
from core.forms import say_wrong
from core.permissions import can, load, policy, require
from core.workflow import Wrong
from membership.forms.emergencies import AgreeForm, AskForm, RefuseForm
from membership.models import EmergencyReading, Partnership
from membership.views.pages import at, form_page
from membership.workflow import emergencies as workflow

PAGE = 50
TITLE = "Emergency reading"


def _crumbs(request: HttpRequest) -> list[Link]:
    return [Link(TITLE, at(request, "emergencies"))]


@policy(Partnership, "ask emergency reading")
def emergencies(request: HttpRequest) -> HttpResponse:
    """What was asked, by whom, who agreed; what waits for an answer."""
    require(can(request.user, "ask emergency reading", request.partnership))
    rows = EmergencyReading.objects.visible_to(request.user).of(request.partnership)
    rows = rows.select_related("partnership", "asked_by", "agreed_by", "refused_by")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    shown = [
        (
            each,
            each.state == "waiting" and bool(can(request.user, "agree", each)),
            each.state in ("waiting", "open") and bool(can(request.user, "end", each)),
        )
        for each in page
    ]
    return render(request, "membership/emergencies.html", {"page": page, "shown": shown})


@policy(Partnership, GET="ask emergency reading", POST="ask emergency reading")
def emergency_ask(request: HttpRequest) -> HttpResponse:
    """Ask to read a record on which one does not sit."""
    require(can(request.user, "ask emergency reading", request.partnership))
    return _ask(
        request, AskForm(request.POST or None),
        lambda **said: workflow.ask(request.partnership, **said, by=request.user),
        title="Ask for emergency reading",
        done="It is asked. The others who may agree are told now.",
        intro="A second person must agree within 24 hours. Then the record opens to you for an "
        "hour, to read and nothing else, and everybody on its list, the board’s chair and the "
        "officers are told at once.",
    )  # fmt: skip


@policy(EmergencyReading, GET="agree", POST="agree")
def emergency_agree(request: HttpRequest, pk: Any) -> HttpResponse:
    """Agree, as the second person."""
    found = load(request, EmergencyReading, "agree", pk=pk)
    return _ask(
        request, AgreeForm(request.POST or None),
        lambda sure: workflow.agree(found, by=request.user),
        title="Agree to an emergency reading",
        done="You have agreed. If there is a record under that reference, it is open for an hour.",
        intro=f"{found.asked_by} asks to read {found.reference}. The reason: {found.reason}",
    )  # fmt: skip


@policy(EmergencyReading, GET="agree", POST="agree")
def emergency_refuse(request: HttpRequest, pk: Any) -> HttpResponse:
    """Refuse, with the reason."""
    found = load(request, EmergencyReading, "agree", pk=pk)
    return _ask(
        request, RefuseForm(request.POST or None),
        lambda because: workflow.refuse(found, because=because, by=request.user),
        title="Refuse an emergency reading", done="You have refused it.",
        intro=f"{found.asked_by} asks to read {found.reference}. The reason: {found.reason}",
    )  # fmt: skip


@policy(EmergencyReading, POST="end")
def emergency_take_back(request: HttpRequest, pk: Any) -> HttpResponse:
    """Take back what one asked."""
    found = load(request, EmergencyReading, "end", pk=pk)
    return _do(request, workflow.take_back, found, "You have taken it back.")


@policy(EmergencyReading, POST="end")
def emergency_end(request: HttpRequest, pk: Any) -> HttpResponse:
    """End one's hour early."""
    found = load(request, EmergencyReading, "end", pk=pk)
    return _do(request, workflow.end, found, "It has ended.")


def _do(request: HttpRequest, verb: Any, found: EmergencyReading, done: str) -> HttpResponse:
    try:
        verb(found, by=request.user)
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
    else:
        messages.success(request, done)
    return redirect(at(request, "emergencies"))


def _ask(
    request: HttpRequest, form: Any, verb: Any, *, title: str, done: str, intro: str
) -> HttpResponse:
    try:
        if form.is_bound and form.is_valid():
            verb(**form.cleaned_data)
            messages.success(request, done)
            return redirect(at(request, "emergencies"))
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
        return redirect(at(request, "emergencies"))
    except ValidationError as wrong:
        say_wrong(form, wrong)
    return form_page(request, form, title, _crumbs(request), intro=intro)
