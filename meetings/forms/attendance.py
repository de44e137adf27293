"""Who comes: one's own answer, and what officers record of everybody."""

from typing import Any

import django.forms
from django.db.models import QuerySet

from accounts.models import User
from core import forms
from meetings.models import Meeting, Presence
from meetings.queries.attendance import Person, Roll, possible_substitutes
from meetings.workflow.attendance import ANSWERS, NAME, recordable
from membership.models import Agency, Partner

SAYS = {
    Presence.COMING.value: "Yes, I am coming",
    Presence.APOLOGIES.value: "No, I send apologies",
    Presence.SUBSTITUTED.value: "No, somebody else comes in my place",
}


class SubstituteField(django.forms.ModelChoiceField):
    """Somebody with an account who may come in another's place."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("label", "Substitute who has an account")
        super().__init__(
            queryset=User.objects.none(), required=False, empty_label="Nobody with an account",
            **more,
        )  # fmt: skip


class SayForm(forms.Form):
    """One's own answer to a meeting."""

    submit = "Send my answer"
    heading = "presence"

    presence = django.forms.ChoiceField(
        label="Are you coming?", choices=[(each.value, SAYS[each.value]) for each in ANSWERS],
        widget=forms.Radios,
    )  # fmt: skip
    substitute = SubstituteField(
        help_text="If you send a substitute. They speak for your agency at this meeting."
    )
    substitute_name = django.forms.CharField(
        label="Or the substitute’s name", max_length=NAME, required=False
    )

    def __init__(self, *args: Any, people: QuerySet[User], **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["substitute"]
        field.queryset = people

    def clean(self) -> dict[str, Any]:
        """A substitute has a name; nobody else needs one."""
        cleaned = super().clean() or {}
        sends = cleaned.get("presence") == Presence.SUBSTITUTED
        named = cleaned.get("substitute") or (cleaned.get("substitute_name") or "").strip()
        if sends and not named and not self.errors:
            self.add_error("substitute_name", "Enter who comes in your place")
        return cleaned


class RecordForm(forms.Form):
    """How each member stands to the meeting: one choice beside each name."""

    submit = ""

    def __init__(self, *args: Any, meeting: Meeting, roll: Roll, **more: Any) -> None:
        super().__init__(*args, **more)
        self.roll = roll
        choices = [(each.value, each.label) for each in recordable(meeting)]
        for person in roll.people:
            known = [value for value, _ in choices]
            own = [] if person.presence in known else [
                (person.presence, Presence(person.presence).label)
            ]  # fmt: skip
            self.fields[person.key] = django.forms.ChoiceField(
                label=person.name, choices=[*own, *choices], initial=person.presence,
                required=False,
            )  # fmt: skip

    @property
    def lines(self) -> list[tuple[Person, Any]]:
        """Each person with the field beside the name."""
        return [(person, self[person.key]) for person in self.roll.people]

    @property
    def presences(self) -> dict[str, str]:
        """What was chosen, by key; a name that was not sent is left as it is."""
        return {key: value for key, value in self.cleaned_data.items() if value}


class SubstituteForm(forms.Form):
    """Who comes instead of whom."""

    submit = "Add the substitute"
    prefix = "substitute"

    instead_of = django.forms.ChoiceField(label="Instead of")
    substitute = SubstituteField()
    substitute_name = django.forms.CharField(
        label="Or the substitute’s name", max_length=NAME, required=False
    )

    def __init__(self, *args: Any, meeting: Meeting, roll: Roll, user: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        chosen: Any = self.fields["instead_of"]
        chosen.choices = [(person.key, f"{person.name}, {person.agency}") for person in roll.people]
        field: Any = self.fields["substitute"]
        field.queryset = possible_substitutes(meeting, roll, user)

    @property
    def words(self) -> dict[str, Any]:
        """What the workflow is asked to keep."""
        cleaned = self.cleaned_data
        return {
            "key": cleaned["instead_of"], "name": cleaned["substitute_name"],
            "substitute": cleaned["substitute"],
        }  # fmt: skip


class InAttendanceForm(forms.Form):
    """Somebody without a seat who is there."""

    submit = "Add to those in attendance"
    prefix = "attending"

    name = django.forms.CharField(label="Name", max_length=NAME)
    agency = django.forms.ModelChoiceField(queryset=None, label="For", empty_label="Choose")
    post = django.forms.CharField(label="Post", max_length=NAME, required=False)

    def __init__(self, *args: Any, meeting: Meeting, **more: Any) -> None:
        super().__init__(*args, **more)
        partners = Partner.objects.on(meeting.on).filter(partnership=meeting.partnership)
        field: Any = self.fields["agency"]
        field.queryset = Agency.objects.filter(pk__in=partners.values("agency")).order_by("name")

    @property
    def words(self) -> dict[str, Any]:
        """What the workflow is asked to keep."""
        return self.cleaned_data
