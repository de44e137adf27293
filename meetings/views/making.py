"""Decisions and actions, made from the forms of the minute-taking pages."""

from typing import Any

from django.core.exceptions import ValidationError

from core.forms import say_wrong
from meetings.forms.minutes import ActionForm, DecisionForm
from meetings.models import Item
from meetings.workflow import minutes as verbs


def decide(form: DecisionForm, item: Item, *, by: Any) -> bool:
    """Record the decision of a form; false when the form now says why not."""
    if form.is_valid():
        try:
            verbs.decide(item, **form.words, by=by)
        except ValidationError as problem:
            say_wrong(form, problem)
    return not form.errors


def ask(form: ActionForm, item: Item, *, by: Any) -> bool:
    """Make the action of a form; false when the form now says why not."""
    if form.is_valid():
        try:
            verbs.make_action(
                item, text=form.cleaned_data["text"], owner=form.asked.agency,
                post=form.asked.post, due_on=form.cleaned_data["due_on"], marking=form.marking,
                by=by,
            )  # fmt: skip
        except ValidationError as problem:
            say_wrong(form, problem)
    return not form.errors
