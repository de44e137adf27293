"""What people fill in about membership."""

from membership.forms.agencies import (
    AgencyForm,
    ChangePartnerForm,
    CorrectAgencyForm,
    LeaveForm,
    PartnerForm,
    PostForm,
    SucceedForm,
    TakeOverForm,
)
from membership.forms.asking import ask
from membership.forms.countywide import ChangeRepresentationForm, ReportForm, RepresentationForm
from membership.forms.directory import TABS, DirectoryForm
from membership.forms.groups import (
    ChangeGroupForm,
    EndGroupForm,
    EndPlaceForm,
    GroupForm,
    PlaceForm,
)
from membership.forms.interests import (
    ChangeInterestForm,
    InterestForm,
    InterestOfOtherForm,
    RegisterFilter,
)
from membership.forms.seats import (
    CorrectInvitationForm,
    EndForm,
    EndSeatForm,
    InviteForm,
    MoveForm,
    RenewForm,
    SeatForm,
    SitsFor,
)
from membership.forms.settings import SettingsForm
from membership.forms.sharing import (
    AgreementForm,
    ChangeAgreementForm,
    EndSignatureForm,
    ProtocolForm,
    ReviewProtocolForm,
    SignForm,
)

__all__ = [
    "TABS",
    "AgencyForm",
    "AgreementForm",
    "ChangeAgreementForm",
    "ChangeGroupForm",
    "ChangeInterestForm",
    "ChangePartnerForm",
    "ChangeRepresentationForm",
    "CorrectAgencyForm",
    "CorrectInvitationForm",
    "DirectoryForm",
    "EndForm",
    "EndGroupForm",
    "EndPlaceForm",
    "EndSeatForm",
    "EndSignatureForm",
    "GroupForm",
    "InterestForm",
    "InterestOfOtherForm",
    "InviteForm",
    "LeaveForm",
    "MoveForm",
    "PartnerForm",
    "PlaceForm",
    "PostForm",
    "ProtocolForm",
    "RegisterFilter",
    "RenewForm",
    "ReportForm",
    "RepresentationForm",
    "ReviewProtocolForm",
    "SeatForm",
    "SettingsForm",
    "SignForm",
    "SitsFor",
    "SucceedForm",
    "TakeOverForm",
    "ask",
]
