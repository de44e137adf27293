"""The key of pseudonyms: for the officers and the chair of a review, who confirm that it is them.

Each opening is on record. It is not exported, and its names do not print.
"""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.confirming import confirm, confirmed
from core.forms import say_wrong
from core.permissions import policy
from core.workflow import Wrong
from dhr import names
from dhr.forms.key import EntryForm
from dhr.models import KeyEntry, Review
from dhr.views.asking import do
from dhr.views.frame import address, opened, page
from dhr.workflow import key as workflow

NOT_SURE = "Confirm that it is you first, then send it again. Nothing was changed."


def _opened(request: HttpRequest, reference: str) -> Review:
    """The review whose key is opened, after the person confirmed that it is them, on record."""
    review = opened(request, reference, "open key")
    confirm(request)
    workflow.note_opening(review, by=request.user)
    return review


@policy(Review, "open key")
def review_key(request: HttpRequest, reference: str) -> HttpResponse:
    """Every pseudonym with the names behind it."""
    review = _opened(request, reference)
    entries = [(each, names.daily(each.names)) for each in review.key.all()]
    return page(request, "dhr/review_key.html", review, "review_key", {"entries": entries})


@policy(Review, GET="open key", POST="open key")
def key_add(request: HttpRequest, reference: str) -> HttpResponse:
    """Say who somebody is."""
    review = _opened(request, reference)
    return _ask(
        request, review, EntryForm, partial(workflow.add, review, by=request.user),
        title="Add somebody to the key", done="The entry is saved.",
    )  # fmt: skip


@policy(Review, GET="open key", POST="open key")
def key_change(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Change an entry."""
    review = _opened(request, reference)
    entry = _entry(review, pk)
    return _ask(
        request, review, partial(EntryForm, entry=entry),
        partial(workflow.change, entry, by=request.user),
        title="Change an entry of the key", done="The entry is changed.", entry=entry,
    )  # fmt: skip


@policy(Review, GET="open key", POST="open key")
def key_remove(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Ask, then remove an entry for good."""
    review = _opened(request, reference)
    entry, here = _entry(review, pk), address(request, "review_key", reference)
    if request.method != "POST":
        context = {"entry": entry, "back": here}
        return page(request, "dhr/key_remove.html", review, "review_key", context)
    if not confirmed(request):
        messages.error(request, NOT_SURE)
        return redirect(here)
    return do(
        request, lambda: workflow.remove(entry, by=request.user), done="The entry is gone.", to=here
    )


def _entry(review: Review, pk: int) -> KeyEntry:
    entry: KeyEntry | None = review.key.filter(pk=pk).first()
    if entry is None:
        raise Http404
    return entry


def _ask(
    request: HttpRequest, review: Review, build: Callable[..., EntryForm],
    verb: Callable[..., KeyEntry], *, title: str, done: str, **context: KeyEntry,
) -> HttpResponse:  # fmt: skip
    here = address(request, "review_key", review.reference)
    form = build(request.POST or None, cancel=here)
    if form.is_bound and not confirmed(request):
        messages.error(request, NOT_SURE)
        return redirect(here)
    try:
        if form.is_bound and form.is_valid():
            verb(**form.cleaned_data)
            messages.success(request, done)
            return redirect(here)
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
        return redirect(here)
    except ValidationError as wrong:
        say_wrong(form, wrong)
    told = {"form": form, "title": title, **context}
    return page(request, "dhr/key_entry.html", review, "review_key", told)
