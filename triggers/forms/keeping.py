"""What is asked about holds, dossiers, and whom to look for."""

from typing import Any

from django import forms as django_forms

from core import forms
from triggers.forms.casework import text_area

FULL, REDACTED = "full", "redacted"


class HoldForm(forms.Form):
    """Why a case must be kept."""

    submit = "Put the hold"
    reason = text_area(
        "Why must it be kept?",
        help_text="For example, that a court or an ombudsman may ask for it.",
    )  # fmt: skip


class LiftForm(forms.Form):
    """Why it need not be kept any more."""

    submit = "Lift the hold"
    because = text_area("Why need it not be kept any more?")


class DossierForm(forms.Form):
    """For whom the dossier is, and who else is to be left out."""

    submit = "Put the dossier together"
    whole = django_forms.ChoiceField(
        label="What should it hold?",
        choices=[(FULL, "Everything"), (REDACTED, "Only what somebody outside the case may read")],
        widget=forms.Radios(hints={
            FULL: "For people on the case, and for a court or an ombudsman.",
            REDACTED: "People are called by their roles. Contact details, what bodies withhold, "
            "officers’ notes, the record and whole files are left out. What is left out is listed.",
        }),
    )  # fmt: skip
    names = text_area(
        "Other people to leave out", rows=4, most=4000, required=False,
        help_text="Neighbours, children, the person complained of: one name on each line. The "
        "names that the case holds as names are left out anyway. Not kept once it is made.",
    )  # fmt: skip


class FindForm(forms.Form):
    """Whom to look for."""

    submit = "Look for them"
    name = django_forms.CharField(
        label="Name, or part of it", max_length=120,
        widget=django_forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        help_text="Capitals and accents do not matter. Names spelled much alike are found too.",
    )  # fmt: skip
    case = django_forms.ModelChoiceField(
        None, label="In which case?", required=False, to_field_name="reference",
        empty_label="All cases that I work on",
    )  # fmt: skip

    def __init__(self, *args: Any, cases: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].queryset = cases
