"""The forms of holding a meeting and taking its minutes."""

from typing import Any

from django import forms as plain_forms
from django.core.exceptions import ValidationError

from core import forms
from core.dates import longdate
from core.markings import Marking
from meetings.models import Item, Meeting
from meetings.queries import minutes as reading

LAST = 2**31 - 1


def say(form: Any, problem: ValidationError) -> None:
    """Show in the form what the workflow would not have, by the field it speaks of."""
    by_field = problem.error_dict if hasattr(problem, "error_dict") else {None: [problem]}
    for field, errors in by_field.items():
        form.add_error(field if field in form.fields else None, errors)


class ChairForm(forms.Form):
    """Who takes the meeting."""

    submit = "Open the meeting"
    chaired_by = plain_forms.ChoiceField(
        label="Who is in the chair?", widget=plain_forms.Select,
        error_messages={"required": "Choose who is in the chair"},
    )  # fmt: skip
    chair_note = plain_forms.CharField(
        label="How the chair was taken", required=False, max_length=300,
        help_text="Leave this empty: if it is not the chair, the minutes say who took the meeting "
        "and why. Write here only what they should say instead.",
    )  # fmt: skip

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = reading.may_chair(meeting)
        self.fields["chaired_by"].choices = [
            (key, label) for key, (_, label) in self.people.items()
        ]
        if meeting.opened_at:
            self.submit = "Save"

    @property
    def person(self) -> Any:
        """Whoever was chosen."""
        return self.people[self.cleaned_data["chaired_by"]][0]


class Words(plain_forms.CharField):
    """A long text, kept as it was typed or pasted but for the one character nobody can store."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, required=False, **kwargs)

    def to_python(self, value: Any) -> str:
        """The text without null characters."""
        return super().to_python(value).replace("\x00", "")


class MinuteForm(forms.Form):
    """The minute of one item. ``page`` tells one open window of a person from another."""

    text = Words(label="Minutes", widget=forms.Textarea({"rows": 9}))
    last = Words(widget=plain_forms.HiddenInput)
    version = plain_forms.IntegerField(min_value=0, max_value=LAST, widget=plain_forms.HiddenInput)
    page = plain_forms.CharField(required=False, max_length=36, widget=plain_forms.HiddenInput)


class DecisionForm(forms.Form):
    """What was decided in an item."""

    submit = "Save the decision"
    mark_optional = False
    text = plain_forms.CharField(
        label="What was decided", widget=forms.Textarea({"rows": 2}),
        error_messages={"required": "Enter what was decided"},
    )  # fmt: skip
    restricted = plain_forms.BooleanField(
        label="Restricted: leave out of the public minutes", required=False
    )

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if item.restricted:
            del self.fields["restricted"]

    @property
    def marking(self) -> Marking:
        """The marking that its writer chose; a restricted item's own follows by itself."""
        chosen = self.cleaned_data.get("restricted")
        return Marking.SENSITIVE if chosen else Marking.OFFICIAL

    @property
    def filled(self) -> bool:
        """Whether somebody typed something in it."""
        return any(self.data.get(self.add_prefix(name), "").strip() for name in self.asks)

    asks = ("text",)


class ChangeDecisionForm(DecisionForm):
    """A decision in other words; ``was`` are those that its writer saw."""

    was = plain_forms.CharField(required=False, widget=plain_forms.HiddenInput)


class ActionForm(DecisionForm):
    """Something that an agency's post is to do."""

    submit = "Add action"
    field_order = ("text", "owner", "due_on", "restricted")
    text = plain_forms.CharField(
        label="What is to be done", max_length=300,
        error_messages={"required": "Enter what is to be done"},
    )  # fmt: skip
    owner = plain_forms.ChoiceField(
        label="Agency and post",
        error_messages={"required": "Choose the agency, and the post if you can"},
    )
    due_on = forms.DateField(label="Due", called="The due date", widget=forms.DateText)

    def __init__(self, *args: Any, item: Item, owners: list[reading.Owner], **kwargs: Any) -> None:
        super().__init__(*args, item=item, **kwargs)
        self.meeting = item.meeting
        self.owners = {owner.key: owner for owner in owners}
        choices = [("", "Choose"), *((owner.key, owner.label) for owner in owners)]
        self.fields["owner"].choices = choices

    def clean_due_on(self) -> Any:
        """Nothing is due before it was asked for."""
        due_on = self.cleaned_data["due_on"]
        if due_on < self.meeting.on:
            raise ValidationError(
                "The due date must be on or after the day of the meeting, "
                f"{longdate(self.meeting.on)}"
            )
        return due_on

    @property
    def asked(self) -> reading.Owner:
        """The agency and post that were chosen."""
        return self.owners[self.cleaned_data["owner"]]


class SendForm(forms.Form):
    """Minutes to the chair, with what they do not say acknowledged."""

    submit = "Send to the chair"
    acknowledged = plain_forms.BooleanField(
        label="The minutes may go to the chair as they are", required=False
    )

    def __init__(self, *args: Any, stops: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not stops:
            del self.fields["acknowledged"]
