"""How a form about a case asks a verb, and says beside its fields what the verb refused."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from core.forms import say_wrong
from core.workflow import Wrong
from triggers.models import Application
from triggers.views.frame import page


def ask(
    request: HttpRequest, case: Application, build: Callable[..., Any], verb: Callable[..., Any], *,
    title: str, done: str, to: Any = None, intro: str = "", tab: str = "case",
    template: str = "triggers/case_question.html", **context: Any,
) -> HttpResponse:  # fmt: skip
    """Show a form; sent, ask the verb and go on. ``build`` makes the form of what was posted.

    ``done`` is shown on the next page and says nothing of what the case holds.
    """
    form = build(request.POST or None)
    try:
        if form.is_bound and form.is_valid():
            verb(**form.cleaned_data)
            messages.success(request, done)
            return redirect(to or case)
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
        return redirect(to or case)
    except ValidationError as wrong:
        say_wrong(form, wrong)
    context |= {"form": form, "title": title, "intro": intro}
    return page(request, template, case, tab, context)


def do(request: HttpRequest, verb: Callable[[], Any], *, done: str, to: Any) -> HttpResponse:
    """Take a step that needs no words, and go on; refused, say why."""
    try:
        verb()
    except ValidationError as wrong:
        messages.error(request, wrong.messages[0])
    else:
        messages.success(request, done)
    return redirect(to)
