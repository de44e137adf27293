"""The forms of clearing, agreeing and what a meeting decides about offices and partners."""

from typing import Any

from django import forms as plain_forms

from core import clock, forms
from meetings.models import Meeting, Office
from meetings.queries import minutes as reading
from membership.models import Agency


class ClearForm(forms.Form):
    """The chair's clearance; the vice-chair says if it is given in the chair's place."""

    submit = "Clear the minutes"
    chair_away = plain_forms.BooleanField(
        label="The chair is not available, so I clear these minutes as vice-chair", required=False
    )

    def __init__(self, *args: Any, falls_to: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if falls_to:
            del self.fields["chair_away"]


class ReturnForm(forms.Form):
    """What the chair wants changed."""

    submit = "Return to the officers"
    look = "govuk-button--secondary"
    note = plain_forms.CharField(
        label="What is to be changed?", widget=forms.Textarea({"rows": 4}), max_length=4000,
        help_text="The officers read this beside the minutes.",
        error_messages={"required": "Say what is to be changed"},
    )  # fmt: skip


class AgreeForm(forms.Form):
    """The agreement of the last minutes, with what was corrected at the meeting."""

    submit = "Record that they were agreed"
    corrections = plain_forms.CharField(
        label="Corrections made at the meeting", widget=forms.Textarea({"rows": 3}),
        max_length=1500, required=False,
        help_text="They become part of the decision, which is public if the item is. "
        "Leave this empty if there were none.",
    )  # fmt: skip


class ReviewForm(forms.Form):
    """Who holds an office from this meeting on."""

    office = plain_forms.CharField(widget=plain_forms.HiddenInput)
    seat = plain_forms.ChoiceField(error_messages={"required": "Choose who holds the office"})

    def __init__(self, *args: Any, meeting: Meeting, office: str, **kwargs: Any) -> None:
        self.seats = {str(seat.pk): seat for seat in reading.office_seats(meeting)}
        held = next((key for key, seat in self.seats.items() if seat.role == office), "")
        called = Office(office).label.lower()
        super().__init__(*args, initial={"office": office, "seat": held}, prefix=office, **kwargs)
        self.office, self.submit = office, f"Record the review of the {called}"
        self.fields["seat"].label = f"Who is {called} from this meeting on?"
        self.fields["seat"].choices = [("", "Choose"), *self._choices(held)]

    def _choices(self, held: str) -> list[tuple[str, str]]:
        """The holder first, to be confirmed; then everybody else who sits on the group."""
        words = {key: f"{seat.person}, {seat.agency}" for key, seat in self.seats.items()}
        others = [(key, label) for key, label in words.items() if key != held]
        return [(held, f"{words[held]} (confirmed)"), *others] if held else others


class AdmitForm(forms.Form):
    """An organisation that joins by a decision of the board."""

    submit = "Record that it joins"
    agency = plain_forms.ModelChoiceField(
        Agency.objects.none(), label="Which organisation joins?", empty_label="Choose",
        error_messages={"required": "Choose the organisation"},
    )  # fmt: skip
    starts_on = forms.DateField(label="From", called="The day it joins")
    statutory = plain_forms.BooleanField(
        label="It is a statutory partner", required=False,
        help_text="Only if a law makes it a responsible authority.",
    )  # fmt: skip

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, initial={"starts_on": meeting.on}, **kwargs)
        agencies = reading.not_partners(meeting.partnership, clock.today())
        self.fields["agency"].queryset = agencies
