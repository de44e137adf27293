"""What officers fill in about a review: its notification, its deaths, its decision, its end."""

import copy
from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms as django

from core import forms
from dhr.forms.fields import LONG, radios, text_area
from dhr.models import About, DeathKind, Lead, Outcome, Relation, Review, Whom
from dhr.workflow.notifying import OF_DEATH
from membership.models import Agency

NO_NAME = "A pseudonym that the family agrees to, or a plain word. Never a real name."
DEATHS = (1, 2)


class DeathForm(forms.Form):
    """One death."""

    submit = "Save"
    pseudonym = django.CharField(label="Pseudonym", max_length=80, help_text=NO_NAME)
    died_on = forms.DateField(label="Died on", required=False)
    kind = radios("How the person died", DeathKind)
    relation = radios(
        "Who the other person was", Relation, initial=Relation.UNKNOWN, required=False
    )
    elsewhere = django.CharField(
        label="Where, if outside this area", max_length=160, required=False
    )


class NotificationForm(forms.Form):
    """What a notification says, with one death or two."""

    submit = "Save the notification"
    pseudonym = django.CharField(
        label="Name under which the review is known", max_length=80, help_text=NO_NAME
    )
    notified_on = forms.DateField(
        label="Notified on",
        help_text="The day on which it came. The month counts from it.",
    )
    notified_by = django.ModelChoiceField(
        Agency.objects.none(), label="Notified by", required=False, empty_label="Somebody else"
    )
    circumstances = text_area(
        "What is known, without names", rows=5, most=LONG, required=False,
        help_text="As few words as the decision needs.",
    )  # fmt: skip
    lead = radios("Who leads the review?", Lead, initial=Lead.HERE)
    led_by = django.CharField(
        label="The other partnership", max_length=160, required=False,
        help_text="Only where another one leads, such as the county’s.",
    )  # fmt: skip
    led_reference = django.CharField(
        label="Its reference for the review", max_length=40, required=False
    )
    layout = Layout(
        "pseudonym", "notified_on", "notified_by", "circumstances",
        Fieldset("Who died", *(f"{name}_1" for name in OF_DEATH)),
        Fieldset("A second death, if there is one", *(f"{name}_2" for name in OF_DEATH)),
        Fieldset("Who leads", "lead", "led_by", "led_reference"),
    )  # fmt: skip

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["notified_by"].queryset = agencies  # type: ignore[attr-defined]
        for number in DEATHS:
            for name, field in copy.deepcopy(DeathForm.base_fields).items():
                field.required = field.required and number == 1
                self.fields[f"{name}_{number}"] = forms.dressed(field, str(field.label))

    def said(self) -> dict[str, Any]:
        """What the verb is asked: the second death only where something of it was filled in."""
        told = dict(self.cleaned_data)
        deaths = [{name: told.pop(f"{name}_{n}", None) for name in OF_DEATH} for n in DEATHS]
        second = deaths[1]
        if not any(second[name] for name in OF_DEATH if name != "relation"):
            deaths.pop()
        for death in deaths:
            death["relation"] = death["relation"] or Relation.UNKNOWN
        return {**told, "deaths": deaths}


class ChangeForm(forms.ModelForm):
    """What the notification said, corrected."""

    submit = "Save"

    class Meta:
        model = Review
        fields = ("pseudonym", "circumstances", "notified_by", "led_by", "led_reference")
        widgets = {"circumstances": forms.Textarea({"rows": 5})}

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["notified_by"].queryset = agencies  # type: ignore[attr-defined]
        self.fields["notified_by"].empty_label = "Somebody else"  # type: ignore[attr-defined]
        if self.instance.led_here:
            del self.fields["led_by"], self.fields["led_reference"]


class DecideForm(forms.Form):
    """Whether a review is held."""

    submit = "Save the decision"
    outcome = radios("Decision", Outcome)
    reasons = text_area("Reasons, without names", rows=6, most=LONG)
    decided_by = django.CharField(
        label="Who decided, by post", max_length=160, initial="The chair of the partnership"
    )
    decided_on = forms.DateField(
        label="Decided on", help_text="Where a review is held, its six months count from this day."
    )
    reversed_because = text_area(
        "Why the earlier decision is reversed", rows=4, most=LONG, required=True
    )

    def __init__(self, *args: Any, again: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not again:
            del self.fields["reversed_because"]


class TellForm(forms.Form):
    """Who was told, of what, when and how."""

    submit = "Save"
    whom = radios("Who was told?", Whom)
    about = radios("Of what?", About)
    on = forms.DateField(label="When?")
    how = text_area(
        "How, and what they said", required=False,
        help_text="Such as “by letter, through their advocate”. No names.",
    )  # fmt: skip


class CloseForm(forms.Form):
    """Why a review is closed before its plan is delivered."""

    submit = "Close the review"
    look = "govuk-button--warning"
    reason = text_area("Why is it closed now?", rows=4, most=4000)

    def __init__(self, *args: Any, early: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not early:
            self.fields["reason"].required = False
            self.fields["reason"].label = "A remark"


class ReopenForm(forms.Form):
    """Why a review is opened again, and for what."""

    submit = "Open it again"
    reason = text_area("Why is it opened again? No names", rows=4, most=4000)
    again = django.TypedChoiceField(
        label="What for?", coerce=lambda value: value == "report", widget=forms.Radios(),
        choices=[
            ("report", "To write the report again: it needs another clearance"),
            ("rest", "For something else, such as an action that was not done after all"),
        ],
    )  # fmt: skip
