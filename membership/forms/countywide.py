"""What is filled in about countywide services, and what came back from them."""

from typing import Any

from django import forms as django_forms

from accounts.models import User
from core import clock, forms
from membership.forms.asking import Asks, ReRead
from membership.models import Partnership
from membership.queries import known_people


class RepresentationForm(Asks, forms.Form):
    """A countywide service or group, and who goes there."""

    submit = "Add the contact"

    body = django_forms.CharField(label="Countywide service or group", max_length=160)
    purpose = django_forms.CharField(label="What it does", max_length=300, required=False)
    person = django_forms.ModelChoiceField(
        label="Who represents the partnership there?", queryset=User.objects.none(),
        required=False, empty_label="Nobody yet",
    )  # fmt: skip
    contact_name = django_forms.CharField(label="Whom to ask there", max_length=120, required=False)
    contact_email = django_forms.EmailField(label="Their email address", required=False)
    contact_telephone = django_forms.CharField(
        label="Their telephone", max_length=40, required=False
    )
    starts_on = forms.DateField(label="Since", called="The start", initial=clock.today)

    def __init__(self, *args: Any, partnership: Partnership, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.queryset = known_people(partnership, user).filter(is_active=True)


class ChangeRepresentationForm(ReRead, RepresentationForm):
    """Who goes there now, and whom to ask."""

    submit = "Save"


class ReportForm(Asks, forms.Form):
    """What came back to the board."""

    submit = "Save the report"

    on = forms.DateField(label="When was it?", called="The date", initial=clock.today)
    text = django_forms.CharField(
        label="What came back", max_length=4000, widget=django_forms.Textarea,
        help_text="What the board should know, in a few sentences. Name nobody from a case.",
    )  # fmt: skip
