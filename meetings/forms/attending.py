"""The choice above the record of attendance."""

from typing import Any

import django.forms

from core import forms
from meetings.queries.attending import RECENT


class RecordFilter(forms.FilterForm):
    """Which meetings: a municipal year's, or the last few."""

    year = django.forms.ChoiceField(label="Meetings of")

    def __init__(self, *args: Any, years: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        recent = ("", f"The last {RECENT} meetings")
        self.fields["year"].choices = [recent, *years]  # type: ignore[attr-defined]
