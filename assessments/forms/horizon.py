"""What officers fill in about changes of law and policy."""

from typing import Any

from django import forms as django_forms

from actions.forms import OwnerField
from assessments.models import Level, Stage
from core import clock, forms
from membership.models import Partnership, Theme


def themes_of(partnership: Partnership) -> Any:
    """The themes that the partnership works on."""
    return Theme.objects.of(partnership).not_over(clock.today())


class FilterForm(forms.FilterForm):
    """The row of choices above the horizon."""

    level = django_forms.ChoiceField(choices=[("", "All levels"), *Level.choices])
    stage = django_forms.ChoiceField(label="How far", choices=[("", "Any stage"), *Stage.choices])
    theme = django_forms.ChoiceField()
    words = django_forms.CharField(
        max_length=100, widget=django_forms.TextInput({"type": "search"})
    )
    view = django_forms.CharField(max_length=10, widget=django_forms.HiddenInput)

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = themes_of(partnership).values_list("slug", "name")
        self.fields["theme"].choices = [("", "All themes"), *names]  # type: ignore[attr-defined]


class ChangeForm(forms.Form):
    """A change: what it is, where it is written, when it begins, what it touches here."""

    submit = "Save the change"

    title = django_forms.CharField(max_length=160)
    level = django_forms.ChoiceField(choices=Level.choices, widget=forms.Radios(inline=True))
    what = django_forms.CharField(
        label="What changes", max_length=4000, widget=forms.Textarea({"rows": 4})
    )
    touches = django_forms.CharField(
        label="What it touches here", max_length=4000, required=False,
        widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip
    source = django_forms.CharField(
        label="Where it is written", max_length=200, help_text="An Act and section, or a report"
    )
    source_url = django_forms.URLField(label="Its address", required=False, assume_scheme="https")
    verified = django_forms.BooleanField(label="I have read it at its source", required=False)
    stage = django_forms.ChoiceField(
        label="How far is it?", choices=Stage.choices, widget=forms.Radios(small=True)
    )
    commences_on = forms.DateField(label="Commences on", required=False, called="The day")
    commences_words = django_forms.CharField(
        label="If the day is not known", max_length=160, required=False,
        help_text="For example, by the end of May 2028",
    )  # fmt: skip
    look_again_on = forms.DateField(
        label="Look at it again on", required=False, called="The day to look again",
        help_text="Whoever follows it is reminded on this day",
    )  # fmt: skip
    themes = django_forms.ModelMultipleChoiceField(
        Theme.objects.none(), required=False, label="Themes that it touches",
        widget=forms.Checkboxes(small=True),
    )  # fmt: skip

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields
        choices["themes"].queryset = themes_of(partnership)
        if not choices["themes"].queryset.exists():
            del self.fields["themes"]
        label = "Who follows it?"
        owner = OwnerField(partnership, clock.today(), label=label, required=False)
        self.fields["owner"] = forms.dressed(owner, label)


class ChangedForm(forms.Versioned, ChangeForm):
    """The same, of a change that others may write on meanwhile."""


class CloseForm(forms.Versioned, forms.Form):
    """What came of it."""

    submit = "Close this change"

    because = django_forms.CharField(
        label="What came of it?", max_length=300, widget=forms.Textarea({"rows": 3}),
        help_text="For example, in force since 1 April and in our procedures",
    )  # fmt: skip


class ActionForm(forms.Form):
    """An action that prepares for the change."""

    submit = "Make the action"

    text = django_forms.CharField(label="What is to be done", max_length=300)
    due_on = forms.DateField(label="When is it due?", called="The due date")

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = OwnerField(partnership, clock.today(), label="Who is to do it?")
        self.fields["owner"] = forms.dressed(owner, "Who is to do it?")
        self.order_fields(("text", "owner", "due_on"))


class LinkForm(forms.Form):
    """An action that is in the register already."""

    submit = "Link the action"

    reference = django_forms.ChoiceField(label="Which action?")

    def __init__(self, *args: Any, actions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(each.reference, str(each)[:120]) for each in actions]
        self.fields["reference"].choices = [("", "Choose"), *listed]  # type: ignore[attr-defined]
