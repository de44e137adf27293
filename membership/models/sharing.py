"""What may be shared: the agreement, who signed it, and each group's protocol under it."""

import uuid
from typing import Any, Self

from django.db import models

from core.constraints import never_two_at_once, starts_before_it_ends
from core.history import History
from membership import standing
from membership.models.agencies import Agency
from membership.models.dated import DatedQuerySet
from membership.models.groups import Group, GroupKind
from membership.models.partnerships import OfPartnershipQuerySet, Partnership


class SharingAgreement(models.Model):
    """An information sharing agreement, such as K-MISA, and when it is next reviewed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="agreements")
    name = models.CharField(max_length=160)
    short_name = models.CharField(max_length=40)
    version = models.CharField(max_length=40, blank=True)
    starts_on = models.DateField("in force from")
    ends_on = models.DateField("until", null=True, blank=True)
    review_on = models.DateField("next review", null=True, blank=True)
    history = History()

    objects = OfPartnershipQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            starts_before_it_ends(name="membership_agreement_dates"),
            never_two_at_once(
                "partnership",
                name="membership_one_agreement",
                message="Another agreement is in force at that time. End it first.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SignatureQuerySet(DatedQuerySet):
    """Signatures."""

    def of(self, partnership: Partnership | None) -> Self:
        """Those of this partnership's agreements."""
        return self.filter(agreement__partnership=partnership)

    def visible_to(self, user: Any) -> Self:
        """Those of the partnerships whose directory this person may read."""
        return self.filter(agreement__partnership__in=standing.directories(user))


class Signature(models.Model):
    """An agency's signature of an agreement. Withdrawn or expired, it opens nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(SharingAgreement, models.CASCADE, related_name="signatures")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="signatures")
    signed_by_name = models.CharField("signed by", max_length=120)
    signed_by_post = models.CharField("their post", max_length=120, blank=True)
    starts_on = models.DateField("signed on")
    ends_on = models.DateField("expires or withdrawn on", null=True, blank=True)
    end_reason = models.CharField("why it ends", max_length=200, blank=True)
    history = History()

    objects = SignatureQuerySet.as_manager()

    class Meta:
        ordering = ["agency__name"]
        constraints = [
            starts_before_it_ends(name="membership_signature_dates"),
            never_two_at_once(
                "agreement", "agency",
                name="membership_signature_once",
                message="This agency has already signed at that time.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.agency} signed {self.agreement.short_name}"

    @property
    def partnership(self) -> Partnership:
        """The partnership of its agreement."""
        return self.agreement.partnership


class SharingProtocolQuerySet(DatedQuerySet):
    """Frequent Sharing Protocols."""

    def of(self, partnership: Partnership | None) -> Self:
        """Those of this partnership's groups."""
        return self.filter(group__partnership=partnership)

    def visible_to(self, user: Any) -> Self:
        """Those of groups that this person may know of."""
        return self.filter(group__in=Group.objects.visible_to(user))

    def covering(self, group: Group) -> Self:
        """Those under which a group works: its own; of a case's panel, the standing panel's."""
        own = models.Q(group=group.pk)
        if group.kind == GroupKind.PANEL:
            own |= models.Q(group=group.reports_to_id, group__kind=GroupKind.PANEL)
        return self.filter(own)


class SharingProtocol(models.Model):
    """A group's Frequent Sharing Protocol: without one in force no restricted paper opens."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, models.CASCADE, related_name="protocols")
    title = models.CharField(max_length=160)
    purpose = models.TextField()
    lawful_gateway = models.CharField(
        max_length=300, help_text="For example, Crime and Disorder Act 1998 section 115"
    )
    information = models.TextField("what is shared", blank=True)
    parties = models.ManyToManyField(Agency, related_name="protocols")
    starts_on = models.DateField("in force from")
    ends_on = models.DateField("until", null=True, blank=True)
    review_on = models.DateField("next review")
    history = History(m2m_fields=[parties])

    objects = SharingProtocolQuerySet.as_manager()

    class Meta:
        ordering = ["group__name", "-starts_on"]
        constraints = [
            starts_before_it_ends(name="membership_protocol_dates"),
            never_two_at_once(
                "group",
                name="membership_one_protocol",
                message="Another protocol is in force for this group at that time. End it first.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def partnership(self) -> Partnership:
        """The partnership of its group."""
        return self.group.partnership
