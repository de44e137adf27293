"""The verbs of membership. Every change of who sits where, for whom and when is one of these.

Each is atomic, asks ``can``, keeps the record's history in the name of ``by`` and writes the
audit. Membership lies below notices and tells nobody itself: its work and duties do.
"""

from membership.workflow.agencies import (
    add_agency,
    add_partner,
    add_post,
    change_partner,
    correct_agency,
    end_post,
    leave_partner,
)
from membership.workflow.countywide import (
    add_representation,
    change_representation,
    end_representation,
    report_back,
)
from membership.workflow.establishing import (
    Established,
    change_settings,
    establish,
    establish_partnership,
)
from membership.workflow.groups import (
    add_place,
    change_group,
    end_group,
    end_place,
    set_up_group,
)
from membership.workflow.interests import change_interest, declare_interest, end_interest
from membership.workflow.keeping import Changed, version
from membership.workflow.panels import form_panel
from membership.workflow.seats import (
    close_account,
    correct_invitation,
    end_seat,
    invite,
    move_seat,
    open_account,
    renew_seat,
    seat,
)
from membership.workflow.sharing import (
    add_agreement,
    change_agreement,
    end_protocol,
    end_signature,
    review_protocol,
    set_protocol,
    sign,
)
from membership.workflow.succession import Carry, succeed_agency, take_over

__all__ = [
    "Carry",
    "Changed",
    "Established",
    "add_agency",
    "add_agreement",
    "add_partner",
    "add_place",
    "add_post",
    "add_representation",
    "change_agreement",
    "change_group",
    "change_interest",
    "change_partner",
    "change_representation",
    "change_settings",
    "close_account",
    "correct_agency",
    "correct_invitation",
    "declare_interest",
    "end_group",
    "end_interest",
    "end_place",
    "end_post",
    "end_protocol",
    "end_representation",
    "end_seat",
    "end_signature",
    "establish",
    "establish_partnership",
    "form_panel",
    "invite",
    "leave_partner",
    "move_seat",
    "open_account",
    "renew_seat",
    "report_back",
    "review_protocol",
    "seat",
    "set_protocol",
    "set_up_group",
    "sign",
    "succeed_agency",
    "take_over",
    "version",
]
