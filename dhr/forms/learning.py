"""What is written for the learning library."""

from typing import Any

from django import forms as django

from core import forms
from dhr.forms.fields import radios, text_area
from dhr.models import LearningKind, LearningTheme, Recommendation


class LearningForm(forms.Form):
    """A lesson or a briefing, in general words."""

    submit = "Save"
    kind = radios("What is it?", LearningKind, initial=LearningKind.LESSON)
    title = django.CharField(label="Title", max_length=160)
    happened = text_area(
        "What was seen", rows=6, most=4000,
        help_text="In general words: no name, no place, no date, nothing that tells whose death "
        "it was.",
    )  # fmt: skip
    matters = text_area("Why it matters", rows=4, most=4000, required=False)
    practice = text_area("What to do differently", rows=6, most=4000)
    where_to_read = text_area("Where to read more", rows=3, most=2000, required=False)
    themes = django.ModelMultipleChoiceField(
        LearningTheme.objects.none(), label="Themes", required=False,
        widget=forms.Checkboxes(small=True),
    )  # fmt: skip
    comes_from = django.ModelMultipleChoiceField(
        Recommendation.objects.none(), label="Recommendations that it comes from", required=False,
        widget=forms.Checkboxes(small=True),
        help_text="Of reviews that you sit on. Only those who sit on them see this.",
    )  # fmt: skip

    def __init__(self, *args: Any, user: Any, partnership: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["themes"].queryset = LearningTheme.objects.all()
        own = Recommendation.objects.visible_to(user).of(partnership).filter(removed_because="")
        own = own.select_related("review").order_by("review__reference", "number")
        fields["comes_from"].queryset = own
        fields["comes_from"].label_from_instance = _called
        if not LearningTheme.objects.exists():
            del fields["themes"]
        if not own.exists():
            del fields["comes_from"]


def _called(recommendation: Recommendation) -> str:
    return f"{recommendation.review.reference}, recommendation {recommendation.number}"


class WithdrawForm(forms.Form):
    """Why something is taken off the site."""

    submit = "Take it off the site"
    because = text_area(
        "Why is it taken off?", help_text="Without names. The public does not read it."
    )
