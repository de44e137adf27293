"""What officers and administrators set for their partnership."""

from typing import Any

from django import forms as django_forms

from core import forms
from core.dates import MONTHS
from membership.forms.asking import ReRead

NUMBER = {"class": "govuk-input--width-3"}


def working_days(label: str, **more: str) -> django_forms.IntegerField:
    """A number of working days."""
    number = django_forms.NumberInput(NUMBER)
    return django_forms.IntegerField(label=label, min_value=1, max_value=60, widget=number, **more)  # type: ignore[arg-type]


class SettingsForm(ReRead, forms.Form):
    """How the partnership is called and reached, and the working days that it gives itself."""

    submit = "Save the settings"

    name = django_forms.CharField(label="Name of the partnership", max_length=160)
    place = django_forms.CharField(
        label="Place", max_length=80, help_text="As in “a safer Dartford”"
    )
    contact_email = django_forms.EmailField(label="Contact email address", required=False)
    contact_telephone = django_forms.CharField(
        label="Contact telephone", max_length=40, required=False
    )
    introduction = django_forms.CharField(
        label="What the public front page says", max_length=2000, required=False,
        widget=django_forms.Textarea,
    )  # fmt: skip
    municipal_year_starts = django_forms.TypedChoiceField(
        label="In which month does the municipal year start?", coerce=int,
        choices=[(number, MONTHS[number]) for number in range(1, 13)],
    )  # fmt: skip
    agenda_days = working_days(
        "How many working days before a meeting is its agenda published?",
        help_text="The terms of reference set no limit. This is the partnership’s own.",
    )
    submission_days = working_days(
        "How many working days before a meeting do leads send in items and papers?",
        help_text="Later ones can still be offered, and are marked late.",
    )
    clearance_days = working_days("How many working days has the chair to clear minutes?")
    publication_days = working_days("Within how many working days are agreed minutes published?")

    def clean(self) -> dict[str, Any]:
        """Papers come in before the agenda goes out."""
        cleaned = super().clean() or {}
        sent_in, out = cleaned.get("submission_days"), cleaned.get("agenda_days")
        if sent_in and out and sent_in < out:
            message = f"Leads send papers in before the agenda goes out: enter {out} or more"
            self.add_error("submission_days", message)
        return cleaned
