"""An item of an agenda, and a paper for it."""

from typing import Any

import django.forms
from django.db.models import Q

from accounts.models import User
from core import forms
from core.markings import Marking
from documents.forms import PaperField
from meetings.models import BacklogItem, Item, ItemKind, Meeting
from meetings.queries.continuing import subjects
from meetings.workflow.agenda import LONGEST, leads
from membership.models import GroupKind

MARKINGS = {
    Marking.OFFICIAL.value: "Everybody on the group; for the board, the title goes on the public "
    "agenda.",
    Marking.SENSITIVE.value: "In the restricted part. Papers and minutes open only for agencies "
    "that have signed the sharing agreement.",
}
CONTINUES = (
    "The history of a subject follows it from meeting to meeting. Leave this empty for a new one."
)
FIELDS = (
    "title", "marking", "minutes_allowed", "lead", "lead_words", "paper_expected", "note"
)  # fmt: skip


class Line(forms.Form):
    """What a line of an agenda says of its item."""

    title = django.forms.CharField(
        label="Title", max_length=200,
        help_text="Everybody on the group sees it, of a restricted item too. Name nobody in it.",
    )  # fmt: skip
    marking = django.forms.ChoiceField(
        label="Marking", choices=Marking.choices, widget=forms.Radios(hints=MARKINGS)
    )
    minutes_allowed = django.forms.IntegerField(
        label="Minutes", min_value=1, max_value=LONGEST,
        widget=django.forms.NumberInput({"class": "govuk-input--width-3"}),
    )  # fmt: skip
    note = django.forms.CharField(
        label="What the group is asked to do", max_length=300, required=False,
        widget=forms.Textarea({"rows": 2}), help_text="For example, note, agree or decide.",
    )  # fmt: skip


class ItemForm(Line):
    """One line of an agenda. ``stamp`` tells whether somebody else has changed it meanwhile."""

    submit = "Save the item"
    field_order = FIELDS

    lead = django.forms.ModelChoiceField(
        queryset=None, label="Lead", required=False, empty_label="Nobody yet, or somebody else"
    )
    lead_words = django.forms.CharField(
        label="Lead, if it is nobody with a seat", max_length=120, required=False,
        help_text="For example: Everyone, or a guest’s name and agency.",
    )  # fmt: skip
    paper_expected = django.forms.BooleanField(
        label="A paper is expected", required=False,
        help_text="Until it comes, the agenda says that it is to follow.",
    )  # fmt: skip
    continues = django.forms.ChoiceField(
        label="Continues an earlier item", required=False, help_text=CONTINUES
    )
    stamp = django.forms.CharField(widget=django.forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, meeting: Meeting, item: Item | None = None, user: Any = None, **more: Any
    ) -> None:
        initial = {"marking": meeting.group.default_marking, "minutes_allowed": 5}
        if item is not None:
            initial = {name: getattr(item, name) for name in (*FIELDS, "stamp")}
        super().__init__(*args, initial=initial, **more)
        self.choose_lead(meeting, item.lead_id if item else None)
        self.choose_subject(meeting, item, user)

    def choose_lead(self, meeting: Meeting, now: Any) -> None:
        """Offer those who may lead an item, and whoever leads this one now."""
        seats = leads(meeting).select_related("agency")
        agencies = {seat.person_id: seat.agency.short_name for seat in seats}
        field: Any = self.fields["lead"]
        leading = User.objects.filter(Q(pk__in=agencies) | Q(pk=now))
        field.queryset = leading.order_by("name")
        field.label_from_instance = lambda person: (
            f"{person.name}, {agencies.get(person.pk, 'who has no seat any more')}"
        )

    def choose_subject(self, meeting: Meeting, item: Item | None, user: Any) -> None:
        """Offer the subjects of earlier meetings; standing items have their own."""
        standing_item = item is not None and item.kind != ItemKind.OTHER
        now = item.thread if item else None
        found = [] if user is None or standing_item else subjects(meeting, user, now=now)
        self.subjects = {each.key: each.item for each in found}
        if not found:
            del self.fields["continues"]
            return
        choices = [("", "No, a subject of its own"), *((each.key, each.says) for each in found)]
        self.fields["continues"].choices = choices  # type: ignore[attr-defined]
        if str(now) in self.subjects:
            self.initial["continues"] = str(now)

    def clean(self) -> dict[str, Any]:
        """One lead: a person with a seat, or words."""
        cleaned = super().clean() or {}
        if cleaned.get("lead") and cleaned.get("lead_words"):
            self.add_error("lead_words", "Choose a lead from the list or write one, not both")
        return cleaned

    @property
    def fields_of_item(self) -> dict[str, Any]:
        """What the workflow is asked to keep."""
        found = {name: self.cleaned_data[name] for name in FIELDS}
        if "continues" in self.fields:
            found["continues"] = self.subjects.get(self.cleaned_data["continues"])
        return found


class TakeUpForm(ItemForm):
    """Something that waits, as the item that it is to be."""

    submit = "Put it on the agenda"

    def __init__(self, *args: Any, meeting: Meeting, waiting: BacklogItem, **more: Any) -> None:
        super().__init__(*args, meeting=meeting, **more)
        del self.fields["stamp"]
        self.initial |= {
            name: getattr(waiting, name) for name in FIELDS if name != "paper_expected"
        }
        if waiting.lead and not leads(meeting).filter(person=waiting.lead).exists():
            self.initial |= {"lead": None, "lead_words": waiting.lead.name}


class TitledPaper(forms.Form):
    """A paper's title and marking: of a restricted item, no paper is open."""

    title = django.forms.CharField(
        label="Title", max_length=200, help_text="For example, Quarter 2 figures. Name nobody."
    )
    marking = django.forms.ChoiceField(
        label="Marking", choices=Marking.choices, widget=forms.Radios(hints={
            Marking.OFFICIAL.value: "Everybody on the group may open it.",
            Marking.SENSITIVE.value: "Opens only for agencies that have signed the sharing "
            "agreement.",
        }),
    )  # fmt: skip

    def __init__(self, *args: Any, item: Item | None, **more: Any) -> None:
        more.setdefault("initial", {"marking": item and item.marking})
        super().__init__(*args, **more)
        if item and item.restricted:
            field: Any = self.fields["marking"]
            field.choices = [each for each in Marking.choices if each[0] == Marking.SENSITIVE]
            field.help_text = "A paper of a restricted item is restricted."


class FileForm(TitledPaper):
    """A file for an item, with its title and marking."""

    file = PaperField()
    handling_note = django.forms.CharField(
        label="Handling instruction", max_length=300, required=False,
        help_text="For example, do not forward; destroy after the meeting.",
    )  # fmt: skip


class PaperForm(FileForm):
    """A paper as officers add it, and whether everybody may read it."""

    submit = "Add the paper"
    field_order = ("title", "marking", "public", "file", "handling_note")

    public = django.forms.BooleanField(
        label="Publish it with the public agenda", required=False,
        help_text="Everybody can then read it. Restricted papers are never published.",
    )  # fmt: skip

    def __init__(self, *args: Any, item: Item, **more: Any) -> None:
        super().__init__(*args, item=item, **more)
        if item.restricted or item.meeting.group.kind != GroupKind.BOARD:
            del self.fields["public"]

    def clean(self) -> dict[str, Any]:
        """What is restricted is not published."""
        cleaned = super().clean() or {}
        if cleaned.get("public") and cleaned.get("marking") == Marking.SENSITIVE:
            self.add_error("public", "A restricted paper is never published")
        return cleaned
