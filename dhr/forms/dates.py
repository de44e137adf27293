"""What officers fill in about the steps of a review and their dates."""

from typing import Any

from django import forms as django

from core import forms
from dhr.forms.fields import text_area
from dhr.models import Review, Step
from dhr.workflow.milestones import NOT_PLANNED


class PlanForm(forms.Form):
    """The panel's own date for a step; or the leader's, as told."""

    submit = "Set the date"
    step = django.ChoiceField(label="Step")
    due_on = forms.DateField(label="By when?")
    says = django.CharField(
        label="Who set it, and how you know", max_length=160, required=False,
        help_text="Such as “Kent’s letter of 3 May”.",
    )  # fmt: skip

    def __init__(self, *args: Any, review: Review, running: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hidden = running | ({str(each) for each in NOT_PLANNED} if review.led_here else set())
        self.fields["step"].choices = [  # type: ignore[attr-defined]
            (each.value, each.label) for each in Step if each.value not in hidden
        ]
        if review.led_here:
            del self.fields["says"]


class OnForm(forms.Form):
    """On which day something happened."""

    on = forms.DateField(label="When?")

    def __init__(self, *args: Any, submit: str = "Save", says: str = "When?", **kw: Any) -> None:
        self.submit = submit
        super().__init__(*args, **kw)
        self.fields["on"].label = says


class DelayForm(forms.Form):
    """A later date beside the first, with its reason and what it waits for."""

    submit = "Set the later date"
    due_on = forms.DateField(
        label="New date", called="The new date", help_text="The date first set stays beside it."
    )
    reason = text_area("Reason, without names", help_text="The Home Office is told it.")
    proceeding = django.ModelChoiceField(
        None, label="What it waits for", required=False, empty_label="Nothing that runs beside it"
    )
    home_office_told_on = forms.DateField(
        label="Home Office told on", required=False,
        help_text="Leave it empty if it was not told yet. You are reminded.",
    )  # fmt: skip

    def __init__(self, *args: Any, proceedings: Any, tells: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proceeding"].queryset = proceedings  # type: ignore[attr-defined]
        if not tells:
            del self.fields["home_office_told_on"]
            self.fields["reason"].help_text = ""
        if not proceedings:
            del self.fields["proceeding"]


class StopForm(forms.Form):
    """Why a step is not needed."""

    submit = "Stop this step"
    look = "govuk-button--warning"
    because = text_area(
        "Why is it not needed?", help_text="It stays on the review with its date and this reason."
    )
