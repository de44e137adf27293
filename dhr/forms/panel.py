"""What is asked about the people of a review, its terms, and what runs beside it."""

from typing import Any

from django import forms as django

from core import forms
from dhr.forms.fields import LONG, radios, text_area, yes_no
from dhr.models import Proceeding
from membership.models import Agency, Partnership, Role

FREE = {
    "label": "Are they free of any part in the case?",
    "yes": "Yes: they have no part in it, and know nobody of it",
    "no": "No: they get no seat, and learn no more",
}
ROLES = [(Role.MEMBER, "Member"), (Role.ADVISER, "Adviser, such as for domestic abuse")]
INDEPENDENCE = (
    "That they work for no agency of the review, have no part in the case, and have the knowledge "
    "that it needs. No names of the case."
)


def _named(seat: Any) -> str:
    return f"{seat.person}, {seat.agency}"


class AppointForm(forms.Form):
    """The independent chair, from the standing panel or from outside."""

    submit = "Appoint the chair"
    held = django.ModelChoiceField(
        None, label="Who, of the standing panel", required=False,
        empty_label="Somebody who is not on it",
    )  # fmt: skip
    name = django.CharField(label="Or the name of somebody else", max_length=120, required=False)
    email = django.EmailField(
        label="Their email address", required=False,
        help_text="They are invited to open an account. The invitation says nothing of the review.",
    )  # fmt: skip
    agency = django.ModelChoiceField(
        Agency.objects.none(), label="For whom they sit", required=False,
        empty_label="As on the standing panel",
        help_text="It must have signed the information sharing agreement.",
    )  # fmt: skip
    independence = text_area("Statement of independence", rows=5, most=LONG, help_text=INDEPENDENCE)
    starts_on = forms.DateField(label="From")

    def __init__(self, *args: Any, seats: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["held"].queryset = seats
        fields["held"].label_from_instance = _named
        fields["agency"].queryset = agencies

    def clean(self) -> dict[str, Any]:
        """Somebody of the standing panel, or a name, an address and a body."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if not told.get("held"):
            for name, missing in (
                ("name", "Choose somebody of the standing panel, or enter a name"),
                ("email", "Enter their email address"),
                ("agency", "Choose for whom they sit"),
            ):
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, missing)
        return told


class EndChairForm(forms.Form):
    """The end of a chair's term."""

    submit = "End the term"
    look = "govuk-button--warning"
    on = forms.DateField(label="Until when?", help_text="The first day without them.")
    because = text_area("Why?", help_text="Such as “Resigned”. No names of the case.")


class AskForm(forms.Form):
    """Whether somebody of the standing panel sits on this one."""

    submit = "Save"
    held = django.ModelChoiceField(None, label="Who?", empty_label="Choose a person")
    role = radios("As what?", ROLES, initial=Role.MEMBER)
    free = yes_no(**FREE)
    said = text_area("What they said", most=LONG, required=False, help_text="No names of the case.")

    def __init__(self, *args: Any, seats: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["held"].queryset = seats
        fields["held"].label_from_instance = _named


class InviteForm(forms.Form):
    """Somebody from outside, once they said that they are free."""

    submit = "Put them on the panel"
    name = django.CharField(max_length=120)
    email = django.EmailField(
        label="Email address", help_text="The invitation says nothing of the review."
    )
    agency = django.ModelChoiceField(
        Agency.objects.none(), label="For whom they sit", empty_label="Choose an agency",
        help_text="It must have signed the information sharing agreement.",
    )  # fmt: skip
    role = radios("As what?", ROLES, initial=Role.MEMBER)
    free = yes_no(**FREE)
    said = text_area("What they said", most=LONG, required=False, help_text="No names of the case.")

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]


class CheckForm(forms.Form):
    """What came of it when a member is said to have a part in the case."""

    submit = "Save"
    free = yes_no(
        "What did you find?", "They have no part in the case: they stay",
        "They have a part in it: their seat ends at once",
    )  # fmt: skip
    said = text_area("What was alleged, and what you found out", rows=4, most=LONG)


class LeaveForm(forms.Form):
    """Why a member leaves."""

    submit = "Leave the review"
    look = "govuk-button--warning"
    said = text_area(
        "Why do you leave?", rows=4, most=LONG,
        help_text="Such as a part that you have in the case after all. The panel reads it.",
    )  # fmt: skip


class PutOnForm(forms.Form):
    """Who else works on the review."""

    submit = "Put them on the review"
    held = django.ModelChoiceField(
        None, label="Who?", empty_label="Choose an officer",
        help_text="Officers of the secretariat and of the standing panel. People for the panel are "
        "asked on the page “Panel”.",
    )  # fmt: skip
    reason = text_area("Why do they need to know?")

    def __init__(self, *args: Any, seats: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["held"].queryset = seats
        fields["held"].label_from_instance = _named


# ---- terms, and what runs beside ----------------------------------------------------------------


class TermsForm(forms.Form):
    """The next version of the terms of reference."""

    submit = "Save the terms"
    text = text_area(
        "Terms of reference", rows=12, most=20000,
        help_text="By pseudonym. A blank line begins a paragraph, “- ” a point.",
    )  # fmt: skip
    scope_from = forms.DateField(label="Looks at events from")
    scope_to = forms.DateField(label="To")
    agreed_on = forms.DateField(
        label="Agreed by the panel on", required=False, help_text="Leave it empty for a draft."
    )
    changed_because = text_area("Why they are changed")

    def __init__(self, *args: Any, changes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not changes:
            del self.fields["changed_because"]


class ProceedingForm(forms.ModelForm):
    """What runs beside a review."""

    submit = "Save"

    class Meta:
        model = Proceeding
        fields = ("kind", "contact", "effect", "starts_on", "expected_on", "ends_on", "result")
        widgets = {
            "kind": forms.Radios(small=True),
            "effect": forms.Textarea({"rows": 4}),
            "result": forms.Textarea({"rows": 3}),
        }
        labels = {"kind": "What is it?", "effect": "What it means for the review, without names"}
        help_texts = {"effect": "Such as “No witness is seen before the trial”."}


class PartForm(forms.Form):
    """Which other partnership has a part, and what it needs to know."""

    submit = "Hand over the part"
    partnership = django.ModelChoiceField(
        Partnership.objects.none(), label="Which partnership?", empty_label="Choose a partnership"
    )
    purpose = text_area(
        "What they need to know, without names", rows=5, most=LONG,
        help_text="They see this and the actions that they deliver. They do not see the review.",
    )  # fmt: skip

    def __init__(self, *args: Any, partnerships: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if partnerships is None:
            self.submit = "Save"
            del self.fields["partnership"]
        else:
            self.fields["partnership"].queryset = partnerships  # type: ignore[attr-defined]
