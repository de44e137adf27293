"""The choices above the register of decisions, and what came of one."""

from typing import Any

import django.forms

from core import forms
from core.municipal import year_name
from meetings.models import OutcomeState
from meetings.queries import decisions
from meetings.workflow.outcomes import TEXT


class DecisionFilter(forms.FilterForm):
    """The row of choices above the register. Each choice says what it would leave."""

    group = django.forms.ChoiceField(label="Group")
    year = django.forms.ChoiceField(label="Year")
    words = django.forms.CharField(
        max_length=100, widget=django.forms.TextInput({"type": "search"})
    )
    view = django.forms.ChoiceField(
        choices=list(decisions.VIEWS.items()), widget=django.forms.HiddenInput
    )
    sort = django.forms.CharField(max_length=20, widget=django.forms.HiddenInput)

    def __init__(self, *args: Any, tally: decisions.Tally, **more: Any) -> None:
        super().__init__(*args, **more)
        groups = [(slug, f"{name} ({n})") for slug, (name, n) in tally.groups.items()]
        years = [(str(year), f"{year_name(year)} ({n})") for year, n in tally.years.items()]
        self.fields["group"].choices = [("", "All groups"), *groups]  # type: ignore[attr-defined]
        self.fields["year"].choices = [("", "All years"), *years]  # type: ignore[attr-defined]


class OutcomeForm(forms.Form):
    """How far a strategic decision has been carried out, and what came of it."""

    submit = "Save what came of it"

    state = django.forms.ChoiceField(
        label="How far has it been carried out?", choices=OutcomeState.choices,
        widget=forms.Radios(small=True),
    )  # fmt: skip
    text = django.forms.CharField(
        label="What has come of it?", max_length=TEXT, widget=forms.Textarea({"rows": 4}),
        help_text="Everybody who can read the decision reads this",
        error_messages={"required": "Enter what has come of it"},
    )  # fmt: skip
