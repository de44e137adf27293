"""The learning library: written and read by people of the standing panel, read by everybody."""

from collections.abc import Callable
from functools import partial
from typing import Any

import django.contrib.messages as messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

import audit.workflow
from core.components import View
from core.forms import say_wrong
from core.permissions import can, load, policy, require
from core.workflow import Wrong
from dhr.forms import learning as forms
from dhr.models import Learning
from dhr.queries import learning as queries
from dhr.renditions import parts
from dhr.views.asking import do
from dhr.views.frame import address
from dhr.workflow import learning as workflow
from membership.models import Partnership

PAGE = 30
TITLES = ("kind", "title", "happened", "matters", "practice", "where_to_read")


@login_not_required
@policy(Partnership, "read learning library")
def library(request: HttpRequest) -> HttpResponse:
    """What was learned, for everybody, by theme."""
    require(can(request.user, "read learning library", request.partnership))
    themes = queries.themes(request.partnership)
    theme = next((each for each, _ in themes if each.slug == request.GET.get("theme")), None)
    found = queries.public(request.partnership, theme.slug if theme else "")
    here = address(request, "library")
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "theme": theme,
        "views": [
            View("All", queries.public(request.partnership).count(), here, theme is None),
            *(View(str(each), number, f"{here}?theme={each.slug}", each == theme)
              for each, number in themes),
        ] if themes else [],
    }  # fmt: skip
    return render(request, "dhr/library.html", context)


@policy(Partnership, "write learning")
def learning_list(request: HttpRequest) -> HttpResponse:
    """All that was written, published or not."""
    require(can(request.user, "write learning", request.partnership))
    found = Paginator(queries.written(request.user, request.partnership), PAGE)
    page = found.get_page(request.GET.get("page"))
    context = {"page": page, "rows": [(each, queries.state(each)) for each in page]}
    return render(request, "dhr/learning_list.html", context)


@policy(Partnership, GET="write learning", POST="write learning")
def learning_write(request: HttpRequest) -> HttpResponse:
    """Write a lesson or a briefing."""
    require(can(request.user, "write learning", request.partnership))
    form = _form(request, None, address(request, "learning_list"))
    return _asked(
        request, form,
        lambda **told: workflow.write(request.partnership, **told, by=request.user),
        "Write for the learning library",
    )  # fmt: skip


@policy(Learning, "view")
def learning_one(request: HttpRequest, pk: Any) -> HttpResponse:
    """One piece, as it is or would be published, and what comes next."""
    found = load(request, Learning, "view", pk=pk)
    sources = queries.comes_from(found, request.user)
    for review in {each.review for each in sources}:
        audit.workflow.record_read(
            review, by=request.user, partnership=review.partnership, group=review.group
        )
    context = {
        "learning": found, "state": queries.state(found), "parts": list(parts(found)),
        "sources": sources, "own": found.made_by_id == request.user.pk,
    }  # fmt: skip
    return render(request, "dhr/learning_one.html", context)


@policy(Learning, GET="change", POST="change")
def learning_change(request: HttpRequest, pk: Any) -> HttpResponse:
    """Change what is not published yet."""
    found = load(request, Learning, "change", pk=pk)
    form = _form(request, found, found.get_absolute_url())
    return _asked(
        request, form, lambda **told: workflow.change(found, **told, by=request.user),
        "Change it",
    )  # fmt: skip


@policy(Learning, POST="change")
def learning_check(request: HttpRequest, pk: Any) -> HttpResponse:
    """Say that it identifies nobody."""
    sent = request.POST.get("version", "")
    version = int(sent) if sent.isdecimal() and len(sent) < 10 else None
    return _done(
        request, pk, partial(workflow.check, version=version),
        "You have read it. It can be published.",
    )  # fmt: skip


@policy(Learning, POST="change")
def learning_publish(request: HttpRequest, pk: Any) -> HttpResponse:
    """Publish it."""
    return _done(request, pk, workflow.publish, "It is published.")


@policy(Learning, POST="change")
def learning_put_away(request: HttpRequest, pk: Any) -> HttpResponse:
    """Throw away what was never published."""
    found = load(request, Learning, "change", pk=pk)
    return do(
        request, lambda: workflow.put_away(found, by=request.user), done="It is thrown away.",
        to=address(request, "learning_list"),
    )  # fmt: skip


@policy(Learning, GET="change", POST="change")
def learning_withdraw(request: HttpRequest, pk: Any) -> HttpResponse:
    """Take it off the site."""
    found = load(request, Learning, "change", pk=pk)
    form = forms.WithdrawForm(request.POST or None, cancel=found.get_absolute_url())
    return _asked(
        request, form, lambda because: workflow.withdraw(found, because=because, by=request.user),
        "Take it off the site", "It is off the site.",
    )  # fmt: skip


def _done(request: HttpRequest, pk: Any, verb: Callable[..., Any], done: str) -> HttpResponse:
    found = load(request, Learning, "change", pk=pk)
    return do(request, lambda: verb(found, by=request.user), done=done, to=found)


def _form(request: HttpRequest, found: Learning | None, cancel: str) -> Any:
    was: dict[str, Any] = {}
    if found:
        was = {name: getattr(found, name) for name in TITLES}
        was |= {name: getattr(found, name).all() for name in ("themes", "comes_from")}
    return forms.LearningForm(
        request.POST or None, initial=was or None, user=request.user,
        partnership=request.partnership, cancel=cancel,
    )  # fmt: skip


def _asked(
    request: HttpRequest, form: Any, verb: Callable[..., Learning], title: str,
    done: str = "It is saved. Somebody else reads it before it is published.",
) -> HttpResponse:  # fmt: skip
    try:
        if form.is_bound and form.is_valid():
            learning = verb(**form.cleaned_data)
            messages.success(request, done)
            return redirect(learning)
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
        return redirect(address(request, "learning_list"))
    except ValidationError as wrong:
        say_wrong(form, wrong)
    return render(request, "dhr/learning_form.html", {"form": form, "title": title})
