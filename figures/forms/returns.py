"""An agency's return of figures, and a file in its place."""

import hashlib
from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms as django_forms

from core import forms
from documents.forms import PaperField
from figures.models import Standing
from figures.queries.indicators import in_words
from figures.queries.returns import Section

SAID = ("standing", "note", "missing", "reason", "expected")


class Group(NamedTuple):
    """An indicator of the form, its fields in the order in which a page shows them."""

    section: Section
    figures: list[Any]
    wards: list[Any]
    standing: Any
    note: Any
    missing: Any
    reason: Any
    expected: Any


class ReturnForm(forms.Versioned, forms.Form):
    """One box for each figure, and for each indicator how firm it is or why it is missing.

    ``asked`` tells that the officers changed what is asked for while the page was open.
    """

    mark_optional = False

    asked = django_forms.CharField(widget=django_forms.HiddenInput, required=False)

    def __init__(self, *args: Any, sections: list[Section], **kwargs: Any) -> None:
        self.sections = sections
        self.names: dict[str, str] = {}  # the key in the draft → the field
        fields = dict(self._fields())
        self.base_fields = {**type(self).base_fields, **fields}  # type: ignore[misc]
        super().__init__(*args, **kwargs)
        self.initial["asked"] = self.fingerprint

    @property
    def fingerprint(self) -> str:
        """What is asked for, in short."""
        keys = "\n".join(row.key for section in self.sections for row in section.rows)
        return hashlib.sha256(keys.encode()).hexdigest()[:16]

    def _fields(self) -> Iterator[tuple[str, django_forms.Field]]:
        for section in self.sections:
            slug = section.indicator.slug
            narrow = {"class": "govuk-input--width-5", "inputmode": "decimal"}
            for number, row in enumerate(section.rows):
                name = f"{slug}-{number}"
                self.names[row.key] = name
                held = f"Held now: {in_words(row.held)}" if row.held is not None else ""
                yield name, django_forms.CharField(
                    label=row.label, required=False, initial=row.drafted, help_text=held,
                    max_length=40, widget=django_forms.TextInput(narrow),
                )  # fmt: skip
            self.names[slug] = f"{slug}-missing"
            yield from self._said(section, slug)

    @staticmethod
    def _said(section: Section, slug: str) -> Iterator[tuple[str, django_forms.Field]]:
        yield f"{slug}-standing", django_forms.ChoiceField(
            label="How firm are they?", choices=Standing.choices, initial=section.standing,
            required=False, widget=forms.Radios(small=True, inline=True),
        )  # fmt: skip
        yield f"{slug}-note", django_forms.CharField(
            label="Note", required=False, initial=section.note, max_length=300,
        )  # fmt: skip
        yield f"{slug}-missing", django_forms.BooleanField(
            label="They are not available yet", required=False, initial=section.missing,
        )  # fmt: skip
        yield f"{slug}-reason", django_forms.CharField(
            label="Why is it not available?", required=False, initial=section.reason,
            max_length=300,
        )  # fmt: skip
        yield f"{slug}-expected", django_forms.CharField(
            label="When will it come?", required=False, initial=section.expected, max_length=40,
            help_text="For example, 10 March 2027",
        )  # fmt: skip

    def draft(self) -> dict[str, dict[str, str]]:
        """What was typed, as it was typed, by the keys of the draft."""
        found: dict[str, dict[str, str]] = {}
        for section in self.sections:
            slug = section.indicator.slug
            for number, row in enumerate(section.rows):
                found[row.key] = {"value": self._typed(f"{slug}-{number}")}
            said = {name: self._typed(f"{slug}-{name}") for name in SAID}
            found[slug] = said
        return found

    def _typed(self, name: str) -> str:
        return str(self.data.get(name) or "")

    def groups(self) -> Iterator[Group]:
        """The indicators with their fields."""
        for section in self.sections:
            slug = section.indicator.slug
            rows = [(row, self[f"{slug}-{number}"]) for number, row in enumerate(section.rows)]
            said = [self[f"{slug}-{name}"] for name in SAID]
            yield Group(
                section, [field for row, field in rows if not row.area],
                [field for row, field in rows if row.area], *said,
            )  # fmt: skip


class UploadForm(forms.Form):
    """A spreadsheet or CSV file in the template's columns."""

    submit = "Read the file"

    file = PaperField(
        label="Your file",
        help_text="XLSX or CSV, up to 2 MB, with the template’s first line. You see what it "
        "changes before anything is taken over.",
    )  # fmt: skip
