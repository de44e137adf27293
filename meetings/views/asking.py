"""A page that asks one thing, and a verb that is done or that says why it cannot be."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def question(
    request: HttpRequest, form: Any, title: str, crumbs: list[tuple[str, str]], *,
    intro: str = "", template: str = "meetings/question.html", status: int = 200, **more: Any,
) -> HttpResponse:  # fmt: skip
    """A page with one form, below the meetings and these."""
    context = {"form": form, "title": title, "crumbs": crumbs, "intro": intro, **more}
    return render(request, template, context, status=status)


def attempt(request: HttpRequest, verb: Callable[..., Any], *args: Any, **words: Any) -> Any:
    """What the verb gives, done by whoever asks; nothing, and a message, where it cannot be.

    A verb that gives nothing back is answered ``True``.
    """
    try:
        made = verb(*args, **words, by=request.user)
    except ValidationError as wrong:
        messages.error(request, wrong.messages[0])
        return None
    return True if made is None else made
