"""What is asked of two people before a record opens to somebody who is not on it."""

from django import forms as django

from core import forms


class AskForm(forms.Form):
    """Which record, and why now."""

    submit = "Ask for emergency reading"
    look = "govuk-button--warning"
    reference = django.CharField(
        label="Reference of the record", max_length=20,
        help_text="Such as DR-2026-0001 or CR-2026-0001. You are not told whether there is one.",
    )  # fmt: skip
    reason = django.CharField(
        label="Why must it be read now?", max_length=300, widget=forms.Textarea({"rows": 3}),
        help_text="Such as a danger to somebody’s life while nobody on the list can be reached. "
        "No names.",
    )  # fmt: skip


class AgreeForm(forms.Form):
    """The second person's word."""

    submit = "Agree: open it for an hour"
    look = "govuk-button--warning"
    sure = django.BooleanField(
        label="I have spoken to who asks, and I find that it must be read now"
    )


class RefuseForm(forms.Form):
    """Why not."""

    submit = "Refuse"
    because = django.CharField(label="Why not?", max_length=300, widget=forms.Textarea({"rows": 3}))
