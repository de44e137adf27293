"""An order of business that a group keeps, and its lines."""

from typing import Any

import django.forms

from core import forms
from core.dates import longdate
from meetings.forms.agenda import MARKINGS
from meetings.models import ItemKind, Meeting, TemplateLine
from meetings.queries.templates import leads_of, led_by
from meetings.workflow.agenda import LONGEST
from membership.models import Group

TERMS, EMPTY = "terms", "empty"


class TemplateForm(forms.Form):
    """A new template: its name, and what it starts with."""

    submit = "Make the template"

    name = django.forms.CharField(
        label="Name", max_length=80, help_text="For example, Extraordinary meeting."
    )
    source = django.forms.ChoiceField(label="Start from", initial=TERMS)

    def __init__(self, *args: Any, meetings: list[Meeting], **more: Any) -> None:
        super().__init__(*args, **more)
        agendas = [(str(each.pk), f"The agenda of {longdate(each.on)}") for each in meetings]
        self.fields["source"].choices = [  # type: ignore[attr-defined]
            (TERMS, "The terms of reference"), (EMPTY, "Nothing"), *agendas
        ]  # fmt: skip


class NameForm(forms.Form):
    """The name of a template."""

    submit = "Save the name"
    name = django.forms.CharField(label="Name", max_length=80)


class LineForm(forms.Form):
    """One line of a template."""

    submit = "Save the line"

    title = django.forms.CharField(label="Title", max_length=200)
    kind = django.forms.ChoiceField(
        label="Standing item", choices=[(ItemKind.OTHER.value, "None of these"), *(
            each for each in ItemKind.choices if each[0] != ItemKind.OTHER
        )],
        help_text="What the terms of reference ask for: its history goes from meeting to meeting.",
    )  # fmt: skip
    marking = django.forms.ChoiceField(
        label="Marking", choices=TemplateLine.marking.field.choices,
        widget=forms.Radios(hints=MARKINGS),
    )  # fmt: skip
    minutes_allowed = django.forms.IntegerField(
        label="Minutes", min_value=1, max_value=LONGEST, initial=5,
        widget=django.forms.NumberInput({"class": "govuk-input--width-3"}),
    )  # fmt: skip
    led_by = django.forms.ChoiceField(label="Who leads", required=False)
    led_by_words = django.forms.CharField(
        label="Who leads, if none of these", max_length=60, required=False,
        help_text="For example: Everyone. Persons are chosen on the agenda itself.",
    )  # fmt: skip
    paper_expected = django.forms.BooleanField(label="A paper is expected", required=False)
    only_first = django.forms.BooleanField(
        label="Only at the first meeting of the municipal year", required=False
    )
    note = django.forms.CharField(
        label="What the group is asked to do", max_length=300, required=False,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip

    def __init__(
        self, *args: Any, group: Group, line: TemplateLine | None = None, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        choices = [("", "Nobody yet"), *leads_of(group)]
        self.fields["led_by"].choices = choices  # type: ignore[attr-defined]
        self.initial.setdefault("marking", group.default_marking)
        if line is not None:
            names = ("title", "kind", "marking", "minutes_allowed", "paper_expected",
                     "only_first", "note")  # fmt: skip
            self.initial |= {name: getattr(line, name) for name in names}
            _, words = led_by(line.led_by)
            self.initial["led_by_words" if words else "led_by"] = line.led_by

    def clean(self) -> dict[str, Any]:
        """One lead: an office or words."""
        cleaned = super().clean() or {}
        if cleaned.get("led_by") and cleaned.get("led_by_words"):
            self.add_error("led_by_words", "Choose a lead from the list or write one, not both")
        return cleaned

    @property
    def fields_of_line(self) -> dict[str, Any]:
        """What the workflow is asked to keep."""
        found = dict(self.cleaned_data)
        words = found.pop("led_by_words")
        return {**found, "led_by": found["led_by"] or words}
