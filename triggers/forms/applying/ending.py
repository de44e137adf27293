"""The short forms around an application: its beginning, its link, sending it, and what follows."""

from typing import Any

from django import forms as django

from core import forms
from triggers.models import AppealKind, Channel, MessageKind
from triggers.models.applications import MOST_COMPLAINTS
from triggers.queries import live


class Private(forms.Form):
    """A form whose answers no browser may offer to others."""

    @property
    def helper(self) -> Any:
        """Nothing typed here is offered again."""
        helper = super().helper
        helper.attrs |= {"autocomplete": "off"}
        return helper


class Trap(forms.Form):
    """A box that people do not see and machines fill in."""

    website = django.CharField(
        label="Leave this empty", required=False,
        widget=django.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )  # fmt: skip

    @property
    def caught(self) -> bool:
        """Whether a machine filled it in."""
        return not self.is_valid() or bool(self.cleaned_data["website"])


class Begin(Trap):
    """Start now."""


class Take(forms.Form):
    """An officer writes down an application for somebody."""

    submit = "Start"
    channel = django.ChoiceField(
        label="How does it come?",
        choices=[each for each in Channel.choices if each[0] != Channel.ONLINE],
        widget=forms.Radios,
        error_messages={"required": "Choose how it comes"},
    )  # fmt: skip


class SendLink(Private):
    """An address to which the link of a draft may go."""

    submit = "Send the link to this address"
    look = "govuk-button--secondary"
    email = django.EmailField(
        label="An email address that only you can read", max_length=254,
        error_messages={"required": "Enter an email address"},
    )  # fmt: skip


class LostLink(Private, Trap):
    """The reference and the safe address of somebody who lost their link."""

    submit = "Send me the link"
    reference = django.CharField(
        label="Your reference", max_length=20, help_text="For example, CR-2026-0007.",
        widget=django.TextInput({"class": "govuk-input--width-20"}),
        error_messages={"required": "Enter your reference"},
    )  # fmt: skip
    email = django.EmailField(
        label="The email address you said was safe", max_length=254,
        error_messages={"required": "Enter the email address you said was safe"},
    )  # fmt: skip


class Another(forms.Form):
    """Whether another report is to be added."""

    submit = "Continue"
    another = django.ChoiceField(
        label="Is there another report to add?", choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.Radios(inline=True),
        error_messages={"required": "Choose yes if there is another report to add"},
    )  # fmt: skip

    def __init__(self, *args: Any, told: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if told >= MOST_COMPLAINTS:
            self.fields["another"].choices = [("no", "No")]


class Send(forms.Form):
    """That what was told is true."""

    submit = "Send my application"
    true = django.BooleanField(
        label="What I have told you is true, as far as I know",
        error_messages={"required": "Tick that what you have told us is true"},
    )


class Sure(forms.Form):
    """Nothing but a button."""

    look = "govuk-button--warning"

    def __init__(self, *args: Any, submit: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.submit = submit


class WriteToPanel(Private):
    """What the panel should know, in their own words."""

    submit = "Send it to the panel"
    words = django.CharField(
        label="What do you want the panel to know?", max_length=20_000,
        widget=forms.Textarea({"rows": 10}),
        help_text="For example, what it does to you, what has helped, and what should happen.",
        error_messages={"required": "Write what you want the panel to know"},
    )  # fmt: skip


class Withdraw(Private):
    """That no more is wanted of the case, and why, if they want to say."""

    submit = "Withdraw my application"
    look = "govuk-button--warning"
    reason = django.CharField(
        label="Why you withdraw", max_length=2000, required=False,
        widget=forms.Textarea({"rows": 4}), help_text="You need not say why.",
    )  # fmt: skip


class NoLonger(Private):
    """That the victim no longer agrees."""

    submit = "Tell you that they no longer agree"
    look = "govuk-button--warning"
    how = django.CharField(
        label="How they told you", max_length=300, required=False,
        help_text="For example: they told me on the phone today.",
    )  # fmt: skip


class Write(Private):
    """A message to the officers of the case."""

    submit = "Send"
    kind = django.ChoiceField(
        label="What is it about?",
        choices=[
            (MessageKind.CONTACT, "How to reach me has changed"),
            (MessageKind.QUESTION, "A question, or something to add"),
        ],
        widget=forms.Radios, error_messages={"required": "Choose what it is about"},
    )  # fmt: skip
    text = django.CharField(
        label="What do you want to tell us?", max_length=4000, widget=forms.Textarea({"rows": 6}),
        error_messages={"required": "Write what you want to tell us"},
    )  # fmt: skip


class AskAgain(Private):
    """Why somebody is not satisfied."""

    submit = "Send"
    kind = django.ChoiceField(
        label="What do you want?",
        choices=[
            (AppealKind.REVIEW, "Someone else to look at it again"),
            (AppealKind.COMMISSIONER, "To ask the police and crime commissioner"),
        ],
        widget=forms.Radios, error_messages={"required": "Choose what you want"},
    )  # fmt: skip
    text = django.CharField(
        label="Why are you not satisfied?", max_length=4000, widget=forms.Textarea({"rows": 6}),
        error_messages={"required": "Write why you are not satisfied"},
    )  # fmt: skip


class Correct(Private):
    """What is wrong with one report, or missing from the list."""

    submit = "Send this correction"
    complaint = django.TypedChoiceField(
        label="What is it about?", empty_value=None, required=False,
        error_messages={"invalid_choice": "Choose one from the list"},
    )  # fmt: skip
    mark_optional = False
    text = django.CharField(
        label="What is wrong or missing?", max_length=4000, widget=forms.Textarea({"rows": 5}),
        error_messages={"required": "Write what is wrong or missing"},
    )  # fmt: skip

    def __init__(self, *args: Any, rows: list[live.Row], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = {str(each.complaint.pk): each for each in rows}
        field = self.fields["complaint"]
        field.choices = [("", "Something that is missing from the list")]
        field.choices += [
            (key, f"{each.complaint.number}: {each.title}") for key, each in named.items()
        ]
        field.coerce = lambda key: named[key].complaint
