"""What people fill in about a Strategic Assessment."""

import datetime
from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms as plain

from assessments import scoring
from assessments.models import (
    Assessment,
    ConsultationFinding,
    Evidence,
    EvidenceState,
)
from assessments.queries import assessing as reading
from core import forms
from core.dates import daydate
from core.markings import Marking
from membership.models import Partnership, Theme

GATE = "Only those whose agency has signed the sharing agreement"


class BeginForm(forms.Form):
    """Which twelve months."""

    submit = "Begin the assessment"
    starts_on = plain.ChoiceField(
        label="Which twelve months?",
        help_text="Dartford’s assessments run from October to September.",
        error_messages={"required": "Choose the twelve months"},
    )  # fmt: skip

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].choices = reading.months_to_begin(partnership)  # type: ignore[attr-defined]

    def clean_starts_on(self) -> datetime.date:
        """The first day."""
        return datetime.date.fromisoformat(self.cleaned_data["starts_on"])


class SectionForm(forms.Versioned, forms.Form):
    """What the analyst says, and what stays out."""

    submit = "Save the section"
    also = ("done", "Save and mark as done")
    text = plain.CharField(
        label="What you say", required=False, max_length=20_000,
        widget=forms.Textarea({"rows": 16}),
        help_text="An empty line begins a paragraph, - begins a line of a list, **words** are "
        "bold. Put what only the board may read between [[ and ]]: it stays out of the public "
        "edition.",
    )  # fmt: skip
    left_out = plain.MultipleChoiceField(
        label="Leave out of this section", required=False,
        widget=forms.Checkboxes(small=True),
        help_text="Sentences and figures that you tick are in neither edition.",
    )  # fmt: skip

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["left_out"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["left_out"]


class EvidenceForm(forms.ModelForm):
    """What a partner knows that figures do not say."""

    submit = "Send it in"
    section = plain.ModelChoiceField(
        None, required=False, empty_label="The whole assessment", label="For which section?"
    )

    class Meta:
        model = Evidence
        fields = ["agency", "section", "text", "source", "marking"]
        widgets = {
            "text": forms.Textarea({"rows": 8}),
            "marking": forms.Radios(
                hints={
                    Marking.OFFICIAL: "Everybody who works in the partnership can read it, and "
                    "the public edition may use it",
                    Marking.SENSITIVE: GATE,
                }
            ),
        }
        help_texts = {
            "text": "What you see, hear and do that numbers do not show. No names of people.",
            "source": "For example: case files of the quarter, a survey of tenants",
        }

    def __init__(self, *args: Any, assessment: Assessment, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = reading.agencies_of(user, assessment.partnership)
        theirs: Any = self.fields["agency"]
        theirs.queryset = theirs.queryset.filter(pk__in=[each.pk for each in agencies])
        theirs.empty_label = None if len(agencies) == 1 else "Choose"
        sections: Any = self.fields["section"]
        sections.queryset = assessment.sections.order_by("position")


class AnswerForm(forms.Form):
    """What became of evidence."""

    submit = "Answer"
    state = plain.ChoiceField(
        label="Is it used?",
        choices=[(EvidenceState.USED, "Used"), (EvidenceState.SET_ASIDE, "Not used")],
        widget=forms.Radios(inline=True), error_messages={"required": "Say whether it was used"},
    )  # fmt: skip
    answer = plain.CharField(
        label="What you say to it", required=False, max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text="Whoever sent it in reads this. If it is not used, say why.",
    )  # fmt: skip


class FindingForm(forms.ModelForm):
    """What the public said."""

    submit = "Save"

    class Meta:
        model = ConsultationFinding
        fields = ["title", "method", "starts_on", "ends_on", "respondents", "finding", "theme"]
        widgets = {"finding": forms.Textarea({"rows": 6})}
        help_texts = {
            "method": "For example: online survey and two drop-in sessions",
            "finding": "For everybody: the public edition prints it. No names of people.",
        }

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _themes(self, partnership)


class ScoreForm(forms.Form):
    """A threat, factor by factor."""

    submit = "Save the score"
    name = plain.CharField(
        label="Threat", max_length=120,
        help_text="For everybody: the public edition prints the ranking. For example: Knife crime "
        "among young people",
    )  # fmt: skip
    theme = plain.ModelChoiceField(None, required=False, empty_label="None")
    why = plain.CharField(
        label="Why it is scored so", required=False, max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text="For the restricted edition alone.",
    )  # fmt: skip

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _themes(self, partnership)
        for factor in scoring.FACTORS:
            field = plain.TypedChoiceField(
                label=factor.label, coerce=int, choices=_levels(),
                help_text=f"0: {factor.lowest}. 4: {factor.highest}.",
                widget=forms.Radios(inline=True, small=True),
                error_messages={"required": f"Score {factor.label.lower()}"},
            )  # fmt: skip
            self.fields[f"score_{factor.key}"] = forms.dressed(field, factor.label)
        names = [f"score_{key}" for key in scoring.KEYS]
        self.layout = Layout("name", "theme", Fieldset("Scores from 0 to 4", *names), "why")

    @property
    def scores(self) -> dict[str, int]:
        """The scores, by factor."""
        return {key: self.cleaned_data[f"score_{key}"] for key in scoring.KEYS}


def _levels() -> list[tuple[int, str]]:
    return [(level, str(level)) for level in range(scoring.MOST + 1)]


class WeightsForm(forms.Form):
    """The weights of the factors."""

    submit = "Save the weights"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for factor in scoring.FACTORS:
            field = plain.IntegerField(
                label=factor.label, min_value=0, max_value=scoring.HEAVIEST,
                help_text=f"From 0 to {scoring.HEAVIEST}. Usually {factor.weight}.",
                widget=plain.TextInput({"class": "govuk-input--width-2", "inputmode": "numeric"}),
            )  # fmt: skip
            self.fields[f"weight_{factor.key}"] = forms.dressed(field, factor.label)
        self.layout = Layout(Div(*(f"weight_{key}" for key in scoring.KEYS)))

    @property
    def weights(self) -> dict[str, int]:
        """The weights, by factor."""
        return {key: self.cleaned_data[f"weight_{key}"] for key in scoring.KEYS}


class BoardForm(forms.Form):
    """On which item of a coming agenda."""

    submit = "Put it on the agenda"
    item = plain.ChoiceField(
        label="Which item of a coming meeting?",
        error_messages={"required": "Choose an item"},
        help_text="The restricted edition goes with the agenda as a paper. Its marking is that of "
        "what it holds.",
    )  # fmt: skip

    def __init__(self, *args: Any, user: Any, assessment: Assessment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = {str(each.pk): each for each in reading.coming_items(user, assessment)}
        groups: dict[str, list[tuple[str, str]]] = {}
        for key, item in self.items.items():
            name = f"{item.meeting.group.short_name} meeting, {daydate(item.meeting.on)}"
            words = f"{item.number}. {item.title}"
            groups.setdefault(name, []).append((key, words))
        self.fields["item"].choices = [("", "Choose"), *groups.items()]  # type: ignore[attr-defined]


class AdoptForm(forms.Form):
    """Which decision of the board adopted it."""

    submit = "Record that it is adopted"
    decision = plain.ChoiceField(
        label="Which decision of the board adopted it?",
        error_messages={"required": "Choose the decision"},
        help_text="Decisions are recorded in the minutes of the meeting.",
    )  # fmt: skip

    def __init__(self, *args: Any, user: Any, assessment: Assessment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decisions = {str(each.pk): each for each in reading.decisions(user, assessment)}
        groups: dict[str, list[tuple[str, str]]] = {}
        for key, each in self.decisions.items():
            name = daydate(each.item.meeting.on)
            groups.setdefault(name, []).append((key, f"{each.reference}: {_short(each.text)}"))
        self.fields["decision"].choices = [("", "Choose"), *groups.items()]  # type: ignore[attr-defined]


def _short(text: str) -> str:
    first = text.split("\n")[0]
    return first if len(first) <= 90 else f"{first[:88]}…"


def _themes(form: Any, partnership: Partnership) -> None:
    form.fields["theme"].queryset = Theme.objects.of(partnership).order_by("position", "name")
    form.fields["theme"].empty_label = "None"
