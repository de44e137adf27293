"""What officers fill in about an indicator."""

from typing import Any

from django import forms as django_forms

from core import clock, forms
from core.markings import Marking
from figures.models import Better, Frequency, Indicator
from membership.models import Agency, Partner, Partnership, Theme

SHORT = django_forms.Textarea(attrs={"rows": 3})


class IndicatorForm(forms.Form):
    """What is measured, by whom, how often and for whose eyes."""

    name = django_forms.CharField(label="What is measured?", max_length=160)
    definition = django_forms.CharField(
        max_length=2000, widget=django_forms.Textarea(attrs={"rows": 4}),
        help_text="What counts and what does not, so that next year’s figures mean the same",
    )  # fmt: skip
    unit = django_forms.CharField(
        max_length=40, initial="incidents",
        help_text="For example incidents, people, cases; percent for a share",
    )  # fmt: skip
    source = django_forms.CharField(
        label="Who asks for it?", max_length=200, required=False,
        help_text="The law or the part of the terms of reference",
    )  # fmt: skip
    source_agency = django_forms.ModelChoiceField(
        None, label="Which agency supplies it?", empty_label="Choose an agency"
    )
    theme = django_forms.ModelChoiceField(None, required=False, empty_label="None")
    frequency = django_forms.ChoiceField(
        label="How often?", choices=Frequency.choices, widget=forms.Radios(),
        initial=Frequency.QUARTER,
    )  # fmt: skip
    by_ward = django_forms.BooleanField(label="It is given for each ward too", required=False)
    breakdowns = django_forms.CharField(
        label="Parts of it that are given too", required=False, widget=SHORT,
        help_text="One a line, for example the strands of hate crime",
    )  # fmt: skip
    adds_up = django_forms.BooleanField(
        label="The parts add up to the whole", required=False, initial=True
    )
    marking = django_forms.ChoiceField(
        label="Who may read its figures?", choices=Marking.choices,
        widget=forms.Radios(
            hints={
                Marking.OFFICIAL: "Everybody who sits on the partnership; the public, with small "
                "numbers suppressed",
                Marking.SENSITIVE: "Only those whose agency has signed the sharing agreement",
            }
        ),
    )  # fmt: skip
    suppress_below = django_forms.IntegerField(
        label="Counts below this are not shown to the public", initial=5, min_value=0,
        max_value=100, help_text="5 is usual. Enter 0 for shares, where nothing is counted",
    )  # fmt: skip
    better = django_forms.ChoiceField(
        label="Which way is better?", choices=Better.choices, widget=forms.Radios(),
        initial=Better.NEITHER,
    )  # fmt: skip

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        partners = Partner.objects.of(partnership).on(today)
        agencies = Agency.objects.filter(pk__in=partners.values("agency")).order_by("name")
        self.fields["source_agency"].queryset = agencies  # type: ignore[attr-defined]
        self.fields["theme"].queryset = Theme.objects.of(partnership).on(today)  # type: ignore[attr-defined]

    def clean_breakdowns(self) -> list[str]:
        """One part a line."""
        lines = self.cleaned_data["breakdowns"].splitlines()
        return [" ".join(each.split()) for each in lines if each.strip()]


class AddForm(IndicatorForm):
    """A new one, from a day."""

    submit = "Add the indicator"

    starts_on = forms.DateField(
        label="From when is it asked for?", called="The date",
        help_text="Periods that begin on or after this day. For example, 1 10 2026",
    )  # fmt: skip


class ChangeForm(IndicatorForm):
    """One that is there, as it is now."""

    submit = "Save the changes"

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        names = [*IndicatorForm.base_fields]
        now = {name: getattr(indicator, name) for name in names}
        now |= {
            "breakdowns": "\n".join(indicator.breakdowns),
            "source_agency": indicator.source_agency_id, "theme": indicator.theme_id,
        }  # fmt: skip
        super().__init__(*args, initial=now, partnership=indicator.partnership, **kwargs)


class EndForm(forms.Form):
    """From when it is not asked for any longer."""

    submit = "End this indicator"
    look = "govuk-button--warning"

    on = forms.DateField(
        label="From when is it not asked for any longer?", called="The date",
        help_text="Its figures stay. For example, 1 4 2027",
    )  # fmt: skip


class BreakForm(forms.Form):
    """From when the series cannot be compared with what was before."""

    submit = "Note the break"

    since = forms.DateField(
        label="First day of the first period that is different", called="The date",
        help_text="For example, 1 7 2026",
    )  # fmt: skip
    because = django_forms.CharField(
        label="Why can it not be compared?", max_length=300, widget=SHORT,
        help_text="For example, a new recording system, or a wider definition",
    )  # fmt: skip
