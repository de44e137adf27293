"""What each question of an application shares: whose field it fills, and what is kept of it."""

from typing import Any

from core import forms
from triggers.queries.drafts import Draft

PARTS = {1: "about you", 2: "what happened", 3: "how it affects you"}


class Question(forms.Form):
    """One page of an application.

    ``record`` says what the fields belong to: ``application``, ``speaker``, ``victim``, ``impact``,
    ``consent`` or ``complaint``; ``elsewhere`` names those that belong to another. A field named in
    ``said`` has other words where somebody asks for another.
    """

    slug = ""
    part = 1
    record = ""
    elsewhere: dict[str, str] = {}
    said: dict[str, str] = {}
    title = ""
    title_for_another = ""
    intro = ""
    submit = "Save and continue"
    mark_optional = True

    def __init__(self, *args: Any, draft: Draft, complaint: Any = None, **kwargs: Any) -> None:
        self.draft, self.complaint = draft, complaint
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            self.initial.setdefault(name, self.read(name))
            if draft.for_another and name in self.said:
                field.label = self.said[name]
        if draft.for_another and self.title_for_another:
            self.title = self.title_for_another

    @classmethod
    def applies(cls, draft: Draft, complaint: Any = None) -> bool:
        """Whether it need be asked, with what has been told so far."""
        return True

    def read(self, name: str) -> Any:
        """What was answered before."""
        owner = self.complaint if self.record == "complaint" else None
        owner = owner or getattr(self.draft, self.elsewhere.get(name, self.record))
        return getattr(owner, name, None)

    def answers(self) -> dict[str, dict[str, Any]]:
        """What can be kept: also of a page on which something else is wrong."""
        found: dict[str, dict[str, Any]] = {}
        for name, value in self.kept().items():
            found.setdefault(self.elsewhere.get(name, self.record), {})[name] = value
        return found

    def kept(self) -> dict[str, Any]:
        """The right answers by the names of the records' fields."""
        return {name: value for name, value in self.cleaned_data.items() if name in self.fields}

    @property
    def helper(self) -> Any:
        """Nothing typed here is offered again by a browser that others use too."""
        helper = super().helper
        helper.attrs |= {"autocomplete": "off"}
        return helper
