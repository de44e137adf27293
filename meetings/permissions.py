"""Who may do which step of a meeting's life."""

from core.permissions import all_of, any_of, register
from documents.permissions import gate
from meetings.models import Item, Meeting
from meetings.recusal import takes_part
from membership.models import Group, GroupKind, Partnership
from membership.permissions import chairing, officer_of_group, on_group, sits

officer_step = all_of(on_group, officer_of_group)

register(
    "Meetings",
    {
        Partnership: {
            "read meetings": sits(
                "Everybody with a seat on the board, a subgroup, a panel or the secretariat",
                "Meetings are for the people who sit on the partnership’s groups.",
                GroupKind.BOARD, GroupKind.SUBGROUP, GroupKind.PANEL, GroupKind.SECRETARIAT,
            ),
        },
        Group: {"schedule meetings": officer_step},
        Meeting: {
            "view": on_group,
            "read draft minutes": any_of(officer_of_group, chairing),
            "edit agenda": officer_step,
            "publish agenda": officer_step,
            "move or cancel": officer_step,
            "say who is coming": on_group,
            "open meeting": officer_step,
            "take minutes": officer_step,
            "send to chair": officer_step,
            "clear minutes": all_of(on_group, chairing),
            "return minutes": all_of(on_group, chairing),
            "agree minutes": officer_step,
            "publish minutes": officer_step,
            "review chair": officer_step,
            "admit a partner": officer_step,
        },
        Item: {"view": on_group, "open": all_of(on_group, takes_part, gate)},
    },
)  # fmt: skip
