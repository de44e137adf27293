"""What is filled in about interests."""

import datetime
from typing import Any

from django import forms as django_forms

from accounts.models import User
from core import clock, forms
from membership.forms.asking import Asks, ReRead
from membership.models import Agency, InterestKind, Partnership
from membership.queries import agencies_with_seats, known_people


class InterestForm(Asks, forms.Form):
    """An interest for the register."""

    submit = "Enter it in the register"

    text = django_forms.CharField(
        label="What is the interest?", max_length=300,
        help_text="In a few words, such as “Trustee of Riverside Housing”.",
    )  # fmt: skip
    kind = django_forms.ChoiceField(
        label="What sort of interest is it?", choices=InterestKind.choices,
        widget=forms.Radios(small=True),
    )  # fmt: skip
    about = django_forms.CharField(
        label="Names that recall it", max_length=300, required=False,
        help_text="Bodies, places or schemes, with commas between. Where one of these names is on "
        "an agenda, the interest is recalled there.",
    )  # fmt: skip
    starts_on = forms.DateField(label="Since", called="The start", initial=clock.today)
    ends_on = forms.DateField(
        label="Until", called="The end", required=False,
        help_text="The first day on which it is no interest any more. Leave empty if it goes on.",
    )  # fmt: skip
    sensitive = django_forms.BooleanField(
        label="Disclosing it could put somebody at risk of violence or intimidation",
        required=False,
        help_text="Then only its person and the officers see it in the register.",
    )  # fmt: skip


class InterestOfOtherForm(InterestForm):
    """An interest that an officer enters for somebody."""

    person = django_forms.ModelChoiceField(
        label="Whose interest is it?", queryset=User.objects.none(), empty_label="Choose"
    )
    field_order = ["person"]

    def __init__(self, *args: Any, partnership: Partnership, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.queryset = known_people(partnership, user).filter(is_active=True).order_by("name")


class ChangeInterestForm(ReRead, InterestForm):
    """An entry of the register put right."""

    submit = "Save"


class RegisterFilter(forms.FilterForm):
    """Which part of the register to show."""

    on = forms.DateField(label="On a date", called="The date", widget=forms.DateText)
    agency = django_forms.ModelChoiceField(
        queryset=Agency.objects.none(), empty_label="All agencies", to_field_name="slug"
    )
    kind = django_forms.ChoiceField(
        choices=[("", "All sorts"), *InterestKind.choices], label="Sort"
    )
    past = django_forms.ChoiceField(
        label="Show", choices=[("", "Those that hold"), ("1", "Also those that have ended")]
    )

    def __init__(self, *args: Any, partnership: Partnership, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["agency"]
        field.queryset = agencies_with_seats(user, partnership, clock.today())

    @property
    def day(self) -> datetime.date:
        """The day asked for; today where none was, or where it is no date."""
        return self.cleaned_data.get("on") or clock.today()
