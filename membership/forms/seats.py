"""What officers fill in about people and their seats."""

import datetime
from typing import Any

from django import forms as django_forms
from django.db.models import Exists, OuterRef, Prefetch, Q

from accounts.models import User
from core import clock, forms
from core.dates import longdate
from membership.forms.asking import Asks, ReRead
from membership.models import Agency, Group, Partner, Partnership, Post, Role, Seat
from membership.queries import in_order, known_agencies, known_people

UNTIL = "The first day without it. Leave empty for a seat with no set end."


class SitsFor(django_forms.ChoiceField):
    """An agency, or one of its posts; gives both. One list, so that it needs no script."""

    def __init__(self, agencies: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Sits for")
        super().__init__(**kwargs)
        self.error_messages["invalid_choice"] = "Choose from the list"
        self.found: dict[str, tuple[Agency, Post | None]] = {}
        choices: list[Any] = [("", "Choose")]
        for agency in agencies.order_by("name", "-starts_on"):
            mine = {f"a-{agency.pk}": (agency, None)}
            for post in agency.posts.all():
                if post.ends_on is None or agency.ends_on:
                    mine[f"p-{post.pk}"] = (agency, post)
            until = f" (until {longdate(agency.ends_on)})" if agency.ends_on else ""
            named = [
                (key, f"{post}, {agency.short_name}" if post else f"{agency.name}{until}")
                for key, (_, post) in mine.items()
            ]
            choices.append((agency.name + until, named) if len(named) > 1 else named[0])
            self.found |= mine
        self.choices = choices

    def clean(self, value: Any) -> tuple[Agency, Post | None] | None:
        """The agency and, where one was chosen, the post."""
        return self.found.get(super().clean(value))

    @staticmethod
    def key(agency: Agency, post: Post | None = None) -> str:
        """How a choice is written in an address."""
        return f"p-{post.pk}" if post else f"a-{agency.pk}"


def agencies_to_choose(partnership: Partnership, user: Any) -> Any:
    """The agencies of the partnership with their posts, and bodies that are partners of none.

    That a body exists is no secret; which posts of it anybody sits for may be one.
    """
    nowhere = ~Exists(Partner.objects.filter(agency=OuterRef("pk")).order_by())
    known = known_agencies(partnership, user).values("pk")
    posts = Prefetch("posts", Post.objects.filter(agency__in=known))
    return Agency.objects.filter(Q(pk__in=known) | nowhere).prefetch_related(posts)


class GivesSeat(Asks):
    """What every form that gives a seat has in common."""

    called = {"agency": "sits_for", "post": "sits_for"}

    def given(self) -> dict[str, Any]:
        """The agency and the post apart."""
        agency, post = self.cleaned_data["sits_for"]
        rest = {name: each for name, each in self.cleaned_data.items() if name != "sits_for"}
        return {**rest, "agency": agency, "post": post}


class SeatForm(GivesSeat, forms.Form):
    """A seat for somebody who is known already."""

    submit = "Give the seat"

    person = django_forms.ModelChoiceField(queryset=User.objects.none(), empty_label="Choose")
    role = django_forms.ChoiceField(
        choices=Role.choices, initial=Role.MEMBER, widget=forms.Radios(small=True)
    )
    sits_for = SitsFor(Agency.objects.none())
    substitute_for = django_forms.ModelChoiceField(
        queryset=Seat.objects.none(), required=False, empty_label="Nobody",
        help_text="Choose whom they stand in for, or nobody if they sit in their own right.",
    )  # fmt: skip
    starts_on = forms.DateField(label="From", called="The start", initial=clock.today)
    ends_on = forms.DateField(label="Until", called="The end", help_text=UNTIL, required=False)

    def __init__(self, *args: Any, group: Group, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partnership = group.partnership
        _fill(self, "person", known_people(partnership, user).filter(is_active=True))
        _offer(self, partnership, user)
        _fill(self, "substitute_for", _substituted(group, clock.today()))


class InviteForm(GivesSeat, forms.Form):
    """Somebody to ask in, and the seat that they get."""

    submit = "Send the invitation"
    called = {**GivesSeat.called, "person": "email"}

    name = django_forms.CharField(label="Full name", max_length=120)
    email = django_forms.EmailField(
        label="Email address", max_length=254,
        help_text="Their work address. The invitation goes there, and they sign in with it.",
    )  # fmt: skip
    telephone = django_forms.CharField(max_length=40, required=False)
    group = django_forms.ModelChoiceField(queryset=Group.objects.none(), empty_label="Choose")
    role = SeatForm.base_fields["role"]
    sits_for = SitsFor(Agency.objects.none())
    starts_on = SeatForm.base_fields["starts_on"]
    ends_on = SeatForm.base_fields["ends_on"]

    def __init__(self, *args: Any, partnership: Partnership, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = Group.objects.visible_to(user).of(partnership).but_cases().not_over(clock.today())
        _fill(self, "group", groups)
        _offer(self, partnership, user)


class CorrectInvitationForm(Asks, forms.Form):
    """Another address for an invitation that nobody has accepted."""

    submit = "Send the invitation"
    email = django_forms.EmailField(label="Email address", max_length=254)


class RenewForm(ReRead, forms.Form):
    """Until when a seat runs."""

    submit = "Save the new end"
    ends_on = forms.DateField(label="Until", called="The end", help_text=UNTIL, required=False)


class EndForm(Asks, forms.Form):
    """The day on which something ends."""

    submit = "End it"
    look = "govuk-button--warning"
    on = forms.DateField(
        label="On which day does it end?", called="The day", initial=clock.today,
        help_text="The first day without it.",
    )  # fmt: skip


class EndSeatForm(EndForm):
    """The day on which a seat and its access end."""

    submit = "End the seat"


class MoveForm(GivesSeat, forms.Form):
    """Another seat in the place of this one, from a day."""

    submit = "Move them"

    group = django_forms.ModelChoiceField(queryset=Group.objects.none(), empty_label=None)
    role = SeatForm.base_fields["role"]
    sits_for = SitsFor(Agency.objects.none())
    on = forms.DateField(label="From", called="The day", initial=clock.today)
    ends_on = forms.DateField(label="Until", called="The end", help_text=UNTIL, required=False)

    def __init__(self, *args: Any, seat: Seat, user: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "group": seat.group_id, "role": seat.role, "ends_on": seat.ends_on,
            "sits_for": SitsFor.key(seat.agency, seat.post),
        }  # fmt: skip
        super().__init__(*args, **kwargs)
        partnership = seat.group.partnership
        groups = Group.objects.visible_to(user).of(partnership).but_cases().not_over(clock.today())
        _fill(self, "group", groups)
        _offer(self, partnership, user)


def _offer(form: Any, partnership: Partnership, user: Any) -> None:
    offered = SitsFor(agencies_to_choose(partnership, user), help_text=SITS_FOR)
    offered.error_messages["required"] = "Choose whom they sit for"
    form.fields["sits_for"] = offered


SITS_FOR = "An agency, or a post there. A vacancy of a post is filled by its holder only."


def _fill(form: Any, name: str, queryset: Any) -> None:
    form.fields[name].queryset = queryset


def _substituted(group: Group, day: datetime.date) -> Any:
    return in_order(Seat.objects.not_over(day).filter(group=group, substitute_for__isnull=True))
