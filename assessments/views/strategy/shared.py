"""What the pages of a strategy share: loading an edition, asking, taking one step, going back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from assessments.models import Edition
from assessments.queries.strategy.missing import address
from assessments.workflow import strategy
from core.forms import say_wrong
from core.permissions import load
from core.workflow import Wrong

__all__ = ["address", "show", "step", "take_step", "the_edition", "unfit"]


def the_edition(request: HttpRequest, slug: str, year: int, verb: str = "view") -> Edition:
    """The edition that a page is about, if this person may see it and do this with it."""
    edition: Edition = load(request, Edition, verb, strategy__slug=slug, year=year)
    return edition


def unfit(request: HttpRequest, edition: Edition, name: str) -> HttpResponse | None:
    """Back to the edition with the reason, where its state does not allow this step."""
    verdict = strategy.fits(name, edition)
    if verdict:
        return None
    messages.error(request, verdict.reason)
    return redirect(edition)


def show(
    request: HttpRequest, template: str, edition: Edition, context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    """A page about an edition."""
    return render(request, template, {"edition": edition, **context}, status=status)


def step(
    request: HttpRequest, edition: Edition, form: Any, act: Callable[..., Any], *, title: str,
    done: str, back: str, template: str = "assessments/strategy/step.html", **context: Any,
) -> HttpResponse:  # fmt: skip
    """Ask what a step needs, take it with the form’s words and go back; refused, say why."""
    if form.is_valid():
        try:
            act(**form.cleaned_data, by=request.user)
        except Wrong as wrong:
            for each in wrong.messages:
                messages.error(request, each)
            return redirect(back)
        except ValidationError as wrong:
            say_wrong(form, wrong)
        else:
            messages.success(request, done)
            return redirect(back)
    return show(request, template, edition, {"form": form, "title": title, "back": back, **context})


def take_step(
    request: HttpRequest, act: Callable[..., Any], *, done: str, back: str, **words: Any
) -> HttpResponse:
    """Take a step that needs no form, and go back."""
    try:
        act(**words, by=request.user)
    except ValidationError as wrong:
        for each in wrong.messages:
            messages.error(request, each)
    else:
        messages.success(request, done)
    return redirect(back)
