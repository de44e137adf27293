"""What people fill in about actions."""

import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms as django_forms

from actions import queries
from actions.models import Action, Status
from actions.workflow import MOVES, ORIGIN, REASON, TEXT
from core import clock, forms
from core.dates import tabledate
from core.markings import Marking
from documents.forms import PaperField
from membership.models import Agency, Partnership, Post

SHORT = django_forms.Textarea(attrs={"rows": 3})


class OwnerField(django_forms.ChoiceField):
    """An agency that is a partner on a day, or one of its posts; gives both."""

    def __init__(self, partnership: Partnership, on: datetime.date, **more: Any) -> None:
        self.owners = queries.possible_owners(partnership, on)
        choices = [("", "Choose"), *((key, owner.words) for key, owner in self.owners.items())]
        super().__init__(choices=choices, **more)

    def clean(self, value: Any) -> tuple[Agency, Post | None] | None:
        """The agency and, where one was chosen, the post."""
        key = super().clean(value)
        owner = self.owners.get(key)
        return (owner.agency, owner.post) if owner else None


class FilterForm(forms.FilterForm):
    """The row of choices above the register. Each choice says what it would leave."""

    agency = django_forms.ChoiceField()
    person = django_forms.ChoiceField()
    group = django_forms.ChoiceField(label="From")
    words = django_forms.CharField(
        max_length=100, widget=django_forms.TextInput({"type": "search"})
    )
    view = django_forms.ChoiceField(
        choices=list(queries.VIEWS.items()), widget=django_forms.HiddenInput
    )
    sort = django_forms.CharField(max_length=20, widget=django_forms.HiddenInput)

    def __init__(self, *args: Any, tally: queries.Tally, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = _counted("All agencies", tally.agencies)  # type: ignore[attr-defined]
        self.fields["person"].choices = _counted("Anybody", tally.people)  # type: ignore[attr-defined]
        self.fields["group"].choices = _counted("Anywhere", tally.groups)  # type: ignore[attr-defined]


def _counted(every: str, counts: dict[str, tuple[str, int]]) -> list[tuple[str, str]]:
    return [("", every), *((slug, f"{name} ({n})") for slug, (name, n) in counts.items())]


class MakeForm(forms.Form):
    """A new action of a group, outside a meeting's minutes."""

    submit = "Add the action"

    text = django_forms.CharField(
        label="What is to be done", max_length=TEXT,
        help_text="Begin with a verb, for example: Publish the domestic abuse service directory",
    )  # fmt: skip
    detail = django_forms.CharField(required=False, widget=django_forms.Textarea(attrs={"rows": 4}))
    due_on = forms.DateField(label="When is it due?", called="The due date")
    marking = django_forms.ChoiceField(
        choices=Marking.choices,
        widget=forms.Radios(
            hints={
                Marking.OFFICIAL: "Everybody who sits on the group can read it",
                Marking.SENSITIVE: "Only those whose agency has signed the sharing agreement",
            }
        ),
    )
    raised_in = django_forms.CharField(
        label="Where it came from", max_length=ORIGIN,
        help_text="For example, a call with the police on 3 November",
    )  # fmt: skip

    field_order = ("text", "detail", "owner", "due_on", "marking", "raised_in")

    def __init__(
        self, *args: Any, partnership: Partnership, on: datetime.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = forms.dressed(
            OwnerField(partnership, on, label="Who is to do it?"), "Who is to do it?"
        )
        self.order_fields(self.field_order)


class UpdateForm(forms.Versioned, forms.Form):
    """What has happened, how far it is, and a file that shows it."""

    submit = "Save the update"

    text = django_forms.CharField(
        widget=SHORT, error_messages={"required": "Enter what has happened"}
    )
    status = django_forms.ChoiceField(label="How far is it?", widget=forms.Radios(small=True))
    evidence = PaperField(required=False, label="A file that shows it")

    def __init__(self, *args: Any, action: Action, since: datetime.datetime | None,
                 url: str, **kwargs: Any) -> None:  # fmt: skip
        super().__init__(*args, version=action.version, **kwargs)
        self.url = url
        self.fields["text"].label = (
            f"What has happened since {tabledate(since, clock.today())}?"
            if since
            else "What has happened?"
        )
        words = {Status.SAYS_DONE: "Done. An officer will confirm"}
        moves = MOVES["update"].get(action.status, ())
        self.fields["status"].choices = [  # type: ignore[attr-defined]
            (status, words.get(Status(status), Status(status).label)) for status in moves
        ]
        if Status.IN_PROGRESS in moves:
            self.initial.setdefault("status", max(action.status, Status.IN_PROGRESS, key=_far))
        self.fields[
            "evidence"
        ].help_text += (
            f" It becomes a paper of {action.group}, marked {Marking(action.marking).label}."
        )

    @property
    def helper(self) -> FormHelper:
        """Sent to the update's own address, from whatever page it stands on."""
        helper = super().helper
        helper.form_action = self.url
        return helper


def _far(status: str) -> int:
    return Status.values.index(status)


class MoveForm(forms.Versioned, forms.Form):
    """Another due date, and why."""

    submit = "Move the due date"

    due_on = forms.DateField(label="New due date")
    reason = django_forms.CharField(
        label="Why does it move?", max_length=REASON, widget=SHORT,
        help_text="The first date stays, and lateness is still counted from it",
    )  # fmt: skip


class ConfirmForm(forms.Versioned, forms.Form):
    """Nothing to fill in: only which state of the action was read."""

    submit = "Confirm that it is done"


class ReopenForm(forms.Versioned, forms.Form):
    """Why the action is not done after all."""

    submit = "Open it again"

    reason = django_forms.CharField(
        label="What is still to be done?", max_length=REASON, widget=SHORT
    )


class SendBackForm(ReopenForm):
    """The same, for what the owner only says is done."""

    submit = "Send it back"


class DropForm(forms.Versioned, forms.Form):
    """Why the action will not be done."""

    submit = "Drop this action"
    look = "govuk-button--warning"

    reason = django_forms.CharField(
        label="Why will it not be done?", max_length=REASON, widget=SHORT
    )


class HandOverForm(forms.Versioned, forms.Form):
    """Who is to do it instead."""

    submit = "Hand it over"

    reason = django_forms.CharField(
        label="Why does it go to them?", max_length=REASON, widget=SHORT
    )

    def __init__(
        self, *args: Any, partnership: Partnership, on: datetime.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = forms.dressed(
            OwnerField(partnership, on, label="Who is to do it from now on?"),
            "Who is to do it from now on?",
        )
        self.order_fields(("owner", "reason"))
