"""What is filled in when somebody declares an interest at a meeting."""

from typing import Any

import django.forms
from crispy_forms.layout import Fieldset, Layout

from core import forms
from meetings.models import Item, Meeting
from membership.models import Interest, InterestKind

PART, WITHDRAW = "part", "withdraw"


class DeclareForm(forms.Form):
    """An interest, the item that it bears on, and whether its person withdraws from that item."""

    submit = "Declare the interest"

    item = django.forms.ChoiceField(label="Which item does it bear on?", required=False)
    interest = django.forms.ChoiceField(
        label="Which interest in the register is it?", required=False
    )
    text = django.forms.CharField(
        label="What the minutes are to say of it", max_length=300, required=False,
        help_text="Such as “trustee of Riverside Housing”. Leave it empty to use the words of the "
        "register.",
    )  # fmt: skip
    part = django.forms.ChoiceField(
        label="Do they take part?",
        choices=[
            (PART, "Takes part in the item"), (WITHDRAW, "Withdraws from the item"),
        ],
        widget=forms.Radios(
            hints={
                WITHDRAW: "Neither sees nor decides it from now on: no papers, minutes, decisions "
                "or actions of it. The minutes say that they left for it."
            }
        ),
        initial=PART,
    )  # fmt: skip
    register = django.forms.BooleanField(
        label="Enter it in the register of interests too", required=False
    )
    kind = django.forms.ChoiceField(
        label="What sort of interest is it?", required=False,
        choices=[("", "Choose"), *InterestKind.choices],
    )  # fmt: skip
    about = django.forms.CharField(
        label="Names that recall it on later agendas", max_length=300, required=False,
        help_text="Bodies, places or schemes, with commas between.",
    )  # fmt: skip
    sensitive = django.forms.BooleanField(
        label="Disclosing it could put somebody at risk of violence or intimidation",
        required=False,
        help_text="Then the public minutes say nothing of it, the full minutes only that there is "
        "a sensitive interest, and its words are in the register for its person and the officers.",
    )  # fmt: skip
    layout = Layout(
        "item", "interest", "text", "part",
        Fieldset("The register of interests", "register", "kind", "about", "sensitive"),
    )  # fmt: skip

    def __init__(
        self, *args: Any, meeting: Meeting, items: list[Item], interests: list[Interest],
        people: list[Any] | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.items = {str(each.pk): each for each in items}
        self.interests = {str(each.pk): each for each in interests}
        self.people = {str(each.pk): each for each in people or []}
        self.fields["item"].choices = [
            ("", "No item in particular"),
            *((key, f"{each.number}. {each.title}") for key, each in self.items.items()),
        ]
        whose = people is not None
        self.fields["interest"].choices = [
            ("", "None, or not in it yet"),
            *((key, f"{each.person}: {each.text}" if whose else each.text)
              for key, each in self.interests.items()),
        ]  # fmt: skip
        if whose:
            self._ask_who()
        else:
            self._ask_oneself()

    def _ask_who(self) -> None:
        choices = [("", "Choose"), *((key, str(each)) for key, each in self.people.items())]
        field: Any = django.forms.ChoiceField(label="Who declares it?", choices=choices)
        self.fields = {"person": forms.dressed(field, "Who declares it?"), **self.fields}
        self.layout = Layout("person", *DeclareForm.layout.fields)

    def _ask_oneself(self) -> None:
        part: Any = self.fields["part"]
        part.label = "Do you take part?"
        part.choices = [(PART, "I take part in the item"), (WITHDRAW, "I withdraw from the item")]
        part.widget.hints = {
            WITHDRAW: "You neither see nor decide it from now on: no papers, minutes, decisions "
            "or actions of it. The minutes say that you left for it."
        }

    def clean(self) -> dict[str, Any]:
        """A sensitive interest is always in the register, where its words are kept."""
        given = super().clean() or self.cleaned_data
        enters = given.get("register") or given.get("sensitive")
        if enters and not given.get("interest") and not given.get("kind"):
            self.add_error("kind", "Choose what sort of interest it is")
        if enters and not given.get("interest") and not given.get("text"):
            self.add_error("text", "Enter what the interest is")
        return given

    @property
    def given(self) -> dict[str, Any]:
        """The words of the verb."""
        typed = self.cleaned_data
        enters = (typed["register"] or typed["sensitive"]) and not typed["interest"]
        entry = {name: typed[name] for name in ("kind", "about", "sensitive")}
        return {
            "item": self.items.get(typed["item"]),
            "interest": self.interests.get(typed["interest"]),
            "person": self.people.get(typed.get("person", "")),
            "text": typed["text"],
            "recused": typed["part"] == WITHDRAW,
            "register": entry if enters else None,
        }
