"""An entry of the key."""

from typing import Any

from django import forms as django

from core import forms
from dhr.forms.fields import radios, text_area
from dhr.models import KeyEntry, KeyRole


class EntryForm(forms.Form):
    """A pseudonym, and every name and spelling behind it."""

    submit = "Save the entry"
    pseudonym = django.CharField(
        max_length=80, help_text="A name that the family agrees to, or “Adult A”, “Child 1”."
    )
    role = radios("Who are they?", KeyRole)
    names = text_area(
        "Names and spellings, one on each line", rows=5, most=4000,
        help_text="Full names, former names, short names, an address. Each word of a name is "
        "looked for in every text. A short name that is a daily word, such as “Will”, is found "
        "with a capital only, unless it has a line of its own.",
        strip=True,
    )  # fmt: skip

    def __init__(self, *args: Any, entry: KeyEntry | None = None, **kwargs: Any) -> None:
        if entry:
            fields = ("pseudonym", "role", "names")
            kwargs["initial"] = {name: getattr(entry, name) for name in fields}
        super().__init__(*args, **kwargs)
        self.fields["names"].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}
