"""The forms of reviewing draft minutes: corrections, remarks, answers, and notes on agreed ones."""

from typing import Any

from django import forms as plain_forms

from core import forms
from core.dates import longdate
from meetings.models import Item, Meeting
from meetings.workflow.corrections import PARAGRAPH

WHY = "Everybody who may read the item reads this."


class SuggestForm(forms.Versioned, forms.Form):
    """Other words for one paragraph."""

    submit = "Suggest this correction"
    mark_optional = False
    suggestion = plain_forms.CharField(
        label="What should stand there", widget=forms.Textarea({"rows": 6}), max_length=PARAGRAPH,
        required=False,
        help_text="Change the words in place. To take the paragraph out, leave this empty.",
    )  # fmt: skip
    reason = plain_forms.CharField(label="Why", required=False, max_length=500, help_text=WHY)


class AddForm(forms.Versioned, forms.Form):
    """A new paragraph of an item."""

    submit = "Suggest this paragraph"
    paragraph = plain_forms.TypedChoiceField(label="Where", coerce=int)
    suggestion = plain_forms.CharField(
        label="New paragraph", widget=forms.Textarea({"rows": 5}), max_length=PARAGRAPH,
    )  # fmt: skip
    reason = plain_forms.CharField(label="Why", required=False, max_length=500, help_text=WHY)

    def __init__(self, *args: Any, item: Item, places: int, **kwargs: Any) -> None:
        super().__init__(*args, version=item.version, **kwargs)
        self.fields["paragraph"].choices = [
            (number, f"After paragraph {item.number}.{number}" if number else "At the beginning")
            for number in reversed(range(places + 1))
        ]


class CorrectHereForm(SuggestForm):
    """A paragraph as the meeting that agrees the minutes wants it."""

    submit = "Correct the minutes"


class RemarkForm(forms.Form):
    """What somebody has to say about a correction."""

    submit = "Add your remark"
    look = "govuk-button--secondary"
    text = plain_forms.CharField(
        label="Your remark", widget=forms.Textarea({"rows": 3}), max_length=2000, help_text=WHY,
        error_messages={"required": "Enter what you want to say"},
    )  # fmt: skip


class AnswerForm(forms.Versioned, forms.Form):
    """The officer's answer: accepted as it is or in other words, or declined with a reason."""

    submit = "Accept and change the minutes"
    also = ("decline", "Decline it")
    mark_optional = False
    place = plain_forms.TypedChoiceField(label="Where it goes", coerce=int)
    adopted = plain_forms.CharField(
        label="What will stand in the minutes", widget=forms.Textarea({"rows": 6}),
        max_length=PARAGRAPH, required=False,
    )  # fmt: skip
    answer = plain_forms.CharField(
        label="Your reason", required=False, max_length=500,
        help_text="Needed if you decline it. Whoever suggested it is told.",
    )  # fmt: skip

    def __init__(self, *args: Any, places: list[tuple[int, str]] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if places is None:
            del self.fields["place"]
        else:
            self.fields["place"].choices = places


class NoteForm(forms.Form):
    """A dated note on agreed minutes."""

    submit = "Add the note"
    item = plain_forms.ChoiceField(
        label="What is it about?", required=False, widget=plain_forms.Select
    )
    text = plain_forms.CharField(
        label="The note", widget=forms.Textarea({"rows": 5}), max_length=4000,
        help_text="Say what the minutes say and what they should have said. The note keeps its "
        "date and cannot be changed.",
        error_messages={"required": "Enter the note"},
    )  # fmt: skip
    restricted = plain_forms.BooleanField(
        label="Restricted: leave it out of the public minutes", required=False,
        help_text="A note on a restricted item is restricted by itself.",
    )  # fmt: skip

    def __init__(self, *args: Any, meeting: Meeting, items: list[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = {str(item.pk): item for item in items}
        whole = f"The minutes of {longdate(meeting.on)} as a whole"
        self.fields["item"].choices = [("", whole), *((k, str(i)) for k, i in self.items.items())]

    @property
    def about(self) -> Item | None:
        """The item that was chosen."""
        return self.items.get(self.cleaned_data["item"])


class ApproveForm(forms.Form):
    """The second person's approval."""

    submit = "Approve and publish"
    read = plain_forms.BooleanField(
        label="I have read the public minutes and what stays out of them",
        error_messages={"required": "Tick that you have read them"},
    )  # fmt: skip


class DeclineForm(forms.Form):
    """Why the second person does not approve."""

    submit = "Do not approve"
    look = "govuk-button--secondary"
    words = plain_forms.CharField(
        label="What must be changed first?", max_length=300,
        error_messages={"required": "Say why you do not approve it"},
    )  # fmt: skip
