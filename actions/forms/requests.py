"""What people fill in about requests for information."""

from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError

from actions.queries import requests as queries
from actions.workflow.keeping import LONG, REASON
from actions.workflow.requests import SUBJECT
from core import clock, forms
from core.markings import Marking
from documents.forms import PaperField
from membership.models import Group, Partnership

SHORT = django_forms.Textarea(attrs={"rows": 3})
KINDS = {"information": "Information", "figures": "Figures"}


class RequestFilter(forms.FilterForm):
    """The row of choices above the list."""

    agency = django_forms.ChoiceField(label="Who is asked")
    kind = django_forms.ChoiceField(label="What for")
    words = django_forms.CharField(
        max_length=100, widget=django_forms.TextInput({"type": "search"})
    )
    view = django_forms.ChoiceField(
        choices=list(queries.VIEWS.items()), widget=django_forms.HiddenInput
    )
    sort = django_forms.CharField(max_length=20, widget=django_forms.HiddenInput)

    def __init__(self, *args: Any, tally: queries.Tally, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [
            (kind, KINDS.get(kind, kind.replace("-", " ").capitalize())) for kind in tally.kinds
        ]
        self.fields["agency"].choices = [("", "All agencies"), *tally.agencies]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", "Anything"), *kinds]  # type: ignore[attr-defined]


class AskForm(forms.Form):
    """A new request."""

    submit = "Send the request"

    agency = django_forms.ModelChoiceField(
        None, label="Who is asked?", empty_label="Choose an agency", to_field_name="slug"
    )
    subject = django_forms.CharField(
        label="What do you ask for?", max_length=SUBJECT,
        help_text="In a few words. Name nobody who is at risk: it stands in lists and notices",
    )  # fmt: skip
    detail = django_forms.CharField(
        label="In detail", required=False, max_length=LONG,
        widget=django_forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    due_on = forms.DateField(label="By when do you need it?", called="The date")
    marking = django_forms.ChoiceField(
        label="Who may read it?", choices=Marking.choices,
        widget=forms.Radios(
            hints={
                Marking.OFFICIAL: "The agency that is asked, and the officers and chair who ask",
                Marking.SENSITIVE: "The same people, if their agency has signed the sharing "
                "agreement",
            }
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = queries.possible_agencies(partnership, clock.today())
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]


class AnswerForm(forms.Versioned, forms.Form):
    """The answer: words, a file, or both."""

    submit = "Send the answer"

    text = django_forms.CharField(
        label="Your answer", required=False, max_length=LONG,
        widget=django_forms.Textarea(attrs={"rows": 8}),
    )  # fmt: skip
    file = PaperField(required=False, label="A file")

    def __init__(self, *args: Any, group: Group, marking: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = Marking(marking).label
        more = f" It becomes a paper of {group}, marked {label}, which its members can open."
        self.fields["file"].help_text = f"{self.fields['file'].help_text}{more}"

    def clean(self) -> dict[str, Any]:
        """One of the two is needed."""
        given = super().clean() or {}
        if not given.get("text") and not given.get("file") and not self.errors:
            raise ValidationError({"text": "Write an answer, or choose a file"})
        return given


class CheckForm(forms.Versioned, forms.Form):
    """Whether the answer is what was asked for."""

    submit = "Save"

    verdict = django_forms.ChoiceField(
        label="Is the answer what was asked for?",
        choices=[("accept", "Yes, accept it"), ("send back", "No, send it back")],
        widget=forms.Radios(),
        error_messages={"required": "Choose whether to accept the answer"},
    )
    remark = django_forms.CharField(
        label="What you found", required=False, max_length=LONG, widget=SHORT,
        help_text="Needed when you send it back. The agency reads it",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """What is sent back is sent back with a reason."""
        given = super().clean() or {}
        if given.get("verdict") == "send back" and not given.get("remark"):
            self.add_error("remark", "Say what is wrong or missing")
        return given


class RequestMoveForm(forms.Versioned, forms.Form):
    """A later date, and why."""

    submit = "Move the due date"

    due_on = forms.DateField(label="New due date")
    reason = django_forms.CharField(
        label="Why does it move?", max_length=REASON, widget=SHORT,
        help_text="The first date stays, and lateness is still counted from it",
    )  # fmt: skip


class WithdrawForm(forms.Versioned, forms.Form):
    """Why it is no longer needed."""

    submit = "Withdraw the request"
    look = "govuk-button--warning"

    reason = django_forms.CharField(
        label="Why is it no longer needed?", max_length=REASON, widget=SHORT
    )


class ChaseForm(forms.Versioned, forms.Form):
    """A reminder by hand, with a word if one likes."""

    submit = "Send the reminder"

    text = django_forms.CharField(
        label="What did you say to them?", required=False, max_length=REASON, widget=SHORT,
        help_text="Kept with the request. The notice itself says only what is asked and by when",
    )  # fmt: skip


class EscalateForm(ChaseForm):
    """The same, to the chair."""

    submit = "Tell the chair"
