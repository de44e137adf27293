"""The words that letters begin with: the shipped ones, and a partnership's own."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.forms import say_wrong
from core.permissions import can, policy, require
from membership.models import Partnership
from triggers import letter_words
from triggers.forms.letters import WordsForm
from triggers.models import LetterKind
from triggers.queries import letter_templates as queries
from triggers.queries import letters
from triggers.queries import procedures as procedure_queries
from triggers.views.asking import do
from triggers.views.frame import address
from triggers.workflow import letter_templates

READ = "read case review procedure"
KEEP = "keep case reviews"


@policy(Partnership, READ)
def letter_words_list(request: HttpRequest) -> HttpResponse:
    """Every kind of letter, and whose words it begins with here."""
    require(can(request.user, READ, request.partnership))
    context = {
        "rows": queries.rows(request.partnership), "home": address(request, "procedure"),
        "may": can(request.user, KEEP, request.partnership),
    }  # fmt: skip
    return render(request, "triggers/letters/templates.html", context)


@policy(Partnership, READ)
def letter_words_shown(request: HttpRequest, kind: str) -> HttpResponse:
    """The words of one kind of letter, with an example in each place."""
    require(can(request.user, READ, request.partnership))
    found = letters.words_for(request.partnership, _kind(kind))
    context = {
        "kind": LetterKind(kind), "own": letters.template_of(request.partnership, kind),
        "heading": letter_words.fill(found.heading, letter_words.samples()),
        "body": letter_words.fill(found.body, letter_words.samples()),
        "history": queries.history(request.partnership, kind),
        "may": can(request.user, KEEP, request.partnership),
        "home": address(request, "procedure"), "all_url": address(request, "letter_words"),
    }  # fmt: skip
    return render(request, "triggers/letters/template.html", context)


@policy(Partnership, GET=KEEP, POST=KEEP)
def letter_words_change(request: HttpRequest, kind: str) -> HttpResponse:
    """Put the partnership's own words in the place of the shipped ones."""
    require(can(request.user, KEEP, request.partnership))
    if procedure_queries.of(request.partnership) is None:
        raise Http404
    found = letters.words_for(request.partnership, _kind(kind))
    own = letters.template_of(request.partnership, kind)
    here = address(request, "letter_words_shown", kind)
    form = WordsForm(
        request.POST or None, version=own.version if own else 0, cancel=here,
        initial={"heading": found.heading, "body": found.body},
    )  # fmt: skip
    status, conflict = 200, {}
    try:
        if form.is_bound and form.is_valid():
            letter_templates.save(request.partnership, kind, **form.cleaned_data, by=request.user)
            messages.success(request, "The words are saved. New letters begin with them.")
            return redirect(here)
    except letter_templates.Changed as changed:
        status = 409
        form, conflict = _clash(request, changed, form, here)
    except ValidationError as wrong:
        say_wrong(form, wrong)
    context = {
        "form": form, "title": f"{LetterKind(kind).label}: the words",
        "places": letter_words.PLACES, "home": address(request, "procedure"),
        "all_url": address(request, "letter_words"),
    } | conflict  # fmt: skip
    return render(request, "triggers/letters/template_form.html", context, status=status)


def _clash(
    request: HttpRequest, changed: letter_templates.Changed, form: Any, here: str
) -> tuple[Any, dict[str, str]]:
    """The form again with what was typed, beside what was saved meanwhile."""
    posted = request.POST.copy()
    posted["version"] = str(changed.now.version if changed.now else 0)
    theirs = changed.now.body if changed.now else "The shipped words are used again."
    both = {"theirs": theirs, "yours": form.cleaned_data["body"]}
    return WordsForm(posted, version=0, cancel=here), both


@policy(Partnership, POST=KEEP)
def letter_words_shipped(request: HttpRequest, kind: str) -> HttpResponse:
    """Use the shipped words again."""
    require(can(request.user, KEEP, request.partnership))
    return do(
        request,
        lambda: letter_templates.back_to_shipped(
            request.partnership, _kind(kind), by=request.user
        ),
        done="New letters begin with the shipped words again.",
        to=address(request, "letter_words_shown", kind),
    )  # fmt: skip


def _kind(kind: str) -> str:
    if kind not in LetterKind.values:
        raise Http404
    return kind
