"""What officers are asked about a panel: who sits, when, what was said, found and recommended."""

from typing import Any

from django import forms as django_forms

from core import forms
from membership.models import Role
from triggers.forms.casework import text_area
from triggers.models import Voice

FREE = [("yes", "Yes, they have no part in it"), ("no", "No, they have a part in it")]
ROLES = [
    (Role.MEMBER, "Member"),
    (Role.CHAIR, "Chair: nobody whose body’s work is under review"),
    (Role.ADVISER, "Adviser, who has no say in what is decided"),
]


def _yes(label: str, choices: Any, **more: Any) -> Any:
    return django_forms.TypedChoiceField(
        label=label, choices=choices, coerce=lambda value: value == "yes", widget=forms.Radios(),
        **more,
    )  # fmt: skip


def _role() -> Any:
    return django_forms.ChoiceField(label="As what?", choices=ROLES, widget=forms.Radios())


class AskOntoPanelForm(forms.Form):
    """Who of the standing panel was asked, and what they said."""

    submit = "Save"
    held = django_forms.ModelChoiceField(
        None, label="Who was asked?", widget=forms.Radios(), empty_label=None,
        error_messages={"required": "Choose who was asked"},
    )  # fmt: skip
    role = _role()
    free = _yes(
        "Are they free of any part in the case?", FREE,
        help_text="Ask by telephone. Say what it is about and where, and which bodies were "
        "complained to. Ask whether they dealt with it, or know anybody in it.",
    )  # fmt: skip
    said = text_area(
        "What did they say?", most=4000, required=False,
        help_text="Needed where they are not free. The case’s officers read it.",
    )  # fmt: skip
    mark_optional = False

    def __init__(self, *args: Any, pool: Any, parts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["held"]
        field.queryset = pool
        field.label_from_instance = lambda seat: _who(seat, parts)


def _who(seat: Any, parts: Any) -> str:
    why = parts(seat.agency)
    part = f"its work is under review, because {why}" if why else "it has no part in the case"
    return f"{seat.person}, {seat.agency}: {part}"


class InviteForm(forms.Form):
    """Somebody from outside."""

    submit = "Invite them"
    name = django_forms.CharField(label="Name", max_length=120)
    email = django_forms.EmailField(label="Their work email address", max_length=254)
    agency = django_forms.ModelChoiceField(
        None, label="For which body?", empty_label="Choose a body",
        help_text="Only bodies that have signed the sharing agreement: the case opens to no other.",
    )  # fmt: skip
    role = _role()
    free = _yes("Are they free of any part in the case?", FREE)
    said = text_area("What did they say?", most=4000, required=False)
    mark_optional = False

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = bodies


class CheckForm(forms.Form):
    """What came of it when somebody said that a member has a part in the case."""

    submit = "Save"
    said = text_area("What was alleged, and what did you find out?", rows=4, most=4000)
    free = _yes(
        "What follows?",
        [("yes", "They have no part in it, and stay"), ("no", "They have a part in it, and go")],
    )  # fmt: skip


class StepDownForm(forms.Form):
    """Why somebody leaves a panel themselves."""

    submit = "Leave the panel"
    look = "govuk-button--warning"
    said = text_area(
        "Why are you not free?", most=4000,
        help_text="For example, that you know somebody in it. The case’s officers read it.",
    )  # fmt: skip


class MeetingForm(forms.Form):
    """When and where the panel sits."""

    submit = "Set the meeting"
    on = forms.DateField(label="Date")
    starts_at = forms.TimeField(label="Starts", help_text="For example, 10am or 14:30")
    ends_at = forms.TimeField(label="Ends")
    venue = django_forms.CharField(
        label="Where", max_length=200, required=False,
        help_text="A place where the victim would not meet who they complain of.",
    )  # fmt: skip
    online = django_forms.BooleanField(label="People may also join online", required=False)
    meant = django_forms.BooleanField(label="Meet on this day all the same", required=False)
    mark_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            del self.fields["meant"]


class VoiceForm(forms.Form):
    """How the victim was heard, and what they said."""

    submit = "Save"
    how = django_forms.ChoiceField(
        label="How were they heard?", widget=forms.Radios(),
        choices=[
            (Voice.IN_PERSON, "They spoke to the panel, or to us for the panel"),
            (Voice.IN_WRITING, "They wrote"),
            (Voice.ADVOCATE, "Somebody spoke for them"),
            (Voice.NO, "They chose not to take part"),
        ],
    )  # fmt: skip
    spoken_by = django_forms.CharField(
        label="Who spoke for them?", max_length=200, required=False,
        help_text="Only where somebody did.",
    )  # fmt: skip
    on = forms.DateField(label="When?")
    words = text_area(
        "What did they say?", rows=8, most=20_000, required=False,
        help_text="In their own words, as far as you can. Where they chose not to take part: why, "
        "if they said.",
    )  # fmt: skip
    mark_optional = False


class HoldForm(forms.Form):
    """That the panel sat."""

    submit = "Save"
    on = forms.DateField(label="On which day did the panel sit?")
    not_heard = text_area(
        "Why was the victim not heard?", required=False,
        help_text="For example, that they could not be reached in any safe way.",
    )  # fmt: skip
    mark_optional = False

    def __init__(self, *args: Any, heard: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if heard:
            del self.fields["not_heard"]


class FindingForm(forms.Form):
    """Something that the panel found."""

    submit = "Save the finding"
    also = ("again", "Save and add another")
    text = text_area("What did the panel find?", rows=4, most=4000)
    agency = django_forms.ModelChoiceField(
        None, label="About which body?", required=False, empty_label="None: in general"
    )
    mark_optional = False

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = bodies


class RecommendationForm(forms.Form):
    """What the panel recommends, to whom."""

    submit = "Save the recommendation"
    also = ("again", "Save and add another")
    agency = django_forms.ModelChoiceField(
        None, label="To which body?", empty_label="Choose a body"
    )
    text = text_area(
        "What does the panel recommend?",
        help_text="Name nobody, and no street: the body, the board and the scrutiny committee "
        "read it.",
    )  # fmt: skip
    why = text_area(
        "Why?", most=4000, required=False, help_text="For the body only. Name nobody here either."
    )
    due_on = forms.DateField(
        label="By when should it be done?", required=False,
        help_text="The body sets its own date when it accepts.",
    )  # fmt: skip
    sure = django_forms.BooleanField(
        label="Nobody is meant by these words: they only look like a name or an address",
        required=False,
    )  # fmt: skip
    mark_optional = False

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = bodies
        if not self.is_bound:
            del self.fields["sure"]


class FinishForm(forms.Form):
    """What the panel concluded."""

    submit = "Finish the review"
    summary = text_area(
        "What did the panel conclude, in sum?", rows=6, most=8000,
        help_text="The letter to the applicant starts from it. Use plain words.",
    )  # fmt: skip


class RespondForm(forms.Versioned, forms.Form):
    """What a body says to a recommendation."""

    submit = "Send the answer"
    accepted = _yes(
        "Does your organisation accept it?",
        [("yes", "Yes, we will do it"), ("no", "No, and we say why")],
        error_messages={"required": "Choose whether it is accepted"},
    )  # fmt: skip
    due_on = forms.DateField(
        label="If so: by when will it be done?", required=False,
        help_text="It becomes an action of yours, which the board watches until it is done.",
    )  # fmt: skip
    post = django_forms.ModelChoiceField(
        None, label="Who will see to it?", required=False, empty_label="Nobody in particular yet"
    )
    reason = text_area(
        "If not: why? If so: anything to add?", rows=4, most=4000, required=False,
        help_text="You must consider it, but you need not do it. Name nobody.",
    )  # fmt: skip
    mark_optional = False

    def __init__(self, *args: Any, posts: Any, body: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = posts
        if body:
            self.fields["accepted"].label = f"Does {body} accept it?"
