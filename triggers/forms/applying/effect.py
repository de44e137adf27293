"""The third part: how it affects them, what makes it worse, and what they want."""

from typing import Any

from django import forms as django

from core import forms
from triggers.effects import FEELS, HATE, VULNERABLE
from triggers.forms.applying.asking import Question
from triggers.models import Voice


class _OfImpact(Question):
    part, record = 3, "impact"
    mark_optional = False


class _Ticks(_OfImpact):
    def kept(self) -> dict[str, Any]:
        return {
            name: list(value) if isinstance(value, list) else value
            for name, value in super().kept().items()
        }


class Feels(_Ticks):
    """How it feels."""

    slug, heading = "feelings", "feels"
    said = {"feels": "How does it make them feel?"}
    feels = django.MultipleChoiceField(
        label="How does it make you feel?", choices=FEELS, required=False,
        widget=forms.Checkboxes, help_text="Tick all that are true. You can leave this empty.",
    )  # fmt: skip


class Harm(_OfImpact):
    """How it affects them, in their own words."""

    slug, heading = "harm", "harm"
    said = {"harm": "How does it affect them?"}
    harm = django.CharField(
        label="How does it affect you?", max_length=4000, required=False,
        widget=forms.Textarea({"rows": 6}),
        help_text="In your own words: sleep, health, work, school, money, family. Take your time.",
    )  # fmt: skip


class Worse(_Ticks):
    """What makes it worse."""

    slug, title = "worse", "Does anything make it worse for you?"
    title_for_another = "Does anything make it worse for them?"
    intro = "This helps us see how badly it hurts, and what help is right."
    vulnerable = django.MultipleChoiceField(
        label="What makes it worse", choices=VULNERABLE, required=False, widget=forms.Checkboxes
    )
    vulnerability = django.CharField(
        label="Anything else that makes it worse", max_length=2000, required=False,
        widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip


class Hate(_Ticks):
    """Whether it is driven by hate."""

    slug, heading = "hate", "hate"
    said = {"hate": "Do you think it happens because of who they are?"}
    hate = django.MultipleChoiceField(
        label="Do you think it happens because of who you are?", choices=HATE, required=False,
        widget=forms.Checkboxes,
        help_text="Tick what you think they pick on. Leave it empty if this is not so.",
    )  # fmt: skip


class Danger(_OfImpact):
    """Whether somebody is in danger now."""

    slug, heading = "danger", "unsafe_now"
    said = {"unsafe_now": "Are they in danger now?"}
    unsafe_now = django.TypedChoiceField(
        label="Are you in danger now?", choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda said: said == "yes", empty_value=None, required=False,
        widget=forms.Radios(inline=True),
        help_text="If anyone is in danger right now, call 999 first. We do not read this at once.",
    )  # fmt: skip

    def read(self, name: str) -> Any:
        """Yes or no, or not answered."""
        return {True: "yes", False: "no"}.get(super().read(name))


class Wishes(_OfImpact):
    """What they want to happen."""

    slug, heading = "wishes", "wishes"
    said = {"wishes": "What do they want to happen?"}
    wishes = django.CharField(
        label="What do you want to happen?", max_length=2000, required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text="We cannot promise it, but we will ask those who can do something about it.",
    )  # fmt: skip


class TakePart(_OfImpact):
    """How they want to be heard by the panel."""

    slug, title = "taking-part", "If there is a review, do you want to take part?"
    title_for_another = "If there is a review, do they want to take part?"
    intro = "The people who look at the case meet as a panel. You can change your mind later."
    voice = django.ChoiceField(
        label="Taking part",
        choices=[
            (Voice.IN_PERSON, "Yes, by speaking to the panel"),
            (Voice.IN_WRITING, "Yes, in writing"),
            (Voice.ADVOCATE, "Yes, by sending someone to speak"),
            (Voice.NO, "No"),
        ],
        widget=forms.Radios, error_messages={"required": "Choose how you want to take part"},
    )  # fmt: skip
    advocate = django.CharField(
        label="If you send someone: who?", max_length=200, required=False,
        help_text="A name, and how to reach them.",
    )  # fmt: skip


QUESTIONS = (Feels, Harm, Worse, Hate, Danger, Wishes, TakePart)
