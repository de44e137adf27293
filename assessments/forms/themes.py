"""What officers fill in about themes, and what they link to them."""

from typing import Any

from django import forms as django_forms

from actions.forms import OwnerField
from assessments.forms.horizon import LinkForm
from core import clock, forms
from documents.models import Document
from membership.models import Partnership

__all__ = ["LinkForm", "PaperForm", "ThemeForm"]


class ThemeForm(forms.Form):
    """What a theme covers and who leads it."""

    submit = "Save the theme"

    name = django_forms.CharField(max_length=120)
    about = django_forms.CharField(
        label="What it covers", max_length=4000, required=False,
        widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip
    source = django_forms.CharField(
        label="Who asks for it", max_length=200, required=False,
        help_text="An Act and section, or the terms of reference",
    )  # fmt: skip

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = "Who leads it?"
        lead = OwnerField(partnership, clock.today(), label=label, required=False)
        self.fields["lead"] = forms.dressed(lead, label)
        self.order_fields(("name", "lead", "about", "source"))


class PaperForm(forms.Form):
    """A paper of one of the groups, or the theme's plan."""

    submit = "Link the paper"

    document = django_forms.ModelChoiceField(
        Document.objects.none(), label="Which paper?", empty_label="Choose"
    )
    plan = django_forms.BooleanField(label="It is the theme’s plan", required=False)

    def __init__(self, *args: Any, papers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = papers  # type: ignore[attr-defined]
