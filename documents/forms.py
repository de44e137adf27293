"""What people fill in: a file, an exception, a line of the record of sharing."""

import datetime
from typing import Any

import django.forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy

from core import clock, forms
from documents import queries
from documents.checks import Checked, check_upload, kinds, scanner
from documents.models import Document, SharingRecord
from membership.forms.asking import ReRead
from membership.models import Partnership

UNSCANNED = "No virus scanner is set up here, so only the type and the structure are checked."


def taken(first: str = "") -> str:
    """What kinds of file are taken, and whether anybody looks for viruses, asked page by page."""
    said = first or f"{kinds.SAYS[0].upper()}{kinds.SAYS[1:]}, up to 25 MB."
    return said if scanner.in_use() else f"{said} {UNSCANNED}"


class PaperField(django.forms.FileField):
    """A file for a paper. It gives what ``check_upload`` found, and the workflow takes that."""

    widget = django.forms.FileInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "File")
        kwargs["help_text"] = lazy(taken, str)(kwargs.get("help_text", ""))
        super().__init__(**kwargs)
        self.widget.attrs["accept"] = kinds.ACCEPT

    def to_python(self, value: Any) -> Any:
        """Leave the size to the checks, whose sentence says how large it was."""
        return value or None

    def clean(self, value: Any, initial: Any = None) -> Checked | None:
        """The checked file. Raises ``ValidationError`` with what is wrong with it."""
        file = super().clean(value, initial)
        return check_upload(file) if file else None


class ChangeForm(ReRead, forms.Form):
    """What a paper is called, and how it is to be handled."""

    submit = "Save"

    title = django.forms.CharField(
        label="Title", max_length=200,
        help_text="Name nobody in it. What has been sent out keeps the title that it had.",
    )  # fmt: skip
    handling_note = django.forms.CharField(
        label="Handling instruction", max_length=300, required=False,
        help_text="For example, do not forward; destroy after the meeting.",
    )  # fmt: skip


class VersionForm(forms.Form):
    """A newer version of a paper."""

    submit = "Send in this version"
    file = PaperField()


class NoteForm(forms.Form):
    """What a reader writes down for themselves. ``action`` is where it is sent, if not here."""

    submit = "Save the note"
    action = ""

    text = django.forms.CharField(
        label="Your note", max_length=4000, widget=forms.Textarea({"rows": 4}),
        help_text="Nobody else sees it: no colleague, no officer, no administrator.",
    )  # fmt: skip
    page = django.forms.IntegerField(
        label="Page", required=False, min_value=1, max_value=9999,
        widget=django.forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-4"}),
        error_messages={
            "invalid": "The page must be a number",
            "min_value": "Pages are counted from 1",
            "max_value": "Enter a page of the paper",
        },
    )  # fmt: skip

    @property
    def helper(self) -> Any:
        """Sent to the address that keeps notes, also from the paper's own page."""
        helper = super().helper
        helper.form_action = self.action
        return helper


class OpeningForm(forms.Form):
    """An officer's exception to the sharing gate."""

    submit = "Open the paper to this agency"
    look = "govuk-button--warning"

    agency = django.forms.ModelChoiceField(
        queryset=None, label="Agency", empty_label=None, widget=forms.Radios
    )
    reason = django.forms.CharField(
        label="Why it cannot wait",
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text="It goes into the record of sharing. Name nobody who is at risk.",
    )
    lawful_gateway = django.forms.CharField(
        label="Lawful gateway",
        max_length=300,
        help_text="The law that allows it, for example Crime and Disorder Act 1998 section 115.",
    )
    closes_at = forms.DateField(
        label="Open until the end of",
        called="The last day",
        help_text="30 days at most. It closes by itself, and you can close it before.",
    )

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        protocol = queries.protocol_in_force(document.group, today)
        self.fields["agency"].queryset = queries.may_be_opened_to(document, today)
        self.initial.setdefault("lawful_gateway", protocol.lawful_gateway if protocol else "")

    def clean_closes_at(self) -> datetime.datetime:
        """The first moment at which it is closed: midnight after the last day."""
        last_day: datetime.date = self.cleaned_data["closes_at"]
        if last_day.year > 2900:
            raise ValidationError("A paper can be opened for 30 days at most")
        return clock.london(last_day + datetime.timedelta(days=1), datetime.time())


class SharingForm(forms.Versioned, forms.ModelForm):
    """One line of the record of sharing."""

    submit = "Save this line"

    class Meta:
        model = SharingRecord
        fields = [
            "on", "what", "shared_by", "shared_with", "recipient", "protocol", "lawful_gateway",
            "reason", "repeats", "group",
        ]  # fmt: skip
        labels = {
            "on": "Date shared",
            "what": "What was shared",
            "recipient": "Who received it",
            "protocol": "Frequent Sharing Protocol",
            "lawful_gateway": "Lawful gateway",
            "reason": "Why it was shared",
            "repeats": "How often",
            "group": "Group whose matter it is",
        }
        help_texts = {
            "what": "In a few words. Name nobody who is at risk.",
            "recipient": "The person or the team.",
            "protocol": "Leave empty if it was shared outside a protocol.",
            "lawful_gateway": "For example, Crime and Disorder Act 1998 section 115.",
            "repeats": "Such as monthly. Leave empty if it was shared once.",
            "group": "Only officers of that group then see the line.",
        }

    def __init__(self, *args: Any, user: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = queries.agencies_of(user, partnership)
        for name, choices, none in [
            ("shared_by", agencies, "Choose an agency"),
            ("shared_with", agencies, "Choose an agency"),
            ("protocol", queries.protocols_served(user, partnership), "None"),
            ("group", queries.groups_served(user, partnership), "The partnership as a whole"),
        ]:
            self.fields[name].queryset = choices
            self.fields[name].empty_label = none
        if self.instance._state.adding:
            self.initial.setdefault("on", clock.today())


class SharingFilter(forms.FilterForm):
    """Which part of the record of sharing to show."""

    agency = django.forms.ModelChoiceField(queryset=None, empty_label="All agencies")
    protocol = django.forms.ModelChoiceField(queryset=None, empty_label="All protocols")
    since = forms.DateField(label="From", called="From", widget=forms.DateText)
    until = forms.DateField(label="To", called="To", widget=forms.DateText)
    show = django.forms.ChoiceField(
        choices=[(each, each) for each in queries.FORMS], widget=django.forms.HiddenInput
    )

    def __init__(self, *args: Any, user: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = queries.agencies_of(user, partnership)
        self.fields["protocol"].queryset = queries.protocols_served(user, partnership)

    @property
    def choice(self) -> queries.Choice:
        """What was chosen; a choice that cannot be read narrows nothing."""
        self.is_valid()
        chosen = getattr(self, "cleaned_data", {})
        return queries.Choice(
            agency=chosen.get("agency"),
            protocol=chosen.get("protocol"),
            since=chosen.get("since"),
            until=chosen.get("until"),
            form=chosen.get("show") or "",
        )
