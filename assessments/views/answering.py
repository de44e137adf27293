"""How a form of these pages asks a verb, and says beside its fields what the verb refused."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from assessments.workflow.taking import Changed
from core.components import Link
from core.forms import say_wrong
from core.workflow import Wrong

Crumbs = list[tuple[str, str]]


def ask(
    request: HttpRequest, build: Callable[..., Any], verb: Callable[..., Any], *, title: str,
    done: str, back: str, crumbs: Crumbs, intro: str = "", template: str = "assessments/asked.html",
    to: str = "", links: list[Link] | None = None, **context: Any,
) -> HttpResponse:  # fmt: skip
    """Show a form; sent, ask the verb and go on. ``build`` makes the form of what was posted.

    A record that was changed meanwhile is shown beside what was typed, and nothing is lost.
    """
    form = build(request.POST or None)
    status = 200
    try:
        if form.is_bound and form.is_valid():
            made = verb(**form.cleaned_data)
            if done:
                messages.success(request, done)
            return redirect(to or made or back)
    except Changed as changed:
        form, status = _again(request, build, changed), 409
        context |= {"theirs": _words(form, changed.now), "yours": _typed(form)}
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
        return redirect(back)
    except ValidationError as wrong:
        say_wrong(form, wrong)
    context |= {"form": form, "title": title, "crumbs": crumbs, "intro": intro, "links": links}
    return render(request, template, context, status=status)


def do(request: HttpRequest, verb: Callable[..., Any], *, done: str, to: Any) -> HttpResponse:
    """Take a step that needs no words, and go on; refused, say why."""
    try:
        verb()
    except ValidationError as wrong:
        messages.error(request, wrong.messages[0])
    else:
        messages.success(request, done)
    return redirect(to)


def address(request: HttpRequest, name: str, *args: Any) -> str:
    """The address of a page of this room, in the partnership."""
    return reverse(f"assessments:{name}", args=[request.partnership.slug, *args])


def _again(request: HttpRequest, build: Callable[..., Any], changed: Changed) -> Any:
    posted = request.POST.copy()
    posted["version"] = str(changed.now.version)
    return build(posted)


def _words(form: Any, now: Any) -> str:
    """The texts of the record as it is now, under the labels of the form."""
    lines = []
    for name in form.fields:
        value = getattr(now, name, None)
        if name != "version" and isinstance(value, str) and value:
            lines.append(f"{form.fields[name].label or name}: {value}")
    return "\n\n".join(lines)


def _typed(form: Any) -> str:
    lines = []
    for name in form.fields:
        value = form.data.get(name)
        if name != "version" and value:
            lines.append(f"{form.fields[name].label or name}: {value}")
    return "\n\n".join(lines)
