"""What agencies are asked, and the form on which one answers."""

from typing import Any

from django import forms as django
from django.core.exceptions import ValidationError

from core import clock, forms
from dhr.forms.fields import text_area, yes_no
from dhr.models import InformationKind, InformationRequest, MisfitKind, Risk
from documents.workflow import check_upload
from figures.sheets import chronology

LONG = 20_000
HELD = {
    "label": "Do you hold records of anybody of this review?",
    "yes": "Yes", "no": "No, we looked and hold nothing", "required": False,
}  # fmt: skip
LABELS = {
    InformationKind.SECURE: "What was secured, and where",
    InformationKind.CHRONOLOGY: "Remarks on your chronology",
    InformationKind.IMR: "Remarks on your report",
    InformationKind.SUMMARY: "Short summary",
}
TYPES = "application/pdf,.pdf,.docx,.odt"


class AskForm(forms.Form):
    """Which agencies, for what, by when."""

    submit = "Ask them"
    kind = django.ChoiceField(
        label="What are they asked for?", choices=InformationKind, widget=forms.Radios(small=True)
    )
    agencies = django.MultipleChoiceField(
        label="Who is asked?", widget=forms.Checkboxes(small=True),
        error_messages={"required": "Choose at least one agency"},
    )  # fmt: skip
    due_on = forms.DateField(label="Answer by")
    questions = text_area(
        "What else do you want to know?", rows=4, most=4000, required=False,
        help_text="By pseudonym. Tell the agency who is meant by secure email or telephone, never "
        "here.",
    )  # fmt: skip

    def __init__(
        self, *args: Any, agencies: Any, stops: Any, only_secure: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["agencies"].choices = [
            (each.slug, ". ".join(filter(None, (each.name, stops.get(each.pk)))))
            for each in agencies
        ]
        if only_secure:
            secure = InformationKind.SECURE
            fields["kind"].choices = [(secure.value, secure.label)]
            fields["kind"].initial = secure.value
            fields["kind"].help_text = "All else can be asked once it is decided to hold a review."


class AnswerForm(forms.Versioned, forms.Form):
    """What an agency answers: which fields it has follows from what it is asked for."""

    submit = "Save the draft"
    also = ("send", "Save and send the answer")
    mark_optional = False
    known = yes_no(**HELD)
    secured_on = forms.DateField(label="Records secured on", required=False)
    file = django.FileField(
        label="The report, as a PDF, Word (.docx) or OpenDocument (.odt) file", required=False,
        help_text="It is kept when you send the answer, not in a draft.",
        widget=django.ClearableFileInput({"accept": TYPES}),
    )  # fmt: skip
    confirmed = django.BooleanField(
        label="I have looked: this report is for this review", required=False
    )
    text = text_area("Answer", rows=6, most=LONG, required=False)
    withheld = text_area(
        "What you do not give, and the law that says so", rows=2, most=LONG, required=False
    )

    def __init__(
        self, *args: Any, information: InformationRequest, doubtful: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = LABELS[InformationKind(information.kind)]
        if information.kind != InformationKind.SECURE:
            del self.fields["secured_on"]
        if not information.of_file:
            del self.fields["file"]
        if not (information.of_file and doubtful):
            del self.fields["confirmed"]


class LineForm(forms.Form):
    """One line of a chronology."""

    submit = "Save the line"
    also = ("again", "Save and add another")
    on = forms.DateField(label="Date")
    at = forms.TimeField(label="Time", required=False, help_text="For example, 10.30pm or 22:30.")
    who = django.CharField(
        label="Who was concerned", max_length=160, required=False,
        help_text="By pseudonym or role, such as “Anna’s mother”. No names.",
    )  # fmt: skip
    what = text_area("What happened", rows=4, most=chronology.LONG)
    done = text_area("What was decided or done", rows=3, most=chronology.LONG, required=False)
    contact_with = django.ModelChoiceField(
        None, label="Agency that you were in contact with", required=False,
        empty_label="None, or one that is not in the list",
    )  # fmt: skip
    contact_other = django.CharField(
        label="Another body that you were in contact with", max_length=160, required=False
    )
    risk = django.ChoiceField(
        label="Risk, as you assessed it then", required=False,
        choices=[("", "It was not assessed"), *Risk.choices],
    )  # fmt: skip
    source_reference = django.CharField(label="Your reference", max_length=80, required=False)
    mark_optional = False

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact_with"].queryset = agencies  # type: ignore[attr-defined]


class TableForm(forms.Form):
    """A chronology from a file, or pasted."""

    submit = "Read it"
    file = django.FileField(
        label="A spreadsheet (XLSX) or a CSV file", required=False,
        help_text="With a first line that names the columns: Date, Time, Who, What happened, What "
        "was done, Agency contacted, Risk, Reference. Other columns are left out.",
    )  # fmt: skip
    text = text_area(
        "Or paste the lines here", rows=6, most=chronology.MOST_BYTES, required=False,
        help_text="Copied out of a spreadsheet or a table, columns and all.",
    )  # fmt: skip
    mark_optional = False

    def clean(self) -> dict[str, Any]:
        """Read the one that was given."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
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


class CheckForm(forms.Form):
    """Whether an answer is good enough, point by point."""

    submit = "Save the check"
    good = yes_no("Is it good enough?", "Yes, take it", "No, send it back with what is missing")
    missing = django.MultipleChoiceField(
        label="Which points are not met?", required=False, widget=forms.Checkboxes(small=True),
        help_text="The agency reads them with your words.",
    )  # fmt: skip
    remark = text_area(
        "What you want to say to the agency", rows=4, most=2000, required=False,
        help_text="By pseudonym. Names of the key are refused.",
    )  # fmt: skip

    def __init__(self, *args: Any, points: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["missing"].choices = points  # type: ignore[attr-defined]


class TakeOffForm(forms.Form):
    """An answer that belongs elsewhere."""

    submit = "Take it off"
    look = "govuk-button--warning"
    to = django.ChoiceField(
        label="Where does it belong?", required=False, widget=forms.Radios(small=True)
    )
    reason = text_area(
        "Why is it taken off?", help_text="Without names. Both sides read it on the request."
    )

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = [
            (str(each.pk), f"To your request {each.request.reference}, asked "
             f"{each.request.asked_at:%-d %B %Y}")
            for each in places
        ]  # fmt: skip
        self.fields["to"].choices = [("", "Nowhere: remove it for good"), *choices]  # type: ignore[attr-defined]
        if not choices:
            del self.fields["to"]


class SettleForm(forms.Form):
    """What was found out about a contradiction or a gap."""

    submit = "Save"
    settled = text_area("What was found out?", help_text="By pseudonym.")


# ---- rows of choices ----------------------------------------------------------------------------


class AskedFilter(forms.FilterForm):
    """Which requests of a review are shown."""

    agency = django.ChoiceField(label="Agency")
    kind = django.ChoiceField(
        label="Asked for", choices=[("", "Everything"), *InformationKind.choices]
    )

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "All agencies"), *((each.slug, each.name) for each in agencies)]
        self.fields["agency"].choices = choices  # type: ignore[attr-defined]


class ChronologyFilter(forms.FilterForm):
    """Which lines of the combined chronology are shown."""

    agency = django.ChoiceField(label="Agency")
    kind = django.ChoiceField(
        label="That do not fit",
        choices=[("", "All lines"), ("any", "All that do not fit"), *MisfitKind.choices],
    )

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "All agencies"), *((each.slug, each.name) for each in agencies)]
        self.fields["agency"].choices = choices  # type: ignore[attr-defined]
