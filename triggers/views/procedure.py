"""The procedure's settings: what officers lay down, and everybody who works here may read."""

import datetime
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core import clock, history
from core.components import Link
from core.forms import say_wrong
from core.permissions import can, load, policy, require
from core.workflow import Wrong
from membership.models import Partnership
from triggers.forms.procedure import (
    BodyForm,
    ChangeBodyForm,
    ClockForm,
    EndForm,
    LocalRuleForm,
    ProcedureForm,
)
from triggers.models import (
    ClockSetting,
    ClockStage,
    LocalAddition,
    Procedure,
    RelevantBody,
)
from triggers.queries import procedures as queries
from triggers.views.asking import do
from triggers.views.frame import address
from triggers.workflow import procedures, settings


@policy(Partnership, "read case review procedure")
def procedure(request: HttpRequest) -> HttpResponse:
    """What this partnership has laid down, or how to begin."""
    require(can(request.user, "read case review procedure", request.partnership))
    found = queries.of(request.partnership)
    if found is None:
        may = can(request.user, "set up case reviews", request.partnership)
        context = {"may": may, "proposed": queries.proposed(request.partnership)}
        return render(request, "triggers/procedure_none.html", context)
    may = can(request.user, "change", found)
    context = {
        "procedure": found, "shown": queries.shown(found, request.user), "may": may,
        "history": history.timeline(found) if may else [],
    }  # fmt: skip
    return render(request, "triggers/procedure.html", context)


@policy(Partnership, POST="set up case reviews")
def procedure_set_up(request: HttpRequest) -> HttpResponse:
    """Begin case reviews in this partnership."""
    require(can(request.user, "set up case reviews", request.partnership))
    return do(
        request, lambda: procedures.set_up(request.partnership, by=request.user),
        done="Case reviews are set up. Look through the settings before you open them.",
        to=_home(request),
    )  # fmt: skip


@policy(Procedure, GET="change", POST="change")
def procedure_change(request: HttpRequest) -> HttpResponse:
    """Change what the procedure says."""
    found = load(request, Procedure, "change")
    form = ProcedureForm(request.POST or None, instance=found, cancel=_home(request))
    status, conflict = 200, {}
    try:
        if form.is_bound and form.is_valid():
            procedures.change(queries.of(request.partnership), **form.cleaned_data, by=request.user)
            messages.success(request, "The procedure is changed.")
            return redirect(_home(request))
    except procedures.Changed as changed:
        status, conflict = 409, {"theirs": queries.of(request.partnership)}
        posted = request.POST.copy()
        posted["version"] = str(changed.now.version)
        form = ProcedureForm(posted, instance=changed.now, cancel=_home(request))
    except ValidationError as wrong:
        say_wrong(form, wrong)
    context = {"form": form, "title": "Change the procedure", "home": _home(request)} | conflict
    return render(request, "triggers/procedure_form.html", context, status=status)


# ---- clocks -------------------------------------------------------------------------------------


@policy(Partnership, "read case review procedure")
def procedure_clocks(request: HttpRequest) -> HttpResponse:
    """Every clock: what holds today, what held before, and what comes."""
    require(can(request.user, "read case review procedure", request.partnership))
    context = {
        "rows": queries.clock_rows(request.partnership),
        "may": can(request.user, "keep case reviews", request.partnership),
        "home": _home(request),
    }
    return render(request, "triggers/procedure_clocks.html", context)


@policy(Partnership, GET="keep case reviews", POST="keep case reviews")
def procedure_clock(request: HttpRequest, stage: str) -> HttpResponse:
    """Set a step's clock from a day."""
    require(can(request.user, "keep case reviews", request.partnership))
    if stage not in ClockStage.values or queries.of(request.partnership) is None:
        raise Http404
    rows = ClockSetting.objects.visible_to(request.user).of(request.partnership)
    setting = rows.on(clock.today()).filter(stage=stage).first()
    back = address(request, "procedure_clocks")
    return _ask(
        request, lambda data: ClockForm(data, stage=stage, setting=setting, cancel=back),
        lambda **said: settings.set_clock(
            request.partnership, stage=stage, **said, by=request.user
        ),
        title=f"{ClockStage(stage).label}: set the clock", done="The clock is set.", to=back,
        intro="What holds today ends on the day from which the new setting holds. "
        "It stays in the history.",
    )  # fmt: skip


@policy(ClockSetting, GET="change", POST="change")
def procedure_clock_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a step have no clock from a day."""
    found = load(request, ClockSetting, "change", pk=pk)
    title = f"{found.get_stage_display()}: no clock any more"
    return _end(request, found, title=title, to=address(request, "procedure_clocks"))


# ---- local rules and bodies ---------------------------------------------------------------------


@policy(Partnership, GET="keep case reviews", POST="keep case reviews")
def local_rule_add(request: HttpRequest) -> HttpResponse:
    """Let something else meet the threshold too."""
    require(can(request.user, "keep case reviews", request.partnership))
    return _ask(
        request, lambda data: LocalRuleForm(data, cancel=_home(request)),
        lambda **said: settings.add_addition(request.partnership, **said, by=request.user),
        title="Add a local rule", done="The local rule is added.",
        intro="Three qualifying complaints always meet the threshold, by law. A local rule lets "
        "something else meet it too. It can never ask for more.",
    )  # fmt: skip


@policy(LocalAddition, GET="change", POST="change")
def local_rule_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a local rule from a day."""
    found = load(request, LocalAddition, "change", pk=pk)
    return _end(request, found, title="End the local rule")


@policy(Partnership, GET="keep case reviews", POST="keep case reviews")
def body_add(request: HttpRequest) -> HttpResponse:
    """Let a body take part, and complaints to it count."""
    require(can(request.user, "keep case reviews", request.partnership))
    return _ask(
        request,
        lambda data: BodyForm(data, partnership=request.partnership, cancel=_home(request)),
        lambda **said: settings.add_body(request.partnership, **said, by=request.user),
        title="Add a body", done="The body is added.",
        intro="Choose one of the partnership’s bodies. One that is not there is added under "
        "People first.",
    )  # fmt: skip


@policy(RelevantBody, GET="change", POST="change")
def body_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what makes a body count, or what the public calls it."""
    found = load(request, RelevantBody, "change", pk=pk)
    was = {"kind": found.kind, "also_reports": found.also_reports}
    return _ask(
        request, lambda data: ChangeBodyForm(data, initial=was, cancel=_home(request)),
        lambda **said: settings.change_body(found, **said, by=request.user),
        title=str(found.agency), done="The body is changed.",
    )  # fmt: skip


@policy(RelevantBody, GET="change", POST="change")
def body_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a body take part no longer from a day; earlier complaints to it still count."""
    found = load(request, RelevantBody, "change", pk=pk)
    return _end(request, found, title=f"{found.agency} takes part no longer")


@policy(RelevantBody, POST="change")
def body_succeed(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the body that came after a dissolved one in its place."""
    found = load(request, RelevantBody, "change", pk=pk)
    return do(
        request, lambda: settings.succeed_body(found, by=request.user),
        done="The body that came after it takes part now.", to=_home(request),
    )  # fmt: skip


# ---- what they share ----------------------------------------------------------------------------


def _home(request: HttpRequest) -> str:
    return address(request, "procedure")


def _ask(
    request: HttpRequest, build: Callable[..., Any], verb: Callable[..., Any], *, title: str,
    done: str, intro: str = "", to: str = "",
) -> HttpResponse:  # fmt: skip
    """Show a form; sent, ask the verb and go back to the settings."""
    form = build(request.POST or None)
    try:
        if form.is_bound and form.is_valid():
            verb(**form.cleaned_data)
            messages.success(request, done)
            return redirect(to or _home(request))
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
        return redirect(to or _home(request))
    except ValidationError as wrong:
        say_wrong(form, wrong)
    context = {"form": form, "title": title, "intro": intro, "home": _home(request)}
    return render(request, "triggers/procedure_form.html", context)


def _end(request: HttpRequest, found: Any, *, title: str, to: str = "") -> HttpResponse:
    def verb(on: datetime.date) -> None:
        settings.end(found, on=on, by=request.user)

    return _ask(
        request,
        lambda data: EndForm(data, initial={"on": clock.today()}, cancel=to or _home(request)),
        verb, title=title, done="It ends on that day.", to=to,
    )  # fmt: skip


def links(request: HttpRequest) -> list[Link]:
    """Where the settings are, for the pages of the room."""
    if not can(request.user, "read case review procedure", request.partnership):
        return []
    return [Link("Procedure and settings", _home(request))]
