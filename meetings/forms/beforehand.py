"""What waits for an agenda: an item kept for later, an offered item or paper, a reason."""

from typing import Any

import django.forms

from core import clock, forms
from documents.forms import PaperField
from meetings.forms.agenda import FileForm, ItemForm, Line, TitledPaper
from meetings.models import BacklogItem, Meeting, OfferedPaper, Origin
from meetings.models.beforehand import OFFERED
from meetings.workflow.agenda import LONGEST
from meetings.workflow.backlog import TEXT, stamp_of_words
from meetings.workflow.offers import REASON
from membership.models import Group

NUMBER = {"class": "govuk-input--width-3"}
WORDS = ("title", "marking", "minutes_allowed", "lead", "lead_words", "note")


class BacklogForm(ItemForm):
    """An item that is kept for a later agenda."""

    submit = "Keep it for later"

    text = django.forms.CharField(
        label="Why it waits", max_length=TEXT, required=False,
        widget=forms.Textarea({"rows": 4}), help_text="For the officers only.",
    )  # fmt: skip

    def __init__(
        self, *args: Any, group: Group, waiting: BacklogItem | None = None, **more: Any
    ) -> None:
        super().__init__(*args, meeting=Meeting(group=group, on=clock.today()), **more)
        del self.fields["paper_expected"]
        if waiting is not None:
            self.submit = "Save the item"
            self.initial |= {name: getattr(waiting, name) for name in (*WORDS, "text")}
            self.initial["stamp"] = stamp_of_words(waiting)

    @property
    def words(self) -> dict[str, Any]:
        """What the workflow is asked to keep."""
        found = {name: self.cleaned_data[name] for name in (*WORDS, "text")}
        return found | {"lead_words": "" if found["lead"] else found["lead_words"]}


class OfferForm(Line):
    """An item that somebody offers, with a paper or without."""

    submit = "Offer the item"

    minutes_allowed = django.forms.IntegerField(
        label="Minutes it needs", min_value=1, max_value=LONGEST, initial=10,
        widget=django.forms.NumberInput(NUMBER),
    )  # fmt: skip
    text = django.forms.CharField(
        label="Why it matters now", max_length=TEXT, required=False,
        widget=forms.Textarea({"rows": 4}), help_text="The officers read this. It stays off the "
        "agenda.",
    )  # fmt: skip
    file = PaperField(label="Paper", required=False)
    paper_title = django.forms.CharField(
        label="Title of the paper", max_length=200, required=False,
        help_text="If it is another than the item’s.",
    )  # fmt: skip

    def __init__(self, *args: Any, meeting: Meeting, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial.setdefault("marking", meeting.group.default_marking)


class OfferedPaperForm(FileForm):
    """A paper that the lead of an item offers."""

    submit = "Offer the paper"


class AcceptPaperForm(TitledPaper):
    """An offered paper as it goes on the agenda."""

    submit = "Put it on the agenda"

    def __init__(self, *args: Any, offered: OfferedPaper, **more: Any) -> None:
        more["initial"] = {"title": offered.title, "marking": offered.marking}
        super().__init__(*args, item=offered.item, **more)


class DeclineForm(forms.Form):
    """Why something that was offered is not taken."""

    submit = "Decline it"
    look = "govuk-button--warning"
    answer = django.forms.CharField(
        label="Why is it not taken?", max_length=REASON, widget=forms.Textarea({"rows": 3}),
        help_text="Whoever offered it reads this. Say what they can do instead.",
        error_messages={"required": "Enter the reason, so that they know what to do"},
    )  # fmt: skip


class BacklogFilter(forms.FilterForm):
    """How what waits came there, and words of its title."""

    origin = django.forms.ChoiceField(
        label="How it came",
        choices=[
            ("", "Any way"),
            *(
                (value, OFFERED if value == Origin.OFFERED else label)
                for value, label in Origin.choices
            ),
        ],
    )
    words = django.forms.CharField(label="Words of the title", max_length=80)
