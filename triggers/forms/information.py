"""What bodies are asked, and the form on which one answers."""

from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError

from core import clock, forms
from documents.workflow import check_upload
from figures.sheets import chronology
from triggers.forms.casework import text_area


class AskForm(forms.Form):
    """Which bodies, by when, and what besides."""

    submit = "Ask them"
    agencies = django_forms.MultipleChoiceField(
        label="Who is asked?", widget=forms.Checkboxes(),
        help_text="Those to whom the applicant reported are ticked.",
        error_messages={"required": "Choose at least one body"},
    )  # fmt: skip
    due_on = forms.DateField(label="Answer by")
    questions = text_area(
        "What else do you want to know?", rows=4, most=4000, required=False,
        help_text="Each is asked for its own chronology, what it did, the risk it sees and what "
        "it can do. They are shown who the victim is and what was reported to them.",
    )  # fmt: skip

    def __init__(self, *args: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["agencies"]
        field.choices = [(str(each.agency.pk), _label(each)) for each in offered]
        self.initial.setdefault("agencies", [str(each.agency.pk) for each in offered if each.named])


def _label(each: Any) -> str:
    label = each.agency.name
    if each.instead_of:
        label = f"{label}, in the place of {each.instead_of}, which has ended"
    return f"{label}. {each.stops}" if each.stops else label


class AnswerForm(forms.Versioned, forms.Form):
    """What a body says in sum."""

    submit = "Save the draft"
    also = ("send", "Save and send the answer")
    known = django_forms.TypedChoiceField(
        label="Do you know of this trouble?", required=False, empty_value=None,
        coerce=lambda value: value == "yes", widget=forms.Radios(inline=True),
        choices=[("yes", "Yes"), ("no", "No, we hold nothing")],
    )  # fmt: skip
    summary = text_area("What you did, in sum", rows=4, most=4000, required=False)
    risk = text_area("The risk as you see it", rows=3, most=4000, required=False)
    offers = text_area("What you can do from here", rows=3, most=4000, required=False)
    withheld = text_area(
        "What you do not give, and the law that says so", rows=2, most=4000, required=False,
        help_text="For example, details of a live investigation.",
    )  # fmt: skip
    mark_optional = False


class ReportForm(forms.Form):
    """Whether the body holds a report that the applicant names."""

    submit = "Save"
    held = django_forms.TypedChoiceField(
        label="Do you hold this report?", coerce=lambda value: value == "yes",
        choices=[("yes", "Yes"), ("no", "No, we have no record of it")],
        widget=forms.Radios(inline=True),
    )  # fmt: skip
    reported_on = forms.DateField(
        label="On which day was it reported to you?", required=False,
        help_text="By your own record, if you hold it.",
    )  # fmt: skip
    source_reference = django_forms.CharField(label="Your reference", max_length=80, required=False)
    done = text_area("What you did about it", rows=3, most=4000, required=False)
    mark_optional = False


class EntryForm(forms.Form):
    """One line of the chronology."""

    submit = "Save the line"
    also = ("again", "Save and add another")
    on = forms.DateField(label="Date")
    at = forms.TimeField(label="Time", required=False, help_text="For example, 10.30pm or 22:30.")
    what = text_area("What was recorded", rows=3, most=4000)
    done = text_area("What was done", rows=3, most=4000, required=False)
    source_reference = django_forms.CharField(label="Your reference", max_length=80, required=False)
    reported_on = forms.DateField(
        label="If somebody reported it to you: when", required=False,
        help_text="Then the officers see whether it stands on the applicant’s list.",
    )  # fmt: skip


class FileForm(forms.Form):
    """A chronology from a file, or pasted."""

    submit = "Read it"
    file = django_forms.FileField(
        label="A spreadsheet (XLSX) or a CSV file", required=False,
        help_text="With a first line that names the columns: Date, Time, What happened, What was "
        "done, Reference, Reported on. Other columns are left out.",
    )  # fmt: skip
    text = text_area(
        "Or paste the lines here", rows=6, most=chronology.MOST_BYTES, required=False,
        help_text="Copied out of a spreadsheet or a table, columns and all.",
    )  # fmt: skip
    mark_optional = False

    def clean(self) -> dict[str, Any]:
        """Read the one that was given."""
        told = super().clean() or self.cleaned_data
        file, text = told.get("file"), told.get("text")
        if self.errors:
            return told
        if bool(file) == bool(text):
            raise ValidationError({"file": "Choose a file or paste the lines, one of the two"})
        name = "file" if file else "text"
        try:
            told["found"] = (
                chronology.of_file(check_upload(file), today=clock.today())
                if file
                else chronology.of_text(text, today=clock.today())
            )
        except ValidationError as wrong:
            raise ValidationError({name: wrong.messages}) from wrong
        return told


class SettleForm(forms.Form):
    """What was found out about a contradiction or a gap."""

    submit = "Save"
    settled = text_area("What was found out?")
