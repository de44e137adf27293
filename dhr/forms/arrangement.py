"""What officers fill in about how their partnership holds death reviews."""

from core import forms
from dhr.models import Arrangement


class ArrangementForm(forms.Versioned, forms.ModelForm):
    """What is laid down."""

    submit = "Save"

    class Meta:
        model = Arrangement
        fields = (
            "shown_name", "led_by", "contact_name", "contact_email", "home_office",
            "information_days", "check_months", "site_years", "keep_years", "source",
        )  # fmt: skip
        widgets = {
            "shown_name": forms.Radios(small=True),
            "home_office": forms.Textarea({"rows": 3}),
        }
        labels = {
            "shown_name": "What a review is called here",
            "led_by": "Who usually leads reviews",
            "contact_name": "Who to ask",
            "home_office": "How to reach the Home Office’s team",
            "information_days": "Working days that an agency has to answer",
            "check_months": "Months until it is checked whether an action made the difference",
            "site_years": "Years that a report stays public",
            "keep_years": "Years that a closed review is kept",
        }
        help_texts = {
            "led_by": "Leave it empty where this partnership leads. Each review can say otherwise.",
            "contact_name": "A team, not a person",
            "information_days": "The law says no number; the partnership sets it",
        }
