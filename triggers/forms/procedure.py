"""What officers fill in about the procedure, its clocks, its local rules and its bodies."""

from typing import Any

from django import forms as django
from django.core.exceptions import ValidationError
from django.db.models import Q

from core import clock, forms
from membership.models import Agency, Partnership
from triggers.models import (
    AdditionKind,
    BodyKind,
    ClockSetting,
    ClockStage,
    Procedure,
)
from triggers.workflow.procedures import beyond_law
from triggers.workflow.settings import EVENTS


class ProcedureForm(forms.Versioned, forms.ModelForm):
    """What the procedure says."""

    exit_url = django.URLField(
        label="Where “Exit this page” leads", assume_scheme="https",
        help_text="A page that looks like nothing in particular",
    )  # fmt: skip

    class Meta:
        model = Procedure
        fields = (
            "shown_name", "is_open", "complaints_needed", "contact_name", "contact_email",
            "contact_telephone", "contact_address", "other_ways", "appeal_to",
            "commissioner_contact", "exit_url", "draft_days", "keep_years",
            "year_starts_in", "text",
        )  # fmt: skip
        widgets = {
            "shown_name": forms.Radios(small=True),
            "contact_address": forms.Textarea({"rows": 3}),
            "other_ways": forms.Textarea({"rows": 3}),
            "commissioner_contact": forms.Textarea({"rows": 3}),
            "text": forms.Textarea({"rows": 12}),
        }
        labels = {
            "shown_name": "What it is called here",
            "is_open": "Take applications online",
            "complaints_needed": "How many qualifying complaints are needed",
            "contact_name": "Who to ask",
            "other_ways": "Other ways to apply",
            "appeal_to": "Who hears an appeal",
            "commissioner_contact": "How to reach the commissioner’s office",
            "draft_days": "Days for which an unfinished application is kept",
            "keep_years": "Years for which a closed case is kept",
            "year_starts_in": "Month in which a year of figures begins",
            "text": "The procedure, for the public",
        }
        help_texts = {
            "complaints_needed": "The law lets you ask for 1, 2 or 3, never more than 3",
            "contact_name": "A team, not a person. The law asks for a point of contact",
            "other_ways": "By telephone, by post or in person: when and where",
            "draft_days": "Then it is removed, with all that was written",
            "keep_years": "Then the person’s data are removed. The figures stay",
            "text": "The law asks that you publish it. Begin each point on a line with “- ”",
        }

    def clean_complaints_needed(self) -> int:
        """Say beside the field what the law allows, before the database does."""
        number: int = self.cleaned_data["complaints_needed"]
        refused = beyond_law(number)
        if refused:
            raise ValidationError(refused)
        return number


class ClockForm(forms.Form):
    """By when a step is to be done, from a day."""

    submit = "Set the clock"

    days = django.IntegerField(label="How many days", min_value=0)
    working = django.TypedChoiceField(
        label="Which days count", choices=[("yes", "Working days"), ("no", "All days")],
        coerce=lambda said: said == "yes", widget=forms.Radios(small=True, inline=True),
    )  # fmt: skip
    counted_from = django.ChoiceField(label="Counted from", widget=forms.Radios(small=True))
    source = django.CharField(
        label="Where it stands written", max_length=300, required=False,
        help_text="The page of your procedure, for example",
    )  # fmt: skip
    starts_on = forms.DateField(
        label="From which day", called="The day",
        help_text="For steps that begin on or after that day. Clocks that run already stay",
    )  # fmt: skip

    def __init__(self, *args: Any, stage: str, setting: ClockSetting | None, **more: Any) -> None:
        initial = {"starts_on": clock.today(), "working": "yes"}
        if setting:
            initial |= {
                "days": setting.days, "working": "yes" if setting.working else "no",
                "counted_from": setting.counted_from, "source": setting.source,
            }  # fmt: skip
        super().__init__(*args, initial=initial, **more)
        fields: Any = self.fields
        events = EVENTS[ClockStage(stage)]
        fields["counted_from"].choices = [(each.value, str(each.label)) for each in events]
        if len(events) == 1:
            fields["counted_from"].initial = events[0].value
            self.initial["counted_from"] = events[0].value


class LocalRuleForm(forms.Form):
    """Another way in which the threshold is met here."""

    submit = "Add the local rule"

    kind = django.ChoiceField(
        label="What lets the threshold be met", choices=AdditionKind.choices, widget=forms.Radios
    )
    number = django.IntegerField(
        label="How many", min_value=0,
        help_text="How many homes must complain. For hate or vulnerability: how many qualifying "
        "complaints there must be. Enter 0 if hate or vulnerability alone is enough",
    )  # fmt: skip
    source = django.CharField(
        label="Where it stands written", max_length=300,
        help_text="For example, our published procedure, page 4. Shown with every case it decides",
    )  # fmt: skip
    starts_on = forms.DateField(
        label="From which day", called="The day", help_text="For applications from that day on"
    )


class BodyForm(forms.Form):
    """A body that takes part, and a complaint to which counts."""

    submit = "Add the body"

    agency = django.ModelChoiceField(
        Agency.objects.none(), label="Which body", empty_label="Choose"
    )
    kind = django.ChoiceField(
        label="What makes it count", choices=BodyKind.choices, widget=forms.Radios(small=True)
    )
    also_reports = django.CharField(
        label="What the public calls it", max_length=160, required=False,
        help_text="Such as “the council’s noise team”. Shown beside its name",
    )  # fmt: skip
    starts_on = forms.DateField(
        label="From which day", called="The day",
        help_text="Complaints made to it on or after that day count",
    )  # fmt: skip

    def __init__(self, *args: Any, partnership: Partnership, **more: Any) -> None:
        super().__init__(*args, **more)
        today = clock.today()
        here = Q(partners__partnership=partnership)
        there = Q(ends_on=None) | Q(ends_on__gt=today)
        fields: Any = self.fields
        fields["agency"].queryset = Agency.objects.filter(here & there).distinct()


class ChangeBodyForm(forms.Form):
    """The same, of a body that is there."""

    kind = django.ChoiceField(
        label="What makes it count", choices=BodyKind.choices, widget=forms.Radios(small=True)
    )
    also_reports = django.CharField(
        label="What the public calls it", max_length=160, required=False,
        help_text="Such as “the council’s noise team”. Shown beside its name",
    )  # fmt: skip


class EndForm(forms.Form):
    """From which day something no longer holds."""

    submit = "End it"
    look = "govuk-button--warning"

    on = forms.DateField(
        label="From which day does it no longer hold?", called="The day",
        help_text="What came before that day stays as it was decided",
    )  # fmt: skip
