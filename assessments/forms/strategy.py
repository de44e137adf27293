"""What people fill in about strategies and their editions."""

import datetime
from typing import Any

from django import forms as django_forms

from assessments.models import Assessment, AssessmentStatus, Edition, PoliceCrimePlan
from core import clock, forms
from meetings.models import Decision
from membership.models import Partnership

LONG = 6000
DAY = datetime.timedelta(days=1)


def text_area(label: str, rows: int = 8, **more: Any) -> django_forms.CharField:
    """A text of several paragraphs."""
    more.setdefault("max_length", LONG)
    widget = forms.Textarea(attrs={"rows": rows})
    return django_forms.CharField(label=label, widget=widget, **more)


class BeginForm(forms.Form):
    """From which April a strategy of three years runs."""

    submit = "Begin the strategy"

    year = django_forms.ChoiceField(
        label="From which April does it run?", widget=forms.Radios,
        error_messages={"required": "Choose the year in which it begins"},
    )  # fmt: skip

    def __init__(self, *args: Any, taken: list[tuple[int, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this = clock.today().year
        free = [
            year for year in range(this - 6, this + 3)
            if not any(year < last and year + 3 > first for first, last in taken)
        ]  # fmt: skip
        self.fields["year"].choices = [  # type: ignore[attr-defined]
            (str(year), f"1 April {year} to 31 March {year + 3}") for year in free
        ]

    def starts_on(self) -> datetime.date:
        """The first day of the strategy."""
        return datetime.date(int(self.cleaned_data["year"]), 4, 1)


WORDS = {
    "vision": ("Vision", "One or two sentences. They stand at the top of the plan on a page."),
    "foreword": ("Foreword", "The chair’s words to residents."),
    "about": ("About the partnership", "Who you are and how you work together."),
    "resources": ("Money and people", "What there is to do this with, and where it comes from."),
    "equality": (
        "Equality note",
        "How you had due regard to ending discrimination, to equality of opportunity and to good "
        "relations (Equality Act 2010, section 149).",
    ),
    "changes": ("What this refresh changes, and why", "The differences themselves are counted."),
}


# Without these an edition is not adopted.
NEEDED = ("vision", "equality", "changes")


class WordsForm(forms.Versioned, forms.Form):
    """One text of an edition."""

    submit = "Save"

    text = text_area("Text", rows=12, required=False)

    def __init__(self, *args: Any, name: str, edition: Edition, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "text": getattr(edition, name), "foreword_by": edition.foreword_by,
        }  # fmt: skip
        super().__init__(*args, version=edition.version, **kwargs)
        label, hint = WORDS[name]
        self.fields["text"].label, self.fields["text"].help_text = label, hint
        self.fields["text"].required = name in NEEDED
        if name == "foreword":
            self.fields["foreword_by"] = django_forms.CharField(
                label="Who signs it", max_length=160, required=False,
                help_text="For example, Cllr Sage Holloway, chair of the board",
            )  # fmt: skip


class ConsultedForm(forms.Form):
    """How communities were asked."""

    submit = "Save the consultation"

    starts_on = forms.DateField(label="People were asked from", required=False)
    ends_on = forms.DateField(label="Until", required=False)
    how = text_area(
        "How were communities asked?", max_length=LONG,
        help_text="Say so plainly if nobody was asked again for this refresh, and why.",
    )  # fmt: skip
    found = text_area("What did they say, and what changed because of it?")


class RestForm(forms.Form):
    """The Strategic Assessment that an edition rests on."""

    submit = "Save"

    assessment = django_forms.ModelChoiceField(
        Assessment.objects.none(), label="Strategic Assessment", required=False,
        empty_label="None", help_text="Assessments that the board has adopted.",
    )  # fmt: skip

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        adopted = (AssessmentStatus.ADOPTED, AssessmentStatus.PUBLISHED)
        found = Assessment.objects.of(partnership).filter(status__in=adopted)
        self.fields["assessment"].queryset = found  # type: ignore[attr-defined]


class AdoptForm(forms.Form):
    """The decision by which the board adopts an edition."""

    submit = "Adopt it"

    decision = django_forms.ModelChoiceField(
        Decision.objects.none(), label="By which decision of the board?", empty_label="Choose",
        error_messages={"required": "Choose the decision that adopts it"},
    )  # fmt: skip

    def __init__(self, *args: Any, decisions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["decision"]
        field.queryset = decisions
        field.label_from_instance = self.words

    @staticmethod
    def words(decision: Decision) -> str:
        """Its reference, its meeting and how it begins."""
        text = decision.text if len(decision.text) <= 70 else f"{decision.text[:69]}…"
        return f"{decision.reference}, {decision.item.meeting.on:%-d %B %Y}: {text}"


class TakeOverForm(forms.Form):
    """When and where an edition was adopted, before meetings were kept here."""

    submit = "Keep it as adopted"

    on = forms.DateField(label="Adopted on")
    where = django_forms.CharField(
        label="Where can that be read?", max_length=200,
        help_text="For example, minutes of the board on the council’s website",
    )  # fmt: skip


class SentForm(forms.Form):
    """When and how the copy went to the commissioner."""

    submit = "Save"

    on = forms.DateField(label="Sent on")
    how = django_forms.CharField(
        label="How was it sent?", max_length=200, help_text="For example, by email to the office"
    )


class PoliceCrimePlanForm(forms.Form):
    """A Police and Crime Plan with its priorities."""

    submit = "Save the plan"

    title = django_forms.CharField(label="Name of the plan", max_length=160)
    issued_by = django_forms.CharField(label="Who issued it?", max_length=160)
    starts_on = forms.DateField(label="It holds from")
    last_day = forms.DateField(label="Its last day", required=False)
    source_url = django_forms.CharField(
        label="Web address", required=False, max_length=200,
        help_text="Where it is published. It begins with https://",
    )  # fmt: skip
    priorities = text_area("Its priorities, one a line", rows=6, max_length=4000)

    def __init__(self, *args: Any, plan: PoliceCrimePlan | None = None, **kwargs: Any) -> None:
        if plan:
            last = plan.ends_on - DAY if plan.ends_on else None
            kwargs["initial"] = {
                "title": plan.title, "issued_by": plan.issued_by, "starts_on": plan.starts_on,
                "last_day": last, "source_url": plan.source_url,
                "priorities": "\n".join(each.title for each in plan.priorities.all()),
            }  # fmt: skip
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """The last day becomes the first on which it no longer holds."""
        cleaned: dict[str, Any] = super().clean() or {}
        last, first = cleaned.pop("last_day", None), cleaned.get("starts_on")
        if last and first and last < first:
            self.add_error("last_day", "The last day must not be before the first")
        cleaned["ends_on"] = last + DAY if last else None
        return cleaned
