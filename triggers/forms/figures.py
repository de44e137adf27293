"""What officers are asked as they publish the yearly figures."""

from typing import Any

from django import forms as django_forms

from core import forms
from triggers.queries.statistics import LABELS, NAMES, Figures, Year


def number(label: str) -> Any:
    """A figure that may be left empty."""
    return django_forms.IntegerField(
        label=label, required=False, min_value=0,
        widget=django_forms.NumberInput({"class": "govuk-input--width-4"}),
    )  # fmt: skip


def reason(label: str, hint: str) -> Any:
    """A reason in a line or two."""
    return django_forms.CharField(
        label=label, required=False, max_length=300, widget=forms.Textarea({"rows": 2}),
        help_text=hint,
    )  # fmt: skip


class YearForm(forms.Form):
    """The four figures of a year, and why they are as they are."""

    submit = "Publish these figures"
    mark_optional = False

    applications = number(LABELS["applications"])
    threshold_not_met = number(LABELS["threshold_not_met"])
    reviews = number(LABELS["reviews"])
    reviews_with_recommendations = number(LABELS["reviews_with_recommendations"])
    differs_because = reason(
        "Why the cases give other numbers",
        "Needed only where you publish others. Everybody can read it. Name nobody.",
    )
    corrected_because = reason(
        "Why the published figures are corrected",
        "Everybody can read it, beside what was published before.",
    )
    checked = django_forms.BooleanField(
        label="I have checked these figures. Everybody can read them once they are published.",
        error_messages={"required": "Say that you have checked these figures"},
    )

    def __init__(self, *args: Any, year: Year, **kwargs: Any) -> None:
        first = year.shown or year.counted
        initial: dict[str, Any] = dict(first.items()) if first else {}
        if year.published:
            initial["differs_because"] = year.published.differs_because
            self.submit = "Publish the corrected figures"
        super().__init__(*args, initial=initial, **kwargs)
        if not year.published:
            del self.fields["corrected_because"]
        for name in NAMES:
            counted = getattr(year.counted, name) if year.counted else None
            if counted is not None:
                self.fields[name].help_text = f"The cases give {counted}"

    def figures(self) -> Figures:
        """The figures as they were typed."""
        return Figures(**{name: self.cleaned_data[name] for name in NAMES})


class ImportForm(forms.Form):
    """Figures that were published before, as a table."""

    submit = "Take over these figures"

    file = django_forms.FileField(
        label="A CSV file",
        help_text="Columns: period_start, period_end, applications, threshold_not_met, reviews, "
        "reviews_with_recommendations, source. Dates like 2017-04-01. Leave a cell empty where "
        "nothing was published.",
    )
