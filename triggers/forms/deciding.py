"""What an officer fills in to decide the threshold, and about a clock."""

from typing import Any

from django import forms as django

from core import forms
from triggers.models import Basis, ThresholdCheck, ThresholdDecision

LONG = 4000
MET, LOCAL, WEIGHED, DISCRETION, NO, CORRECT = (
    "met", "local", "weighed", "discretion", "no", "correct",
)  # fmt: skip

# What each answer says to the verb: met, a review is held, by what.
SAYS: dict[str, dict[str, Any]] = {
    MET: {"met": True, "review": True, "basis": Basis.COMPLAINTS},
    LOCAL: {"met": True, "review": True, "basis": Basis.LOCAL},
    WEIGHED: {"met": True, "review": True, "basis": Basis.WEIGHED},
    DISCRETION: {"met": False, "review": True},
    NO: {"met": False, "review": False},
}
CORRECTION = (CORRECT, "A complaint was counted wrongly: correct it first")


def choices(check: ThresholdCheck) -> list[tuple[str, str]]:
    """What can be decided on a working-out. With enough complaints “not met” is not offered."""
    if check.counted >= check.needed:
        return [(MET, "Threshold met: hold a review"), CORRECTION]
    local = [(LOCAL, "Threshold met by the local rule: hold a review")]
    return [
        *(local if check.basis == Basis.LOCAL else []),
        (WEIGHED, "Threshold met, having weighed it: hold a review"),
        (DISCRETION, "Threshold not met, but hold a review all the same"),
        (NO, "Threshold not met: no review"),
        CORRECTION,
    ]


class DecideForm(forms.Form):
    """The decision, what was weighed, and the reason that goes into the letter."""

    submit = "Record the decision"

    decision = django.ChoiceField(
        label="Your decision", widget=forms.Radios(small=True),
        error_messages={"required": "Choose what you decide"},
    )  # fmt: skip
    persistence = django.CharField(
        label="How persistent is it?", max_length=LONG, required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="How often, for how long, and whether it goes on.",
    )  # fmt: skip
    harm = django.CharField(
        label="What harm does it do, or could it do?", max_length=LONG, required=False,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip
    response = django.CharField(
        label="Was the response so far adequate?", max_length=LONG, required=False,
        widget=forms.Textarea({"rows": 3}), help_text="What each body did, and what came of it.",
    )  # fmt: skip
    reason = django.CharField(
        label="Reason, in words the applicant will read", max_length=LONG,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Enter the reason, in words the applicant will read"},
        required=False,
    )  # fmt: skip
    reversed_because = django.CharField(
        label="Why is the decision before changed?", max_length=LONG, required=False,
        widget=forms.Textarea({"rows": 3}), help_text="For the record. It is not in the letter.",
    )  # fmt: skip
    mark_optional = False

    def __init__(
        self, *args: Any, check: ThresholdCheck, before: ThresholdDecision | None,
        action: str = "", **more: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **more)
        self.action = action
        fields: Any = self.fields
        fields["decision"].choices = choices(check)
        if check.counted >= check.needed:
            for name in ("persistence", "harm", "response"):
                del self.fields[name]
        elif check.basis == Basis.LOCAL:
            hint = "How often, for how long. Not needed where the local rule lets it be met."
            fields["persistence"].help_text = hint
        if before is None:
            del self.fields["reversed_because"]

    @property
    def helper(self) -> Any:
        """Sent to the page of the decision, also from the page of the case."""
        helper = super().helper
        helper.form_action = self.action
        return helper

    @property
    def corrects(self) -> bool:
        """Whether a complaint is to be corrected first."""
        return self.is_valid() and self.cleaned_data["decision"] == CORRECT

    def said(self) -> dict[str, Any]:
        """What the verb is asked."""
        words = {name: text for name, text in self.cleaned_data.items() if name != "decision"}
        return SAYS[self.cleaned_data["decision"]] | words


class DelayForm(forms.Form):
    """A later date beside the first, with its reason."""

    submit = "Set the later date"

    due_on = forms.DateField(
        label="New date", called="The new date", help_text="The date first set stays beside it"
    )
    reason = django.CharField(
        label="Reason, in words the applicant may read", max_length=300,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip


class StopForm(forms.Form):
    """Why a clock no longer runs."""

    submit = "Stop the clock"
    look = "govuk-button--warning"

    because = django.CharField(
        label="Why is it stopped?", max_length=300, widget=forms.Textarea({"rows": 3}),
        help_text="It stays on the case with its date and this reason. It cannot be started again",
    )  # fmt: skip
