"""What officers fill in about the sharing agreement, signatures and protocols."""

from typing import Any

from django import forms as django_forms

from core import clock, forms
from membership.forms.asking import Asks, ReRead
from membership.models import Agency, Group, Partnership
from membership.queries import known_agencies, unsigned_agencies

ENDS = "The first day on which it opens nothing. Leave empty if it has no end."


class AgreementForm(Asks, forms.Form):
    """An information sharing agreement."""

    submit = "Record the agreement"

    name = django_forms.CharField(
        label="Full name", max_length=160,
        initial="Kent and Medway Information Sharing Agreement",
    )  # fmt: skip
    short_name = django_forms.CharField(label="Short name", max_length=40, initial="K-MISA")
    version = django_forms.CharField(max_length=40, required=False)
    starts_on = forms.DateField(label="In force from", called="The start")
    review_on = forms.DateField(label="Next review", called="The review", required=False)
    ends_on = forms.DateField(label="Until", called="The end", required=False, help_text=ENDS)


class ChangeAgreementForm(ReRead, forms.Form):
    """When an agreement is reviewed next, and when it ends."""

    submit = "Save"

    version = django_forms.CharField(max_length=40, required=False)
    review_on = AgreementForm.base_fields["review_on"]
    ends_on = AgreementForm.base_fields["ends_on"]


class SignForm(Asks, forms.Form):
    """That an agency has signed."""

    submit = "Record the signature"

    agency = django_forms.ModelChoiceField(queryset=Agency.objects.none(), empty_label="Choose")
    signed_by_name = django_forms.CharField(label="Signed by", max_length=120)
    signed_by_post = django_forms.CharField(label="Their post", max_length=120, required=False)
    on = forms.DateField(label="Signed on", called="The day of signing", initial=clock.today)
    ends_on = forms.DateField(
        label="Expires on", called="The expiry", required=False, help_text=ENDS
    )

    def __init__(self, *args: Any, partnership: Partnership, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        known = known_agencies(partnership, user).not_over(today)
        unsigned = unsigned_agencies(partnership, today)
        field: Any = self.fields["agency"]
        field.queryset = (known | unsigned).distinct()


class EndSignatureForm(Asks, forms.Form):
    """That a signature is withdrawn, or expires."""

    submit = "End the signature"
    look = "govuk-button--warning"
    called = {"end_reason": "reason"}

    on = forms.DateField(
        label="From which day does it no longer hold?", called="The day", initial=clock.today
    )
    reason = django_forms.CharField(
        label="Why does it end?", max_length=200,
        help_text="For example, withdrawn by the agency, or replaced",
    )  # fmt: skip


class ProtocolForm(Asks, forms.Form):
    """A group's Frequent Sharing Protocol."""

    submit = "Put the protocol in force"

    title = django_forms.CharField(max_length=160)
    purpose = django_forms.CharField(
        label="Why information is shared", max_length=4000, widget=django_forms.Textarea
    )
    lawful_gateway = django_forms.CharField(
        max_length=300, help_text="For example, Crime and Disorder Act 1998 section 115"
    )
    information = django_forms.CharField(
        label="What is shared", max_length=4000, required=False, widget=django_forms.Textarea
    )
    parties = django_forms.ModelMultipleChoiceField(
        label="Who shares it", queryset=Agency.objects.none(), required=False,
        widget=forms.Checkboxes(small=True),
    )  # fmt: skip
    starts_on = forms.DateField(label="In force from", called="The start", initial=clock.today)
    review_on = forms.DateField(label="Next review", called="The review")

    def __init__(self, *args: Any, group: Group, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["parties"]
        field.queryset = known_agencies(group.partnership, user).not_over(clock.today())


class ReviewProtocolForm(ReRead, forms.Form):
    """That a protocol was reviewed and stands as it is."""

    submit = "Save the review"
    review_on = forms.DateField(label="When is the next review?", called="The review")
