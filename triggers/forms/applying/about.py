"""The first part: who asks, for whom, and how they may be reached without harm."""

import re
from typing import Any

from django import forms as django
from django.core.exceptions import ValidationError

from core import clock, forms
from triggers.forms.applying.asking import Question
from triggers.models import OnBehalf, Way
from triggers.queries import drafts
from triggers.queries.drafts import Draft

WHO = [
    (OnBehalf.SELF, "Me, or my household"),
    (OnBehalf.KNOWN, "Someone I know"),
    (OnBehalf.WORK, "Someone I help in my work"),
    (OnBehalf.SEVERAL, "Several homes near each other"),
]
WHO_HINTS = {
    OnBehalf.KNOWN: "A relative, friend or neighbour",
    OnBehalf.WORK: "As a councillor, carer, MP or other professional",
    OnBehalf.SEVERAL: "One of you can apply for all",
}
WAYS = [
    (Way.EMAIL, "Email"),
    (Way.TELEPHONE, "Phone call"),
    (Way.TEXT, "Text message"),
    (Way.POST, "Letter"),
    (Way.OTHER, "Through someone I trust"),
]
MORE_THAN_ANY = 500
TELEPHONE = re.compile(r"[+(]?[\d][\d\s()+./-]{5,}")


class Who(Question):
    """To whom it happened."""

    slug, record, heading = "who", "application", "on_behalf"
    on_behalf = django.ChoiceField(
        label="Who has the trouble happened to?", choices=WHO,
        widget=forms.Radios(hints=WHO_HINTS),
        help_text="Anyone may ask, with the person’s agreement.",
        error_messages={"required": "Choose who the trouble has happened to"},
    )  # fmt: skip


class Name(Question):
    """Who writes to us."""

    slug, record, title = "name", "speaker", "What is your name?"
    intro = "Give the name you want us to use. The people you complain about will not see it."
    name = django.CharField(
        label="Your name", max_length=160, error_messages={"required": "Enter your name"}
    )
    organisation = django.CharField(label="Who you work for", max_length=160, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.draft.application.on_behalf != OnBehalf.WORK:
            del self.fields["organisation"]


class _ForAnother(Question):
    @classmethod
    def applies(cls, draft: Draft, complaint: Any = None) -> bool:
        return draft.for_another


class TheirName(_ForAnother):
    """The victim's name, where somebody else applies."""

    slug, record, heading = "their-name", "victim", "name"
    name = django.CharField(
        label="What is the name of the person you ask for?", max_length=160,
        error_messages={"required": "Enter the name of the person you ask for"},
    )  # fmt: skip


class Relation(_ForAnother):
    """How the two know each other."""

    slug, record, heading = "relation", "speaker", "relation"
    relation = django.CharField(
        label="How do you know them?", max_length=160, required=False,
        help_text="For example: I am their sister, their neighbour or their ward councillor.",
    )  # fmt: skip


class Agreed(_ForAnother):
    """The victim's consent, how and when it was given, or why it could not be asked."""

    slug, record, title = "agreed", "consent", "Have they agreed that you ask for them?"
    mark_optional = False
    intro = (
        "We need to know, as we will look at what the police, the council and others know about "
        "them. If you could not ask, tell us why. You can still send this. We will find a safe way "
        "to ask them. If they say no, we will talk with you about what we can still do."
    )
    ANSWERS = (("yes", "Yes"), ("not_asked", "I could not ask them"), ("no", "They said no"))
    GIVEN = {"yes": True, "not_asked": None, "no": False}
    agreed = django.ChoiceField(
        label="Did they agree?", choices=ANSWERS, widget=forms.Radios,
        error_messages={"required": "Choose what they said"},
    )  # fmt: skip
    how = django.CharField(
        label="How they told you, or why you could not ask", max_length=300,
        help_text="For example: she told me on the phone.",
        error_messages={"required": "Say how they told you, or why you could not ask"},
    )  # fmt: skip
    said_on = forms.DateField(
        label="The day they told you", called="The day they told you", required=False,
        help_text="Leave this empty if you could not ask.",
    )  # fmt: skip

    def read(self, name: str) -> Any:
        """The answer behind the record, which may not be there yet."""
        consent = self.draft.consent
        if consent is None:
            return None
        if name == "agreed":
            return next(said for said, given in self.GIVEN.items() if given is consent.given)
        return None if name == "said_on" and consent.given is None else getattr(consent, name)

    def clean_said_on(self) -> Any:
        """No day that is still to come."""
        day = self.cleaned_data["said_on"]
        if day and day > clock.today():
            raise ValidationError("The day they told you must be today or in the past")
        return day

    def clean(self) -> dict[str, Any]:
        """An answer has its day."""
        said = super().clean() or self.cleaned_data
        answered = said.get("agreed") in {"yes", "no"}
        if answered and "said_on" in said and not said["said_on"]:
            self.add_error("said_on", "Enter the day they told you")
        return said

    def kept(self) -> dict[str, Any]:
        """Nothing is kept of an answer before it is clear which it is."""
        said = super().kept()
        if "agreed" not in said:
            return {}
        kept = {"given": self.GIVEN[said.pop("agreed")], **said}
        kept["said_on"] = kept.get("said_on") or clock.today()
        return kept


class Homes(Question):
    """How many homes complain."""

    slug, record, heading = "homes", "application", "households"
    households = django.IntegerField(
        label="How many homes are affected?", min_value=1, max_value=MORE_THAN_ANY,
        help_text="Count your own home too. A rough number will do.",
        error_messages={
            "required": "Enter how many homes are affected",
            "invalid": "Enter a number, like 4",
            "min_value": "Enter 1 or more", "max_value": "Enter 500 or fewer",
        },
        widget=django.TextInput({"inputmode": "numeric", "class": "govuk-input--width-3"}),
    )  # fmt: skip

    @classmethod
    def applies(cls, draft: Draft, complaint: Any = None) -> bool:
        """Only where several are affected."""
        return draft.application.on_behalf == OnBehalf.SEVERAL


class SafeWay(Question):
    """How who writes may be reached."""

    slug, record, heading = "way", "speaker", "way"
    way = django.ChoiceField(
        label="What is the safest way to reach you?", choices=WAYS, widget=forms.Radios,
        help_text="We will only reach you in this way. You can change it later.",
        error_messages={"required": "Choose the safest way to reach you"},
    )  # fmt: skip


class Contact(Question):
    """The address, number or person that the safe way needs."""

    slug, record = "contact", "speaker"
    intro = "Give one that nobody else can see or hear, if you can."
    TITLES = {
        Way.EMAIL: "What email address is safe?",
        Way.TELEPHONE: "What number is safe to call?",
        Way.TEXT: "What number is safe to text?",
        Way.POST: "Where is it safe to send a letter?",
        Way.OTHER: "Who may we reach you through?",
    }
    email = django.EmailField(
        label="Email address", max_length=254, error_messages={"required": "Enter an email address"}
    )
    telephone = django.CharField(
        label="Phone number", max_length=40, error_messages={"required": "Enter a phone number"},
        widget=django.TextInput({"inputmode": "tel", "class": "govuk-input--width-20"}),
    )  # fmt: skip
    messages_are_safe = django.BooleanField(
        label="It is safe to leave a message", required=False,
        help_text="We will say who we are, but not what it is about.",
    )  # fmt: skip
    address = django.CharField(
        label="Name and address to put on the letter", max_length=500,
        widget=forms.Textarea({"rows": 4}),
        help_text="The envelope will not show who it is from.",
        error_messages={"required": "Enter the address to send a letter to"},
    )  # fmt: skip
    way_detail = django.CharField(
        label="Their name, and how to reach them", max_length=300,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Enter who we may reach you through"},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        party = getattr(self.draft, self.record)
        wanted = {drafts.NEEDS[Way(party.way)]} if party.way else set()
        if party.way == Way.TELEPHONE:
            wanted.add("messages_are_safe")
        for name in set(self.fields) - wanted:
            del self.fields[name]
        self.title = self.titles()[Way(party.way)] if party.way else "How may we reach you?"

    def titles(self) -> dict[str, str]:
        """The question, by the way that was chosen."""
        return self.TITLES

    @classmethod
    def applies(cls, draft: Draft, complaint: Any = None) -> bool:
        """Once a way was chosen."""
        return bool(draft.speaker.way)

    def clean_telephone(self) -> str:
        """A number with at least six figures."""
        typed = " ".join(self.cleaned_data["telephone"].split())
        if not TELEPHONE.fullmatch(typed):
            raise ValidationError("Enter a phone number, like 01632 960 001")
        return typed


class Times(Question):
    """When they may be reached, and what must never be done."""

    slug, record, title = "times", "speaker", "When is it safe to reach you?"
    times = django.CharField(
        label="Times that are safe", max_length=300, required=False,
        help_text="For example: weekdays from 9am to 3pm.",
    )  # fmt: skip
    never = django.CharField(
        label="Anything we must never do", max_length=300, required=False,
        help_text="For example: do not call after 6pm, or do not come to my door.",
    )  # fmt: skip


class TheirWay(_ForAnother):
    """How the victim may be reached, where somebody else applies."""

    slug, record, heading = "their-way", "victim", "way"
    THROUGH = "Through the person who applied"
    way = django.ChoiceField(
        label="May we reach them too?",
        choices=[
            (Way.OTHER, "Only through me"), (Way.EMAIL, "Yes, by email"),
            (Way.TELEPHONE, "Yes, by phone call"), (Way.TEXT, "Yes, by text message"),
            (Way.POST, "Yes, by letter"),
        ],
        widget=forms.Radios, help_text="Choose a way that is safe for them.",
        error_messages={"required": "Choose how we may reach them"},
    )  # fmt: skip

    def kept(self) -> dict[str, Any]:
        """Through whom: only one person can be meant here."""
        kept = super().kept()
        if "way" in kept:
            kept["way_detail"] = self.THROUGH if kept["way"] == Way.OTHER else ""
        return kept


class TheirContact(Contact):
    """The address or number at which the victim may be reached."""

    slug, record = "their-contact", "victim"

    def titles(self) -> dict[str, str]:
        """The question, by the way that was chosen."""
        return {
            Way.EMAIL: "What email address is safe for them?",
            Way.TELEPHONE: "What number is safe to call them on?",
            Way.TEXT: "What number is safe to text them on?",
            Way.POST: "Where is it safe to send them a letter?",
            Way.OTHER: "Who may we reach them through?",
        }

    @classmethod
    def applies(cls, draft: Draft, complaint: Any = None) -> bool:
        """Only where they may be reached themselves."""
        return draft.for_another and draft.victim.way not in {"", Way.OTHER}


class Help(Question):
    """Language, and what they need to take part."""

    slug, record, title = "help", "victim", "Do you need any help to take part?"
    title_for_another = "Do they need any help to take part?"
    language = django.CharField(label="Language, if not English", max_length=80, required=False)
    interpreter = django.BooleanField(label="An interpreter would help", required=False)
    access_needs = django.CharField(
        label="Anything else that would help", max_length=1000, required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text="For example: large print, a step-free room, or breaks.",
    )  # fmt: skip


class Place(Question):
    """Where the trouble is, and the ward."""

    slug, record, title = "place", "impact", "Where is the trouble?"
    elsewhere = {"ward": "application"}
    place = django.CharField(
        label="Address or street", max_length=300, required=False,
        help_text="If it is at more than one place, give the one where it is worst.",
    )  # fmt: skip
    postcode = django.CharField(
        label="Postcode", max_length=8, required=False,
        widget=django.TextInput({"class": "govuk-input--width-10"}),
        error_messages={"max_length": "Enter a full postcode, like AB1 2CD"},
    )  # fmt: skip
    ward = django.ModelChoiceField(
        label="Ward", queryset=None, required=False, empty_label="I am not sure",
        help_text="The part of the district. We can find it out if you are not sure.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = drafts.wards(self.draft.application.partnership)
        if offered:
            self.fields["ward"].queryset = offered
        else:
            del self.fields["ward"]

    def clean_postcode(self) -> str:
        """In capitals, with one space before the last three."""
        typed = "".join(self.cleaned_data["postcode"].split()).upper()
        if not typed:
            return ""
        if not re.fullmatch(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}", typed):
            raise ValidationError("Enter a full postcode, like AB1 2CD")
        return f"{typed[:-3]} {typed[-3:]}"


QUESTIONS = (
    Who, Name, TheirName, Relation, Agreed, Homes, SafeWay, Contact, Times, TheirWay, TheirContact,
    Help, Place,
)  # fmt: skip
