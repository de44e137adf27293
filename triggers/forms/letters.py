"""What officers are asked about letters, and about the words that letters begin with."""

from typing import Any

from django import forms as django_forms

from core import forms
from triggers.models import LetterKind


class NewLetterForm(forms.Form):
    """Which letter, and to whom."""

    submit = "Write the letter"

    kind = django_forms.ChoiceField(label="Which letter?", choices=LetterKind.choices)
    party = django_forms.ChoiceField(label="Who is it to?", widget=forms.Radios())

    def __init__(self, *args: Any, people: list[tuple[str, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        party = self.fields["party"]
        party.choices = [(kind, label) for kind, label, _ in people]
        party.widget.hints = {kind: hint for kind, _, hint in people}
        if len(people) == 1:
            self.initial.setdefault("party", people[0][0])


class WordsForm(forms.Versioned, forms.Form):
    """A heading and a text."""

    submit = "Save the words"

    heading = django_forms.CharField(label="Heading", max_length=160)
    body = django_forms.CharField(
        label="The letter", max_length=20000, widget=forms.Textarea({"rows": 22}),
        help_text="A blank line begins a new paragraph. Begin each point of a list with “- ”. "
        "The greeting and the end are put around it.",
    )  # fmt: skip


class ReadyForm(forms.Versioned, forms.Form):
    """That the letter may go; of a victim who has refused, that they wish to have it."""

    submit = "Let it go"

    wished = django_forms.BooleanField(
        label="They wish to have this letter", required=False,
        help_text="They have refused consent, so we write to them only as they wish.",
    )  # fmt: skip

    def __init__(self, *args: Any, refuses: bool, submit: str, **kwargs: Any) -> None:
        self.submit = submit
        super().__init__(*args, **kwargs)
        if not refuses:
            del self.fields["wished"]


class ToldForm(forms.Form):
    """How a letter was posted, read out or handed over."""

    submit = "Save"

    on = forms.DateField(label="On which day?", called="The day")
    how = django_forms.CharField(
        label="How was it done?", max_length=300, widget=forms.Textarea({"rows": 3}),
        help_text="For example: posted, second class. Or: read out on the telephone to them.",
    )  # fmt: skip
