"""The row of choices above the directory."""

import datetime

from django import forms as django_forms

from core import clock, forms

TABS = {"agency": "By agency", "group": "By group", "person": "By person"}


class DirectoryForm(forms.FilterForm):
    """Which words to look for, on which day, and how to list what is found."""

    words = django_forms.CharField(
        max_length=100, widget=django_forms.TextInput({"type": "search"})
    )
    on = forms.DateField(label="On a date", called="The date", widget=forms.DateText)
    by = django_forms.ChoiceField(choices=list(TABS.items()), widget=django_forms.HiddenInput)

    @property
    def day(self) -> datetime.date:
        """The day asked for; today where none was, or where it is no date."""
        return self.cleaned_data.get("on") or clock.today()

    @property
    def tab(self) -> str:
        """How to list what is found."""
        return self.cleaned_data.get("by") or "agency"
