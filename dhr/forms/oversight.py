"""Where the progress report is put, and what the officer adds."""

from collections.abc import Iterable
from typing import Any

from django import forms as django

from core import forms
from core.dates import daydate
from dhr.forms.fields import text_area
from dhr.workflow.reporting import MOST
from meetings.models import Item


class AgendaForm(forms.Form):
    """On which item of a coming agenda."""

    submit = "Put it on the agenda"
    item = django.ChoiceField(
        label="Which item of a coming meeting?", error_messages={"required": "Choose an item"}
    )
    says = text_area(
        "What do you want to add?", rows=5, most=MOST, required=False,
        help_text="In general words, at the beginning of the report. It is looked through for the "
        "names of every key.",
    )  # fmt: skip

    def __init__(self, *args: Any, items: Iterable[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = {str(each.pk): each for each in items}
        groups: dict[str, list[tuple[str, str]]] = {}
        for key, each in self.items.items():
            name = f"{each.meeting.group.short_name} meeting, {daydate(each.meeting.on)}"
            groups.setdefault(name, []).append((key, f"{each.number}. {each.title}"))
        self.fields["item"].choices = [("", "Choose"), *groups.items()]  # type: ignore[attr-defined]
