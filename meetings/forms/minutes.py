"""The forms of holding a meeting and taking its minutes."""

from collections.abc import Iterable
from typing import Any

from django import forms as plain_forms
from django.core.exceptions import ValidationError

from core import forms
from core.dates import longdate
from core.markings import Marking
from meetings.models import Decision, Item, Meeting
from meetings.queries import minutes as reading
from meetings.workflow.deciding import MOST, NAME, Vote

LAST = 2**31 - 1


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

    text = Words(label="Minutes", widget=forms.Textarea({"rows": 9, "dir": "auto"}))
    last = Words(widget=plain_forms.HiddenInput)
    version = plain_forms.IntegerField(min_value=0, max_value=LAST, widget=plain_forms.HiddenInput)
    page = plain_forms.CharField(required=False, max_length=36, widget=plain_forms.HiddenInput)


class MarkedForm(forms.Form):
    """Something made in an item, restricted or not; ``asks`` are the fields that make it filled."""

    mark_optional = False
    asks: tuple[str, ...] = ("text",)
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


def _votes(label: str) -> plain_forms.IntegerField:
    return plain_forms.IntegerField(
        label=label, required=False, min_value=0, max_value=MOST,
        widget=plain_forms.TextInput({"class": "govuk-input--width-3", "inputmode": "numeric"}),
        error_messages={"invalid": f"{label} must be a whole number, such as 7"},
    )  # fmt: skip


class DecisionForm(MarkedForm):
    """What was decided in an item, and how where the minutes are to say so.

    ``here`` are the names of those who may have their dissent recorded.
    """

    submit = "Save the decision"
    asks = ("text", "moved_by", "votes_for", "votes_against", "votes_abstained", "dissent")
    field_order = ("text", "restricted", "strategic", *asks[1:])
    text = plain_forms.CharField(
        label="What was decided", widget=forms.Textarea({"rows": 2}),
        error_messages={"required": "Enter what was decided"},
    )  # fmt: skip
    strategic = plain_forms.BooleanField(
        label="Sets strategic direction (purpose 1): followed to its outcome", required=False
    )
    moved_by = plain_forms.CharField(label="Proposed by", required=False, max_length=NAME)
    votes_for = _votes("Votes for")
    votes_against = _votes("Votes against")
    votes_abstained = _votes("Abstained")
    dissent = plain_forms.MultipleChoiceField(
        label="Who asked that their dissent be recorded", required=False,
        widget=forms.Checkboxes(small=True),
        error_messages={"invalid_choice": "%(value)s is not recorded as here"},
    )  # fmt: skip

    def __init__(self, *args: Any, here: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = list(here)
        if names:
            self.fields["dissent"].choices = [(name, name) for name in names]
        else:
            del self.fields["dissent"]

    @property
    def says_how(self) -> bool:
        """Whether anything is said of how it was taken, so that the page shows it open."""
        names = ("strategic", "moved_by", "votes_for", "votes_against", "votes_abstained")
        values = [self[name].value() for name in names]
        dissent = self["dissent"].value() if "dissent" in self.fields else []
        wrong = self.is_bound and any(name != "text" for name in self.errors)
        return wrong or any(value not in (None, "", False) for value in values) or bool(dissent)

    @property
    def words(self) -> dict[str, Any]:
        """What the workflow is asked to keep."""
        cleaned = self.cleaned_data
        vote = Vote(
            cleaned["moved_by"], cleaned["votes_for"], cleaned["votes_against"],
            cleaned["votes_abstained"], tuple(cleaned.get("dissent", ())),
        )  # fmt: skip
        return {
            "text": cleaned["text"], "marking": self.marking,
            "strategic": cleaned["strategic"], "vote": vote,
        }  # fmt: skip


def said_of(decision: Decision) -> dict[str, Any]:
    """What a form shows of a decision that is to be changed."""
    return {
        "text": decision.text, "was": decision.text, "strategic": decision.strategic,
        "restricted": decision.marking == Marking.SENSITIVE, "moved_by": decision.moved_by,
        "votes_for": decision.votes_for, "votes_against": decision.votes_against,
        "votes_abstained": decision.votes_abstained,
        "dissent": [name for name in decision.dissent.split("; ") if name],
    }  # fmt: skip


class ChangeDecisionForm(DecisionForm):
    """A decision in other words; ``was`` are those that its writer saw."""

    was = plain_forms.CharField(required=False, widget=plain_forms.HiddenInput)


class ActionForm(MarkedForm):
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
