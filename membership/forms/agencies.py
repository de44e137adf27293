"""What officers fill in about agencies, their posts, and their places in the partnership."""

from typing import Any

from django import forms as django_forms
from django.db.models import Exists, OuterRef

from accounts.models import User
from core import clock, forms
from membership.forms.asking import Asks, ReRead
from membership.forms.seats import EndForm
from membership.models import Agency, AgencyKind, Partner, Partnership
from membership.queries import known_people

KINDS = [("", "Choose"), *AgencyKind.choices]
BASIS = (
    "For a responsible authority, the law that makes it one. "
    "For example, Crime and Disorder Act 1998 section 5"
)


class AgencyForm(Asks, forms.Form):
    """A body that is not in the list yet."""

    submit = "Add the agency"
    called = {"slug": "name"}

    name = django_forms.CharField(label="Full name", max_length=160)
    short_name = django_forms.CharField(
        label="Name in tables", max_length=60, required=False,
        help_text="Shorter, if the full name is long. For example, NHS Kent and Medway",
    )  # fmt: skip
    kind = django_forms.ChoiceField(label="What sort of body is it?", choices=KINDS)
    statutory_basis = django_forms.CharField(
        label="Statutory basis", max_length=200, required=False, help_text=BASIS
    )
    starts_on = forms.DateField(
        label="Existed from", called="The date",
        help_text="Its first day under this name. A good guess will do.",
    )  # fmt: skip


class CorrectAgencyForm(ReRead, forms.Form):
    """Mend what was entered wrongly about a body."""

    submit = "Save the correction"

    name = django_forms.CharField(label="Full name", max_length=160)
    short_name = django_forms.CharField(label="Name in tables", max_length=60)
    kind = django_forms.ChoiceField(label="What sort of body is it?", choices=KINDS)
    statutory_basis = django_forms.CharField(
        label="Statutory basis", max_length=200, required=False, help_text=BASIS
    )


class PartnerForm(Asks, forms.Form):
    """An agency joins the partnership."""

    submit = "Add the partner"

    agency = django_forms.ModelChoiceField(queryset=Agency.objects.none(), empty_label="Choose")
    statutory = django_forms.BooleanField(
        label="It is a statutory partner", required=False,
        help_text="A responsible authority under the Crime and Disorder Act 1998, section 5.",
    )  # fmt: skip
    starts_on = forms.DateField(label="Joined on", called="The day", initial=clock.today)
    because = django_forms.CharField(
        label="How it joined", max_length=300, required=False,
        help_text="Other organisations join as the board agrees. Where the minutes record that "
        "decision, let it join from there, so that its page leads to them.",
    )  # fmt: skip

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        here = Partner.objects.of(partnership).not_over(today).filter(agency=OuterRef("pk"))
        self.fields["agency"].queryset = Agency.objects.not_over(today).filter(  # type: ignore[attr-defined]
            ~Exists(here.order_by())
        )


class ChangePartnerForm(ReRead, forms.Form):
    """What a partner is to the partnership."""

    submit = "Save"

    statutory = PartnerForm.base_fields["statutory"]
    liaison = django_forms.ModelChoiceField(
        label="Designated liaison officer", queryset=User.objects.none(), required=False,
        empty_label="Nobody", help_text="Whom to ask about sharing information with this agency.",
    )  # fmt: skip

    def __init__(self, *args: Any, record: Partner, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        people = known_people(record.partnership, user)
        self.fields["liaison"].queryset = people.filter(seats__agency=record.agency).distinct()  # type: ignore[attr-defined]


class LeaveForm(EndForm):
    """The day on which an agency leaves."""

    submit = "End its partnership"


class PostForm(Asks, forms.Form):
    """A post within an agency."""

    submit = "Add the post"

    title = django_forms.CharField(
        max_length=120, help_text="As people call it. For example, District Commander"
    )
    starts_on = forms.DateField(label="Existed from", called="The date")


class Carries(Asks):
    """What goes over from one body to the next, each with how many there are."""

    def offer(self, counts: dict[str, int]) -> None:
        """Say how many of each would go over."""
        words = {
            "posts": "Posts", "places": "Places on groups", "seats": "People’s seats",
            "signatures": "Its signature of the sharing agreement",
        }  # fmt: skip
        hints = {
            "seats": "The same people sit on, for the new body, from that day.",
            "signatures": "Only if the new body is bound by it. If not, it signs again.",
        }
        field: Any = self.fields["carry"]  # type: ignore[attr-defined]
        choices = [(key, f"{words[key]} ({count})") for key, count in counts.items()]
        field.widget = forms.Checkboxes(hints=hints)
        field.choices = choices

    def given(self) -> dict[str, Any]:
        """Each thing that is carried, as a word of the verb."""
        given = dict(self.cleaned_data)
        return given | dict.fromkeys(given.pop("carry"), True)


class TakeOverForm(Carries, forms.Form):
    """What goes over to a body that is on record as the successor already."""

    submit = "Let it take over"

    carry = django_forms.MultipleChoiceField(
        label="What goes over to the new body?", required=False,
        initial=["posts", "places", "seats"],
        help_text="What you do not tick ends with the old body on that day.",
    )  # fmt: skip

    def __init__(self, *args: Any, counts: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(counts)


class SucceedForm(Carries, forms.Form):
    """One body takes over from another, and what goes over with it."""

    submit = "Record the successor"
    called = {"starts_on": "on", "slug": "name"}

    name = django_forms.CharField(label="Full name of the new body", max_length=160)
    short_name = django_forms.CharField(label="Name in tables", max_length=60, required=False)
    on = forms.DateField(
        label="On which day did it take over?", called="The day",
        help_text="Records before this day keep the old name.",
    )  # fmt: skip
    carry = TakeOverForm.base_fields["carry"]

    def __init__(self, *args: Any, counts: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(counts)
