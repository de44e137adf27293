"""The form of the check before minutes are published: reasons, ticks, and what was corrected."""

from typing import Any

from django import forms as plain_forms

from core import forms
from meetings.checking import Check
from meetings.queries.redactions import Withheld
from meetings.workflow.redacting import LONGEST


class CheckForm(forms.Form):
    """A reason for each thing that stays out, and a tick for each thing that was looked at."""

    mark_optional = False

    def __init__(self, *args: Any, found: Check, corrects: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        for number, line in enumerate(found.withheld, start=1):
            self._add(f"reason-{number}", _reason(line))
        if len(found.without_reason) > 1:
            self._add("for_all", _for_all(len(found.without_reason)))
        for number, finding in enumerate(found.findings, start=1):
            label = "I have looked at this, and it may go out"
            about = f"{label}: {finding.says}"
            self._add(
                f"seen-{number}",
                plain_forms.BooleanField(
                    label=label, required=False,
                    widget=plain_forms.CheckboxInput({"aria-label": about}),
                ),
            )  # fmt: skip
        if corrects:
            self._add("correction_note", _correction_note())

    def _add(self, name: str, field: plain_forms.Field) -> None:
        self.fields[name] = forms.dressed(field, str(field.label))

    @property
    def reasons(self) -> list[tuple[Withheld, Any]]:
        """Each thing that stays out, with its field."""
        return [(line, self[f"reason-{n}"]) for n, line in enumerate(self.found.withheld, 1)]

    def ticks(self, findings: Any) -> list[tuple[Any, Any]]:
        """These findings, each with its field."""
        numbers = {each.key: n for n, each in enumerate(self.found.findings, start=1)}
        return [(each, self[f"seen-{numbers[each.key]}"]) for each in findings]

    @property
    def names(self) -> list[tuple[Any, Any]]:
        """Names on both sides."""
        return self.ticks(self.found.names)

    @property
    def papers(self) -> list[tuple[Any, Any]]:
        """What hides in public papers."""
        return self.ticks(self.found.papers)

    @property
    def opened(self) -> list[tuple[Any, Any]]:
        """What was restricted once."""
        return self.ticks(self.found.opened)

    @property
    def given(self) -> dict[str, str]:
        """The reasons that were typed, by their keys."""
        return {line.key: self.cleaned_data[field.name] for line, field in self.reasons}

    @property
    def acknowledged(self) -> set[str]:
        """The keys of what was ticked."""
        ticks = self.ticks(self.found.findings)
        return {each.key for each, field in ticks if self.cleaned_data[field.name]}


def _reason(line: Withheld) -> plain_forms.CharField:
    return plain_forms.CharField(
        label=f"Why it stays out: {line.what.lower()}, item {line.item.number}", required=False,
        max_length=LONGEST, initial=line.reason,
    )  # fmt: skip


def _for_all(number: int) -> plain_forms.CharField:
    return plain_forms.CharField(
        label=f"The same reason for the {number} that have none", required=False,
        max_length=LONGEST,
        help_text="For example: it names people who were promised confidence.",
    )  # fmt: skip


def _correction_note() -> plain_forms.CharField:
    return plain_forms.CharField(
        label="What was corrected", required=False, max_length=300,
        help_text="Everybody reads this on the page of the minutes, the old one and the new one.",
    )  # fmt: skip
