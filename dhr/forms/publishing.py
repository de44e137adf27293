"""What is filled in on the way to publication."""

from typing import Any

from django import forms as django

from core import clock, forms
from dhr.forms.fields import LONG, radios, text_area
from dhr.workflow.submitting import ANSWERS
from documents.forms import PaperField

TODAY = {"initial": clock.today}
PDF = "A PDF with text in it, without names. It is looked through for every name of the key."


class SubmitForm(forms.Form):
    """What was sent to the Quality Assurance Panel, and when."""

    submit = "Write it down"
    file = PaperField(
        label="The overview report, as it was sent", required=False,
        help_text="It is kept as a restricted paper of this review.",
    )  # fmt: skip
    document = django.ModelChoiceField(
        None, label="Or a paper of this review", required=False, empty_label="Choose a paper",
        help_text="Its newest version is what was sent.",
    )  # fmt: skip
    submitted_on = forms.DateField(label="Sent on", **TODAY)
    changes = text_area("What was changed since the last time?", rows=5, most=LONG, required=False)

    def __init__(self, *args: Any, papers: Any, again: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = papers  # type: ignore[attr-defined]
        if not again:
            del self.fields["changes"]
        if not papers.exists():
            del self.fields["document"]


class FeedbackForm(forms.Form):
    """What the panel answered."""

    submit = "Write down the answer"
    feedback = radios("What did the panel say?", [(each.value, each.label) for each in ANSWERS])
    on = forms.DateField(label="Answered on", **TODAY)
    text = text_area(
        "What it said", rows=6, most=LONG, required=False,
        help_text="By pseudonym. Needed unless the report is cleared.",
    )  # fmt: skip


class PrepareForm(forms.Form):
    """The public report, as somebody else is to read and publish it."""

    submit = "Make it ready"
    title = django.CharField(
        label="Title", max_length=160,
        help_text="As the public reads it, such as “Domestic homicide review: Anna”.",
    )  # fmt: skip
    about = text_area(
        "What the page says", rows=8, most=LONG,
        help_text="What was reviewed and what was learned, in plain words. Lists show the first "
        "paragraph.",
    )  # fmt: skip
    report = PaperField(label="Overview report for the public", help_text=PDF)
    summary = PaperField(label="Executive summary", required=False, help_text=PDF)
    correction_note = text_area("What was corrected?", required=False)

    def __init__(self, *args: Any, corrects: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not corrects:
            del self.fields["correction_note"]


class ElsewhereForm(forms.Form):
    """Where the leader has published the report."""

    submit = "Write it down"
    elsewhere_url = django.CharField(label="Address of the page", max_length=200)
    published_on = forms.DateField(label="Published on", **TODAY)


class BecauseForm(forms.Form):
    """Why something is put away, or taken off."""

    because = text_area("Why?", help_text="Without names.")

    def __init__(self, *args: Any, submit: str, **kwargs: Any) -> None:
        self.submit = submit
        super().__init__(*args, **kwargs)
