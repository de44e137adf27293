"""How a person wants to be told, and what officers fill in about what goes out."""

from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms as django_forms

from core import forms
from membership.forms.asking import Asks
from notices.models import Audience, How
from notices.queries.wishes import EVENT, Kind
from notices.workflow.overseeing import REASON
from notices.workflow.wishes import AS_OTHERS

HOW = [(each.value, each.label) for each in How]


class WishesForm(forms.Form):
    """One choice for what happens, one for reminders, and one for each kind that differs."""

    submit = "Save how I am told"
    mark_optional = False

    def __init__(
        self, *args: Any, kinds: list[Kind], wishes: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.keys = {f"kind_{number}": each.key for number, each in enumerate(kinds)}
        by_name = {name: kinds[number] for number, name in enumerate(self.keys)}
        self.keys["others"] = ""
        defaults = {EVENT: How.DAILY, "": How.EACH}
        for name, key in self.keys.items():
            if key in defaults:
                widget = forms.Radios(small=True)
                choices, label, hint = HOW, "Reminders of what is due", ""
            else:
                widget = None
                choices = [(AS_OTHERS, "As other reminders"), *HOW]
            if name in by_name:
                label, hint = by_name[name].title, by_name[name].hint
            field = django_forms.ChoiceField(
                label=label, help_text=hint, choices=choices, required=key in defaults,
                initial=wishes.get(key, defaults.get(key, AS_OTHERS)),
                **({"widget": widget} if widget else {}),
            )  # fmt: skip
            self.fields[name] = forms.dressed(field, label)
        some = [name for name, key in self.keys.items() if key not in defaults]
        general = [name for name, key in self.keys.items() if key in defaults]
        self.layout = Layout(
            *general, *([Fieldset("Only for some reminders", *some)] if some else [])
        )

    def wishes(self) -> dict[str, str]:
        """What was chosen, by kind."""
        return {key: self.cleaned_data[name] for name, key in self.keys.items()}


class HoldForm(Asks, forms.Form):
    """Why a reminder is kept back."""

    submit = "Keep it back"
    look = "govuk-button--warning"

    reason = django_forms.CharField(
        label="Why is it kept back?", max_length=REASON,
        widget=django_forms.Textarea(attrs={"rows": 3}),
        help_text="Officers read this. Do not name anybody whom it is about.",
    )  # fmt: skip


class RungForm(Asks, forms.Form):
    """One more step of a ladder."""

    submit = "Add the step"

    number = django_forms.IntegerField(
        label="Working days", min_value=0, max_value=120,
        help_text="0 is the day on which it is due",
        error_messages={
            "min_value": "Working days must be 0 or more",
            "max_value": "Working days must be 120 or fewer",
        },
        widget=django_forms.TextInput({"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )  # fmt: skip
    side = django_forms.ChoiceField(
        label="Before or after it is due?", initial="before",
        choices=[("before", "Before"), ("after", "After")], widget=forms.Radios(inline=True),
    )  # fmt: skip
    audience = django_forms.ChoiceField(
        label="Who is told?", choices=Audience.choices, widget=forms.Radios(small=True)
    )
    called = {"days": "number"}

    layout = Layout(Div("number", "side", "audience"))

    def given(self) -> dict[str, Any]:
        """As the verb wants it: before the day is below zero."""
        number = self.cleaned_data["number"]
        before = self.cleaned_data["side"] == "before"
        return {"days": -number if before else number, "audience": self.cleaned_data["audience"]}


class LogFilter(forms.FilterForm):
    """The row of choices above the mail log."""

    person = django_forms.ChoiceField()
    kind = django_forms.ChoiceField(label="About")
    view = django_forms.CharField(max_length=10, widget=django_forms.HiddenInput)

    def __init__(self, *args: Any, people: Any, kinds: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Anybody"), *people]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", "Anything"), *kinds]  # type: ignore[attr-defined]


class ScheduleFilter(forms.FilterForm):
    """The row of choices above what will go out."""

    kind = django_forms.ChoiceField(label="About")
    person = django_forms.ChoiceField()

    def __init__(self, *args: Any, people: Any, kinds: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "Anything"), *kinds]  # type: ignore[attr-defined]
        self.fields["person"].choices = [("", "Anybody"), *people]  # type: ignore[attr-defined]
