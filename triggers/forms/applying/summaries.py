"""What was answered, to be read before it is sent: each answer with the way to change it."""

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from core import dates
from core.components import Fact
from triggers.forms.applying.asking import Question
from triggers.queries.drafts import Draft

NOTHING = "Not given"


def summary(
    questions: Iterable[type[Question]], draft: Draft, change: Callable[[str], str]
) -> list[Fact]:
    """Each answer of the questions that apply; ``change`` makes the address of a question."""
    facts = []
    for question in questions:
        if not question.applies(draft):
            continue
        form = question(draft=draft)
        for name, field in form.fields.items():
            label = form.title if len(form.fields) == 1 and form.title else field.label
            value = words(field, form.initial.get(name))
            facts.append(Fact(str(label), value, change=change(question.slug)))
    return facts


def words(field: Any, value: Any) -> str:
    """An answer as a person reads it."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if value in (None, "", []):
        return NOTHING
    if isinstance(value, datetime.date):
        return dates.longdate(value)
    named = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    if isinstance(value, list):
        return ", ".join(named.get(str(each), str(each)) for each in value)
    return named.get(str(getattr(value, "pk", value)), str(value))
