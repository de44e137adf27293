"""How a form about a review asks a verb, and says beside its fields what the verb refused."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from core.forms import say_wrong
from core.workflow import Wrong
from dhr.models import Review
from dhr.names import found_in
from dhr.views.frame import page

NAMED = (
    "What you saved holds a name or an address that is in the key. Look through it, and put the "
    "pseudonym there."
)


def ask(
    request: HttpRequest, review: Review, build: Callable[..., Any], verb: Callable[..., Any], *,
    title: str, done: str, to: Any = None, intro: str = "", tab: str = "review",
    template: str = "dhr/review_question.html", **context: Any,
) -> HttpResponse:  # fmt: skip
    """Show a form; sent, ask the verb and go on. ``build`` makes the form of what was posted.

    ``done`` is shown on the next page and says nothing of what the review holds. A text that names
    somebody of the key is kept within the panel, with a warning.
    """
    form = build(request.POST or None)
    try:
        if form.is_bound and form.is_valid():
            verb(**form.cleaned_data)
            messages.success(request, done)
            warn_of_names(request, review, form.cleaned_data)
            return redirect(to or review)
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
        return redirect(to or review)
    except ValidationError as wrong:
        say_wrong(form, wrong)
    context |= {"form": form, "title": title, "intro": intro}
    return page(request, template, review, tab, context)


def warn_of_names(request: HttpRequest, review: Review, told: dict[str, Any]) -> None:
    """Warn of a name of the key in what was saved. The warning says neither name nor pseudonym."""
    texts = [each for each in told.values() if isinstance(each, str)]
    if texts and found_in(review, *texts):
        messages.warning(request, NAMED)


def do(request: HttpRequest, verb: Callable[[], Any], *, done: str, to: Any) -> HttpResponse:
    """Take a step that needs no words, and go on; refused, say why."""
    try:
        verb()
    except ValidationError as wrong:
        messages.error(request, wrong.messages[0])
    else:
        messages.success(request, done)
    return redirect(to)
