"""The list of incidents: an entry of it, and answers to the applicant's corrections."""

from typing import Any

from django import forms as django_forms

from core import forms
from triggers.forms.casework import text_area


class ComplaintForm(forms.Form):
    """One incident: what happened and when, to whom it was reported and when."""

    submit = "Save the incident"
    what = text_area("What happened", rows=4, most=4000)
    where = django_forms.CharField(label="Where", max_length=300, required=False)
    happened_on = forms.DateField(
        label="When it happened", required=False,
        help_text="If it went on, the last day of it. Leave it empty where nobody knows.",
    )  # fmt: skip
    went_on_from = forms.DateField(label="If it went on: since when", required=False)
    day_is_sure = django_forms.BooleanField(label="The day is sure", required=False, initial=True)
    body = django_forms.ModelChoiceField(
        None, label="Reported to", required=False, empty_label="Not reported, or somebody else"
    )
    other_body = django_forms.CharField(
        label="If somebody else: to whom", max_length=160, required=False,
        help_text="A report to somebody who is no relevant body does not count by law.",
    )  # fmt: skip
    reported_on = forms.DateField(label="When it was reported", required=False)
    report_reference = django_forms.CharField(
        label="Reference of the report", max_length=80, required=False
    )
    response = text_area("What was done about it", rows=3, most=4000, required=False)

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies


class CorrectionForm(forms.Form):
    """What was done with a correction."""

    submit = "Save the answer"
    taken = django_forms.TypedChoiceField(
        label="What do you do with it?", coerce=lambda value: value == "taken",
        choices=[
            ("taken", "The list is changed to say so"),
            ("noted", "The list stays; the panel reads it as the applicant’s words"),
        ],
        widget=forms.Radios(),
    )  # fmt: skip
    remark = text_area("Why, in words the applicant will read")


class SentForm(forms.Form):
    """On which day the list went."""

    submit = "Save"
    on = forms.DateField(label="When did the list go to the applicant?")
