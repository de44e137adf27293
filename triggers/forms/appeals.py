"""What officers are asked about an appeal, or a query to the commissioner's office."""

from typing import Any

from django import forms as django_forms

from core import forms
from triggers.forms.casework import text_area
from triggers.models import AppealKind, AppealOutcome


class AppealForm(forms.Form):
    """An appeal that came by telephone, by letter or in person."""

    submit = "Save"
    kind = django_forms.ChoiceField(
        label="What do they ask for?", choices=AppealKind, widget=forms.Radios()
    )
    made_on = forms.DateField(label="When did they ask?")
    text = text_area("Why are they not satisfied? In their words", rows=6, most=4000)


class TakeLateForm(forms.Form):
    """Whether one that came after the last day is taken."""

    submit = "Save"
    taken = django_forms.TypedChoiceField(
        label="Is it taken?", coerce=lambda value: value == "yes", widget=forms.Radios(inline=True),
        choices=[("yes", "Yes, take it"), ("no", "No, refuse it")],
    )  # fmt: skip
    reason = text_area("Why? In words the applicant will read")


class SendOnForm(forms.Form):
    """Who hears it, and since when."""

    submit = "Save"
    heard_by = django_forms.CharField(
        label="Who hears it?", max_length=200,
        help_text="A team or an office, such as that of another partnership.",
    )  # fmt: skip
    on = forms.DateField(label="When did it go to them?")


class DecideAppealForm(forms.Form):
    """What they decided."""

    submit = "Save"
    outcome = django_forms.ChoiceField(label="What was decided?", widget=forms.Radios())
    found = text_area("What did they find? In words the applicant will read", rows=6, most=4000)
    on = forms.DateField(label="When?")

    def __init__(self, *args: Any, outcomes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["outcome"]
        field.choices = [(each, AppealOutcome(each).label) for each in outcomes]
        if len(field.choices) == 1:
            field.initial = field.choices[0][0]
