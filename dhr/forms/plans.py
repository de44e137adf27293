"""What is filled in about recommendations, the actions of a plan, and how they are signed off."""

from typing import Any

from django import forms as django

from core import forms
from dhr.forms.fields import radios, text_area
from dhr.models import Difference, LearningTheme, Part, Review, Scope
from dhr.queries.plans import VIEWS
from membership.models import Partnership

NAMING_NOBODY = "It leaves the panel, so it names nobody. Names of the key are refused."
OWNER = "An agency gets it in the register of actions, where nothing leads to the review."
OUTSIDE = "Such as a ministry, a regulator or a national body, which is in no partnership here."


class RecommendationForm(forms.Versioned, forms.Form):
    """What is recommended, and how it is coded."""

    submit = "Save the recommendation"
    text = text_area("What is recommended", rows=4, most=2000, help_text=NAMING_NOBODY)
    scope = radios("How far does it reach?", Scope, initial=Scope.LOCAL)
    themes = django.ModelMultipleChoiceField(
        LearningTheme.objects.none(), label="Themes of the lesson", required=False,
        widget=forms.Checkboxes(small=True),
        help_text="By them the same lesson is found again in other reviews.",
    )  # fmt: skip
    early = django.BooleanField(
        label="It is acted on before the report is published", required=False
    )
    agency = django.ModelChoiceField(
        None, label="Agency from whose own review it comes", required=False,
        empty_label="None: the panel’s own",
    )  # fmt: skip
    mark_optional = False

    def __init__(self, *args: Any, agencies: Any, new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        themes = LearningTheme.objects.all()
        fields["themes"].queryset = themes
        hints = {each.pk: each.about for each in themes}
        fields["themes"].widget.hints = hints
        fields["agency"].queryset = agencies
        if not hints:
            del fields["themes"]
        if new:
            del fields["version"]


class ItemForm(forms.Versioned, forms.Form):
    """What is to be done, by whom, by when. One that stands keeps its place and its date."""

    submit = "Save the action"
    text = django.CharField(label="Action to take", max_length=300, help_text=NAMING_NOBODY)
    partnership = django.ModelChoiceField(
        None, label="Where is it delivered?", empty_label=None,
        help_text="Partnerships that have a part in this review.",
    )  # fmt: skip
    agency = django.ModelChoiceField(
        None, label="Lead agency", required=False, empty_label="Another body, named below",
        help_text=OWNER,
    )  # fmt: skip
    outside = django.CharField(
        label="Or another body", max_length=160, required=False, help_text=OUTSIDE
    )
    milestones = text_area("Key milestones", rows=3, most=2000, required=False)
    target_on = forms.DateField(
        label="Target date", help_text="It always stands. A later date is shown beside it."
    )
    completed_on = forms.DateField(
        label="Completed on, if it is done already", called="The day of completion", required=False
    )
    outcome = text_area("What came of it, if it is done already", most=4000, required=False)
    reason = text_area(
        "Why does another body do it?", required=False,
        help_text="Only if you choose another one. The agency that had it reads this.",
    )  # fmt: skip
    mark_optional = False

    def __init__(
        self, *args: Any, review: Review, agencies: Any, new: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["agency"].queryset = agencies
        places = _places(review)
        fields["partnership"].queryset = places
        fields["partnership"].initial = review.partnership
        if len(places) == 1:
            del fields["partnership"]
        for name in ("version", "reason") if new else (
            "partnership", "target_on", "completed_on", "outcome",
        ):  # fmt: skip
            fields.pop(name, None)


def _places(review: Review) -> Any:
    parts = Part.objects.filter(review=review, ends_on=None).values("partnership")
    own = Partnership.objects.filter(pk=review.partnership_id)
    return (own | Partnership.objects.filter(pk__in=parts)).order_by("name")


class LaterForm(forms.Form):
    """Another date for an action; the first stands."""

    submit = "Set the later date"
    due_on = forms.DateField(
        label="New date", called="The new date",
        help_text="The target first agreed stays, and lateness is counted from it.",
    )  # fmt: skip
    reason = text_area("Why does it move?", help_text="The agency reads it. " + NAMING_NOBODY)


class CompletedForm(forms.Form):
    """That an action is done, what came of it, and what shows it."""

    submit = "Save"
    completed_on = forms.DateField(label="Completed on", called="The day of completion")
    outcome = text_area("What came of it", rows=4, most=4000, help_text=NAMING_NOBODY)
    file = django.FileField(
        label="Evidence", required=False,
        help_text="Such as a policy, a training record or an audit. Without evidence it stays said "
        "to be done, and cannot be signed off.",
    )  # fmt: skip

    def __init__(self, *args: Any, outside: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if outside:
            del self.fields["file"]


class AnsweredForm(forms.Form):
    """What a body answered that is in no partnership here."""

    submit = "Save the answer"
    outside_said = text_area("What did it answer?", rows=5, most=8000, help_text=NAMING_NOBODY)
    outside_said_on = forms.DateField(label="When?", called="The day of the answer")


class SignOffForm(forms.Form):
    """What a sign-off rests on."""

    submit = "Sign it off"
    completed_on = forms.DateField(label="Completed on", called="The day of completion")
    outcome = text_area("What came of it", rows=4, most=4000, help_text=NAMING_NOBODY)
    remark = text_area(
        "What does the sign-off rest on?", most=4000,
        help_text="What you looked at, and why it shows that this is done.",
    )  # fmt: skip

    def __init__(self, *args: Any, said: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if said:
            del self.fields["completed_on"], self.fields["outcome"]


class DifferenceForm(forms.Form):
    """Whether what was done made the difference."""

    submit = "Save the check"
    difference = radios(
        "Did it make the difference that it was meant to make?", Difference,
    )  # fmt: skip
    found = text_area(
        "How is it known?", rows=4, most=4000,
        help_text="Such as an audit of records, figures before and after, or what people say.",
    )  # fmt: skip
    checked_on = forms.DateField(label="Checked on", called="The day of the check")


class BackForm(forms.Form):
    """A plan that was taken as a spreadsheet, and comes back."""

    submit = "Compare it with the plan"
    file = django.FileField(
        label="The spreadsheet that was taken from here (XLSX)",
        help_text="Leave its first column as it is. A row without an ID is a new action. Nothing "
        "is changed before you have seen what differs.",
        widget=django.ClearableFileInput({"accept": ".xlsx"}),
    )  # fmt: skip


# ---- rows of choices ----------------------------------------------------------------------------


class PlanFilter(forms.FilterForm):
    """Which actions of a plan are shown."""

    view = django.CharField(widget=django.HiddenInput)
    body = django.ChoiceField(label="Who leads")

    def __init__(self, *args: Any, bodies: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "All agencies and bodies"), *((each, each) for each in bodies)]
        self.fields["body"].choices = choices  # type: ignore[attr-defined]


class LessonFilter(forms.FilterForm):
    """What is looked for in the recommendations of all one's reviews."""

    submit = "Search"
    words = django.CharField(label="Words", max_length=120)
    theme = django.ChoiceField(label="Theme")
    body = django.ChoiceField(label="Who leads")
    view = django.ChoiceField(
        label="How far", choices=[(each, label) for each, label in VIEWS.items()]
    )

    def __init__(self, *args: Any, bodies: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        themes = [(each.slug, each.name) for each in LearningTheme.objects.all()]
        fields["theme"].choices = [("", "All themes"), *themes]
        fields["body"].choices = [("", "All"), *((each, each) for each in bodies)]
