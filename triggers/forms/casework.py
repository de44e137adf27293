"""What officers are asked as they work on a case."""

from typing import Any

from django import forms as django_forms

from core import forms
from triggers.models import NoteKind, Party, Topic, Way

REASON = 300


def text_area(label: str, *, rows: int = 3, most: int = REASON, **kwargs: Any) -> Any:
    """A text of a few lines, whose characters are counted."""
    return django_forms.CharField(
        label=label, max_length=most, widget=forms.Textarea({"rows": rows}), **kwargs
    )


class AcknowledgeForm(forms.Form):
    """On which day the applicant was told."""

    submit = "Save"
    on = forms.DateField(label="When were they told that the application has come?")


class SortForm(forms.Form):
    """What it is about, and where."""

    submit = "Save"
    topics = django_forms.MultipleChoiceField(
        label="What is the trouble about?", choices=Topic, widget=forms.Checkboxes(small=True),
        help_text="Tick all that fit. These words are counted, and stand on the case’s page.",
    )  # fmt: skip
    ward = django_forms.ModelChoiceField(
        None, label="Ward", required=False, empty_label="Not known, or another place",
        help_text="Where the trouble is. Counted for learning; small numbers are never published.",
    )  # fmt: skip

    def __init__(self, *args: Any, wards: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ward"].queryset = wards


class ConsentForm(forms.Form):
    """What the victim said."""

    submit = "Save"
    given = django_forms.TypedChoiceField(
        label="What did the victim say?", coerce=lambda value: value == "yes", empty_value=None,
        choices=[("yes", "They agree that this person asks for them"), ("no", "They do not agree")],
        widget=forms.Radios(),
    )  # fmt: skip
    how = text_area(
        "How did they say so?", help_text="For example, on the telephone on their own number."
    )
    said_on = forms.DateField(label="When?")


class ReasonForm(forms.Form):
    """A step that needs a reason."""

    reason = text_area("Why?")

    def __init__(self, *args: Any, submit: str, says: str = "", hint: str = "", **kw: Any) -> None:
        self.submit = submit
        super().__init__(*args, **kw)
        self.fields["reason"].label = says or "Why?"
        self.fields["reason"].help_text = hint


class LinkForm(forms.Form):
    """Which case is about the same trouble."""

    submit = "Link the cases"
    other = django_forms.ModelChoiceField(None, label="Which case?", empty_label="Choose a case")
    why = text_area(
        "What do they share?",
        help_text="For example, the same block of flats. Name nobody.",
    )  # fmt: skip

    def __init__(self, *args: Any, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = others


class RepeatForm(forms.Form):
    """Whether the same person had an earlier case."""

    submit = "Save"
    earlier = django_forms.ModelChoiceField(
        None, label="Which earlier case?", required=False, empty_label="None: they had no case",
        help_text="Only cases that you sit on are offered.",
    )  # fmt: skip

    def __init__(self, *args: Any, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["earlier"].queryset = others


class WhoForm(forms.Form):
    """Whether the person complained of seems to apply."""

    submit = "Save"
    applies = django_forms.TypedChoiceField(
        label="Who seems to have applied?", coerce=lambda value: value == "yes",
        choices=[("yes", "The person complained of"), ("no", "Somebody who suffers from it")],
        widget=forms.Radios(),
    )  # fmt: skip
    reason = text_area("Why do you think so?")


class ContactForm(forms.ModelForm):
    """How somebody is safely reached, and how that was made sure of."""

    submit = "Save"
    checked_on = forms.DateField(label="When did you check this with them?")
    how = text_area(
        "How did you make sure that it was them?",
        help_text="Ask in a way that was safe before the change. It may not be them who asks.",
    )  # fmt: skip
    new_link = django_forms.BooleanField(
        label="Make the private link that they have useless: somebody else may know it",
        required=False,
    )

    class Meta:
        model = Party
        fields = (
            "name", "way", "email", "telephone", "address", "postcode", "way_detail", "times",
            "never", "messages_are_safe", "language", "interpreter", "access_needs",
        )  # fmt: skip
        widgets = {"way": forms.Radios(small=True)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"].choices = Way.choices
        self.fields["way"].required = True


class NoteForm(forms.Form):
    """A note."""

    submit = "Save the note"
    kind = django_forms.ChoiceField(
        label="What is it about?", initial=NoteKind.NOTE, widget=forms.Radios(inline=True),
        choices=[(NoteKind.NOTE, "The case"), (NoteKind.CONTACT, "Contact with the person")],
    )  # fmt: skip
    text = text_area("Note", rows=5, most=4000)


class MessageForm(forms.Form):
    """What was done about something that the applicant wrote."""

    submit = "Save"
    remark = text_area("What was done about it?")


class CloseForm(forms.Form):
    """What was learned, and, before its end, why the case is closed."""

    submit = "Close the case"
    look = "govuk-button--warning"
    note = text_area(
        "What was learned", required=False,
        help_text="A sentence for learning. It stays after names are removed, so name nobody.",
    )  # fmt: skip
    reason = text_area("Why is it closed now?")

    def __init__(self, *args: Any, early: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not early:
            del self.fields["reason"]


class PutOnForm(forms.Form):
    """Who else works on the case."""

    submit = "Put them on the case"
    held = django_forms.ModelChoiceField(
        None, label="Who?", empty_label="Choose an officer",
        help_text="Officers of the secretariat and of the standing panel. People for the panel "
        "itself are asked on the page “Panel”.",
    )  # fmt: skip
    reason = text_area("Why do they need to know?")

    def __init__(self, *args: Any, seats: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held"].queryset = seats
        self.fields["held"].label_from_instance = lambda seat: f"{seat.person}, {seat.agency}"
