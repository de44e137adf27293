"""How a form of this room asks a verb, and says beside its fields what the verb refused."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.db import models

from core.dates import longdate
from core.forms import say_wrong
from membership.workflow import Changed, version

Result = TypeVar("Result")


def ask(form: Any, verb: Callable[..., Result], **given: Any) -> Result | None:
    """Ask a verb with what was filled in; nothing when the form or the verb refuses it.

    What the verb calls otherwise than the form stands in ``form.called``.
    """
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return verb(**form.given(), **given)
    except Changed as changed:
        form.re_read(str(changed.messages[0]))
    except ValidationError as refused:
        say_wrong(form, refused, called=form.called)
    return None


class Asks:
    """Mix into a form: what it gives to a verb is what was filled in."""

    called: dict[str, str] = {}
    cleaned_data: dict[str, Any]

    def given(self) -> dict[str, Any]:
        """The words of the verb with what was filled in."""
        return self.cleaned_data


class ReRead(Asks, django_forms.Form):
    """Mix into a form that changes a record: it knows what the record was when it was read.

    Where somebody changed the record meanwhile, the form shows both texts and saves neither;
    sent again, it saves.
    """

    read = django_forms.IntegerField(widget=django_forms.HiddenInput)
    stale = False
    theirs = yours = ""

    def __init__(self, *args: Any, record: models.Model, **kwargs: Any) -> None:
        initial = {name: getattr(record, name, None) for name in self.base_fields}
        kwargs["initial"] = {**initial, **kwargs.get("initial", {}), "read": version(record)}
        super().__init__(*args, **kwargs)
        self.record = record

    def re_read(self, message: str) -> None:
        """Show what was saved meanwhile beside what was filled in here."""
        self.stale = True
        self.record.refresh_from_db()
        theirs, yours = [], []
        for name in self.changed_data:
            if name == "read":
                continue
            label, now = self[name].label, getattr(self.record, name, None)
            theirs.append(f"**{label}:** {_words(self, name, now)}")
            yours.append(f"**{label}:** {_words(self, name, self.cleaned_data.get(name))}")
        self.theirs, self.yours = "\n\n".join(theirs), "\n\n".join(yours)
        again = self.data.copy()  # type: ignore[attr-defined]
        again["read"] = str(version(self.record))
        self.data = again
        self.add_error(None, f"{message} Check both, then save again.")


def _words(form: Any, name: str, value: Any) -> str:
    if value in (None, ""):
        return "nothing"
    if hasattr(value, "year"):
        return longdate(value)
    choices = dict(getattr(form.fields[name], "choices", ()))
    return str(choices.get(value, value))
