"""A subgroup's report, and the steer that comes back."""

from typing import Any

import django.forms

from core import forms
from core.markings import Marking
from meetings.models import Item, SubgroupReport
from meetings.workflow.reporting import LONGEST, STEER
from membership.models import Group

HINTS = {
    Marking.OFFICIAL.value: "Everybody on the group that it goes to may read it.",
    Marking.SENSITIVE.value: "Its item goes into the restricted part. It opens only for agencies "
    "that have signed the sharing agreement.",
}


def _part(label: str, hint: str) -> django.forms.CharField:
    return django.forms.CharField(
        label=label, max_length=LONGEST, required=False, help_text=hint,
        widget=forms.Textarea({"rows": 6}),
    )  # fmt: skip


class ReportForm(forms.Versioned, forms.Form):
    """What a subgroup tells the group above it."""

    submit = "Save the report"

    highlights = _part("Highlights", "What has been done since the last report, and what it did.")
    decisions_needed = _part("Decisions needed", "What you ask that group to decide.")
    risks = _part("Risks", "What may go wrong, and what is done about it.")
    marking = django.forms.ChoiceField(
        label="Marking", choices=Marking.choices, widget=forms.Radios(hints=HINTS)
    )

    def __init__(
        self, *args: Any, group: Group, report: SubgroupReport | None,
        start: SubgroupReport | None = None, **more: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, version=report.version if report else 0, **more)
        words = report or start
        self.initial["marking"] = words.marking if words else group.default_marking
        if words is not None:
            for name in ("highlights", "decisions_needed", "risks"):
                self.initial[name] = getattr(words, name)


class SteerForm(forms.Form):
    """What a subgroup is to do, said at the item on it."""

    submit = "Record the steer"

    text = django.forms.CharField(
        label="What are they to do?", max_length=STEER, widget=forms.Textarea({"rows": 5}),
        error_messages={"required": "Enter what they are to do"},
    )  # fmt: skip
    marking = django.forms.ChoiceField(
        label="Marking", choices=Marking.choices, initial=Marking.OFFICIAL, widget=forms.Radios
    )

    def __init__(self, *args: Any, item: Item, **more: Any) -> None:
        super().__init__(*args, **more)
        if item.restricted:
            field: Any = self.fields["marking"]
            field.choices = [each for each in Marking.choices if each[0] == Marking.SENSITIVE]
            field.initial = Marking.SENSITIVE
            field.help_text = "What comes of a restricted item is restricted."
