"""What agencies fill in about a week's tension, and officers about what is done."""

from typing import Any

from django import forms as django_forms

from assessments.forms.horizon import themes_of
from assessments.queries.tensions import LEVELS, agencies_of, groups_for
from core import forms
from core.markings import Marking
from membership.models import Agency, Group, Partnership, Theme

MARKINGS = {
    Marking.SENSITIVE: "Only those of the group whose agency has signed the sharing agreement",
    Marking.OFFICIAL: "Everybody who sits on the group can read it",
}


class FilterForm(forms.FilterForm):
    """The row of choices above the reports."""

    level = django_forms.ChoiceField(
        choices=[("", "All levels"), *((str(each.number), each.label) for each in LEVELS)]
    )
    theme = django_forms.ChoiceField()
    words = django_forms.CharField(
        label="Community or place", max_length=100,
        widget=django_forms.TextInput({"type": "search"}),
    )  # fmt: skip
    view = django_forms.CharField(max_length=10, widget=django_forms.HiddenInput)

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = themes_of(partnership).values_list("slug", "name")
        self.fields["theme"].choices = [("", "All themes"), *names]  # type: ignore[attr-defined]


class Telling(forms.Form):
    """The words of a report: Experienced, Evidenced, Potential, and the level."""

    week = forms.DateField(
        label="Which week?", called="The week", help_text="Any day of it, for example 16 11 2026"
    )
    community = django_forms.CharField(label="Community or place", max_length=160)
    experienced = django_forms.CharField(
        label="Experienced: what have people felt or met with?", max_length=4000, required=False,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip
    evidenced = django_forms.CharField(
        label="Evidenced: what do records and incidents show?", max_length=4000, required=False,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip
    potential = django_forms.CharField(
        label="Potential: what may come, and when?", max_length=4000, required=False,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip
    level = django_forms.TypedChoiceField(
        coerce=int, choices=[(each.number, each.label) for each in LEVELS],
        widget=forms.Radios(hints={each.number: each.says for each in LEVELS}),
    )  # fmt: skip
    source = django_forms.CharField(
        label="Where it comes from", max_length=200, required=False,
        help_text="For example, neighbourhood officers, or calls to our line",
    )  # fmt: skip
    theme = django_forms.ModelChoiceField(Theme.objects.none(), required=False, empty_label="None")

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = themes_of(partnership)  # type: ignore[attr-defined]


class ReportForm(Telling):
    """A new report: for which agency, to which group, under which marking."""

    submit = "Send the report"

    agency = django_forms.ModelChoiceField(
        Agency.objects.none(), label="Your agency", empty_label=None
    )
    group = django_forms.ModelChoiceField(
        Group.objects.none(), label="Who is to read it?", empty_label=None
    )
    marking = django_forms.ChoiceField(
        choices=[(each.value, each.label) for each in MARKINGS],
        widget=forms.Radios(hints=MARKINGS), initial=Marking.SENSITIVE,
    )  # fmt: skip

    field_order = (
        "agency", "week", "community", "experienced", "evidenced", "potential", "level", "source",
        "theme", "group", "marking",
    )  # fmt: skip

    def __init__(self, *args: Any, user: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, partnership=partnership, **kwargs)
        choices: Any = self.fields
        own = Agency.objects.filter(pk__in=agencies_of(user, partnership))
        choices["agency"].queryset = own.order_by("name")
        choices["group"].queryset = groups_for(user, partnership)
        self.order_fields(self.field_order)


class ChangeForm(forms.Versioned, Telling):
    """The same words again; who reads it stands."""

    submit = "Save the report"


class RespondForm(forms.Versioned, forms.Form):
    """What is being done about it."""

    submit = "Save the answer"

    response = django_forms.CharField(
        label="What is being done?", max_length=4000, widget=forms.Textarea({"rows": 5})
    )


class CloseForm(forms.Form):
    """That it is over; with what was done where nobody has said so yet."""

    submit = "Close this report"

    response = django_forms.CharField(
        label="What was done?", max_length=4000, widget=forms.Textarea({"rows": 5})
    )
