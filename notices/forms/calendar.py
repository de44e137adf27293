"""What officers fill in about duties, their turns and proclaimed days."""

from typing import Any

from django import forms as django_forms

from core import clock, forms
from core.dates import MONTHS, longdate
from membership.forms.asking import Asks
from notices.models import Audience, Cycle, Every, Turn

OWNERS = [
    (Audience.OFFICERS.value, "Officers"),
    (Audience.CHAIR.value, "The chair"),
    (Audience.VICE_CHAIR.value, "The vice-chair"),
]


class MoveForm(Asks, forms.Form):
    """Another date for a turn of a duty."""

    submit = "Move the date"

    due_on = forms.DateField(label="New date", called="The new date")
    reason = django_forms.CharField(
        label="Why it is moved", max_length=300,
        help_text="Everybody who reads the calendar can see this.",
        error_messages={"required": "Say why the date is moved"},
    )  # fmt: skip

    def __init__(self, *args: Any, turn: Turn, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].help_text = f"Now {longdate(turn.due_on)}. For example, 31 3 2027"


class DoneForm(Asks, forms.Form):
    """That a duty was done."""

    submit = "Record that it is done"

    on = forms.DateField(label="When was it done?", called="The day", initial=clock.today)
    where = django_forms.CharField(
        label="Where that can be seen", max_length=300, required=False,
        help_text="The address of a page, or words such as “minute 4.2 of 9 December 2026”. No "
        "names of people.",
    )  # fmt: skip


class CycleForm(Asks, forms.Form):
    """A duty that comes round."""

    submit = "Add the duty"

    title = django_forms.CharField(
        label="What is to be done?", max_length=200,
        help_text="For example, Publish the year’s performance report",
        error_messages={"required": "Enter what is to be done"},
    )  # fmt: skip
    source = django_forms.CharField(
        label="Who asks for it?", max_length=300,
        help_text="A law, a clause of the terms of reference, or a decision of the board",
        error_messages={"required": "Enter who asks for it: a law, a clause, a decision"},
    )  # fmt: skip
    owner = django_forms.ChoiceField(
        label="Who sees to it?", choices=OWNERS, initial=Audience.OFFICERS,
        widget=forms.Radios(small=True),
    )  # fmt: skip
    every = django_forms.ChoiceField(
        label="How often?", choices=Every.choices, initial=Every.YEAR,
        widget=forms.Radios(
            small=True, hints={"quarter": "Also three, six and nine months after the date below"}
        ),
    )  # fmt: skip
    day = django_forms.IntegerField(
        label="Day of the month", min_value=1, max_value=31,
        help_text="From 1 to 31. In shorter months it is due on the last day",
    )  # fmt: skip
    month = django_forms.TypedChoiceField(
        label="Month", coerce=int, choices=[(n, MONTHS[n]) for n in range(1, 13)]
    )
    starts_on = forms.DateField(
        label="From which day on?", called="The start", initial=clock.today,
        help_text="It falls due for the first time on or after this day.",
    )  # fmt: skip


class ChangeCycleForm(CycleForm):
    """A change of a duty."""

    submit = "Save"

    reason = django_forms.CharField(
        label="Why is it changed?", max_length=300,
        error_messages={"required": "Say why the duty is changed"},
    )  # fmt: skip

    def __init__(self, *args: Any, cycle: Cycle, **kwargs: Any) -> None:
        names = ("title", "source", "owner", "every", "day", "month", "starts_on")
        kwargs.setdefault("initial", {name: getattr(cycle, name) for name in names})
        super().__init__(*args, **kwargs)


class EndCycleForm(Asks, forms.Form):
    """That a duty is not asked for any more."""

    submit = "End the duty"
    look = "govuk-button--warning"

    on = forms.DateField(
        label="From which day on is it not asked for?", called="The day", initial=clock.today
    )
    reason = django_forms.CharField(
        label="Why?", max_length=300,
        error_messages={"required": "Say why it is not asked for any more"},
    )  # fmt: skip


class ProclaimForm(Asks, forms.Form):
    """A bank holiday that the list does not have, or has and should not."""

    submit = "Enter the day"

    day = forms.DateField(label="Which day?", called="The day")
    name = django_forms.CharField(
        label="What is it called?", max_length=120,
        help_text="For example, Bank holiday for the coronation",
    )  # fmt: skip
    holiday = django_forms.TypedChoiceField(
        label="What is it?", coerce=lambda value: value == "yes", initial="yes",
        choices=[("yes", "A bank holiday"), ("no", "A working day after all")],
        widget=forms.Radios(
            small=True, hints={"no": "A bank holiday of the list that was moved or taken back"}
        ),
    )  # fmt: skip
