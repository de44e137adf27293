"""Who sits on what, for whom and when; and which agencies may share what."""

from membership.models.agencies import Agency, AgencyKind, Post
from membership.models.countywide import Representation, RepresentationReport
from membership.models.dated import DatedQuerySet, in_force
from membership.models.emergencies import EmergencyReading
from membership.models.groups import Group, GroupKind, GroupQuerySet, Place
from membership.models.interests import Interest, InterestKind, InterestQuerySet
from membership.models.partnerships import (
    OfPartnershipQuerySet,
    Partner,
    Partnership,
    PartnershipArea,
    PartnershipQuerySet,
)
from membership.models.seats import Role, Seat, SeatQuerySet
from membership.models.sharing import SharingAgreement, SharingProtocol, Signature
from membership.models.themes import Theme

__all__ = [
    "Agency",
    "AgencyKind",
    "DatedQuerySet",
    "EmergencyReading",
    "Group",
    "GroupKind",
    "GroupQuerySet",
    "Interest",
    "InterestKind",
    "InterestQuerySet",
    "OfPartnershipQuerySet",
    "Partner",
    "Partnership",
    "PartnershipArea",
    "PartnershipQuerySet",
    "Place",
    "Post",
    "Representation",
    "RepresentationReport",
    "Role",
    "Seat",
    "SeatQuerySet",
    "SharingAgreement",
    "SharingProtocol",
    "Signature",
    "Theme",
    "in_force",
]
