"""Fields that several forms of the room have."""

from typing import Any

from django import forms as django

from core import forms

REASON = 300
LONG = 8000


def text_area(label: str, *, rows: int = 3, most: int = REASON, **kwargs: Any) -> Any:
    """A text of a few lines, whose characters are counted."""
    return django.CharField(
        label=label, max_length=most, widget=forms.Textarea({"rows": rows}), **kwargs
    )


def radios(label: str, choices: Any, **kwargs: Any) -> Any:
    """One of a few."""
    return django.ChoiceField(
        label=label, choices=choices, widget=forms.Radios(small=True), **kwargs
    )


def yes_no(label: str, yes: str, no: str, **kwargs: Any) -> Any:
    """Yes or no, in words."""
    return django.TypedChoiceField(
        label=label, choices=[("yes", yes), ("no", no)], coerce=lambda value: value == "yes",
        empty_value=None, widget=forms.Radios(), **kwargs,
    )  # fmt: skip


class ReasonForm(forms.Form):
    """A step that needs a reason."""

    reason = text_area("Why?")

    def __init__(
        self, *args: Any, submit: str, says: str = "Why?", hint: str = "", **kwargs: Any
    ) -> None:
        self.submit = submit
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = says
        self.fields["reason"].help_text = hint
