"""What is asked about legal holds."""

from core import forms
from dhr.forms.fields import text_area


class HoldForm(forms.Form):
    """Why a review must be kept."""

    submit = "Put the hold"
    reason = text_area(
        "Why must it be kept?", help_text="For example, that a court or an inquest may ask for it."
    )


class LiftForm(forms.Form):
    """Why it need not be kept any more."""

    submit = "Lift the hold"
    because = text_area("Why need it not be kept any more?")
