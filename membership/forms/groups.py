"""What officers fill in about groups and the places at their tables."""

from typing import Any

from django import forms as django_forms

from core import clock, forms
from core.markings import Marking
from membership.forms.asking import Asks, ReRead
from membership.forms.seats import SITS_FOR, EndForm, GivesSeat, SitsFor, agencies_to_choose
from membership.models import Agency, Group, GroupKind, Partnership

# A panel is set up by the case that needs it, with its need-to-know list.
KINDS = [choice for choice in GroupKind.choices if choice[0] != GroupKind.PANEL]
MARKINGS = forms.Radios(
    hints={
        Marking.OFFICIAL: "Everybody on the group may read its papers.",
        Marking.SENSITIVE: "Papers open only for agencies that signed the sharing agreement, "
        "under the group’s own protocol.",
    }
)


class GroupForm(Asks, forms.Form):
    """A group to set up."""

    submit = "Set up the group"
    called = {"slug": "name"}

    name = django_forms.CharField(max_length=160)
    short_name = django_forms.CharField(label="Short name", max_length=40, required=False)
    kind = django_forms.ChoiceField(
        label="What kind of group is it?", choices=[("", "Choose"), *KINDS]
    )
    purpose = django_forms.CharField(
        label="What it is for", max_length=2000, required=False, widget=django_forms.Textarea
    )
    administered_by = django_forms.ModelChoiceField(
        label="Whose officers run its business?", queryset=Group.objects.none(), required=False,
        empty_label="Its own", help_text="They see its meetings, minutes and actions.",
    )  # fmt: skip
    reports_to = django_forms.ModelChoiceField(
        queryset=Group.objects.none(), required=False, empty_label="Nobody"
    )
    default_marking = django_forms.ChoiceField(
        label="How is its business marked?", choices=Marking.choices, initial=Marking.OFFICIAL,
        widget=MARKINGS,
    )  # fmt: skip
    quorum = django_forms.IntegerField(
        required=False, min_value=1, max_value=100,
        help_text="Leave empty where the terms of reference set none.",
        widget=django_forms.NumberInput({"class": "govuk-input--width-3"}),
    )  # fmt: skip
    chair_reviewed = django_forms.BooleanField(
        label="Its chair and vice-chair are reviewed each year", required=False
    )
    starts_on = forms.DateField(label="Set up on", called="The day", initial=clock.today)

    def __init__(self, *args: Any, partnership: Partnership, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = Group.objects.visible_to(user).of(partnership).but_cases().not_over(clock.today())
        for name in ("administered_by", "reports_to"):
            self.fields[name].queryset = groups  # type: ignore[attr-defined]


class ChangeGroupForm(ReRead, forms.Form):
    """What a group is called, is for, and how its business is marked."""

    submit = "Save"

    name = GroupForm.base_fields["name"]
    short_name = django_forms.CharField(label="Short name", max_length=40)
    purpose = GroupForm.base_fields["purpose"]
    default_marking = GroupForm.base_fields["default_marking"]
    quorum = GroupForm.base_fields["quorum"]


class EndGroupForm(EndForm):
    """The day on which a group ends."""

    submit = "End the group"


class PlaceForm(GivesSeat, forms.Form):
    """A place that the group expects to be filled."""

    submit = "Add the place"

    sits_for = SitsFor(Agency.objects.none())
    starts_on = forms.DateField(label="From", called="The start", initial=clock.today)

    def __init__(self, *args: Any, group: Group, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = SitsFor(
            agencies_to_choose(group.partnership, user), label="Whose place is it?",
            help_text=SITS_FOR,
        )  # fmt: skip
        offered.error_messages["required"] = "Choose whose place it is"
        self.fields["sits_for"] = offered


class EndPlaceForm(EndForm):
    """The day from which nobody is expected in a place."""

    submit = "End the place"
