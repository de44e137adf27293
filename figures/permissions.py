"""Who may read figures, send them in, and ask for them."""

from typing import Any

from actions.models.requests import answers
from core.permissions import ALLOWED, Verdict, any_of, denied, register, rule
from figures.models import FiguresReturn, Indicator
from membership import standing
from membership.models import GroupKind, Partnership
from membership.permissions import officer, sits

# ---- street crime -------------------------------------------------------------------------------

register(
    "Figures",
    {
        Partnership: {
            "read figures": sits(
                "Everybody with a seat in the partnership: they are public figures",
                "Figures are for the people who sit on the partnership’s groups.",
                *GroupKind.values,
            ),
            "send in crime files": officer,
        },
    },
)


# ---- indicators, returns, gaps ------------------------------------------------------------------

reads_indicators = sits(
    "Everybody with a seat on the board, a subgroup or the secretariat",
    "Figures of agencies are for the people who sit on the partnership’s groups.",
    GroupKind.BOARD, GroupKind.SUBGROUP, GroupKind.SECRETARIAT,
)  # fmt: skip


@rule("People of the agency whose return it is")
def is_supplier(user: Any, obj: Any) -> Verdict:
    """A draft is its agency’s alone."""
    for seat in standing.seats(user):
        here = seat.group.partnership_id == obj.partnership_id
        if here and seat.agency_id == obj.agency_id and answers(seat):
            return ALLOWED
    return denied(f"Only people of {obj.agency} can do this.")


@rule("Officers of the secretariat, once it has been sent")
def receives(user: Any, obj: Any) -> Verdict:
    """What has not been sent is nobody else’s."""
    if obj.sent_at is None:
        return denied("It has not been sent yet.")
    return officer(user, obj)


register(
    "Indicators",
    {
        Partnership: {
            "read indicators": reads_indicators,
            "manage indicators": officer,
            "ask for figures": officer,
        },
        Indicator: {"view": reads_indicators, "change": officer},
        FiguresReturn: {"view": any_of(is_supplier, receives), "fill in": is_supplier},
    },
)
